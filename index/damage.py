"""Find rows of the catalog that are not what was written."""

import sqlite3
from collections.abc import Iterator

from index.article import article_id
from index.seals import LAYOUT, REBUILD, RESTORE, STATEMENT, WORDS, damaged_article, sealed

_TOLD = 20  # of each kind
# How the rows of a table are called, and what mends them. Those of articles are told by article.
_DERIVED = {"chunk": "passages", "story": "groups of near-duplicates", "speaker": "speakers"}
_KEPT = {"meta": "entries about the library", "person_name": "names that were put together or taken apart"}


def find_damage(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is damaged, one sentence each, with what mends it."""
    articles = {row[0] for row in _unsealed(connection, "article", "id")}
    articles |= {row[0] for row in connection.execute(f"SELECT id FROM article WHERE layout IS NOT {LAYOUT}")}  # noqa: S608
    for row in connection.execute("SELECT id, publication, title, text FROM article"):
        if article_id(row["publication"], row["title"], row["text"]) != row["id"]:
            articles.add(row["id"])
    for article in sorted(map(str, articles))[:_TOLD]:
        yield str(damaged_article(article))
    for names, remedy in ((_DERIVED, REBUILD), (_KEPT, RESTORE)):
        for table, name in names.items():
            if count := len(_unsealed(connection, table, "seal")):
                yield f"{count} {name} are damaged on disk: they are not what was written. {remedy}"
    count = connection.execute(
        "SELECT count(*) FROM statement AS s LEFT JOIN speaker AS p ON p.id = s.speaker "  # noqa: S608
        "LEFT JOIN article AS a ON a.id = s.article "
        f"WHERE s.seal IS NOT seal({STATEMENT}) OR s.words_crc IS NOT {WORDS}"
    ).fetchone()[0]
    if count and not articles:
        yield f"{count} statements are damaged on disk: they are not what was written. {REBUILD}"


def _unsealed(connection: sqlite3.Connection, table: str, key: str) -> list[sqlite3.Row]:
    return connection.execute(f'SELECT "{key}" FROM {table} WHERE seal IS NOT {sealed(table)}').fetchall()  # noqa: S608
