"""Candidates: the spans of the reader, and what all candidates have in common."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.candidates import FEATURES, OTHERS_WORDS, support
from qa.records import AnswerKind, Query, Span
from tests.unit.qa.conftest import make_article, make_hit, make_span
from tests.unit.qa.water import ASKED, OFF_TOPIC, THEIRS, WATER, alike, find, not_asked, plain, statement_of


def test_a_span_is_a_candidate_with_tidied_ends() -> None:
    hit = make_hit(WATER)
    (found,) = find(plain("When did she speak?"), [hit], [make_span(hit, "on Tuesday. “")])
    assert found.text == "on Tuesday"
    assert (found.kind, found.speaker, found.article) == (AnswerKind.SPAN, "", WATER)


def test_features_of_a_span_by_hand() -> None:
    # Content words: unsafe (headline), solvent (passage), measured and Thursday (nowhere).
    other, hit = make_hit(make_article("Nothing of use.", id="other")), make_hit(WATER)
    span = make_span(hit, "from a laundry", span_logit=3.0, null_logit=-1.5)
    (found,) = find(plain("Was the unsafe solvent measured on Thursday?"), [other, hit], [span])
    assert found.features == {
        "margin": 4.5,
        "behind": 0.0,
        "coverage": pytest.approx(2 / 4),
        "rank": pytest.approx(math.log(2)),  # one passage comes before
        "words": pytest.approx(math.log(4)),  # three words
        "fits": 1.0,  # such a question takes any words
        "not_theirs": 0.0,  # it asks for nobody's words
        "unsaid": 0.0,
        "anothers": 0.0,
        "support": 0.0,  # no other article says so
    }


def test_support_counts_other_articles_once_with_their_likest_span() -> None:
    here, copy, other = (make_hit(make_article("It leaked from a laundry on Monday.", id=id)) for id in ("a", "b", "c"))
    spans = [
        make_span(here, "a laundry", 5.0, 0.0),
        make_span(here, "laundry", 5.0, 0.0),  # its own article does not count
        make_span(copy, "a laundry", 0.0, 0.0),  # five behind: exp(-1) of the same words
        make_span(copy, "leaked", 0.0, 0.0),
        make_span(other, "a laundry on Monday", 5.0, 0.0),  # two words of two and four: 4 / 6
        make_span(other, "Monday", 4.0, 0.0),
    ]
    backed = support(spans)
    assert backed(spans[0]) == pytest.approx(math.log1p(math.exp(-1) + 4 / 6))
    assert support(spans[:2])(spans[0]) == 0.0


def test_a_candidate_is_behind_the_best_margin_of_all_passages() -> None:
    hit = make_hit(WATER)
    spans = [make_span(hit, "from a laundry", 3.0, -1.5), make_span(hit, "solvent", 1.0, -1.5)]
    found = find(plain("What was found?"), [hit], spans)
    assert sorted(c.features["behind"] for c in found) == [0.0, 2.0]


def test_the_first_passage_has_rank_nought() -> None:
    hit = make_hit(WATER)
    (found,) = find(plain("When?"), [hit], [make_span(hit, "Tuesday")])
    assert found.features["rank"] == 0.0


def test_coverage_sees_the_passage_only_not_the_whole_article() -> None:
    hit = make_hit(WATER, "Mayor Ruth Castellane spoke on Tuesday.")
    (found,) = find(plain("Where did the solvent come from a laundry?"), [hit], [make_span(hit, "Tuesday")])
    assert found.features["coverage"] == 0.0


def test_a_question_without_content_words_is_covered() -> None:
    hit = make_hit(WATER)
    (found,) = find(plain("Who is it?"), [hit], [make_span(hit, "Tuesday")])
    assert found.features["coverage"] == 1.0


@pytest.mark.parametrize(("words", "fits"), [("on Tuesday", 1.0), ("a laundry", 0.0)])
def test_fits_where_the_words_are_of_the_kind_that_was_asked_for(words: str, fits: float) -> None:
    hit = make_hit(WATER)
    (found,) = find(plain("When did the water become unsafe?"), [hit], [make_span(hit, words)])
    assert found.features["fits"] == fits


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("olvent", "solvent"),
        ("ree hun", "three hundred"),
        ("41", "41.50"),
        ("2", "2,000"),
        ("41.50", "41.50"),
        ("wells", "wells"),
    ],
)
def test_words_and_numbers_come_whole(cut: str, whole: str) -> None:
    article = make_article("The solvent cost 41.50 dollars for 2,000 liters, and three hundred wells.")
    hit = make_hit(article)
    (found,) = find(plain("How much?"), [hit], [make_span(hit, cut)])
    assert found.text == whole


def test_a_span_of_marks_only_is_no_candidate() -> None:
    hit = make_hit(WATER)
    assert find(plain("Who?"), [hit], [make_span(hit, ". “")]) == []


def test_nobody_asked_for_gives_no_statements_and_embeds_nothing() -> None:
    hit = make_hit(WATER)
    found = find(plain("Where did the solvent come from?"), [hit], [make_span(hit, "a laundry")], not_asked)
    assert [candidate.kind for candidate in found] == [AnswerKind.SPAN]
    assert found[0].features["not_theirs"] == 0.0


def test_a_speaker_who_is_not_quoted_makes_all_spans_words_of_others() -> None:
    hit = make_hit(WATER)
    query = Query("What did Holt say?", "What did Holt say?", speaker="Holt")
    (found,) = find(query, [hit], [make_span(hit, "Tuesday")], not_asked)
    assert (found.kind, found.features["not_theirs"]) == (AnswerKind.SPAN, 1.0)


@pytest.mark.parametrize(
    ("speaker", "unsaid"),
    [("Holt", 1.0), ("mayor Amos Holt", 1.0), ("Holt's lawyer", 0.0), ("the owner", 0.0)],
)
def test_only_who_is_asked_for_by_name_has_certainly_said_nothing(speaker: str, unsaid: float) -> None:
    hit = make_hit(WATER)
    question = f"What did {speaker} say about the plan?"  # no wish of the speaker's
    (found,) = find(Query(question, question, speaker=speaker), [hit], [make_span(hit, "Tuesday")], not_asked)
    assert (found.features["not_theirs"], found.features["unsaid"]) == (1.0, unsaid)


def test_what_another_says_by_name_is_no_answer_for_who_said_nothing() -> None:
    text = "“It leaks,” Ruth Castellane said. “Nobody drinks it,” a neighbor said. The well is shut."
    article = make_article(text, id="leak")
    said = [
        statement_of(who, words, article=article)
        for who, words in (("Ruth Castellane", "It leaks,"), ("", "Nobody drinks it,"))
    ]
    hit = make_hit(article)
    spans = [make_span(hit, words) for words in ("It leaks", "Nobody drinks it", "The well is shut")]
    for speaker, left in (("Amos Holt", spans[1:]), ("the owner", spans)):
        question = f"What did {speaker} say about the well?"
        query = Query(question, question, speaker=speaker)
        found = find(query, [hit], spans, not_asked, statements_of=lambda _: said)
        assert [candidate.text for candidate in found] == [span.text for span in left]


@pytest.mark.parametrize(
    "question", ["What does Holt want to achieve?", "What had Holt hoped for?", "How did Holt feel?"]
)
def test_what_somebody_wants_or_feels_need_not_be_said(question: str) -> None:
    hit = make_hit(WATER)
    (found,) = find(Query(question, question, speaker="Holt"), [hit], [make_span(hit, "Tuesday")], not_asked)
    assert (found.features["not_theirs"], found.features["unsaid"]) == (1.0, 0.0)


def test_a_fragment_of_their_words_that_is_no_sentence_is_theirs_all_the_same() -> None:
    text = "The wells were a “grave concern”, Ruth Castellane said, and “nobody should drink from them”."
    article = make_article(text, id="concern")
    said = statement_of("Ruth Castellane", "grave concern", "nobody should drink from them", article=article)
    hit = make_hit(article)
    spans = [make_span(hit, "grave concern"), make_span(hit, "The wells")]
    found = find(ASKED, [hit], spans, statements_of=lambda _: [said])
    assert {c.text: c.features["not_theirs"] for c in found if c.kind is AnswerKind.SPAN} == {
        "grave concern": 0.0,
        "The wells": OTHERS_WORDS,
    }


def test_a_span_outside_the_statements_of_the_one_asked_for_is_not_theirs() -> None:
    hit = make_hit(WATER)
    found = find(ASKED, [hit], [make_span(hit, "a laundry")])
    assert [(c.text, c.features["not_theirs"]) for c in found if c.kind is AnswerKind.SPAN] == [
        ("a laundry", OTHERS_WORDS)
    ]
    assert [c.text for c in found if c.kind is AnswerKind.STATEMENT] == THEIRS


def test_whoever_is_quoted_may_be_asked_for_in_other_forms_of_question() -> None:
    hit = make_hit(WATER)
    found = find(plain("How did Amos Liddell explain the taste?"), [hit], [make_span(hit, "Tuesday")])
    assert [(c.text, c.speaker) for c in found if c.kind is AnswerKind.STATEMENT] == [
        ("The solvent came from a laundry", "Amos Liddell")
    ]
    assert [c.features["named"] for c in found if c.kind is AnswerKind.STATEMENT] == [1.0]
    assert [c.features["not_theirs"] for c in found if c.kind is AnswerKind.SPAN] == [0.0]


def test_a_span_in_the_words_of_who_is_only_named_stays() -> None:
    hit = make_hit(WATER)
    found = find(plain("How did Amos Liddell explain the taste?"), [hit], [make_span(hit, "a laundry")])
    assert {c.text: c.kind for c in found} == {
        "The solvent came from a laundry": AnswerKind.STATEMENT,
        "a laundry": AnswerKind.SPAN,
    }


def test_nothing_found_gives_no_candidates() -> None:
    assert find(ASKED, [], [], not_asked) == []


@given(
    st.sampled_from([ASKED, OFF_TOPIC, plain("When did Castellane speak?")]),
    st.lists(st.tuples(st.integers(0, len(WATER.text)), st.integers(0, 60)), max_size=4),
    st.lists(st.floats(-1, 1), min_size=3, max_size=3),
)
def test_all_candidates_have_the_features_of_their_kind_and_words_of_the_article(
    query: Query, places: list[tuple[int, int]], cosines: list[float]
) -> None:
    hit = make_hit(WATER)
    spans = [Span(hit, start, min(start + length, len(WATER.text)), 2.0, 1.0) for start, length in places]
    for found in find(query, [hit], spans, alike(*cosines)):
        assert tuple(found.features) == FEATURES[found.kind]
        assert all(math.isfinite(value) for value in found.features.values())
        assert found.text == WATER.text[found.start : found.end]
