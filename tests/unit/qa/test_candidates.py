"""Candidates: spans of the reader, and statements of the one who was asked for."""

from collections.abc import Sequence

import pytest

from index.records import Article
from index.statements import Statement, StatementKind
from qa.answers import Candidate
from qa.candidates import UNREAD_MARGIN, candidates
from qa.records import AnswerKind, Hit, Query, Span
from tests.unit.qa.conftest import make_article, make_hit, make_span

WATER = make_article(
    "Mayor Ruth Castellane spoke on Tuesday. “This is a precaution and nothing more,” she said.",
    "The wells will be back within days, Castellane said. The solvent came from a laundry, Amos Liddell said.",
    id="water",
    title="Tap water unsafe",
)


def _statement(words: str, speaker: str, article: Article = WATER, context: str = "") -> Statement:
    start = article.text.index(words)
    place = article.text.index(context) if context else start
    return Statement(
        article_id=article.id,
        kind=StatementKind.INDIRECT,
        spans=((start, start + len(words)),),
        speaker_text=speaker.split()[-1],
        speaker=speaker,
        role="",
        cue="said",
        context=(place, place + len(context or words)),
    )


PRECAUTION = _statement(
    "This is a precaution and nothing more",
    "Ruth Castellane",
    context="“This is a precaution and nothing more,” she said.",
)
BACK = _statement(
    "The wells will be back within days",
    "Ruth Castellane",
    context="The wells will be back within days, Castellane said.",
)
LAUNDRY = _statement("The solvent came from a laundry", "Amos Liddell")


def _said(article: Article) -> Sequence[Statement]:
    return (PRECAUTION, BACK, LAUNDRY) if article.id == "water" else ()


def _of(query: Query, hits: Sequence[Hit], spans: Sequence[Span]) -> list[Candidate]:
    return sorted(candidates(query, hits, spans, _said), key=lambda candidate: candidate.start)


def test_a_span_is_a_candidate_with_tidied_ends() -> None:
    hit = make_hit(WATER)
    (found,) = _of(Query("When did she speak?", "When did she speak?"), [hit], [make_span(hit, "on Tuesday. “")])
    assert found.text == "on Tuesday"
    assert (found.kind, found.speaker, found.article) == (AnswerKind.SPAN, "", WATER)


def test_margin_is_what_the_reader_prefers_the_span_by() -> None:
    hit = make_hit(WATER)
    (found,) = _of(Query("When?", "When?"), [hit], [make_span(hit, "Tuesday", span_logit=3.0, null_logit=-1.5)])
    assert found.features["margin"] == 4.5


def test_coverage_counts_the_words_of_the_question_in_headline_and_passage() -> None:
    # Content words: unsafe (headline), solvent (passage), measured (nowhere), Thursday (nowhere).
    question = "Was the unsafe solvent measured on Thursday?"
    hit = make_hit(WATER)
    (found,) = _of(Query(question, question), [hit], [make_span(hit, "laundry")])
    assert found.features["coverage"] == pytest.approx(2 / 4)


def test_coverage_sees_the_passage_only_not_the_whole_article() -> None:
    question = "Where did the solvent come from a laundry?"
    hit = make_hit(WATER, "Mayor Ruth Castellane spoke on Tuesday.")
    (found,) = _of(Query(question, question), [hit], [make_span(hit, "Tuesday")])
    assert found.features["coverage"] == 0.0


def test_echo_is_the_share_of_the_words_that_the_question_has_already() -> None:
    question = "Who is Mayor Castellane?"
    hit = make_hit(WATER)
    (found,) = _of(Query(question, question), [hit], [make_span(hit, "Mayor Ruth Castellane")])
    assert found.features["echo"] == pytest.approx(2 / 3)


def test_a_span_without_words_says_nothing_new() -> None:
    hit = make_hit(WATER)
    (found,) = _of(Query("Who?", "Who?"), [hit], [make_span(hit, ". “")])
    assert found.features["echo"] == 1.0
    assert found.start == found.end


def test_nobody_asked_for_gives_no_statements() -> None:
    hit = make_hit(WATER)
    found = _of(Query("Where from?", "Where from?"), [hit], [make_span(hit, "a laundry")])
    assert [candidate.kind for candidate in found] == [AnswerKind.SPAN]
    assert found[0].features["not_theirs"] == 0.0


ASKED = Query(
    "What did Castellane say?", "What did Castellane say about the wells?", speaker="Castellane", topic="the wells"
)


def test_a_span_in_a_statement_gives_way_to_the_whole_statement() -> None:
    hit = make_hit(WATER)
    spans = [make_span(hit, "within days", 9.0, 1.0), make_span(hit, "back", 2.0, 1.0)]
    first, second = _of(ASKED, [hit], spans)
    assert [c.kind for c in (first, second)] == [AnswerKind.STATEMENT] * 2
    assert first.text == "This is a precaution and nothing more"
    assert second.text == "The wells will be back within days"
    assert second.speaker == "Ruth Castellane"
    assert second.features["margin"] == 8.0
    assert first.features["margin"] == UNREAD_MARGIN


def test_words_of_others_are_marked_as_not_theirs() -> None:
    hit = make_hit(WATER)
    found = _of(ASKED, [hit], [make_span(hit, "a laundry")])
    assert [c.text for c in found if c.kind is AnswerKind.SPAN] == ["a laundry"]
    assert found[-1].features["not_theirs"] == 1.0
    assert all("solvent" not in c.text for c in found if c.kind is AnswerKind.STATEMENT)


def test_topic_is_looked_for_in_the_sentences_of_the_statement() -> None:
    first, second = _of(ASKED, [make_hit(WATER)], [])
    assert first.features["topic"] == 0.0
    assert second.features["topic"] == 1.0


def test_without_a_topic_every_statement_is_on_it() -> None:
    query = Query("What did Castellane say?", "What did Castellane say?", speaker="Castellane")
    assert [c.features["topic"] for c in _of(query, [make_hit(WATER)], [])] == [1.0, 1.0]


def test_statements_outside_the_passages_are_left_out() -> None:
    hit = make_hit(WATER, "Mayor Ruth Castellane spoke on Tuesday. “This is a precaution and nothing more,” she said.")
    assert [c.text for c in _of(ASKED, [hit], [])] == ["This is a precaution and nothing more"]


def test_a_statement_in_two_overlapping_passages_is_one_candidate() -> None:
    hits = [make_hit(WATER, id=1), make_hit(WATER, WATER.text[90:], id=2)]
    assert [c.text for c in _of(ASKED, hits, [])].count("The wells will be back within days") == 1


def test_a_span_of_another_article_touches_no_statement() -> None:
    other = make_article("x" * len(WATER.text), id="other")
    span = Span(make_hit(other), BACK.spans[0][0], BACK.spans[0][1], 5.0, 0.0)
    found = _of(ASKED, [make_hit(WATER), make_hit(other)], [span])
    assert [c.features["margin"] for c in found if c.kind is AnswerKind.STATEMENT] == [UNREAD_MARGIN] * 2


def test_nothing_found_gives_no_candidates() -> None:
    assert _of(ASKED, [], []) == []
