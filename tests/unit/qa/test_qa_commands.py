"""``python -m qa``: what it passes on, what it prints, and how it fails."""

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.errors import QuestionError
from index.records import Filters, LibraryStats
from index.settings import Settings
from qa import __main__ as command
from qa.query import understand
from qa.records import Reply, Status

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and files of the checkout out of it."""
    monkeypatch.chdir(tmp_path)


@dataclass
class _Echo:
    """An engine that has no answer to anything and keeps what it was asked."""

    asked: list[tuple[str, list[str], Filters, int]] = field(default_factory=list)
    recent: list[bool | None] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    settings: Settings | None = None

    def open(self, settings: Settings) -> "_Echo":
        self.settings = settings
        return self

    def ask(
        self,
        question: str,
        history: Sequence[str],
        filters: Filters,
        top: int,
        prefer_recent: bool | None,
        read_dates: bool,
    ) -> Reply:
        query = understand(question, history, filters, bool(prefer_recent))
        self.recent.append(prefer_recent)
        self.dates.append(read_dates)
        self.asked.append((question, list(history), filters, top))
        return Reply(
            query, Status.NO_ANSWER, "No article here answers that.", (), (), LibraryStats(1, 1, ("AP",), None, None)
        )


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> _Echo:
    engine = _Echo()
    monkeypatch.setattr(command, "Engine", engine)
    return engine


def _lines(captured: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.splitlines()]


def test_ask_passes_everything_on(echo: _Echo, capsys: Capture) -> None:
    arguments = ["ask", "And Biggs?", "--history", "What did Garland say?", "--history", "Why?", "--publication", "AP"]
    arguments += ["--publication", "Times", "--since", "2023-10-01", "--until", "2023-10-31", "--top", "2"]
    arguments += ["--author", "Lee", "--author", "Bo Ek", "--section", "World", "--recent"]
    assert command.main([*arguments, "--library", "somewhere"]) == 0
    filters = Filters(("AP", "Times"), date(2023, 10, 1), date(2023, 10, 31), ("Lee", "Bo Ek"), ("World",))
    assert echo.recent == [True]
    assert echo.asked == [("And Biggs?", ["What did Garland say?", "Why?"], filters, 2)]
    assert echo.settings is not None
    assert echo.settings.library == Path("somewhere")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Understood as: What did Biggs say?"
    assert lines[2] == (
        "Only in AP or Times, by Lee or Bo Ek, section World, from 1 October 2023, until 31 October 2023; "
        "newer articles preferred."
    )


@pytest.mark.parametrize(("option", "told"), [([], None), (["--recent"], True), (["--no-recent"], False)])
def test_without_the_option_the_setting_says_whether_newer_articles_rank_higher(
    echo: _Echo, capsys: Capture, option: list[str], told: bool | None
) -> None:
    assert command.main(["ask", "Who won?", *option]) == 0
    assert echo.recent == [told]
    assert ("Newer articles preferred." in capsys.readouterr().out) is bool(told)


def test_times_in_questions_restrict_unless_told_otherwise(echo: _Echo, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Who won last week?"}', "utf-8")
    for arguments in (["ask", "Who won last week?"], ["batch", "q.jsonl"]):
        assert command.main(arguments) == command.main([*arguments, "--no-dates"]) == 0
    assert echo.dates == [True, False] * 2


def test_a_line_of_a_batch_has_filters_of_its_own(echo: _Echo, tmp_path: Path, capsys: Capture) -> None:
    lines: list[dict[str, Any]] = [
        {"question": "Who won?"},
        {"question": "Who won?", "filters": None, "prefer_recent": False},
        {"question": "Who won?", "filters": {"authors": ["Lee"], "until": "2023-10-31"}, "prefer_recent": True},
        {"question": "Who won?", "filters": {"publications": [], "since": None, "sections": ["World"]}},
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert command.main(["batch", "q.jsonl", "--publication", "AP", "--since", "2023-10-01"]) == 0
    start, end = date(2023, 10, 1), date(2023, 10, 31)
    asked = [filters for _, _, filters, _ in echo.asked]
    assert asked[:2] == [Filters(("AP",), start)] * 2
    assert asked[2:] == [Filters(("AP",), start, end, ("Lee",)), Filters(sections=("World",))]
    assert echo.recent == [None, False, True, None]
    reported = _lines(capsys.readouterr().out)[2]["filters"]
    assert reported == {
        "publications": ["AP"],
        "authors": ["Lee"],
        "sections": [],
        "since": "2023-10-01",
        "until": "2023-10-31",
    }


@pytest.mark.usefixtures("echo")
def test_a_question_does_not_steer_the_terminal(capsys: Capture) -> None:
    asked = ["ask", "And \x1b[31mwho\x9b0m won\u202e?", "--history", "Where is \x07 Ann Lee?"]
    for more in ([], ["--json"], ["--publication", "\x1b[2J"]):
        assert command.main([*asked, *more]) == 0
    out = capsys.readouterr().out
    assert "\\u001b[2J" in out
    assert not set("\x1b\x9b\x07\u202e") & set(out)


def test_ask_prints_plain_text_or_one_json_line(echo: _Echo, capsys: Capture) -> None:
    assert command.main(["ask", "Wer ist Müller?"]) == 0
    assert capsys.readouterr().out.startswith("No article here answers that.\nSearched 1 article")
    assert command.main(["ask", "Wer ist Müller?", "--json"]) == 0
    out = capsys.readouterr().out
    assert (out.count("\n"), "Müller" in out) == (1, True)
    assert json.loads(out)["status"] == "no_answer"
    assert len(echo.asked) == 2


def test_batch_answers_each_line_in_order(echo: _Echo, tmp_path: Path, capsys: Capture) -> None:
    lines = [
        {"id": "q1", "question": "Who won?"},
        {"id": 7, "question": "Why?", "history": ["Who won?", ""]},
        {"question": "When?", "history": None, "comment": "other keys are ignored"},
        {"id": None, "question": "Where?", "history": []},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    assert command.main(["batch", str(path), "--top", "1"]) == 0
    printed = _lines(capsys.readouterr().out)
    assert [reply.get("id", "none") for reply in printed] == ["q1", "7", "none", "none"]
    assert [reply["question"] for reply in printed] == ["Who won?", "Why?", "When?", "Where?"]
    assert printed[1]["interpreted_as"] == "Why? (Who won?)"
    assert [(history, top) for _, history, _, top in echo.asked] == [([], 1), (["Who won?", ""], 1), ([], 1), ([], 1)]


def test_batch_reads_standard_input(echo: _Echo, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('\ufeff{"id": "q1", "question": "Who won?"}\n\n'))
    assert command.main(["batch", "-"]) == 0
    assert [reply["id"] for reply in _lines(capsys.readouterr().out)] == ["q1"]
    assert len(echo.asked) == 1


def test_batch_of_nothing_prints_nothing(echo: _Echo, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty.jsonl").write_text("\n \n", "utf-8")
    assert command.main(["batch", "empty.jsonl"]) == 0
    assert (capsys.readouterr().out, echo.asked) == ("", [])


def test_batch_reads_a_file_that_begins_with_a_byte_order_mark(echo: _Echo, tmp_path: Path) -> None:
    (tmp_path / "bom.jsonl").write_text('\ufeff{"question": "Who won?"}', "utf-8")
    assert command.main(["batch", "bom.jsonl"]) == 0
    assert echo.asked[0][0] == "Who won?"


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "who won?",
        "[]",
        '"Who won?"',
        "{}",
        '{"question": 3}',
        '{"question": null}',
        '{"question": "Why?", "history": "Who won?"}',
        '{"question": "Why?", "history": [1]}',
        '{"question": "Why?", "prefer_recent": 1}',
        '{"question": "Why?", "filters": ["AP"]}',
        '{"question": "Why?", "filters": {"publication": ["AP"]}}',
        '{"question": "Why?", "filters": {"authors": "Lee"}}',
        '{"question": "Why?", "filters": {"sections": [1]}}',
        '{"question": "Why?", "filters": {"since": "May"}}',
        '{"question": "Why?", "filters": {"until": 2023}}',
        pytest.param('{"question": "Why?", "id": ' + "1" * 5000 + "}", id="long number"),
        pytest.param('{"question": "Why?", "id": ' + "[" * 100_000 + "}", id="deep"),
    ],
)
def test_a_bad_line_is_named_by_its_number(echo: _Echo, tmp_path: Path, capsys: Capture, bad: str) -> None:
    (tmp_path / "bad.jsonl").write_text('{"question": "Who won?"}\n\n' + bad + "\n", "utf-8")
    assert command.main(["batch", "bad.jsonl"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("bad.jsonl, line 3")
    assert captured.err.count("\n") == 1
    assert len(_lines(captured.out)) == 1  # what came before is answered
    assert len(echo.asked) == 1


def test_a_line_separator_inside_a_question_does_not_cut_it(echo: _Echo, tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_text('{"question": "Who\u2028won?"}\n', "utf-8")
    assert command.main(["batch", "odd.jsonl"]) == 0
    assert len(echo.asked) == 1


def test_a_line_with_an_empty_question_is_named_by_its_number(echo: _Echo, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty.jsonl").write_text('{"question": "Who won?"}\n{"question": " "}\n', "utf-8")
    assert command.main(["batch", "empty.jsonl"]) == 1
    assert "line 2" in capsys.readouterr().err
    assert len(echo.asked) == 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe{}", b'{"question": "caf\xe9"}'])
def test_a_file_that_cannot_be_read_is_named(
    echo: _Echo, tmp_path: Path, capsys: Capture, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "questions.jsonl").write_bytes(content)
    assert command.main(["batch", "questions.jsonl"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("questions.jsonl cannot be read as questions: ")
    told = "it is not UTF-8" if content else "No such file or directory. Check its name and permissions.\n"
    assert told in error
    assert (error.count("\n"), echo.asked) == (1, [])


@pytest.mark.parametrize("arguments", [["ask", "Who won?"], ["batch", "questions.jsonl"]])
def test_a_missing_library_is_one_line_and_exit_1(arguments: list[str], tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "questions.jsonl").write_text('{"question": "Who won?"}\n', "utf-8")
    assert command.main([*arguments, "--library", "nowhere"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "There is no library in nowhere. Make one: python -m index add PATH --library nowhere\n"
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_question_is_one_line_and_exit_1(echo: _Echo, capsys: Capture) -> None:
    assert command.main(["ask", "?"]) == 1
    assert capsys.readouterr().err.startswith("There is no question.")
    assert echo.asked == []


def test_an_impossible_setting_is_one_line_and_exit_1(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("ONRECORD_PASSAGES_READ", "many")
    assert command.main(["ask", "Who won?"]) == 1
    error = capsys.readouterr().err
    assert "ONRECORD_PASSAGES_READ" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "Who?", "--since", "yesterday"], "'yesterday' is not a date; write it as 2023-10-05"),
        (["ask", "Who?", "--until", "2023-02-30"], "'2023-02-30' is not a date"),
        (["ask", "Who?", "--top", "0"], "'0' is not a number of at least 1"),
        (["ask", "Who?", "--top", "-1"], "--top"),
        (["ask", "Who?", "--top", "three"], "'three' is not a number"),
        (["ask"], "question"),
        (["batch"], "QUESTIONS.jsonl"),
        (["tell", "Who?"], "tell"),
        ([], "COMMAND"),
    ],
)
def test_wrong_usage_is_exit_2(echo: _Echo, capsys: Capture, arguments: list[str], told: str) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert told in capsys.readouterr().err
    assert echo.asked == []


def test_questions_are_checked_before_they_are_asked_only_where_it_is_their_turn(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Who won?"}\n{', "utf-8")
    questions = command._questions(tmp_path / "q.jsonl")
    assert next(questions) == (1, {"question": "Who won?"})
    with pytest.raises(QuestionError, match="line 2 is not JSON"):
        next(questions)
