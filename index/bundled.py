"""The bundled models are used as they were delivered: each file is compared with its line in ``models/SHA256SUMS``."""

import hashlib
from pathlib import Path

from index.errors import ModelError

MODELS = Path(__file__).resolve().parent.parent / "models"
SUMS_FILE = "SHA256SUMS"


def check_bundled(folder: Path, *names: str) -> None:
    """Refuse a bundled model that is incomplete or was changed: it might answer otherwise without any other sign.

    Args:
        folder: Folder of the model; the sums are in the folder above.
        names: Names of the files that are about to be loaded.

    Raises:
        ModelError: One of them is missing, or not the one that was delivered.
    """
    sums = _sums(folder.parent / SUMS_FILE)
    for name in names:
        if sha256(folder / name) != sums.get(f"{folder.name}/{name}", "unknown"):
            raise ModelError(
                f"{folder / name} is missing or not the file that was delivered. Fetch it again: "
                "`git checkout -- models`."
            )


def sha256(file: Path) -> str:
    """Return the digest of a file in hex; of one that cannot be read, ``missing``."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return "missing"


def _sums(file: Path) -> dict[str, str]:
    """Return the digest of each file, as ``sha256sum`` wrote them."""
    try:
        lines = [line.split("  ", 1) for line in file.read_text("utf-8").splitlines()]
        return {name: digest for digest, name in lines}
    except (OSError, ValueError) as error:
        raise ModelError(f"{file} is missing or damaged. Fetch it again: `git checkout -- models`.") from error
