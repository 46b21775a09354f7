"""``python -m qa statements``: exactly these keys, of these types, and what it says where there is nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.records import Draft
from qa import __main__ as command
from tests.unit.index.library_fakes import open_library
from tests.unit.qa.described import described_keys

Capture = pytest.CaptureFixture[str]

KEYS = {
    "article_id": str, "title": str, "publication": str, "published": str, "url": str, "kind": str, "text": str,
    "spans": list, "speaker_text": str, "speaker": str, "role": str, "cue": str, "context": list,
}  # fmt: skip
WATER = Draft(
    "“We must share the water,” Mayor Ruth Castellane said, “or there will be none.” The wells ran dry in May.\n\n"
    "Officials said that the toll would be reviewed.",
    "water.txt",
    "Wells run dry",
    publication="Harbour Times",
    published=date(2023, 10, 5),
)
TOLLS = Draft(
    "“Tolls are for foreigners,” said Petra Osei, the manager of the works at the northern crossing.", "t.txt"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_EMBEDDER", "fake")
    monkeypatch.setenv("ONRECORD_CHUNK_TOKENS", "40")
    with open_library(tmp_path / "library") as library:
        assert [result.reason for result in library.add([WATER, TOLLS])] == ["", ""]
    return tmp_path / "library"


def run(folder: Path, *arguments: str) -> int:
    return command.main(["statements", "--library", str(folder), *arguments])


def lines(captured: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.splitlines()]


def test_a_line_for_each_statement(folder: Path, capsys: Capture) -> None:
    assert run(folder, "--json") == 0
    captured = capsys.readouterr()
    first, _, last = lines(captured.out)
    assert captured.err == ""
    assert {key: type(value) for key, value in first.items()} == KEYS
    assert {key: type(value) for key, value in last.items()} == {**KEYS, "published": type(None)}
    assert (first["kind"], first["speaker"], first["role"], first["cue"]) == (
        "direct", "Ruth Castellane", "Mayor", "said",
    )  # fmt: skip
    assert (first["published"], first["publication"]) == ("2023-10-05", "Harbour Times")


def test_every_key_is_described() -> None:
    assert sorted(described_keys("Lines of `statements`")) == sorted(KEYS)


def test_the_spans_are_the_words_in_the_text_that_show_returns(folder: Path, capsys: Capture) -> None:
    run(folder, "--json")
    found = lines(capsys.readouterr().out)
    with open_library(folder, create=False) as library:
        for line in found:
            text = library.article(line["article_id"]).text
            assert " … ".join(text[start:end] for start, end in line["spans"]) == line["text"]
            assert line["context"][0] <= line["spans"][0][0] and line["spans"][-1][1] <= line["context"][1]
    assert len(found[0]["spans"]) == 2


@pytest.mark.parametrize(
    ("arguments", "speakers"),
    [
        (["--speaker", "castellane"], ["Ruth Castellane"]),
        (["--about", "TOLL"], ["", "Petra Osei"]),
        (["--about", "tolls", "--speaker", "Osei"], ["Petra Osei"]),
        (["--publication", "harbour times"], ["Ruth Castellane", ""]),
        (["--since", "2023-10-06"], []),
        (["--until", "2023-10-05", "--limit", "1"], ["Ruth Castellane"]),
    ],
)
def test_what_is_asked_for(folder: Path, capsys: Capture, arguments: list[str], speakers: list[str]) -> None:
    assert run(folder, "--json", *arguments) == 0
    assert [line["speaker"] for line in lines(capsys.readouterr().out)] == speakers


def test_plain_text(folder: Path, capsys: Capture) -> None:
    run(folder)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Ruth Castellane, Mayor: “We must share the water … or there will be none.”"
    assert said[1].startswith("    Wells run dry — Harbour Times, 5 October 2023 (")
    assert said[2].startswith("Officials: ") and said[2].endswith("the toll would be reviewed")
    assert said[4].startswith("Petra Osei") and said[4].endswith(": “Tolls are for foreigners”")
    assert said[5].startswith("    Untitled (")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--speaker", "Garland"], "No statements by 'Garland'."),
        (["--about", "fish"], "No statements about 'fish'."),
        (
            ["--speaker", "Castellane", "--about", "tolls"],
            "No statements by 'Castellane' about 'tolls'. The library has 1 statement by 'Castellane' on other things "
            "and 2 statements by others about 'tolls'.",
        ),
    ],
)
def test_nothing_is_said_in_one_line(folder: Path, capsys: Capture, arguments: list[str], said: str) -> None:
    assert run(folder, "--json", *arguments) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", said + "\n")


def test_no_library_is_a_failure(tmp_path: Path, capsys: Capture) -> None:
    assert run(tmp_path / "none") == 1
    assert "There is no library" in capsys.readouterr().err
