"""Checksums of rows: SQLite has none of its pages, so a bit that flipped on disk would be read as what was written.

Whoever writes a row seals it in the same transaction, by the SQL function ``seal``. Whoever reads what is shown, or
answered from, checks the seal.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from index.errors import LibraryError

REBUILD = "Make it again from the articles: python -m index rebuild --library DIR"
RESTORE = "Restore a backup: python -m index restore BACKUP --library DIR --replace"
# What is sealed of each table, in this order; of statements see ``SEAL_STATEMENTS``.
SEALED: dict[str, tuple[str, ...]] = {
    "meta": ("key", "value"),
    "article": (
        "id", "title", "deck", "publication", "authors", "agency", "place", "section", "published", "url", "source",
        "url_key", "words", "added_at", "replaced_by", "layout",
    ),
    "chunk": ("article", "start", "end", "vector"),
    "story": ("number", "article", "family", "size"),
    "speaker": ("name", "role", "written", "key"),
    "person_name": ("name", "role", "person"),
}  # fmt: skip

# The checksum of all paragraphs of an article, which is sealed with it: one for each would take too long to compare.
LAYOUT = (
    'checksum((SELECT json_group_array(json_array(p.start, p."end", p.kind)) FROM '
    "(SELECT * FROM paragraph WHERE article = article.id ORDER BY position) AS p))"
)
# A statement is sealed with its speaker. The words have a checksum of their own: not who reads a statement reads them.
STATEMENT = 's.article, s.kind, s.cue, s.spans, s.start, s."end", s.words_crc, p.name, p.role, p.written'
WORDS = 'checksum(substr(a.text, s.start + 1, s."end" - s.start))'
SEAL_STATEMENTS = (
    f"UPDATE statement AS s SET words_crc = (SELECT {WORDS} FROM article AS a WHERE a.id = s.article)",  # noqa: S608
    f"UPDATE statement AS s SET seal = (SELECT seal({STATEMENT}) FROM speaker AS p WHERE p.id = s.speaker)",  # noqa: S608
)


def checksum(text: str) -> int:
    """Return the CRC-32 of a text."""
    return crc32(text.encode())


def seal(*values: str | int | bytes | None) -> int:
    """Return the CRC-32 of these values and their types; it differs wherever a single bit of them does."""
    # ASCII: which other characters Python prints as they are changes with its version.
    return crc32(ascii(values).encode())


def add_functions(connection: sqlite3.Connection) -> None:
    """Let statements of a connection use ``seal`` and ``checksum``."""
    connection.create_function("seal", -1, seal, deterministic=True)
    connection.create_function("checksum", 1, checksum, deterministic=True)


def columns(table: str, of: str) -> str:
    """Return the sealed columns of a table, which the query calls ``of``, and after them the seal."""
    return ", ".join(f'{of}."{name}"' for name in (*SEALED[table], "seal"))


def sealed(table: str) -> str:
    """Return the seal that the rows of a table should have, as an SQL expression."""
    return "seal({})".format(", ".join(f'"{name}"' for name in SEALED[table]))


def layout(paragraphs: Sequence[tuple[int, int, str]]) -> int:
    """Return the checksum of the paragraphs of an article, each with start, end and kind, as ``LAYOUT`` does."""
    return checksum(json.dumps(paragraphs, separators=(",", ":")))


def is_sealed(values: tuple[Any, ...]) -> bool:
    """Say whether values that were read, with their seal behind them, are what was written."""
    return bool(crc32(ascii(values[:-1]).encode()) == values[-1])  # as seal() does


def check(values: tuple[Any, ...], what: str, remedy: str) -> None:
    """Refuse values that are not what was written, as ``is_sealed`` says.

    Raises:
        LibraryError: They are not. The message calls them ``what`` and says ``remedy``.
    """
    if not is_sealed(values):
        raise LibraryError(f"{what} is damaged on disk: it is not what was written. {remedy}")


def damaged_article(article_id: str) -> LibraryError:
    """Return what to raise for an article that is not what was written."""
    return LibraryError(
        f"Article {article_id} is damaged on disk: it is not what was written. {RESTORE}; or do without it: "
        f"python -m index remove {article_id} --library DIR"
    )


# Seal every row anew; with a condition behind each, some.
SEAL_ALL = (
    f"UPDATE article SET layout = {LAYOUT}",  # noqa: S608
    *(f"UPDATE {table} SET seal = {sealed(table)}" for table in SEALED),  # noqa: S608
    *SEAL_STATEMENTS,
)
