"""The keyword index: what it finds, and that it follows the catalog whatever happens."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import keywords
from index.catalog import Catalog
from index.keywords import KEYWORDS_FOLDER, KeywordIndex
from tests.unit.index.library_fakes import draft, open_library

PASSAGES = {
    1: ("Mayor opens bridge", "The bridge over the Tarn was opened on Friday."),
    2: ("Council votes", "Opponents of the anti-flood wall were voted down, said José Núñez."),
    3: ("Weather", "Floods are likely. The wall of the old mill has fallen."),
}


def put(catalog: Catalog, number: int, title: str, text: str) -> int:
    """Write an article of one passage past the library, which would want an embedder; return the chunk's id."""
    with catalog.writing() as connection:
        connection.execute(
            "INSERT INTO article (id, title, deck, publication, authors, agency, place, section, published, url, "
            "source, url_key, words, added_at, text) "
            "VALUES (?, ?, '', '', '[]', '', '', '', NULL, '', '', '', 0, '', ?)",
            (f"a{number}", title, text),
        )
        cursor = connection.execute(
            "INSERT INTO chunk (article, start, \"end\", vector) VALUES (?, 0, ?, x'')", (f"a{number}", len(text))
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def take(catalog: Catalog, number: int) -> None:
    with catalog.writing() as connection:
        connection.execute("DELETE FROM article WHERE id = ?", (f"a{number}",))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.create(tmp_path)
    for number, (title, text) in PASSAGES.items():
        assert put(catalog, number, title, text) == number
    yield catalog
    catalog.close()


def found(index: KeywordIndex, question: str, limit: int = 10, allowed: list[int] | None = None) -> list[int]:
    return [chunk for chunk, _ in index.search(question, limit, allowed)]


def test_words_of_headline_and_text_are_found_in_any_form(catalog: Catalog, tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path, catalog)
    assert found(index, "Who opened bridges?") == [1]
    assert found(index, "voting") == [2]
    assert found(index, "jose nunez") == [2]
    assert found(index, "What is the weather like?") == [3]
    assert found(index, "elephants") == []
    assert found(index, "?!") == []


def test_the_passage_with_more_and_rarer_words_comes_first(catalog: Catalog, tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path, catalog)
    hits = index.search("the wall of the mill", 10)
    assert [chunk for chunk, _ in hits] == [3, 2]
    assert hits[0][1] > hits[1][1] > 0
    assert found(index, "the wall of the mill", limit=1) == [3]
    assert found(index, "wall", limit=0) == []


def test_a_word_with_a_hyphen_is_found_as_it_stands(catalog: Catalog, tmp_path: Path) -> None:
    assert found(KeywordIndex(tmp_path, catalog), "anti-flood") == [2]


@pytest.mark.parametrize(
    "question", ['"', "title:wall", "wall AND -mill", "(wall", "wall\x00", "w*", "/wall/", "💧 wall^3"]
)
def test_nothing_in_a_question_is_query_syntax(catalog: Catalog, tmp_path: Path, question: str) -> None:
    assert set(found(KeywordIndex(tmp_path, catalog), question)) <= {2, 3}


def test_only_allowed_passages_are_found(catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4, 200):
        put(catalog, number, "Wall", "A wall, a wall and a wall.")
    index = KeywordIndex(tmp_path, catalog)
    assert found(index, "wall", 5, [2, 3]) == [3, 2]
    assert found(index, "wall", 5, []) == []
    unfiltered = dict(index.search("wall", 300))
    assert dict(index.search("wall", 5, [2])) == pytest.approx({2: unfiltered[2]})
    monkeypatch.setattr("index.keywords._FEW_IDS", 0)  # broad filters take the other way to the same result
    assert found(index, "wall", 5, [2, 3]) == [3, 2]
    assert len(found(index, "wall", 5, list(range(1, 200)))) == 5


def test_it_follows_additions_and_removals(catalog: Catalog, tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path, catalog)
    assert set(found(index, "wall")) == {2, 3}
    put(catalog, 4, "Wall", "A wall.")
    take(catalog, 2)
    assert set(found(index, "wall")) == {3, 4}
    take(catalog, 4)
    put(catalog, 5, "Wall", "Another wall.")
    take(catalog, 5)
    assert found(index, "wall") == [3]
    assert index.ids() == {1, 3}


def test_another_opening_finds_what_was_written(catalog: Catalog, tmp_path: Path) -> None:
    KeywordIndex(tmp_path, catalog).refresh()
    before = sorted((tmp_path / KEYWORDS_FOLDER).iterdir())
    again = KeywordIndex(tmp_path, catalog)
    assert found(again, "bridge") == [1]
    assert sorted((tmp_path / KEYWORDS_FOLDER).iterdir()) == before  # nothing was indexed twice


def test_a_log_that_was_cut_is_made_up_for(catalog: Catalog, tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path, catalog)
    index.refresh()
    take(catalog, 1)
    take(catalog, 2)
    with catalog.writing() as connection:
        connection.execute("DELETE FROM chunk_gone")
    assert index.ids() == {3}
    assert found(index, "bridge") == []


@pytest.mark.parametrize("harm", ["meta", "all", "gone"])
def test_a_damaged_or_missing_index_is_made_again(catalog: Catalog, tmp_path: Path, harm: str) -> None:
    KeywordIndex(tmp_path, catalog).refresh()
    for file in (tmp_path / KEYWORDS_FOLDER).iterdir():
        if harm == "gone":
            file.unlink()
        elif harm == "all" or file.name == "meta.json":
            file.write_bytes(b"damaged")
    index = KeywordIndex(tmp_path, catalog)
    assert found(index, "bridge") == [1]
    assert index.ids() == {1, 2, 3}


def test_an_index_of_another_version_is_made_again(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeywordIndex(tmp_path, catalog).refresh()
    monkeypatch.setattr("index.keywords._VERSION", 2)
    index = KeywordIndex(tmp_path, catalog)
    assert index.ids() == {1, 2, 3}


def _add_and_search(folder: Path, first: int) -> None:
    catalog = Catalog(folder)
    index = KeywordIndex(folder, catalog)
    for number in range(first, first + 10):
        chunk = put(catalog, number, "Wall", f"Wall number {number}.")
        assert found(index, f"number {number}", 1) == [chunk]
    catalog.close()


def test_two_processes_write_in_turn(catalog: Catalog, tmp_path: Path) -> None:
    start = multiprocessing.get_context("spawn")
    processes = [start.Process(target=_add_and_search, args=(tmp_path, first)) for first in (100, 200)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    index = KeywordIndex(tmp_path, catalog)
    assert index.ids() == set(range(1, 24))


def test_replacing_much_of_a_library_indexes_only_that_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of what went is cut when the vectors are written; by then the words must have followed it."""
    gone: list[list[int] | None] = []

    def removed(*arguments: Any) -> list[int] | None:  # noqa: ANN401
        gone.append(read_removed(*arguments))
        return gone[-1]

    read_removed = keywords._removed
    monkeypatch.setattr(keywords, "_removed", removed)
    with open_library(tmp_path) as library:
        list(library.add(draft(n, url=f"https://a.example/{n}") for n in range(40)))
        list(library.add(draft(n, "a new school", url=f"https://a.example/{n}") for n in range(20)))
        assert library.search_keyword("harbour", 100)
    assert None not in gone
    assert any(gone)


def test_files_of_a_process_that_was_killed_before_its_commit_stand_in_nobodys_way(
    catalog: Catalog, tmp_path: Path
) -> None:
    assert found(KeywordIndex(tmp_path, catalog), "bridge") == [1]
    committed = tmp_path / KEYWORDS_FOLDER / "meta.json"
    before = committed.read_bytes()
    take(catalog, 1)
    assert found(KeywordIndex(tmp_path, catalog), "bridge") == []
    committed.write_bytes(before)  # all else that the removal wrote is there
    assert found(KeywordIndex(tmp_path, catalog), "bridge") == []


@pytest.mark.parametrize("harm", ["flipped", "cut", "gone"])
@pytest.mark.parametrize("name", ["*.idx", "*.pos", "*.term", "*.store", "*.fast", "*.fieldnorm", "meta.json"])
def test_a_damaged_file_is_made_again(catalog: Catalog, tmp_path: Path, name: str, harm: str) -> None:
    before = KeywordIndex(tmp_path, catalog).search("the wall of the mill", 10)
    (file,) = (tmp_path / KEYWORDS_FOLDER).glob(name)
    content = file.read_bytes()
    middle = len(content) // 2
    if harm == "gone":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(content[:middle])
    else:
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1 :])
    assert KeywordIndex(tmp_path, catalog).search("the wall of the mill", 10) == before


def test_another_number_of_documents_is_noticed(catalog: Catalog, tmp_path: Path) -> None:
    before = KeywordIndex(tmp_path, catalog).search("the wall of the mill", 10)
    file = tmp_path / KEYWORDS_FOLDER / "meta.json"
    words = file.read_text("utf-8")
    assert '"max_doc": 4,' in words
    for number in "05":
        file.write_text(words.replace('"max_doc": 4,', f'"max_doc": {number},'), "utf-8")
        assert KeywordIndex(tmp_path, catalog).search("the wall of the mill", 10) == before
