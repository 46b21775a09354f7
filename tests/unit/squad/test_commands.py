"""The command ``python -m qa evaluate``."""

import json
from pathlib import Path

import pytest

from qa.__main__ import main
from qa.squad.commands import plain

CONTEXTS = [
    ("Who opened the bridge?", "The mayor, Ruth Castellane, opened the bridge on Friday.", "Ruth Castellane"),
    ("When was the bridge opened?", "The mayor, Ruth Castellane, opened the bridge on Friday.", "Friday"),
    ("What did the bridge cost?", "The mayor, Ruth Castellane, opened the bridge on Friday.", ""),
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file in the format of SQuAD 2.0 with two answerable questions and one that is not."""
    qas = [
        {
            "id": str(number),
            "question": question,
            "is_impossible": not gold,
            "answers": [{"text": gold, "answer_start": context.index(gold)}] if gold else [],
        }
        for number, (question, context, gold) in enumerate(CONTEXTS)
    ]
    path = tmp_path / "made-up.json"
    data = [{"title": "Bridge", "paragraphs": [{"context": CONTEXTS[0][1], "qas": qas}]}]
    path.write_text(json.dumps({"data": data}), "utf-8")
    return path


@pytest.mark.models
def test_the_bundled_reader_is_measured(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(questions), "--model", "bundled", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["model"], result["file"], result["questions"]) == ("bundled", "made-up.json", 3)
    assert result["hasans_f1"] > 90
    assert result["noans_f1"] == 100
    assert result["f1"] <= result["best"]["f1"]
    assert result["intervals"].keys() == {"em", "f1", "hasans_f1", "noans_f1"}
    assert 0 <= result["ece"] <= 1


@pytest.mark.models
def test_a_reader_is_no_better_than_itself(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(questions), "--compare", "bundled", "--sample", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 questions of made-up.json")
    assert lines[1].split() == ["bundled", "bundled"]
    assert lines[-1] == "difference in F1: +0.00 (+0.00 to +0.00)"


def test_figures_for_people() -> None:
    figures = {"model": "one", "file": "set.json", "questions": 1200, "threshold": 0.5, "ece": 0.031}
    figures |= dict.fromkeys(("em", "f1", "hasans_f1", "noans_f1"), 75.0)
    intervals = {name: [74.0, 76.25] for name in ("em", "f1", "hasans_f1", "noans_f1")}
    text = plain(figures | {"intervals": intervals, "best": {"f1": 77.0, "threshold": None}})
    assert text.splitlines()[0] == "1,200 questions of set.json; percent, with 95 % interval"
    assert "F1, unanswerable" in text
    assert "75.0 (74.0 to 76.2)" in text
    assert [line.split()[-1] for line in text.splitlines()[-4:]] == ["-0.5", "77", "–", "0.031"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cannot be read as questions"),
        ('{"data": []}', "holds no question"),
        ("[1]", "cannot be read as questions"),
    ],
)
def test_a_file_without_questions_is_told(
    tmp_path: Path, content: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "set.json"
    path.write_text(content, "utf-8")
    assert main(["evaluate", str(path)]) == 1
    assert message in capsys.readouterr().err


def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "nowhere.json"]) == 1
    assert "nowhere.json" in capsys.readouterr().err
