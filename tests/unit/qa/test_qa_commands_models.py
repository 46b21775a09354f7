"""``python -m qa`` with the real models, on two articles."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from index.embed import Embedder
from index.library import Library
from index.records import Draft
from index.settings import load_settings
from qa import __main__ as command
from qa.engine import Engine
from qa.reader import Reader

pytestmark = [pytest.mark.models, pytest.mark.usefixtures("loaded")]

Capture = pytest.CaptureFixture[str]

DRAFTS = (
    Draft(
        "MEXICO CITY — The administration has waived laws so that 17 miles of border fencing can be built in Texas.\n\n"
        "López Obrador said on Thursday that he opposes a border wall.",
        "wall.txt",
        title="Officials meet in Mexico City",
        publication="Transmere Press",
        published=date(2023, 10, 5),
    ),
    Draft(
        "Mayor Ruth Castellane told residents on Tuesday that there was no reason for alarm.\n\nThe solvent was "
        "measured at 19 micrograms per liter in well No. 3. The federal limit is 5.",
        "water.txt",
        title="Tolliver Falls told not to drink its tap water",
        publication="Port Ellery Courier",
        published=date(2023, 10, 4),
    ),
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder.load(threads=1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "library"
    with Library.open(folder, embedder, load_settings(), create=True) as library:
        assert [result.title for result in library.add(DRAFTS)] == [draft.title for draft in DRAFTS]
    return folder


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, embedder: Embedder, reader: Reader) -> None:
    """Let each command have the real models without loading them again, away from the settings of the checkout."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    monkeypatch.setattr(Reader, "load", lambda *_: reader)


def test_ask_answers_with_cited_words(library: Path, capsys: Capture) -> None:
    question = "How many miles of border fencing can be built in Texas?"
    assert command.main(["ask", question, "--json", "--library", str(library)]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert (reply["status"], reply["question"]) == ("answered", question)
    answer = reply["answers"][0]
    assert "17" in answer["text"]
    assert answer["paragraph"][answer["start"] - answer["paragraph_start"] :].startswith(answer["text"])
    assert (answer["title"], answer["published"]) == ("Officials meet in Mexico City", "2023-10-05")
    assert 0.5 <= answer["probability"] <= 1.0
    assert reply["searched"]["articles"] == 2


def test_ask_says_where_there_is_no_answer(library: Path, capsys: Capture) -> None:
    assert command.main(["ask", "Who won the chess championship?", "--json", "--library", str(library)]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert (reply["status"], reply["answers"]) == ("no_answer", [])
    assert reply["reason"] == "No article here answers that."
    assert reply["passages"]


def test_filters_leave_the_article_out(library: Path, capsys: Capture) -> None:
    arguments = ["ask", "How many miles of border fencing can be built?", "--json", "--library", str(library)]
    assert command.main([*arguments, "--publication", "Port Ellery Courier"]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert {passage["title"] for passage in reply["passages"]} == {"Tolliver Falls told not to drink its tap water"}
    assert command.main([*arguments, "--until", "2020-01-01"]) == 0
    assert json.loads(capsys.readouterr().out)["reason"].startswith("No article passes the filters.")


def test_history_and_plain_text(library: Path, capsys: Capture) -> None:
    arguments = ["ask", "And in well No. 3?", "--history", "How much solvent was measured in well No. 4?"]
    assert command.main([*arguments, "--library", str(library)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Understood as: How much solvent was measured in well No. 3?")
    assert "19" in out
    assert "Tolliver Falls told not to drink its tap water — Port Ellery Courier, 4 October 2023" in out


def test_batch_gives_what_ask_gives(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    questions = ["How many miles of fencing can be built?", "What is the federal limit?", "Who won at chess?"]
    lines = [json.dumps({"id": f"q{number}", "question": question}) for number, question in enumerate(questions)]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    assert command.main(["batch", "-", "--library", str(library)]) == 0
    batch = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [reply.pop("id") for reply in batch] == ["q0", "q1", "q2"]
    for question, reply in zip(questions, batch, strict=True):
        command.main(["ask", question, "--json", "--library", str(library)])
        single = json.loads(capsys.readouterr().out)
        assert {**single, "timings_ms": 0} == {**reply, "timings_ms": 0}


def test_a_library_with_one_article_answers_about_it(tmp_path: Path, embedder: Embedder) -> None:
    settings = load_settings(library=tmp_path / "one")
    with Library.open(Path(settings.library), embedder, settings, create=True) as library:
        list(library.add(DRAFTS[1:]))
    reply = Engine.open(settings).ask("What is the name of the mayor?")
    assert reply.answers[0].text == "Ruth Castellane"
