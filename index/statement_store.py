"""The statements of a library, read from its catalog. Each function runs inside ``Catalog.reading()``."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from index.catalog_reads import HEAD, check_head
from index.filters import filter_sql
from index.identity import same_speaker
from index.keyword import question_words
from index.records import Filters, Statement, StatementKind
from index.seals import REBUILD, SEALED, STATEMENT, check, checksum, columns, damaged_article
from index.speaker_key import AskedKey

# Between the parts of a quotation that its attribution, or a paragraph, splits.
BETWEEN_SPANS = " … "
_STATEMENT = slice(len(SEALED["article"]) + 1, len(SEALED["article"]) + 1 + len(STATEMENT.split(", ")) + 1)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One stored statement, with what is needed to show it.

    Attributes:
        id: Its number in the library until it is rebuilt.
        article_id: The article; then its title, publication, date and address.
        kind: Direct quotation, indirect speech, or indirect speech with quoted words.
        text: The exact words; where there are several spans, with " … " between them.
        spans: Half-open offsets of the words in the article's text.
        speaker_text: The speaker as written beside the words: "he".
        speaker: The fullest name in the article, or "" where nobody is named.
        role: "Attorney General", or "".
        cue: "said", "according to", or "".
        context: Offsets of the sentences around the words and their attribution.
    """

    id: int
    article_id: str
    title: str
    publication: str
    published: date | None
    url: str
    kind: StatementKind
    text: str
    spans: tuple[tuple[int, int], ...]
    speaker_text: str
    speaker: str
    role: str
    cue: str
    context: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpeakerName:
    """A name with a role as articles give them, and how much is quoted under both.

    Attributes:
        speaker: The name, or "" for a role without a name ("officials").
        role: The role, or "".
        statements: How many.
        articles: In how many articles.
        first: Earliest date of publication, None where no article has one.
        last: Latest date of publication.
    """

    speaker: str
    role: str
    statements: int
    articles: int
    first: date | None
    last: date | None


class StatementPlace(NamedTuple):
    """Where a statement stands in the list of statements: its day ("~" without one), its article's row, its number."""

    published: str
    article_row: int
    id: int


def read_statements(
    connection: sqlite3.Connection,
    filters: Filters,
    speaker: str = "",
    about: str = "",
    names: Collection[tuple[str, str]] | None = None,
    limit: int | None = None,
    offset: int = 0,
    after: StatementPlace | None = None,
) -> list[StatementRow]:
    """Return statements, oldest first and those without a date last; see ``Lookups.statements``.

    With ``after`` only those are returned that come after that place.
    """
    condition, filter_values = filter_sql(connection, filters)
    values: list[str | int] = [*filter_values]
    if speaker:
        condition += " AND s.speaker IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(_meant_by(connection, speaker)))
    if names is not None:
        condition += " AND s.speaker IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(_named(connection, names)))
    if about:
        if not (query := _query(about)):
            return []
        condition += " AND s.id IN (SELECT rowid FROM statement_fts(?))"
        values.append(query)
    if after:
        condition += " AND (coalesce(a.published, '~'), a.rowid, s.id) > (?, ?, ?)"
        values += after
    order = "ORDER BY a.published IS NULL, a.published, a.rowid, s.id"
    rows = connection.execute(
        # The texts are read once it is known which.
        f'SELECT {HEAD}, {STATEMENT}, s.seal, s.id AS number, substr(a.text, s.start + 1, s."end" - s.start) AS around '  # noqa: S608
        "FROM statement AS s JOIN article AS a ON a.id = s.article JOIN speaker AS p ON p.id = s.speaker WHERE s.id IN "
        "(SELECT s.id FROM statement AS s JOIN article AS a ON a.id = s.article "
        f"WHERE {condition} {order} LIMIT ? OFFSET ?) {order}",
        (*values, -1 if limit is None else limit, offset),
    )
    return [_row(row) for row in rows]


def read_statement_place(connection: sqlite3.Connection, row: StatementRow) -> StatementPlace:
    """Return where a statement of the library stands in the list of ``read_statements``."""
    found = connection.execute("SELECT rowid FROM article WHERE id = ?", (row.article_id,)).fetchone()
    return StatementPlace(row.published.isoformat() if row.published else "~", found[0], row.id)


def read_statements_of(connection: sqlite3.Connection, article_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
    """Return the statements of these articles in text order; articles without any are left out."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in connection.execute(
        f"SELECT {STATEMENT}, s.seal FROM statement AS s JOIN speaker AS p ON p.id = s.speaker "  # noqa: S608
        "WHERE s.article IN (SELECT value FROM json_each(?)) ORDER BY s.id",
        (json.dumps(sorted(set(article_ids))),),
    ):
        check(tuple(row), f"A statement of article {row['article']}", REBUILD)
        found[row["article"]].append(
            Statement(
                article_id=row["article"],
                kind=StatementKind(row["kind"]),
                spans=_spans(row["spans"]),
                speaker_text=row["written"],
                speaker=row["name"],
                role=row["role"],
                cue=row["cue"],
                context=(row["start"], row["end"]),
            )
        )
    return {article: tuple(statements) for article, statements in found.items()}


def read_speakers(connection: sqlite3.Connection, filters: Filters) -> list[SpeakerName]:
    """Return all names with their roles, those first that are quoted most; without a name and a role there is none."""
    for row in connection.execute(f"SELECT {columns('speaker', 'p')} FROM speaker AS p"):  # noqa: S608
        check(tuple(row), "The name of a speaker", REBUILD)
    condition, values = filter_sql(connection, filters)
    rows = connection.execute(
        "SELECT p.name, p.role, count(*) AS statements, count(DISTINCT s.article) AS articles, "  # noqa: S608
        "min(a.published) AS first, max(a.published) AS last "
        "FROM statement AS s JOIN article AS a ON a.id = s.article JOIN speaker AS p ON p.id = s.speaker "
        f"WHERE {condition} AND (p.name <> '' OR p.role <> '') GROUP BY p.name, p.role "
        "ORDER BY count(*) DESC, p.name, p.role",
        values,
    )
    return [
        SpeakerName(r["name"], r["role"], r["statements"], r["articles"], _date(r["first"]), _date(r["last"]))
        for r in rows
    ]


def _meant_by(connection: sqlite3.Connection, asked: str) -> list[int]:
    """Return the ids of the speakers that a name or role means."""
    meant = AskedKey.of(asked)
    rows = connection.execute(
        "SELECT id, name, role, written, key FROM speaker WHERE id IN (SELECT p.id FROM json_each(?) AS beginning "
        "CROSS JOIN speaker AS p WHERE instr(p.key, beginning.value))",
        (json.dumps(sorted(meant.any_of)),),
    )
    return [
        row["id"]
        for row in rows
        if meant.may_mean(row["key"]) and same_speaker(asked, row["name"], row["role"], row["written"])
    ]


def _named(connection: sqlite3.Connection, names: Collection[tuple[str, str]]) -> list[int]:
    rows = connection.execute(
        "SELECT p.id FROM json_each(?) AS pair CROSS JOIN speaker AS p "
        "WHERE p.name = json_extract(pair.value, '$[0]') AND p.role = json_extract(pair.value, '$[1]')",
        (json.dumps(sorted(set(names))),),
    )
    return [row[0] for row in rows]


def _query(about: str) -> str:
    """Return an FTS5 query for every word that tells; stop words count where there are no others."""
    return " AND ".join(f'"{word}"' for word in question_words(about))


def _row(row: sqlite3.Row) -> StatementRow:
    check_head(row)
    check(tuple(row)[_STATEMENT], f"A statement of article {row['article']}", REBUILD)
    if checksum(row["around"]) != row["words_crc"]:
        raise damaged_article(row["article"])
    spans, start = _spans(row["spans"]), row["start"]
    return StatementRow(
        id=row["number"],
        article_id=row["article"],
        title=row["title"],
        publication=row["publication"],
        published=_date(row["published"]),
        url=row["url"],
        kind=StatementKind(row["kind"]),
        text=BETWEEN_SPANS.join(row["around"][first - start : last - start] for first, last in spans),
        spans=spans,
        speaker_text=row["written"],
        speaker=row["name"],
        role=row["role"],
        cue=row["cue"],
        context=(start, row["end"]),
    )


def _spans(stored: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in json.loads(stored))


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
