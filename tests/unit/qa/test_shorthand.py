"""Questions in shorthand are read as "What did X say about Y?" where X is quoted."""

import pytest

from qa.query import understand
from qa.records import Query
from qa.shorthand import spelled_out
from tests.unit.qa.test_speakers import QUOTED


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("Castellane on the harbor bridge", "Castellane", "the harbor bridge"),
        ("ruth castellane on harbor bridges?", "ruth castellane", "harbor bridges"),
        ("Mayor Castellane about tolls", "Mayor Castellane", "tolls"),
        ("Castellane regarding tolls on bridges", "Castellane", "tolls on bridges"),
        ("amos liddell on whether the bridge holds", "amos liddell", "whether the bridge holds"),
        ("liddell: will the bridge hold", "liddell", ""),
        ("liddell how long the bridge may hold", "liddell", ""),
        ("castellane first message to the crews", "castellane", "the crews"),
        ("liddell reaction to tolls", "liddell", "tolls"),
        ("liddell slogan of the year", "liddell", ""),
        ("Castellane says the bridge is what?", "Castellane", ""),
        ("castellane warns of what", "castellane", ""),
        ("the spokesman for the ferry on delays", "the spokesman for the ferry", "delays"),
        ("shimon peres after the vote", "shimon peres", ""),
    ],
)
def test_shorthand_is_spelled_out(question: str, speaker: str, topic: str) -> None:
    query = spelled_out(understand(question), QUOTED)
    assert (query.speaker, query.topic) == (speaker, topic)
    assert (query.question, query.interpreted_as) == (question, question)


def test_a_question_before_is_no_part_of_the_topic() -> None:
    query = understand("castellane on tolls", ["What did Liddell say about the bridge?"])
    assert query.interpreted_as == "castellane on tolls? (What did Liddell say about the bridge?)"
    assert spelled_out(query, QUOTED).topic == "tolls"


@pytest.mark.parametrize(
    "question",
    [
        "war on drugs",
        "Brandvold on the harbor bridge",  # not quoted
        "castellane bridge harbor",
        "Castellane elected mayor of Port Sabine",  # nothing tells that words are asked for
        "Castellane’s reaction to the flood",  # tells by its form
        "Castellane's bridge on the harbor",  # the owner of what is asked about
        "What happened on the harbor bridge?",
        "How Castellane warns of floods",
        "According to Liddell on the bridge",
        "On Castellane about bridges",
        "number of bridges that Castellane says are shut",  # a fact about somebody
        "the reason Castellane gave for the tolls",
        "?",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    query = Query(question, question)
    assert spelled_out(query, QUOTED) is query


def test_nobody_quoted_changes_nothing() -> None:
    query = Query("Castellane on tolls", "Castellane on tolls")
    assert spelled_out(query, []) is query


def test_who_is_asked_for_already_stays() -> None:
    query = Query("Liddell on tolls", "Liddell on tolls", speaker="Castellane", topic="bridges")
    assert spelled_out(query, QUOTED) is query
