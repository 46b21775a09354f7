"""The soak: that its judge finds what is wrong, and a short one that finds nothing."""

import time
from pathlib import Path

import pytest

from index.article import article_from
from index.people_file import NameKey, put_together
from qa.engine import Engine
from qa.records import Reply
from tests.reliability.soak import Reports, faults_of, soak
from tests.reliability.soaking.askers import Users
from tests.reliability.soaking.history import Asked, Excerpt, History
from tests.reliability.soaking.stories import Story
from tests.reliability.soaking.writer import Writer
from tests.unit.qa.engine_fakes import BRIDGE, FERRY, FakeReader, engine_of, library_of

QUESTION = "When was the bridge shut?"
BRIDGE_ID = article_from(BRIDGE).id


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return engine_of(tmp_path, FakeReader({"on Monday": 9.0}), BRIDGE)


def _history(added: float, removed: float | None = None) -> History:
    """Return the life of the article on the bridge, by the seconds since it was added and removed."""
    now, history = time.monotonic(), History()
    for event, ago in (("adding", added), ("added", added), ("removing", removed), ("removed", removed)):
        if ago is not None:
            history.note(event, BRIDGE_ID, now - ago, story=1, text=article_from(BRIDGE).text)
    return history


def _faults(history: History, reply: Reply) -> list[str]:
    asked = Users(1, history, lambda _: reply, list).answered(QUESTION, BRIDGE_ID)
    return list(history.faults(asked))


def test_an_engine_that_answers_from_the_past_is_found_out(engine: Engine) -> None:
    stale = engine.ask(QUESTION)
    engine.library.remove(BRIDGE_ID)
    assert stale.answers
    assert _faults(_history(added=60), stale) == []
    assert _faults(_history(added=60, removed=0.5), stale) == []
    (fault,) = _faults(_history(added=60, removed=1.5), stale)
    assert fault.startswith(f"{QUESTION} Shown was an article 1.5")
    assert _faults(_history(added=60, removed=1.5), engine.ask(QUESTION)) == []


def test_an_article_that_is_not_found_is_noticed(engine: Engine) -> None:
    engine.library.remove(BRIDGE_ID)
    unaware = engine.ask(QUESTION)
    assert _faults(_history(added=0.5), unaware) == []
    (fault,) = _faults(_history(added=1.5), unaware)
    assert fault.startswith(f"{QUESTION} Not found was its article, 1.5")


def test_words_that_are_not_in_the_article_are_noticed() -> None:
    excerpts = (Excerpt(BRIDGE_ID, 0, 3, "The"), Excerpt(BRIDGE_ID, 0, 3, "Thy"), Excerpt("gone", 0, 3, "The"))
    now = time.monotonic()
    faults = list(_history(added=9).faults(Asked(QUESTION, BRIDGE_ID, now, now, excerpts)))
    assert [fault.removeprefix(f"{QUESTION} ") for fault in faults] == [
        f"'Thy' is not what {BRIDGE_ID} says there.",
        "Shown was gone, which nobody added.",
    ]


def test_an_error_is_a_fault() -> None:
    def fail(_question: str) -> Reply:
        raise KeyError("gone")

    history = _history(added=9)
    assert list(history.faults(Users(1, history, fail, list).answered(QUESTION, BRIDGE_ID))) == [
        f"{QUESTION} KeyError('gone')"
    ]


def test_a_lost_write_and_a_lost_name_are_noticed(engine: Engine) -> None:
    reports = Reports()
    writer = Writer(library_of(engine), 100, reports.take)
    writer.add(12)
    for _ in range(8):
        writer.replace()
        writer.remove()
        writer.name()
    engine.library.remove(BRIDGE_ID)
    assert list(faults_of(library_of(engine), reports, [])) == []
    engine.library.remove(next(iter(reports.history.live())))
    list(engine.library.add([FERRY]))
    put_together(library_of(engine).folder, [NameKey("Ann", ""), NameKey("Bob", "")])
    assert list(faults_of(library_of(engine), reports, [])) == [
        "1 articles were lost, 1 are there that should not be.",
        "0 names were lost, 1 are decided on that should not be.",
    ]


def test_stories_are_told_apart() -> None:
    stories = [Story(number) for number in range(10_000_000, 10_000_500)]
    assert len({story.town for story in stories}) == len({story.speaker for story in stories}) == 500
    assert Story(7).draft().text != Story(7, version=1).draft().text
    assert Story(7).draft(0).text == Story(7).draft(1).text


@pytest.mark.models
def test_ten_users_ask_while_others_write(tmp_path: Path) -> None:
    found = soak(tmp_path / "library", seconds=15, users=10, writers=2, seed=1)
    assert found.faults == []
    assert len(found.asked) > 10
    assert found.writes["added"] > 50
    assert found.writes["rebuilt"] >= 1
