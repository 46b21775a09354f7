"""What is said and offered where somebody is not quoted on a topic."""

from datetime import date

from index.people_file import NameKey
from index.records import Filters
from qa.instead import instead
from qa.records import Instead, Query
from tests.unit.qa.rows import FakeStatements, row

OLD, MIDDLE, NEW = date(2023, 10, 1), date(2023, 10, 5), date(2023, 10, 9)
GARLAND = [
    row(1, "Merrick Garland", "We will appeal", OLD, role="Attorney General"),
    row(2, "Merrick Garland", "No one is above the law", NEW),
    row(3, "Garland", "The court has spoken", MIDDLE, article="a2"),
    row(4, "Merrick Garland", "I have nothing to add", None, article="a4"),
    row(5, "Merrick Garland", "Ask the bureau", date(2023, 9, 1), article="a1"),
]
OTHERS = [
    row(10, "Anne Milgram", "Stop fentanyl now", OLD, role="Administrator"),
    row(11, "Milgram", "More fentanyl was seized", NEW, article="b1"),
    row(12, "Anne Milgram", "The fentanyl comes by sea", MIDDLE, article="b1"),
    row(13, "Joe Biden", "We fight fentanyl together", MIDDLE),
    row(14, "", "Officials fear fentanyl too"),
    row(15, "Antony Blinken", "We talked of trade"),
]


def _query(speaker: str = "Garland", topic: str = "fentanyl", filters: Filters = Filters()) -> Query:
    return Query("?", f"What did {speaker} say about {topic}?", filters, speaker, topic)


def _found(query: Query, *rows: list) -> Instead:  # type: ignore[type-arg]
    result = instead(FakeStatements([r for some in rows for r in some]), query)
    assert result is not None
    return result


def test_quoted_but_not_on_the_topic() -> None:
    found = _found(_query(), GARLAND, OTHERS)
    assert found.sentence == "Merrick Garland is quoted in 3 articles here, but not about fentanyl."
    assert (found.speaker, found.topic, found.articles) == ("Merrick Garland", "fentanyl", 3)


def test_three_statements_are_offered_newest_first() -> None:
    assert [r.id for r in _found(_query(), GARLAND).statements] == [2, 3, 1]
    undated_last = _found(_query(), [GARLAND[3], GARLAND[4]]).statements
    assert [r.id for r in undated_last] == [5, 4]


def test_repeated_words_are_offered_once() -> None:
    again = row(6, "Merrick Garland", "no one is ABOVE the law", OLD)
    assert [r.id for r in _found(_query(), [GARLAND[1], again]).statements] == [2]


def test_others_who_spoke_of_it_are_counted_under_one_name() -> None:
    speakers = _found(_query(), GARLAND, OTHERS).speakers
    assert [(s.speaker, s.role, s.statements, s.articles) for s in speakers] == [
        ("Anne Milgram", "Administrator", 3, 2),
        ("Joe Biden", "", 1, 1),
    ]
    assert (speakers[0].first, speakers[0].last) == (OLD, NEW)


def test_at_most_five_others() -> None:
    many = [row(20 + n, f"Ann Le{'abcdefgh'[n]}", "fentanyl is here") for n in range(8)]
    assert len(_found(_query(), GARLAND, many).speakers) == 5


def test_several_are_quoted() -> None:
    found = _found(_query("officials"), [row(1, "Officials", "We will appeal")])
    assert found.sentence == "Officials are quoted in 1 article here, but not about fentanyl."


def test_who_is_only_described_is_not_said_to_be_silent() -> None:
    library = FakeStatements([*GARLAND, *OTHERS])
    query = _query("head of the agency")
    described = {("Anne Milgram", "b1"), ("Anne Milgram", "b2")}
    found = instead(library, query, described=described)
    assert found is not None
    assert found.sentence == "What Anne Milgram said here about fentanyl does not clearly answer that."
    assert [row.id for row in found.statements] == [12]
    assert found.speaker == "Anne Milgram"


def test_nobody_of_that_name_is_quoted() -> None:
    found = _found(_query(), OTHERS)
    assert found.sentence == "No statement by Garland was found here."
    assert (found.speaker, found.articles, found.statements) == ("Garland", 0, ())
    assert [s.speaker for s in found.speakers] == ["Anne Milgram", "Joe Biden"]


def test_words_on_the_topic_that_did_not_answer_are_not_denied() -> None:
    said = row(7, "Merrick Garland", "Of fentanyl I say nothing", OLD)
    found = _found(_query(), GARLAND, [said])
    assert found.sentence == "What Merrick Garland said here about fentanyl does not clearly answer that."
    assert [r.id for r in found.statements] == [7]
    assert found.speakers == ()


def test_without_a_topic_nothing_is_said_of_one() -> None:
    for topic in ("", "it", "That", "his appeal", "them"):
        library = FakeStatements([*GARLAND, *OTHERS])
        found = instead(library, _query(topic=topic))
        assert found is not None
        assert found.sentence == "What Merrick Garland said here does not clearly answer that."
        assert (found.topic, found.speakers) == ("", ())
        assert [asked[1:] for asked in library.asked] == [("Garland", "")]


def test_where_nobodys_words_are_asked_for_there_is_nothing() -> None:
    library = FakeStatements(GARLAND)
    assert instead(library, _query(speaker="")) is None
    assert library.asked == []


def test_filters_hold_and_are_said() -> None:
    filters = Filters(("Quay Post",))
    elsewhere = row(8, "Merrick Garland", "We will see", publication="Quay Post")
    found = _found(_query(filters=filters), GARLAND, OTHERS, [elsewhere])
    assert found.sentence == "Merrick Garland is quoted in 1 article that the filters leave, but not about fentanyl."
    assert ([r.id for r in found.statements], found.speakers) == ([8], ())
    missing = _found(_query(filters=filters), GARLAND)
    assert missing.sentence == "No statement by Garland was found in the articles that the filters leave."


def test_several_people_of_one_name_are_all_named() -> None:
    smiths = [row(30, "Adam Smith", "Yes"), row(31, "Jason Smith", "No", OLD), row(32, "Jason Smith", "Still no", OLD)]
    found = _found(_query("Smith", "trade"), smiths)
    assert found.sentence == "Jason Smith and Adam Smith are quoted in 3 articles here, but not about trade."
    more = [row(40 + n, f"{name} Smith", "Well") for n, name in enumerate(("Tina", "Chris", "Oliver", "Ruth"))]
    assert " and 2 others are quoted in " in _found(_query("Smith", "trade"), more).sentence


def test_a_role_without_a_name_is_shown_as_asked() -> None:
    mayor = [row(50, "", "It stays shut", role="the mayor")]
    asked = Query("?", "What did the mayor say about trams?", speaker="mayor", topic="trams")
    found = _found(asked, mayor)
    assert found.sentence == "The mayor is quoted in 1 article here, but not about trams."
    assert found.speaker == "the mayor"
    assert _found(asked, GARLAND).sentence == "No statement by the mayor was found here."


def test_a_topic_as_long_as_a_question_is_not_repeated() -> None:
    topic = "what the county would have done had the second bridge been shut as well in May"
    assert _found(_query(topic=topic), GARLAND).sentence.endswith("but not about that.")


def test_names_that_the_user_put_together_count_as_one() -> None:
    rows = [row(60, "Acme Corp", "We grow fentanyl tests"), row(61, "The Tester", "Our fentanyl tests work")]
    decided = [frozenset({NameKey("Acme Corp", ""), NameKey("The Tester", "")})]
    apart, together = (instead(FakeStatements(rows), _query(), groups) for groups in ((), decided))
    assert apart is not None and together is not None
    assert ([s.statements for s in apart.speakers], [s.statements for s in together.speakers]) == ([1, 1], [2])
