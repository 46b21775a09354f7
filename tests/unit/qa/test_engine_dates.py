"""Times in a question, through the engine."""

from datetime import date
from pathlib import Path

from index.records import Filters
from qa.records import Status
from tests.unit.qa.engine_fakes import BRIDGE, FERRY, FakeReader, engine_of

ASKED = "What happened on the river on 5 October 2023?"


def test_the_time_in_a_question_restricts_the_articles(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, FakeReader({"Monday": 1.0}), BRIDGE, FERRY)
    reply = engine.ask(ASKED)
    assert reply.query.filters == Filters((), date(2023, 10, 5), date(2023, 10, 6))
    assert (reply.searched.articles, reply.held) == (1, 2)
    assert {passage.title for passage in reply.passages} == {"Old bridge shut"}


def test_the_time_can_be_left_unread(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, FakeReader({"Monday": 1.0}), BRIDGE, FERRY)
    reply = engine.ask(ASKED, read_dates=False)
    assert (reply.query.filters, reply.query.period) == (Filters(), None)
    assert reply.searched.articles == reply.held == 2


def test_without_an_answer_the_reply_says_that_other_days_were_not_searched(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, FakeReader({"Monday": -9.0}), BRIDGE, FERRY)
    reply = engine.ask("What happened on the river on 7 October 2023?")
    assert (reply.status, reply.searched.articles) == (Status.NO_ANSWER, 0)
    assert reply.reason == "No article is from the days asked for. Without the time all days are searched."
    reply = engine.ask(ASKED)
    assert (reply.status, reply.searched.articles) == (Status.NO_ANSWER, 1)
    assert reply.reason == "No article from the days asked for answers that. Without the time all days are searched."


def test_a_day_long_ago_on_which_nothing_was_printed_may_be_of_another_year(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, FakeReader({"Monday": 1.0}), BRIDGE, FERRY)
    reply = engine.ask("What happened on the river on January 6?")
    assert (reply.query.period, reply.searched.articles) == (None, 2)
    lately = engine.ask("What happened on the river on October 3?")
    assert lately.query.period is not None
    assert (lately.status, lately.searched.articles) == (Status.NO_ANSWER, 0)
