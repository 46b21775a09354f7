"""All statements of one speaker on a topic."""

from dataclasses import replace
from datetime import date

from index.records import Filters
from qa.records import Answer, AnswerKind, Citation, Query
from qa.said import all_said
from tests.unit.qa.rows import FakeStatements, row

OLD, NEW = date(2023, 10, 1), date(2023, 10, 9)
ROWS = [
    row(1, "Ruth Okafor", "The steel decides for us now", NEW, spans=((10, 20), (30, 40))),
    row(2, "Ruth Okafor", "We bought steel in May", OLD),
    row(3, "Ruth Okafor", "The ferry is free", NEW),
    row(4, "Ann Lee", "The steel is old", OLD),
    row(5, "Ruth Okafor", "“We bought steel, in May!”", NEW),
    row(6, "Okafor", "It will rain", None),
]
CITED = Citation("a3", "T", "P", (), NEW, "", 2, 9, "The ferry is free", 0)
ANSWER = Answer("ferry", 0.7, AnswerKind.STATEMENT, "Ruth Okafor", CITED)
ASKED = Query("?", "What did Okafor say about steel?", Filters(), "Okafor", "steel")


def _ids(query: Query, *answers: Answer) -> list[int]:
    return [r.id for r in all_said(FakeStatements(ROWS), query, answers)]


def test_all_on_the_topic_and_what_answers_oldest_first() -> None:
    assert _ids(ASKED, ANSWER) == [2, 1, 3]


def test_an_answer_in_the_gap_of_a_split_quotation_is_not_in_it() -> None:
    query = replace(ASKED, topic="snow")
    gap = replace(ANSWER, citation=replace(CITED, article_id="a1", start=20, end=30))
    inside = replace(ANSWER, citation=replace(CITED, article_id="a1", start=39, end=45))
    assert (_ids(query, gap), _ids(query, inside)) == ([], [1])


def test_further_answers_and_their_sources_count() -> None:
    query = replace(ASKED, topic="snow")
    second = replace(ANSWER, citation=replace(CITED, article_id="zz"), also_in=(replace(CITED, article_id="a6"),))
    assert _ids(query, ANSWER, second) == [3, 6]


def test_without_a_topic_everything_counts_if_the_question_names_the_speaker() -> None:
    assert _ids(replace(ASKED, topic=""), ANSWER) == [2, 1, 3, 6]
    assert _ids(replace(ASKED, topic="", speaker=""), ANSWER) == [3]


def test_there_is_nothing_where_the_best_answer_is_no_statement() -> None:
    span = replace(ANSWER, kind=AnswerKind.SPAN, speaker="")
    assert _ids(ASKED, span, ANSWER) == _ids(ASKED) == []


def test_filters_hold() -> None:
    library = FakeStatements(ROWS)
    filters = Filters(("Quay Post",))
    assert all_said(library, replace(ASKED, filters=filters), [ANSWER]) == ()
    assert {asked[0] for asked in library.asked} == {filters}


def test_who_was_asked_for_by_a_description_is_known_in_the_article_at_hand_only() -> None:
    rows = [row(1, "Ann Lee", "The steel is old", OLD), row(2, "Ann Lee", "The steel is thin", NEW)]
    cited = replace(CITED, article_id="a1", start=0, end=5)
    answer = Answer("The steel is old", 0.7, AnswerKind.STATEMENT, "Ann Lee", cited)
    query = replace(ASKED, speaker="engineer of the dock")
    assert [r.id for r in all_said(FakeStatements(rows), query, [answer])] == [1]
