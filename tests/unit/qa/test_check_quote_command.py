"""``check-quote`` on a terminal, and its JSON."""

import argparse
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import LibraryError, QuestionError
from qa.check_quote_command import add_check_quote, check_quote_command
from tests.unit.index.library_fakes import open_library
from tests.unit.qa.described import described_keys
from tests.unit.qa.test_check_quote import BRIDGE, COPY, LATER, OTHER

WAITED = "“We waited too long, and now the steel decides for us.”"

CHECK = (
    "quotation", "asked_speaker", "status", "exact", "share_kept", "similarity", "spliced", "pieces", "weighty",
    "places", "sources", "theirs", "searched",
)  # fmt: skip
CITED = (
    "article_id", "title", "publication", "authors", "published", "url", "start", "end", "paragraph",
    "paragraph_start", "spans",
)  # fmt: skip
OF_PLACES = ("speaker", "role", "kind", "quoted", "speaker_fits", "copy")

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a library of four articles and return what it prints."""
    with open_library(tmp_path) as library:
        list(library.add([BRIDGE, COPY, LATER, OTHER]))

    def command(*arguments: str) -> str:
        parser = argparse.ArgumentParser()
        add_check_quote(parser.add_subparsers())
        options = parser.parse_args(["check-quote", *arguments, "--library", str(tmp_path)])
        assert check_quote_command(options) == 0
        return capsys.readouterr().out

    return command


def _lines(shown: str) -> list[str]:
    return [line.strip() for line in shown.splitlines() if line.strip()]


def test_what_is_no_text_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"caf\xe9 bar"), "utf-8"))
    with pytest.raises(QuestionError, match="not text in utf-8"):
        run("-")


def test_verbatim(run: Run) -> None:
    lines = _lines(run(WAITED))
    assert lines[0] == "Word for word."
    assert lines[1] == (
        "We waited too long, <said Mayor Ruth Okafor, asking for patience,> and now the steel decides for us."
    )
    assert lines[2] == "In 3 articles:"
    assert lines[3].startswith("Bridge shuts — Quay Post, 1 October 2023 (")
    assert lines[4] == "Ruth Okafor, Mayor"
    assert lines[5].endswith("(copy)")
    assert lines[-1] == "Searched 4 articles from 3 publications, 1 October 2023 to 2 May 2024."


def test_altered_by_the_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("I do believe that the work will cost more than 41 million dollars\n"))
    lines = _lines(run("-"))
    assert lines[0] == (
        "Altered: the article has 100 % of its words, and other words beside them. "
        "A negation or a number differs: “not”."
    )
    assert lines[1] == "I do [-not-] believe that the work will cost more than 41 million dollars,"


def test_other_speaker(run: Run) -> None:
    lines = _lines(run("The port has never lost a season, they say", "--speaker", "Bell"))
    assert lines[0] == "Said by Ruth Okafor, not by Bell. Word for word."
    assert "The nearest words of Bell:" in lines
    assert "The port has never lost a season" in lines


def test_what_is_joined_and_what_nobody_said(run: Run) -> None:
    assert _lines(run("I do not believe that the work will cost … a season"))[0] == (
        "Altered: it joins what different people said."
    )
    assert _lines(run("Engineers found cracks in two of the beams", "--speaker", "Okafor"))[0] == (
        "Word for word. Nothing here says that Okafor said it."
    )


def test_not_found(run: Run) -> None:
    lines = _lines(run("A whale was seen in the harbour today", "--publication", "Quay Post"))
    assert lines[0].startswith("Not found in the 2 articles searched. The nearest passage has ")
    assert "Nearest passage:" in lines
    assert not any("{+" in line for line in lines)  # there is nothing to compare with
    assert "in the" in lines[-2]  # the words of the passage
    assert _lines(run("zebra"))[0] == "Not found in the 4 articles searched."


def test_json_is_the_contract(run: Run) -> None:
    reply: dict[str, Any] = json.loads(run(WAITED, "--speaker", "Okafor", "--json"))
    assert tuple(reply) == CHECK
    assert (reply["status"], reply["exact"], reply["sources"], reply["theirs"]) == ("verbatim", True, 2, None)
    assert reply["pieces"][1] == {"kind": "attribution", "text": "said Mayor Ruth Okafor, asking for patience,"}
    place = reply["places"][1]
    assert tuple(place) == (*CITED, *OF_PLACES)
    assert (place["published"], place["kind"], place["quoted"], place["copy"]) == ("2023-10-02", "direct", True, True)
    assert (place["speaker"], place["speaker_fits"]) == ("Ruth Okafor", True)
    offset = place["paragraph_start"]
    assert [place["paragraph"][a - offset : b - offset] for a, b in place["spans"]] == [
        "We waited too long", "and now the steel decides for us",
    ]  # fmt: skip
    assert reply["searched"]["articles"] == 4


def test_every_key_is_described() -> None:
    described = described_keys("The object of `check-quote`")
    assert sorted(described) == sorted((*CHECK, *OF_PLACES))


def test_no_library(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    add_check_quote(parser.add_subparsers())
    with pytest.raises(LibraryError, match="There is no library"):
        check_quote_command(parser.parse_args(["check-quote", "words", "--library", str(tmp_path / "none")]))
