"""Bring a library that an earlier version of the program made up to date, in small transactions."""

import logging
from collections.abc import Callable

from index.catalog import OLD_SCHEMAS, SCHEMA, Catalog, read_meta, write_meta
from index.catalog_reads import read_articles
from index.duplicate_groups import add_to_group
from index.people_file import forget_file, import_people
from index.seals import SEAL_ALL
from index.statement_writes import RULES, RULES_KEY, delete_statements, find_statements, insert_statements

logger = logging.getLogger(__name__)

_AT_ONCE = 100
_TOLD_AFTER = 1000


def upgrade(catalog: Catalog) -> None:
    """Add what earlier schemas lack: groups of near-duplicates (1), statements (2), seals (3); and newer statements.

    Takes some 10 milliseconds for each article, once, and for seals alone a tenth of that. It may be cut off at any
    moment: the next opening goes on where it stopped. Articles and passages are not touched but for their seals.

    Raises:
        LibraryError: The catalog cannot be written.
    """
    with catalog.reading() as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        meta = read_meta(connection) if "meta" in tables else {}
    schema = meta.get("schema", "")
    if schema not in (*OLD_SCHEMAS, str(SCHEMA)):
        return
    if schema in OLD_SCHEMAS:
        catalog.make_tables()
        _seal(catalog)
    if schema == "1":
        _repeat(_group_some, catalog, "grouping near-duplicates")
    if schema in ("1", "2") or int(meta.get(RULES_KEY, 0)) < RULES:
        _repeat(_read_some, catalog, "finding who said what")
    if schema in OLD_SCHEMAS:
        with catalog.writing() as connection:
            import_people(connection, catalog.path.parent)
            write_meta(connection, "schema", str(SCHEMA))
        forget_file(catalog.path.parent)


def _seal(catalog: Catalog) -> None:
    """Seal what an earlier version wrote, a table at a time."""
    logger.info("%s: sealing what is stored, once", catalog.path)
    for statement in SEAL_ALL:
        with catalog.writing(new_generation=False) as connection:
            connection.execute(f"{statement} WHERE seal IS NULL")


def _repeat(some: Callable[[Catalog], int], catalog: Catalog, doing: str) -> None:
    """Call ``some``, which returns the number of articles done, until there are no more; tell how far it is."""
    with catalog.reading() as connection:
        total = connection.execute("SELECT count(*) FROM article WHERE replaced_by IS NULL").fetchone()[0]
    done = 0
    if total:
        logger.info("%s: %s, once, in up to %d articles", catalog.path, doing, total)
    while count := some(catalog):
        done += count
        if done % _TOLD_AFTER == 0:
            logger.info("%s: %s, %d articles done", catalog.path, doing, done)


def _group_some(catalog: Catalog) -> int:
    """Group the next articles; return how many. Once all are, mark the library as having groups."""
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
            write_meta(connection, "schema", "2")
    return len(ids)


def _read_some(catalog: Catalog) -> int:
    """Find the statements of the next articles; return how many articles. Once all are read, mark the library."""
    with catalog.writing(new_generation=False) as connection:
        rows = connection.execute(
            "SELECT id FROM article WHERE replaced_by IS NULL "
            "AND id NOT IN (SELECT article FROM statement_rules WHERE rules >= ?) ORDER BY rowid LIMIT ?",
            (RULES, _AT_ONCE),
        )
        ids = [row[0] for row in rows]
        for article_id, article in read_articles(connection, ids).items():
            delete_statements(connection, article_id)
            insert_statements(connection, article_id, find_statements(article))
        if not ids:
            write_meta(connection, RULES_KEY, str(RULES))
    return len(ids)
