"""What is not what was written is refused where it is read, and named by verify."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LibraryError
from index.last_write import LAST_WRITE_FILE
from index.library import Library
from index.people_file import NameKey, put_together, read_groups
from index.seals import seal
from tests.unit.index.harm import change
from tests.unit.index.library_fakes import draft, open_library
from tests.unit.index.stories import LOCK, story

VALUES = st.lists(st.one_of(st.none(), st.integers(), st.text(), st.binary()), min_size=1, max_size=4)


@given(VALUES, st.data())
def test_a_seal_differs_where_a_bit_does(values: list[str | int | bytes | None], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    value = values[place]
    if isinstance(value, bytes) and value:
        other: str | int | bytes | None = bytes([value[0] ^ 1 << data.draw(st.integers(0, 7))]) + value[1:]
    elif isinstance(value, int):
        other = value ^ 1 << data.draw(st.integers(0, 31))
    else:
        other = "" if value is None else f"{value}x"
    assert seal(*values) != seal(*values[:place], other, *values[place + 1 :])


def test_a_seal_stays_the_same() -> None:
    assert seal("a", 1, None, b"x", "“é”") == 3612673478


def _articles(library: Library) -> object:
    return library.articles_by_id(summary.id for summary in library.articles())


def _search(library: Library) -> object:
    return library.chunks(i for i, _ in library.search_dense(library.embedder.embed(["vote"])[0], 9))


@pytest.mark.parametrize(
    ("statement", "use", "remedy"),
    [
        ("UPDATE article SET text = replace(text, 'hours', 'days')", _articles, "restore"),
        ("UPDATE article SET title = 'No'", _articles, "restore"),
        ("UPDATE article SET published = '2001-01-01'", lambda one: one.articles(), "restore"),
        ("UPDATE article SET added_at = '2001-01-01'", lambda one: one.versions(one.export().__next__()), "restore"),
        ("UPDATE article SET url = 'https://example.org/x'", lambda one: list(one.export()), "restore"),
        ("UPDATE article SET text = replace(text, 'fair', 'foul')", lambda one: one.statements(), "restore"),
        ("UPDATE paragraph SET start = start + 1", _articles, "restore"),
        ('UPDATE chunk SET "end" = "end" - 1', _search, "rebuild"),
        ("UPDATE chunk SET vector = zeroblob(32)", _search, "rebuild"),
        ("UPDATE statement SET spans = '[[0, 3]]'", lambda one: one.statements(), "rebuild"),
        ("UPDATE speaker SET role = 'King'", lambda one: one.statements(), "rebuild"),
        ("UPDATE speaker SET role = 'King'", lambda one: one.speakers(), "rebuild"),
        ("UPDATE speaker SET role = 'King'", lambda one: one.statements_of([one.articles()[0].id]), "rebuild"),
        ("UPDATE story SET family = 1", lambda one: one.copies([a.id for a in one.articles()]), "rebuild"),
        ("UPDATE meta SET value = '9' WHERE key = 'chunk_overlap'", _search, "restore"),
        ("UPDATE person_name SET name = 'Eve'", lambda one: read_groups(one.folder), "restore"),
    ],
)
def test_damage_is_refused_where_it_is_read(
    tmp_path: Path, statement: str, use: Callable[[Library], object], remedy: str
) -> None:
    with open_library(tmp_path) as library:
        list(library.add([draft(1), draft(2), story(LOCK, "A", "A"), story(LOCK, "B", "B")]))
        put_together(tmp_path, [NameKey("Ann Reed", "Mayor")])
    change(tmp_path, statement, sealed=False)
    with pytest.raises(LibraryError, match=rf"is damaged on disk.*index {remedy}"), open_library(tmp_path) as library:
        use(library)
    if "meta" not in statement:
        with open_library(tmp_path) as library:
            assert any("damaged on disk" in problem and remedy in problem for problem in library.verify())
            if remedy == "rebuild":
                library.rebuild()
                assert library.verify() == []


def test_a_damaged_article_can_be_done_without(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        ids = [result.article_id for result in library.add([draft(1), draft(2)])]
        change(tmp_path, "UPDATE article SET text = replace(text, 'hours', 'days') WHERE rowid = 1", sealed=False)
        library.remove(ids[0])
        library.rebuild()
        assert library.verify() == []
        assert [summary.id for summary in library.articles()] == ids[1:]


def test_lost_changes_are_told_once(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        list(library.add([draft(1)]))
        generation = library.generation
    file = tmp_path / LAST_WRITE_FILE
    assert int(file.read_text()) == generation
    file.write_text(str(generation + 3))
    with pytest.raises(LibraryError, match=r"last changes to the library .* are lost \(3 of \d+\)"):
        open_library(tmp_path)
    open_library(tmp_path).close()
    for words in ("", "x", "0"):
        file.write_text(words)
        open_library(tmp_path).close()
