"""Find the statements of articles, and keep them in the catalog. Writing runs inside ``Catalog.writing()``."""

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from index.catalog_reads import iter_live_articles
from index.records import Article, Statement
from index.seals import SEAL_STATEMENTS
from index.speaker_key import speaker_key
from index.statements import statements

logger = logging.getLogger(__name__)

# The version of the rules that find statements and compare names. Raise it with them: libraries that were read by
# older rules are then read again when they are opened.
RULES = 10
RULES_KEY = "statement_rules"  # in the table of meta data
_MEND = "Run: python -m index rebuild --library DIR"


def find_statements(article: Article) -> tuple[Statement, ...]:
    """Return the statements of an article; none where the rules fail, which is logged.

    An article is worth having without them: passages answer questions all the same.
    """
    try:
        return statements(article)
    except Exception:
        logger.exception("Statements of article %s (%s)", article.id, article.source)
        return ()


def insert_statements(connection: sqlite3.Connection, article_id: str, found: Sequence[Statement]) -> None:
    """Store what was said in an article that is stored, in text order, and index its words."""
    _insert_rows(connection, article_id, found)
    connection.execute(
        "INSERT INTO statement_fts (rowid, title, text) SELECT id, title, text FROM statement_text "
        "WHERE id IN (SELECT id FROM statement WHERE article = ?)",
        (article_id,),
    )


def delete_statements(connection: sqlite3.Connection, article_id: str) -> None:
    """Forget what was said in an article, which must still be stored: the word index needs the words."""
    connection.execute(
        "INSERT INTO statement_fts (statement_fts, rowid, title, text) SELECT 'delete', id, title, text "
        "FROM statement_text WHERE id IN (SELECT id FROM statement WHERE article = ?)",
        (article_id,),
    )
    rows = connection.execute("SELECT DISTINCT speaker FROM statement WHERE article = ?", (article_id,))
    speakers = [row[0] for row in rows]
    connection.execute("DELETE FROM statement WHERE article = ?", (article_id,))
    connection.execute("DELETE FROM statement_rules WHERE article = ?", (article_id,))
    connection.execute(
        "DELETE FROM speaker WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM statement WHERE statement.speaker = speaker.id)",
        (json.dumps(speakers),),
    )


def replace_all_statements(
    connection: sqlite3.Connection, of_articles: Iterable[tuple[str, Sequence[Statement]]]
) -> None:
    """Store these statements (by article id) instead of all there are, and index their words again."""
    for table in ("statement", "speaker", "statement_rules"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    for article_id, found in of_articles:
        _insert_rows(connection, article_id, found)
    connection.execute("INSERT INTO statement_fts (statement_fts) VALUES ('rebuild')")


def _insert_rows(connection: sqlite3.Connection, article_id: str, found: Sequence[Statement]) -> None:
    speakers = dict.fromkeys((s.speaker, s.role, s.speaker_text) for s in found)
    connection.executemany(
        "INSERT OR IGNORE INTO speaker (name, role, written, key, seal) VALUES (?1, ?2, ?3, ?4, seal(?1, ?2, ?3, ?4))",
        [(*speaker, speaker_key(*speaker)) for speaker in speakers],
    )
    connection.executemany(
        'INSERT INTO statement (article, kind, cue, spans, start, "end", speaker) '
        "SELECT ?, ?, ?, ?, ?, ?, id FROM speaker WHERE name = ? AND role = ? AND written = ?",
        [
            (article_id, s.kind.value, s.cue, json.dumps(s.spans), *s.context, s.speaker, s.role, s.speaker_text)
            for s in found
        ],
    )
    for statement in SEAL_STATEMENTS:
        connection.execute(f"{statement} WHERE article = ?", (article_id,))
    connection.execute("INSERT INTO statement_rules (article, rules) VALUES (?, ?)", (article_id, RULES))


def find_statement_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the statements, one sentence each."""
    odd = connection.execute(
        "SELECT (SELECT count(*) FROM article WHERE replaced_by IS NULL "
        "AND id NOT IN (SELECT article FROM statement_rules)) "
        "+ (SELECT count(*) FROM statement_rules AS r JOIN article AS a ON a.id = r.article "
        "WHERE a.replaced_by IS NOT NULL)"
    ).fetchone()[0]
    if odd:
        yield f"{odd} articles were not read for statements, or are replaced versions that were. {_MEND}"
    stray = connection.execute(
        "SELECT count(*) FROM statement WHERE article NOT IN (SELECT article FROM statement_rules)"
    ).fetchone()[0]
    if stray:
        yield f"{stray} statements are of articles that were not read for statements. {_MEND}"
    if any(
        speaker_key(*row[:3]) != row["key"]
        for row in connection.execute("SELECT name, role, written, key FROM speaker")
    ):
        yield f"Speakers cannot be found by their names. {_MEND}"
    unused = connection.execute(
        "SELECT count(*) FROM speaker WHERE id NOT IN (SELECT speaker FROM statement)"
    ).fetchone()[0]
    if unused:
        yield f"{unused} speakers have no statement. {_MEND}"
    for article in iter_live_articles(connection):
        yield from _offset_problems(connection, article)


def _offset_problems(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    for row in connection.execute('SELECT id, spans, start, "end" FROM statement WHERE article = ?', (article.id,)):
        if not _is_slice(article.text, row["spans"], row["start"], row["end"]):
            yield f"Statement {row['id']} of article {article.id} has words outside its sentences or the text. {_MEND}"


def _is_slice(text: str, stored: str, start: int, end: int) -> bool:
    """Say whether the words are slices of the text, none of them empty, in order and within their sentences."""
    try:
        spans = [(int(first), int(last)) for first, last in json.loads(stored)]
    except (ValueError, TypeError):
        return False
    edges = [start, *(edge for span in spans for edge in span), end]
    return (
        bool(spans)
        and start >= 0
        and end <= len(text)
        and edges == sorted(edges)
        and all(text[first:last].strip() for first, last in spans)
    )
