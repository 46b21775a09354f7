"""The questions that the project was conceived on, over the newspaper page it was conceived on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.sources import Limits, read_paths
from qa.engine import Engine
from qa.records import Status

pytestmark = [pytest.mark.models, pytest.mark.quality]

ANSWERED = {
    "What did Garland say about fentanyl?": "deadliest drug threat",
    "How many people die of fentanyl a year?": "100,000",
    "who is mexico's president": "López Obrador",
    "How many miles of border fence will be built?": "17",
    "Which cartel leader was extradited?": "Ovidio Guzmán López",
}
NOT_ANSWERED = ["What did Garland say about inflation?", "Who won the World Series?"]


@pytest.fixture(scope="module")
def engine(open_engine: Callable[[str], Engine], shared: Path) -> Engine:
    engine = open_engine("page")
    page = shared / "articles" / "boston-globe-us-mexico-fentanyl.txt"
    assert [result.status.value for result in engine.library.add(read_paths([page], Limits()))] == ["added"]
    return engine


@pytest.mark.parametrize("question", ANSWERED)
def test_answered_with_the_right_words_and_source(engine: Engine, question: str) -> None:
    reply = engine.ask(question)
    assert reply.status is Status.ANSWERED
    first = reply.answers[0]
    assert ANSWERED[question] in first.text
    article = engine.library.article(first.citation.article_id)
    assert article.text[first.citation.start : first.citation.end] == first.text
    assert first.citation.publication == "The Boston Globe"
    assert first.text in first.citation.paragraph


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_not_answered(engine: Engine, question: str) -> None:
    reply = engine.ask(question)
    assert reply.status is Status.NO_ANSWER
    assert reply.answers == ()
    assert reply.passages
