"""Candidates: sentences of the one who was asked for."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.records import StatementKind
from index.statements import statements
from qa.candidates import OTHERS_WORDS, UNLIKE, UNREAD_MARGIN
from qa.records import AnswerKind, Query, Span
from tests.unit.qa.conftest import make_article, make_hit, make_span
from tests.unit.qa.water import (
    ASKED,
    BACK,
    FIRST,
    OFF_TOPIC,
    PRECAUTION,
    SECOND,
    THEIRS,
    WATER,
    alike,
    find,
    said,
    statement_of,
)


def test_features_of_a_statement_by_hand() -> None:
    # Content words: castellane and wells, both in the passage.
    hit = make_hit(WATER)
    spans = [make_span(hit, "within days", 9.0, 1.0), make_span(hit, "back", 2.0, 1.0)]
    *_, found = find(ASKED, [hit], spans, alike(0.1, 0.2, 0.7))
    assert (found.text, found.kind, found.speaker) == (THEIRS[2], AnswerKind.STATEMENT, "Ruth Castellane")
    assert found.features == {
        "margin": 8.0,  # the better of its two spans
        "behind": 0.0,
        "coverage": 1.0,
        "rank": 0.0,
        "words": pytest.approx(math.log(8)),  # seven words
        "off_topic": 0.0,  # the wells are in the passage
        "topic": 1.0,  # wells
        "similarity": 0.7,
        "told": 0.0,
        "named": 0.0,
        "fact": 0.0,
        "asks": 0.0,
    }


@pytest.mark.parametrize(("quotation", "asks"), [("“Is it safe at all?”", 1.0), ("“It is safe at last.”", 0.0)])
def test_a_sentence_that_asks_is_told_from_one_that_answers(quotation: str, asks: float) -> None:
    article = make_article(f"{quotation} Ruth Castellane said.")
    query = Query("q", "What did Castellane say?", speaker="Castellane")
    found = find(query, [make_hit(article)], [], alike(0.5), lambda one: statements(one))
    assert [c.features["asks"] for c in found if c.kind is AnswerKind.STATEMENT] == [asks]


@pytest.mark.parametrize(("kind", "direct"), [("direct", True), ("mixed", False), ("indirect", False)])
def test_a_statement_is_direct_where_the_words_are_the_speakers(kind: str, direct: bool) -> None:
    hit = make_hit(WATER)
    statement = replace(PRECAUTION, kind=StatementKind(kind))
    found = find(ASKED, [hit], [], alike(0.5, 0.5), lambda _: [statement])
    assert {candidate.direct for candidate in found} == {direct}


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Ruth Castellane praised the crew of the ferry.", "praised the crew of the ferry"),
        ("Ruth Castellane denied the charges.", "denied the charges"),
        ("Ruth Castellane called Amos Liddell a “friend of the sea.”", "called Amos Liddell a “friend of the sea.”"),
        ("Ruth Castellane told the crew not to sail.", "told the crew not to sail"),
        ("Ruth Castellane said the ferry would sail.", "the ferry would sail"),
        ("Ruth Castellane argued that the ferry would sail.", "the ferry would sail"),
        ("Ruth Castellane described the ferry: “It is a joy.”", "It is a joy"),
    ],
)
def test_what_is_the_object_of_a_verb_is_told_with_it(sentence: str, answer: str) -> None:
    query = Query("q", "What did Castellane say?", speaker="Castellane")
    found = find(query, [make_hit(make_article(sentence))], [], alike(0.5), lambda one: statements(one))
    assert [c.text for c in found if c.kind is AnswerKind.STATEMENT] == [answer]


def test_spans_inside_a_statement_give_way_to_its_sentences() -> None:
    hit = make_hit(WATER)
    found = find(ASKED, [hit], [make_span(hit, "within days", 9.0, 1.0)])
    assert [c.kind for c in found] == [AnswerKind.STATEMENT] * 3
    assert [c.features["margin"] for c in found] == [UNREAD_MARGIN, UNREAD_MARGIN, 8.0]


def test_a_span_over_two_sentences_gives_way_and_counts_for_both() -> None:
    hit = make_hit(WATER)
    found = find(ASKED, [hit], [make_span(hit, "nothing more. We have", 3.0, 1.0)])
    assert [c.features["margin"] for c in found] == [2.0, 2.0, UNREAD_MARGIN]


def test_a_span_that_ends_where_a_statement_begins_stays() -> None:
    hit = make_hit(WATER)
    found = find(ASKED, [hit], [make_span(hit, "on Tuesday. “")])
    assert found[0].text == "on Tuesday"
    assert found[1].features["margin"] == UNREAD_MARGIN


def test_each_sentence_is_compared_with_the_question_by_itself() -> None:
    seen: list[str] = []

    def cosines(texts: Sequence[str]) -> list[float]:
        seen.extend(texts)
        return [0.1, 0.2, 0.3]

    found = find(ASKED, [make_hit(WATER)], [], cosines)
    assert seen == ["This is a precaution and nothing more.", *THEIRS[1:]]
    assert [c.features["similarity"] for c in found] == [0.1, 0.2, 0.3]


def test_fragments_shorter_than_three_words_are_left_out() -> None:
    article = make_article("The vote was “historic” and “a gift,” and “long overdue here,” Ruth Castellane said.")
    quoted = statement_of("Ruth Castellane", "historic", "a gift", "long overdue here", article=article)
    hit = make_hit(article)
    found = find(ASKED, [hit], [make_span(hit, "historic")], alike(0.5), lambda _: [quoted])
    assert [(c.text, c.kind) for c in found] == [
        ("historic", AnswerKind.SPAN),
        ("long overdue here", AnswerKind.STATEMENT),
    ]


def test_fragments_stay_where_there_is_nothing_longer() -> None:
    article = make_article("The vote was “historic” and “a gift,” Ruth Castellane said.")
    quoted = statement_of("Ruth Castellane", "historic", "a gift", article=article)
    found = find(ASKED, [make_hit(article)], [], alike(0.5, 0.5), lambda _: [quoted])
    assert [c.text for c in found] == ["historic", "a gift"]


def test_a_speaker_without_a_name_is_called_as_it_is_written() -> None:
    unnamed = statement_of("", "The solvent came from a laundry")
    query = Query("What did the spokeswoman say?", "What did the spokeswoman say?", speaker="spokeswoman")
    (found,) = find(query, [make_hit(WATER)], [], alike(0.5), lambda _: [unnamed])
    assert found.speaker == "the spokeswoman"


def test_statements_outside_the_passages_are_left_out() -> None:
    assert [c.text for c in find(ASKED, [make_hit(WATER, FIRST)], [])] == THEIRS[:2]


def test_a_statement_that_begins_in_the_passage_is_whole() -> None:
    hit = make_hit(WATER, "Mayor Ruth Castellane spoke on Tuesday. “This is a precaution")
    assert [c.text for c in find(ASKED, [hit], [])] == THEIRS[:2]


def test_a_statement_in_two_overlapping_passages_is_one_candidate_of_the_first() -> None:
    other = make_hit(make_article("Nothing of use.", id="other"))
    hits = [other, make_hit(WATER, id=1), make_hit(WATER, SECOND, id=2)]
    found = find(ASKED, hits, [make_span(hits[2], "within days", 5.0, 1.0)])
    assert [c.text for c in found] == THEIRS
    assert [c.features["rank"] for c in found] == [pytest.approx(math.log(2))] * 3
    # What the reader saw in the other passage counts all the same.
    assert found[2].features["margin"] == 4.0


def test_a_span_at_the_same_place_of_another_article_touches_no_statement() -> None:
    other = make_article("x" * len(WATER.text), id="other")
    span = Span(make_hit(other), *BACK.spans[0], 5.0, 0.0)
    found = find(ASKED, [make_hit(WATER), make_hit(other)], [span])
    assert [c.features["margin"] for c in found if c.kind is AnswerKind.STATEMENT] == [UNREAD_MARGIN] * 3
    assert len([c for c in found if c.kind is AnswerKind.SPAN]) == 1


def test_off_topic_is_how_unlike_a_sentence_without_a_word_of_the_topic_is() -> None:
    found = find(OFF_TOPIC, [make_hit(WATER)], [], alike(0.5, 0.2, -0.1))
    assert [c.features["off_topic"] for c in found] == pytest.approx([0.5, 0.8, 1.1])


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What did Castellane say about tap water?", "tap water"),  # headline
        ("What did Castellane say about the laundry?", "the laundry"),  # passage
        ("What did Castellane say?", ""),  # no topic: all is on it
    ],
)
def test_words_of_the_topic_in_headline_or_passage_keep_sentences_however_unlike(question: str, topic: str) -> None:
    query = Query(question, question, speaker="Castellane", topic=topic)
    found = find(query, [make_hit(WATER)], [], alike(0.0, 0.0, 0.0))
    assert [c.text for c in found] == THEIRS
    assert [c.features["off_topic"] for c in found] == [0.0, 0.0, 0.0]


def test_sentences_that_are_all_unlike_and_off_topic_are_dropped() -> None:
    hit = make_hit(WATER)
    spans = [make_span(hit, "Tuesday"), make_span(hit, "within days")]
    found = find(OFF_TOPIC, [hit], spans, alike(0.1, UNLIKE - 0.01, 0.2))
    # The words on something else do not come back as a span of theirs.
    assert [(c.text, c.kind, c.features["not_theirs"]) for c in found] == [("Tuesday", AnswerKind.SPAN, 1.0)]


def test_one_sentence_that_is_like_the_question_keeps_them_all() -> None:
    hit = make_hit(WATER)
    found = find(OFF_TOPIC, [hit], [make_span(hit, "a laundry")], alike(0.1, UNLIKE, 0.2))
    assert [c.text for c in found] == [*THEIRS, "a laundry"]
    assert found[-1].features["not_theirs"] == OTHERS_WORDS


def test_one_sentence_on_the_topic_keeps_them_all() -> None:
    trams = make_article("The trams will run again on Friday, Ruth Castellane said.", id="trams")
    run = statement_of("Ruth Castellane", "The trams will run again on Friday", article=trams)
    found = find(
        OFF_TOPIC,
        [make_hit(WATER), make_hit(trams)],
        [],
        alike(0.1, 0.1, 0.1, 0.1),
        lambda article: [run] if article.id == "trams" else said(article),
    )
    assert sorted(c.features["off_topic"] for c in found) == pytest.approx([0.0, 0.9, 0.9, 0.9])


def test_a_question_for_a_fact_says_so_of_each_sentence() -> None:
    query = Query("q", "Which wells does Castellane close?", speaker="Castellane")
    assert {one.features["fact"] for one in find(query, [make_hit(WATER)], []) if "fact" in one.features} == {1.0}


def test_shorthand_has_the_topic_in_its_sentences() -> None:
    query = Query("q", "Castellane on the wells")
    shares = {one.features["topic"] for one in find(query, [make_hit(WATER)], []) if "topic" in one.features}
    assert shares == {0.0, 1.0}
