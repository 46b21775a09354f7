"""How articles are grouped as they come and go, in a real library with a small embedder."""

import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import article_from
from index.catalog import Catalog
from index.catalog_writes import delete_article, insert_article
from index.duplicate_groups import add_to_group, find_group_problems
from index.library import Library
from index.records import Draft, Filters
from tests.unit.index.harm import change
from tests.unit.index.library_fakes import open_library
from tests.unit.index.stories import FOOTER, LOCK, LOCK_TOLD_ANEW, from_sentences, half, made_up, sentences, story
from tests.unit.index.test_duplicates import REWRITTEN

MAIL = story(LOCK, "Lock closes", "Ashford Mail", date(2024, 2, 6))
COURIER = story(REWRITTEN, "Barges must wait", "Northgate Courier", date(2024, 2, 7))
UNDATED = story(LOCK + "\n\nMeridian Wire has more.", "Gates of oak", "Meridian Wire")
OTHER = story(LOCK_TOLD_ANEW, "Anger over lock", "Weir Post", date(2024, 2, 6))
FIRST_HALF, LAST_HALF = half(MAIL, True, "Begin"), half(MAIL, False, "End")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "lib") as opened:
        yield opened
        assert opened.verify() == []


def add(library: Library, *drafts: Draft) -> list[str]:
    return [result.article_id for result in library.add(drafts)]


def groups(library: Library) -> set[frozenset[str]]:
    found = library.copies(summary.id for summary in library.articles())
    return {frozenset(article.title for article in group) for group in found.values()}


def test_copies_are_grouped_first_publication_first(library: Library) -> None:
    undated, courier, other, mail = add(library, UNDATED, COURIER, OTHER, MAIL)
    found = library.copies([courier, other, "no such id"])
    assert {i: [a.id for a in group] for i, group in found.items()} == {courier: [mail, courier, undated]}
    assert found[courier][0] == library.article(mail)
    families = library.families([undated, courier, other, mail])
    assert set(families) == {undated, courier, mail}
    assert len(set(families.values())) == 1


def test_without_dates_the_one_added_first_is_the_first_publication(library: Library) -> None:
    later, first = (story(LOCK + f"\n\nSeen in {name}.", name, name) for name in ("Zeal", "Acorn"))
    ids = add(library, later, first)
    assert [article.id for article in library.copies(ids)[ids[1]]] == ids


def test_filters_and_limit_leave_members_out(library: Library) -> None:
    mail, courier, undated = add(library, MAIL, COURIER, UNDATED)
    later = library.copies([courier], Filters(since=date(2024, 2, 7)))
    assert [article.id for article in later[courier]] == [courier]
    assert [article.id for article in library.copies([undated], limit=2)[undated]] == [mail, courier]


def test_a_new_article_joins_two_groups(library: Library) -> None:
    others = [replace(draft, publication=f"{draft.publication} Two") for draft in (FIRST_HALF, LAST_HALF)]
    add(library, FIRST_HALF, LAST_HALF, *others)
    assert groups(library) == {frozenset(["Begin"]), frozenset(["End"])}
    assert {len(group) for group in library.copies(s.id for s in library.articles()).values()} == {2}
    add(library, MAIL)
    assert groups(library) == {frozenset(["Begin", "End", "Lock closes"])}


def test_removing_what_held_a_group_together_parts_it(library: Library) -> None:
    begin, _, mail = add(library, FIRST_HALF, LAST_HALF, MAIL)
    assert len(library.copies([begin])[begin]) == 3
    library.remove(mail)
    assert library.copies([begin]) == {}
    again = add(library, MAIL)
    assert len(library.copies(again)[again[0]]) == 3


def test_one_alone_is_no_group(library: Library) -> None:
    mail, courier = add(library, MAIL, COURIER)
    library.remove(courier)
    assert library.copies([mail]) == {}
    assert library.families([mail]) == {}


def test_a_replaced_version_is_in_no_group_and_comes_back_into_none(library: Library) -> None:
    url = "https://example.org/lock"
    mail, courier = add(library, replace(MAIL, url=url), COURIER)
    newer = add(library, replace(MAIL, url=url, text=made_up(7), published=date(2024, 2, 9)))
    assert library.copies([mail, courier, *newer]) == {}
    library.remove(newer[0])
    assert library.copies([mail, courier]) == {}
    assert [summary.id for summary in library.articles()] == [courier]


def test_a_newer_version_takes_the_place_of_the_older_in_the_group(library: Library) -> None:
    url = "https://example.org/lock"
    _, courier = add(library, replace(MAIL, url=url), COURIER)
    (newer,) = add(library, replace(MAIL, url=url, text=LOCK + "\n\nThe board meets again in May."))
    assert {article.id for article in library.copies([courier])[courier]} == {newer, courier}


def test_boilerplate_of_many_articles_neither_counts_nor_costs(library: Library) -> None:
    add(library, *(story(f"{made_up(seed, 9)}\n\n{FOOTER}", f"T{seed}", f"Office {seed}") for seed in range(60)))
    copied = story(f"{made_up(7, 9)}\n\n{FOOTER}", "Copy", "Outlet")
    add(library, copied, story(FOOTER, "The archive", "Province"))
    assert frozenset(["T7", "Copy"]) in groups(library)
    assert len(groups(library)) == 1


def test_many_copies_are_one_group(library: Library) -> None:
    copies = [story(f"{LOCK}\n\n{made_up(seed, 2)}", f"T{seed}", f"Outlet {seed}") for seed in range(40)]
    add(library, *copies)
    found = library.copies((summary.id for summary in library.articles()), limit=99)
    (group,) = {frozenset(article.id for article in members) for members in found.values()}
    assert len(group) == 40


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM fingerprint WHERE hash = (SELECT min(hash) FROM fingerprint)", "fingerprints .* do not fit"),
        ("DELETE FROM copy WHERE story > other", "not known as its copy"),
        ("INSERT INTO fingerprint VALUES (1, 99)", "fingerprints .* do not fit"),
        ("UPDATE story SET family = number", "not those that the pairs of copies make"),
        ("DELETE FROM copy", "not those that the pairs of copies make"),
        ("DELETE FROM story WHERE number = 3", "1 articles are missing"),
    ],
)
def test_verify_finds_what_is_wrong_and_rebuild_mends_it(tmp_path: Path, statement: str, said: str) -> None:
    with open_library(tmp_path) as library:
        add(library, MAIL, COURIER, OTHER)
        before = groups(library)
        change(tmp_path, statement)
        assert any(re.search(said, problem) for problem in library.verify())
        library.rebuild()
        assert library.verify() == []
        assert groups(library) == before


def test_what_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    catalog = Catalog.create(tmp_path)
    mail, courier = article_from(MAIL), article_from(COURIER)
    with catalog.writing() as connection:
        insert_article(connection, mail)
        add_to_group(connection, mail)
    with pytest.raises(KeyError), catalog.writing() as connection:
        insert_article(connection, courier)
        add_to_group(connection, courier)
        raise KeyError
    with catalog.reading() as connection:
        assert connection.execute("SELECT count(*) FROM story").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM copy").fetchone()[0] == 0
        assert list(find_group_problems(connection)) == []
    catalog.close()


PARTS = sentences(LOCK)
POOL = [
    article_from(draft)
    for draft in (
        MAIL, COURIER, UNDATED, OTHER, FIRST_HALF, LAST_HALF,
        story(from_sentences(PARTS[3:9]), "Middle", "Meridian Wire", date(2024, 2, 8)),
        story(from_sentences(random.Random(5).sample(PARTS, 12)), "Shuffled", "Weir Post"),  # noqa: S311
        story(made_up(1), "Made up", "A"), story(made_up(1) + " " + made_up(2, 3), "Made up too", "B"),
        story(made_up(3) + "\n\n" + FOOTER, "With footer", "C"), story(made_up(4) + "\n\n" + FOOTER, "Also", "C"),
    )
]  # fmt: skip
IDS = [article.id for article in POOL]


def families_after(adding: Sequence[int], removing: Sequence[int]) -> set[frozenset[str]]:
    """Return the families (of one, too) after these articles were added and some of them removed, in order."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog.create(Path(folder))
        with catalog.writing() as connection:
            for number in adding:
                insert_article(connection, POOL[number])
                add_to_group(connection, POOL[number])
            for number in removing:
                delete_article(connection, IDS[number])
            assert list(find_group_problems(connection)) == []
            members: dict[int, set[str]] = {}
            for article, family in connection.execute("SELECT article, family FROM story"):
                members.setdefault(family, set()).add(article)
        catalog.close()
    return {frozenset(group) for group in members.values()}


@settings(max_examples=25)
@given(st.permutations(range(len(POOL))), st.data())
def test_order_makes_no_difference_and_removal_undoes_addition(order: list[int], data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(order)))
    removed = data.draw(st.permutations([number for number in order if number not in kept]))
    assert families_after(order, removed) == families_after(sorted(kept), [])


def test_the_pool_has_the_groups_it_should_have() -> None:
    by_size = sorted(families_after(range(len(POOL)), []), key=len)
    assert [len(group) for group in by_size] == [1, 1, 1, 2, 7]
    assert by_size[-1] == {IDS[i] for i in (0, 1, 2, 4, 5, 6, 7)}
    assert by_size[-2] == {IDS[8], IDS[9]}


ADDER = """
import sys
from pathlib import Path
from tests.unit.index.library_fakes import open_library
from tests.unit.index.stories import made_up, story
with open_library(Path(sys.argv[1])) as library:
    for turn in range(int(sys.argv[2]), 24, 2):
        text = made_up(turn // 4) + " " + made_up(100 + turn, 2)
        list(library.add([story(text, f"S{turn // 4} {turn}", f"Outlet {turn}")]))
"""


def test_two_processes_group_what_both_add(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    processes = [subprocess.Popen([sys.executable, "-c", ADDER, tmp_path, str(n)], cwd=root) for n in (0, 1)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    with open_library(tmp_path, create=False) as library:
        assert groups(library) == {
            frozenset(f"S{number} {turn}" for turn in range(4 * number, 4 * number + 4)) for number in range(6)
        }
        assert library.verify() == []
