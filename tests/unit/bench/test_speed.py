"""The costs of a library by its size."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.load import Load
from bench.machine import beside, describe, peak_mb
from bench.speed import Adding, Cost, add_again, fill, grow, start_seconds
from bench.speed_command import read_questions
from bench.speed_picture import draw_speed
from bench.speed_tables import sizes_table, stages_table, users_table
from index.errors import OnRecordError, QuestionError
from index.library import Library
from index.records import Draft
from index.settings import load_settings
from tests.unit.bench.test_pictures import _texts
from tests.unit.index.library_fakes import draft, open_library

COSTS = [
    Cost(
        articles=100 * size,
        chunks=1000 * size,
        disk_mb=5.0 * size,
        start_s=4.25,
        loads=[
            Load(1, 4.0, (250.0, 300.4), {"read": (200.0, 240.0), "total": (250.0, 300.0)}),
            Load(2, 5.0, (400.0, 500.0), {"read": (350.0, 440.0), "total": (400.0, 500.0)}),
        ],
        answering_mb=800.0,
        adding=Adding(20, 200, 4.0),
        adding_mb=1100.0,
    )
    for size in (1, 2)
]


def test_a_library_is_filled_to_its_size_and_hardly_beyond(tmp_path: Path) -> None:
    stream = (draft(number) for number in range(200))
    with open_library(tmp_path / "library", chunk_tokens=40) as library:
        fill(library, 50, stream)
        held = library.stats()
        each = held.chunks / held.articles
        assert 50 <= held.chunks < 50 + 2 * each
        fill(library, 50, stream)
        assert library.stats() == held
        with pytest.raises(OnRecordError, match="not 10,000; name more data"):
            fill(library, 10_000, stream)


def test_articles_taken_out_are_added_again(tmp_path: Path) -> None:
    with open_library(tmp_path / "library") as library:
        list(library.add(draft(number) for number in range(20)))
        before = library.stats()
        adding = add_again(library, 5)
        assert library.stats() == before
        assert (adding.articles, adding.chunks) == (5, 5 * before.chunks // before.articles)
        assert adding.seconds > 0
        assert add_again(library, 100).articles == 20
        assert library.verify() == []


def test_sizes_grow_from_each_other_and_are_kept(tmp_path: Path) -> None:
    def sizes() -> Iterator[int]:
        for folder in grow(tmp_path, [40, 10], (draft(number) for number in range(60)), open_library):
            with open_library(folder, create=False) as library:
                yield library.stats().chunks

    first = list(sizes())
    assert 10 <= first[0] < 40 <= first[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["10", "40"]
    nothing: Iterator[Draft] = iter(())
    assert [folder.name for folder in grow(tmp_path, [10, 40], nothing, open_library)] == ["10", "40"]
    assert list(sizes()) == first


def test_start_is_the_median_and_a_failure_says_why() -> None:
    assert 0 < start_seconds([sys.executable, "-c", "pass"], 3) < 30
    with pytest.raises(OnRecordError, match="failed: no library"):
        start_seconds([sys.executable, "-c", "import sys; sys.exit('no library')"], 1)


def test_tables_tell_each_size() -> None:
    assert sizes_table(COSTS).splitlines()[2:] == [
        "| 1,000 | 100 | 250 / 300 | 4.0 | 5.0 | 50 | 800 | 1,100 | 5 | 4.2 |",
        "| 2,000 | 200 | 250 / 300 | 4.0 | 5.0 | 50 | 800 | 1,100 | 10 | 4.2 |",
    ]
    assert stages_table(COSTS).splitlines() == [
        "| stage, ms | 1,000 passages | 2,000 passages |",
        "|---|---:|---:|",
        "| read | 200 / 240 | 200 / 240 |",
        "| total | 250 / 300 | 250 / 300 |",
    ]
    assert users_table(COSTS).splitlines()[2:] == [
        "| 1 | 4.0; 250 / 300 | 4.0; 250 / 300 |",
        "| 2 | 5.0; 400 / 500 | 5.0; 400 / 500 |",
    ]


def test_the_picture_names_its_panels_and_is_the_same_every_time(tmp_path: Path) -> None:
    draw_speed(COSTS, tmp_path / "one.svg")
    draw_speed(COSTS, tmp_path / "two.svg")
    titles = {"time of an answer (ms)", "answers a second, 2,000 passages", "passages added a second"}
    assert titles | {"memory, at most (MB)"} <= set(_texts(tmp_path / "one.svg"))
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_questions_are_read_plain_and_as_json(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text('Who won?\n\n{"question": "Who lost?", "id": 1}\n', "utf-8")
    assert read_questions(file) == ["Who won?", "Who lost?"]
    for text, message in (("", "holds no question"), (json.dumps({"id": 1}), "cannot be read as questions")):
        file.write_text(text, "utf-8")
        with pytest.raises(QuestionError, match=message):
            read_questions(file)
    with pytest.raises(QuestionError, match="name a file with --questions"):
        read_questions(tmp_path / "missing.txt")


def test_the_machine_is_described(tmp_path: Path) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("processor\t: 0\nmodel name\t: Abacus 9\n", "utf-8")
    assert describe(info).startswith("Abacus 9, ")
    assert "torch" in describe(tmp_path / "missing")
    assert beside((1000, 500), (1200, 690)) == ""
    assert beside((0, 0), (0, 0)) == ""
    assert "busy for 75% of the time" in beside((1000, 500), (1200, 550))
    assert peak_mb() > 10


@pytest.mark.models
def test_the_command_measures_a_library_and_leaves_it_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, page, questions = tmp_path / "library", tmp_path / "page.md", tmp_path / "questions.txt"
    with Library.open(folder, settings=load_settings(library=folder), create=True) as library:
        list(library.add(draft(number) for number in range(8)))
        before = library.generation
    page.write_text("<!-- speed -->\n<!-- /speed -->\n", "utf-8")
    questions.write_text("Who said the vote was fair?\nWho thanked all?\n", "utf-8")
    options = ["--questions", str(questions), "--output", str(tmp_path), "--write", str(page), "--quick"]
    assert main(["speed", "--library", str(folder), *options]) == 0
    with Library.open(folder, settings=load_settings(library=folder)) as library:
        assert library.generation == before
    (size,) = json.loads((tmp_path / "speed.json").read_text("utf-8"))["sizes"]
    assert (size["articles"], size["adding"]["articles"]) == (8, 5)
    assert [load["users"] for load in size["loads"]] == [1, 2]
    assert "total" in size["loads"][0]["stages_ms"]
    assert min(size["start_s"], size["answering_mb"], size["adding_mb"], size["disk_mb"]) > 0
    assert capsys.readouterr().out.strip() in page.read_text("utf-8")
    assert (tmp_path / "speed.svg").is_file()
