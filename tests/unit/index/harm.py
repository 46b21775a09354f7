"""Changes a catalog past the library, as a mistake in the program would: what is stored is sealed, and wrong."""

import sqlite3
from pathlib import Path

from index.catalog import CATALOG_FILE
from index.seals import SEAL_ALL, add_functions


def change(folder: Path, statement: str, sealed: bool = True) -> None:
    """Run a statement; without ``sealed`` the rows are left as damage on disk leaves them."""
    connection = sqlite3.connect(folder / CATALOG_FILE)
    add_functions(connection)
    with connection:
        connection.execute(statement)
        for sealing in SEAL_ALL if sealed else ():
            connection.execute(sealing)
    connection.close()
