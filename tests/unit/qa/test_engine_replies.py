"""What the engine says beside or instead of an answer, in a library without a model."""

from datetime import date
from pathlib import Path

from index.library import Library
from index.records import Draft
from qa.engine import Engine
from qa.records import AnswerKind, Status
from tests.unit.index.library_fakes import WordEmbedder
from tests.unit.qa.engine_fakes import FakeReader, settings_of

HALL = Draft(
    "Mayor Ruth Okafor spoke about the harbour bridge at city hall on Monday. “The bridge was built for carts,” Okafor "
    "said. “We waited too long with the steel of the bridge,” Okafor said. Cameron County has built 17 miles of fence.",
    "hall.txt",
    title="Bridge to close",
    publication="Harbour Times",
    published=date(2023, 10, 2),
)
QUAY = Draft(
    "Ferries run all night. “Trams would be better than ferries,” Amos Liddell said at the quay on Friday. Cameron "
    "County has built 20 miles of fence by now, the harbour office wrote in its yearly look at what was built where.",
    "quay.txt",
    title="Ferries run all night",
    publication="Quay Post",
    published=date(2023, 10, 6),
)
MILES = "How many miles of fence has Cameron County built?"


def _engine(folder: Path, reader: FakeReader, least: float = 0.5) -> Engine:
    settings = settings_of(folder, least)
    library = Library.open(Path(settings.library), embedder=WordEmbedder(), settings=settings, create=True)
    list(library.add([HALL, QUAY]))
    return Engine(library, settings, reader)


def test_all_statements_stand_beside_the_one_that_answers(tmp_path: Path) -> None:
    reply = _engine(tmp_path, FakeReader({"We waited too long": 9.0}), 0.1).ask("What did Okafor say about the bridge?")
    assert reply.answers[0].kind is AnswerKind.STATEMENT
    assert (reply.answers[0].speaker, reply.answers[0].role) == ("Ruth Okafor", "Mayor")
    assert [row.text for row in reply.statements] == [
        "The bridge was built for carts",
        "We waited too long with the steel of the bridge",
    ]
    assert (reply.instead, reply.disagreement) == (None, None)


def test_a_further_answer_that_is_hardly_likely_is_no_statement_on_the_topic(tmp_path: Path) -> None:
    reader = FakeReader({"We waited too long": 9.0, "The bridge was built": 1.0})
    reply = _engine(tmp_path, reader, 0.5).ask("What did Okafor say about the steel?")
    sure, unsure = reply.answers
    assert sure.probability >= 0.5 > unsure.probability
    assert [row.text for row in reply.statements] == ["We waited too long with the steel of the bridge"]


def test_who_said_nothing_on_a_topic_and_who_did(tmp_path: Path) -> None:
    reply = _engine(tmp_path, FakeReader(), 0.99).ask("What did Okafor say about trams?")
    assert reply.status is Status.NO_ANSWER
    assert reply.reason == "Ruth Okafor is quoted in 1 article here, but not about trams."
    assert reply.instead and reply.instead.sentence == reply.reason
    assert [found.speaker for found in reply.instead.speakers] == ["Amos Liddell"]
    assert len(reply.instead.statements) == 2
    assert reply.statements == ()


def test_other_questions_without_an_answer_have_the_plain_reason(tmp_path: Path) -> None:
    reply = _engine(tmp_path, FakeReader(), 0.99).ask("How many trams are there?")
    assert (reply.reason, reply.instead) == ("No article here answers that.", None)


def test_sources_that_disagree_are_both_shown_without_high_confidence(tmp_path: Path) -> None:
    reply = _engine(tmp_path, FakeReader({"17 miles": 9.0, "20 miles": 8.9}), 0.1).ask(MILES)
    assert reply.disagreement
    assert [answer.text for answer in reply.disagreement.answers] == ["17 miles", "20 miles"]
    assert reply.answers[:2] == reply.disagreement.answers
    assert sum(answer.probability for answer in reply.disagreement.answers) <= 1.0


def test_one_source_by_itself_disagrees_with_nobody(tmp_path: Path) -> None:
    reply = _engine(tmp_path, FakeReader({"17 miles": 9.0}), 0.1).ask(MILES)
    assert (reply.answers[0].text, reply.disagreement) == ("17 miles", None)
