"""Statements in a library: listed by speaker, words and filters, and right after every change of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index import statement_writes
from index.library import Library
from index.records import AddStatus, Article, Draft, Filters, Statement, StatementKind
from index.statements import statements
from tests.unit.index import harm
from tests.unit.index.library_fakes import open_library

WATER = Draft(
    "Ruth Castellane, the mayor of Ashford, spoke on Monday after the wells had run dry for the third summer.\n\n"
    "“We must share the water,” Castellane said, “or there will be none to share.” "
    "She denied that the wells were sold.",
    "water.txt",
    "Wells run dry",
    publication="Harbour Times",
    url="https://example.org/water",
    published=date(2023, 10, 5),
)
FERRY = Draft(
    "The ferry stays ashore until spring. “Nobody crosses on this ice,” said Tomas Brandl, who runs it. "
    "Mayor Ruth Castellane said that the crossings would be free when they start again.",
    "ferry.txt",
    "Ferry stays ashore",
    publication="Coast Courier",
    published=date(2022, 1, 9),
)
UNDATED = Draft(
    "A petition against the toll has 312 names. “Tolls are for foreigners,” said Petra Osei, the manager of the works. "
    "Officials said that the toll on the crossing would be reviewed.",
    "toll.txt",
    "Toll angers residents",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path) as opened:
        assert {result.status for result in opened.add([WATER, FERRY, UNDATED])} == {AddStatus.ADDED}
        yield opened


def texts(library: Library, filters: Filters = Filters(), speaker: str = "", about: str = "") -> list[str]:
    return [row.text for row in library.statements(filters, speaker, about)]


ICE, FREE = "Nobody crosses on this ice", "that the crossings would be free when they start again"
SHARE, SOLD = "We must share the water … or there will be none to share.", "that the wells were sold"
TOLLS, REVIEWED = "Tolls are for foreigners", "that the toll on the crossing would be reviewed"


def test_all_are_listed_oldest_first_and_those_without_a_date_last(library: Library) -> None:
    found = texts(library)
    assert [text.removeprefix("that ") for text in found] == [
        text.removeprefix("that ") for text in (ICE, FREE, SHARE, SOLD, TOLLS, REVIEWED)
    ]
    assert [row.text for row in library.statements(limit=2, offset=1)] == found[1:3]


def test_a_row_has_what_is_needed_to_show_it(library: Library) -> None:
    (row,) = library.statements(about="share the water")
    article = library.article(row.article_id)
    assert (row.title, row.publication, row.published, row.url) == (
        "Wells run dry", "Harbour Times", date(2023, 10, 5), "https://example.org/water",
    )  # fmt: skip
    assert (row.kind, row.speaker_text, row.speaker, row.cue) == (
        StatementKind.DIRECT, "Castellane", "Ruth Castellane", "said",
    )  # fmt: skip
    assert [article.text[start:end] for start, end in row.spans] == row.text.split(" … ")
    assert len(row.spans) == 2
    start, end = row.context
    assert article.text[start:end].startswith("“We must") and article.text[start:end].endswith("to share.”")


@pytest.mark.parametrize(
    ("speaker", "count"),
    [("Castellane", 3), ("CASTELLANE", 3), ("Mayor Castellane", 3), ("Tomas Brandl", 1), ("Anna Castellane", 0),
     ("officials", 1), ("nobody known", 0), ("?", 0)],
)  # fmt: skip
def test_a_speaker_is_who_the_rules_mean(library: Library, speaker: str, count: int) -> None:
    assert len(library.statements(speaker=speaker)) == count


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("crossing", {ICE, FREE, REVIEWED}),  # "crosses", "crossings": endings do not count
        ("FERRY", {ICE, FREE}),  # in the headline only
        ("the water wells", {SHARE}),
        ("wells", {SHARE, SOLD}),
        ("water tolls", set()),  # never together
        ("fr", set()),  # no part of a word
        ('"ice" NOT "crosses"', {ICE}),  # no language of queries
        ("?!", set()),
    ],
)
def test_words_are_found_by_their_stems(library: Library, about: str, found: set[str]) -> None:
    stripped = {text.removeprefix("that ") for text in found}
    assert {text.removeprefix("that ") for text in texts(library, about=about)} == stripped


def test_filters_and_words_and_speaker_must_all_fit(library: Library) -> None:
    assert texts(library, Filters(publications=("coast courier",)), speaker="Castellane") == [texts(library)[1]]
    assert texts(library, Filters(since=date(2023, 1, 1)), speaker="Castellane", about="ice") == []


def test_speakers_are_counted(library: Library) -> None:
    found = library.speakers()
    mayor = [name for name in found if name.speaker == "Ruth Castellane"]
    assert found[0] in mayor
    assert sum(name.statements for name in mayor) == 3
    assert (min(n.first for n in mayor if n.first), max(n.last for n in mayor if n.last)) == (
        date(2022, 1, 9), date(2023, 10, 5),
    )  # fmt: skip
    (osei,) = [name for name in found if name.speaker == "Petra Osei"]
    assert (osei.statements, osei.articles, osei.first, osei.last) == (1, 1, None, None)
    for name in found:
        assert len(library.statements(names=[(name.speaker, name.role)])) == name.statements
    assert library.statements(names=[]) == []
    assert {n.speaker for n in library.speakers(Filters(publications=("Coast Courier",)))} == {
        "Tomas Brandl", "Ruth Castellane",
    }  # fmt: skip


def test_what_is_stored_is_what_the_rules_find(library: Library) -> None:
    articles = library.articles_by_id(summary.id for summary in library.articles())
    stored = library.statements_of(articles)
    assert stored == {article.id: statements(article) for article in articles.values()}
    assert library.statements_of(["not there"]) == {}


def test_a_removed_article_has_said_nothing(library: Library) -> None:
    library.remove(library.statements(about="wells")[0].article_id)
    assert len(library.statements()) == 4
    assert library.statements(about="wells") == []
    assert len(library.statements(speaker="Castellane")) == 1
    assert library.verify() == []
    list(library.add([WATER]))
    assert len(library.statements(about="wells")) == 2
    assert library.verify() == []


def test_a_replaced_version_has_said_nothing(library: Library) -> None:
    newer = replace(WATER, text=WATER.text.replace("share the water", "save the water"))
    (result,) = library.add([newer])
    assert result.status is AddStatus.REPLACED
    assert SHARE not in texts(library)
    assert len(library.statements(about="save water")) == 1
    assert library.verify() == []
    library.remove(result.article_id)
    assert library.statements(about="wells") == []
    assert library.verify() == []


def test_a_rebuild_finds_them_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [replace(row, id=0) for row in library.statements()]
    library.rebuild()
    assert [replace(row, id=0) for row in library.statements()] == before
    assert library.verify() == []
    monkeypatch.setattr(statement_writes, "statements", lambda _: ())
    library.rebuild()
    assert (library.statements(), library.speakers()) == ([], [])
    assert library.verify() == []


def test_an_article_goes_in_where_the_rules_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article) -> tuple[Statement, ...]:
        raise IndexError(article.id)

    monkeypatch.setattr(statement_writes, "statements", fail)
    with open_library(tmp_path) as library:
        assert [result.status for result in library.add([WATER])] == [AddStatus.ADDED]
        assert library.statements() == []
        assert library.verify() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE statement SET spans = '[[5, 100000]]' WHERE id = 1", "words outside"),
        ("UPDATE statement SET spans = '[[-5, 3]]' WHERE id = 1", "words outside"),
        ("UPDATE statement SET spans = '[]' WHERE id = 1", "words outside"),
        ("UPDATE statement SET spans = '{' WHERE id = 1", "words outside"),
        ('UPDATE statement SET "end" = 100000', "words outside"),
        ("UPDATE statement SET start = start - 9 WHERE id = 3", "word index differs from the statements"),
        ("DELETE FROM statement WHERE id = 1", "word index differs from the statements"),
        ("DELETE FROM statement", "speakers have no statement"),
        ("DELETE FROM statement_rules", "not read for statements"),
        ("UPDATE speaker SET key = ' x '", "cannot be found by their names"),
        ("DELETE FROM speaker", "belongs to nothing"),
    ],
)
def test_verify_finds_what_is_wrong(library: Library, change: str, said: str) -> None:
    harm.change(library.folder, change)
    assert any(said in problem for problem in library.verify())
    library.rebuild()
    assert library.verify() == []
