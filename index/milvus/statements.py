"""Statements and speakers in Milvus: written with their article, found by speaker, words and filters."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from pydantic import TypeAdapter

from index.identity import same_speaker
from index.keyword import question_words
from index.milvus.articles import Articles
from index.milvus.client import Row, Tables, both, like, quoted
from index.milvus.ordered import DAY, MOST, ArticleId, Day, Field, beyond, first_rows, place_of
from index.milvus.rows import condition, day_of, filtered, statement_ids
from index.milvus.schema import (
    ARTICLE,
    LIVE,
    LONGEST,
    MOST_VALUES,
    NO_VECTOR,
    NOTHING,
    PIECE_CHARACTERS,
    SPEAKER,
    STATEMENT,
    row_id,
)  # fmt: skip
from index.milvus.words import WordVectors
from index.paging import Number, Page, read_cursor, write_cursor
from index.records import Article, Filters, Statement, StatementKind
from index.speaker_key import AskedKey, speaker_key
from index.statement_store import BETWEEN_SPANS, SpeakerName, StatementRow

_SAID = ("article", "position", "kind", "cue", "spans", "start", "end", "name", "role", "written")
_SHOWN = (*_SAID, "text", "day")
_SOME = 500
# Above so many statements the list of speakers is made from a random sample of them.
MANY = 1_000_000
_IDS = 2**63
# Of one day by article, whose id says nothing but stays: so statements that come and go move no others.
_OLDEST_FIRST = (DAY, Field("article", 16**16 - 1, digits=16), Field("position", 2**31 - 1))
Place = tuple[Day, ArticleId, Number]
_PLACE = TypeAdapter[Place](Place)


def statement_rows(article: Article, found: Sequence[Statement], words: WordVectors) -> list[Row]:
    """Return the rows of an article's statements, in text order."""
    title = words.stems(article.title)
    ids = statement_ids(article.id, len(found))
    return [
        {
            "id": number,
            "article": article.id,
            "position": position,
            "kind": said.kind.value,
            "cue": said.cue[:PIECE_CHARACTERS],
            "spans": json.dumps(said.spans),
            "start": said.context[0],
            "end": said.context[1],
            "name": said.speaker,
            "role": said.role,
            "written": said.speaker_text,
            "text": _text(article, said.spans),
            "speaker": _speaker_id(said),
            "about": sorted({row_id(w) for w in (*title, *words.stems(article.text[slice(*said.context)]))})[
                :MOST_VALUES
            ],
            **filtered(article),
            NO_VECTOR: NOTHING,
        }
        for position, (number, said) in enumerate(zip(ids, found, strict=True))
    ]


def speaker_rows(found: Iterable[Statement]) -> list[Row]:
    """Return the rows of all speakers of some statements. They are shared, so they stay when articles go."""
    speakers = {_speaker_id(said): (said.speaker, said.role, said.speaker_text) for said in found}
    return [
        {
            "id": number,
            "name": speaker[0],
            "role": speaker[1],
            "written": speaker[2],
            "key": speaker_key(*speaker)[:PIECE_CHARACTERS],
            NO_VECTOR: NOTHING,
        }
        for number, speaker in speakers.items()
    ]


def _speaker_id(said: Statement) -> int:
    return row_id("speaker", said.speaker, said.role, said.speaker_text)


def _text(article: Article, spans: Iterable[tuple[int, int]]) -> str:
    """Return the words said; "" where they are longer than a row holds, and must be read from the article."""
    text = _joined(article, spans)
    return text if len(text.encode()) <= LONGEST else ""


def _joined(article: Article, spans: Iterable[tuple[int, int]]) -> str:
    return BETWEEN_SPANS.join(article.text[start:end] for start, end in spans)


class Statements:
    """Reads who said what. What belongs to no article that is searched is left out."""

    def __init__(self, tables: Tables, articles: Articles, words: WordVectors, at_once: int = MOST) -> None:
        self._tables, self._articles, self._words, self._at_once = tables, articles, words, at_once

    def find(
        self,
        filters: Filters,
        speaker: str = "",
        about: str = "",
        names: Collection[tuple[str, str]] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[StatementRow]:
        """Return statements, oldest first and those without a date last; see ``Lookups.statements``."""
        rows: list[Row] = []
        for where in self._conditions(filters, speaker, about, names):
            rows += self._tables.scan(STATEMENT, where, ["day", "article", "position"])
        live = self._articles.live({row["article"] for row in rows})
        rows = [row for row in rows if row["article"] in live]
        rows.sort(key=lambda row: (not row["day"], row["day"], row["article"], row["position"]))
        return self._shown(rows[offset : None if limit is None else offset + limit])

    def page(self, filters: Filters, speaker: str, about: str, limit: int, cursor: str) -> Page[StatementRow]:
        """Return a page of what ``find`` finds, however much that is.

        Raises:
            CursorError: The cursor is not one that a page gave.
        """
        place = read_cursor(_PLACE, cursor) if cursor else None
        conditions = self._conditions(filters, speaker, about, None)
        found: list[Row] = []
        wanted = limit + 1
        while len(found) < wanted:
            rows = self._after(place, conditions, wanted)
            live = self._articles.live({row["article"] for row in rows})
            found += [row for row in rows if row["article"] in live]
            if len(rows) < wanted:
                break
            place = _PLACE.validate_python(place_of(rows[-1], _OLDEST_FIRST))
        more = len(found) > limit
        return Page(self._shown(found[:limit]), write_cursor(place_of(found[limit - 1], _OLDEST_FIRST)) if more else "")

    def of(self, article_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """Return the statements of these articles in text order; articles without any are left out."""
        counts = self._tables.get(ARTICLE, article_ids, ["state", "said"])
        ids = [i for a, row in counts.items() if row["state"] == LIVE for i in statement_ids(a, row["said"])]
        found: dict[str, list[Statement]] = defaultdict(list)
        for row in sorted(self._tables.get(STATEMENT, ids, _SAID).values(), key=lambda row: row["position"]):
            found[row["article"]].append(_statement(row))
        return {article: tuple(statements) for article, statements in found.items()}

    def speakers(self, filters: Filters) -> list[SpeakerName]:
        """Return all names with their roles, those first that are quoted most."""
        where = condition(filters)
        number = self._tables.count(STATEMENT, where)
        if number > MANY:
            where = both(where, f"id < {_IDS * MANY // number}")
        said: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for row in self._tables.scan(STATEMENT, where, ["article", "day", "name", "role"]):
            said[row["name"], row["role"]].append((row["article"], row["day"]))
        live = self._articles.live({article for places in said.values() for article, _ in places})
        said.pop(("", ""), None)
        names = [
            _name(*key, there, max(1.0, number / MANY))
            for key, places in said.items()
            if (there := [place for place in places if place[0] in live])
        ]
        return sorted(names, key=lambda name: (-name.statements, name.speaker, name.role))

    def _after(self, place: Place | None, conditions: Sequence[str], wanted: int) -> list[Row]:
        """Return the first rows after a place; those without a day come last."""
        rows: list[Row] = []
        if place is None or place[0]:
            rows = self._first(conditions, "day > 0", _OLDEST_FIRST, place or (), wanted)
        if len(rows) < wanted:
            of_articles = place[1:] if place and not place[0] else ()
            without = self._first(conditions, "day == 0", _OLDEST_FIRST[1:], of_articles, wanted - len(rows))
            rows += [{**row, "day": 0} for row in without]
        return rows

    def _first(
        self, conditions: Sequence[str], days: str, order: Sequence[Field], place: Sequence[int | str], wanted: int
    ) -> list[Row]:
        after = beyond(order, place) if place else ""
        those = [both(where, days, after) for where in conditions]
        return first_rows(self._tables, STATEMENT, those, order, wanted, self._at_once)

    def _conditions(
        self, filters: Filters, speaker: str, about: str, names: Collection[tuple[str, str]] | None
    ) -> list[str]:
        """Return conditions, one of which holds for each statement that is asked for."""
        where = [condition(filters)]
        if about:
            terms = {row_id(stem) for word in question_words(about) for stem in self._words.stems(word)}
            if not terms:
                return []
            where.append(f"ARRAY_CONTAINS_ALL(about, {quoted(sorted(terms))})")
        return [both(*where, by) for by in self._speakers(speaker, names)]

    def _speakers(self, asked: str, names: Collection[tuple[str, str]] | None) -> list[str]:
        """Return conditions on statements, one of which holds for each that is by whom was asked for."""
        if not asked and names is None:
            return [""]
        ids = set(self._meant_by(asked)) if asked else None
        if names is not None:
            named = self._named(names)
            ids = named if ids is None else ids & named
        ordered = sorted(ids or ())
        return [f"speaker in {quoted(ordered[n : n + _SOME])}" for n in range(0, len(ordered), _SOME)]

    def _meant_by(self, asked: str) -> list[int]:
        meant = AskedKey.of(asked)
        where = " or ".join(like("key", beginning) for beginning in sorted(meant.any_of))
        rows = self._tables.scan(SPEAKER, where, ["name", "role", "written", "key"]) if where else ()
        return [
            row["id"]
            for row in rows
            if meant.may_mean(row["key"]) and same_speaker(asked, row["name"], row["role"], row["written"])
        ]

    def _named(self, names: Collection[tuple[str, str]]) -> set[int]:
        wanted, written = set(names), sorted({name for name, _ in names})
        found: set[int] = set()
        for first in range(0, len(written), _SOME):
            rows = self._tables.scan(SPEAKER, f"name in {quoted(written[first : first + _SOME])}", ["name", "role"])
            found |= {row["id"] for row in rows if (row["name"], row["role"]) in wanted}
        return found

    def _shown(self, chosen: Sequence[Row]) -> list[StatementRow]:
        found = self._tables.get(STATEMENT, [row["id"] for row in chosen], _SHOWN)
        rows = [found[row["id"]] for row in chosen if row["id"] in found]
        of = self._tables.get(ARTICLE, {row["article"] for row in rows}, ["title", "publication", "url"])
        long = self._articles.read({row["article"] for row in rows if not row["text"]})
        return [_row(row, of[row["article"]], long.get(row["article"])) for row in rows if row["article"] in of]


def _name(name: str, role: str, places: Sequence[tuple[str, int]], of: float) -> SpeakerName:
    days = [day for _, day in places if day]
    first, last = (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else (None, None)
    return SpeakerName(name, role, round(len(places) * of), round(len({a for a, _ in places}) * of), first, last)


def _statement(row: Row) -> Statement:
    return Statement(
        article_id=row["article"],
        kind=StatementKind(row["kind"]),
        spans=tuple((start, end) for start, end in json.loads(row["spans"])),
        speaker_text=row["written"],
        speaker=row["name"],
        role=row["role"],
        cue=row["cue"],
        context=(row["start"], row["end"]),
    )


def _row(row: Row, of: Row, article: Article | None) -> StatementRow:
    said = _statement(row)
    return StatementRow(
        id=row["id"],
        article_id=said.article_id,
        title=of["title"],
        publication=of["publication"],
        published=day_of(row),
        url=of["url"],
        kind=said.kind,
        text=_joined(article, said.spans) if article else row["text"],
        spans=said.spans,
        speaker_text=said.speaker_text,
        speaker=said.speaker,
        role=said.role,
        cue=said.cue,
        context=said.context,
    )
