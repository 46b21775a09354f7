"""Notice that a catalog has lost its last changes.

SQLite reads its write-ahead log up to the first damaged frame, or as far as the file goes, and says nothing of what
came after it. So the number of the last write is kept in a small file too: the catalog must not be behind it.
"""

import os
from contextlib import suppress
from pathlib import Path

from index.errors import LibraryError

LAST_WRITE_FILE = "catalog.generation"


def note_write(folder: Path, generation: int) -> None:
    """Keep the number of a write that is done. Where that fails, only this check is weaker."""
    file = folder / LAST_WRITE_FILE
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with suppress(OSError):
        temporary.write_text(f"{generation}\n", encoding="ascii")
        temporary.replace(file)


def check_last_write(folder: Path, generation: int) -> None:
    """Compare the number of the last write that a catalog knows of with the one that was kept.

    Raises:
        LibraryError: It is an earlier one. Told once: who opens the library again goes on with what there is.
    """
    try:
        noted = int((folder / LAST_WRITE_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return
    if generation < noted:
        note_write(folder, generation)
        raise LibraryError(
            f"The last changes to the library {folder} are lost ({noted - generation} of {noted}): its log was "
            "damaged, or an older catalog was put in place. Open it again to go on with what there is, and add again "
            f"what was added last; or restore a backup: python -m index restore BACKUP --library {folder} --replace"
        )
