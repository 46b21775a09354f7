"""Bring a library that an earlier version of the program made up to date, in small transactions."""

import logging

from index.catalog import SCHEMA, Catalog, read_meta, write_meta
from index.catalog_reads import read_articles
from index.duplicate_groups import add_to_group

logger = logging.getLogger(__name__)

_AT_ONCE = 100


def upgrade(catalog: Catalog) -> None:
    """Add what schema 1 lacks: the groups of near-duplicates. Takes some milliseconds for each article, once.

    It may be cut off at any moment: the next opening goes on where it stopped. Articles and passages are not touched.

    Raises:
        LibraryError: The catalog cannot be written.
    """
    with catalog.reading() as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "meta" not in tables or read_meta(connection).get("schema") != "1":
            return
    logger.info("%s: grouping near-duplicates, once", catalog.path)
    catalog.make_tables()
    while not _group_some(catalog):
        pass


def _group_some(catalog: Catalog) -> bool:
    """Group the next articles; return True once all are, and the library is marked as up to date."""
    with catalog.writing(new_generation=False) as connection:
        rows = connection.execute(
            "SELECT id FROM article WHERE replaced_by IS NULL AND id NOT IN (SELECT article FROM story) "
            "ORDER BY rowid LIMIT ?",
            (_AT_ONCE,),
        )
        ids = [row[0] for row in rows]
        articles = read_articles(connection, ids)
        for article_id in ids:
            add_to_group(connection, articles[article_id])
        if not ids:
            write_meta(connection, "schema", str(SCHEMA))
    return not ids
