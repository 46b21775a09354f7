"""Tidy ends of answers, and answers assembled from candidates."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article
from qa.answers import Candidate, assemble, citation, temper, tidy
from qa.records import Answer, AnswerKind
from tests.unit.qa.conftest import make_article


def _tidied(text: str) -> str:
    start, end = tidy(text, 0, len(text))
    return text[start:end]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        # White space and punctuation
        ("  17 miles,\n", "17 miles"),
        ("100,000 deaths.", "100,000 deaths"),
        (": the mayor;", "the mayor"),
        ("— Mexico City —", "Mexico City"),
        ("really?", "really?"),
        ("never!", "never!"),
        # Quotation marks
        ("“yes, indeed.”", "yes, indeed"),
        ("yes, indeed.”", "yes, indeed"),
        ("“yes", "yes"),
        ('"yes"', "yes"),
        ("‘yes’", "yes"),
        ("‘it’s mine’", "it’s mine"),
        ("“He said ‘no’ to it”", "He said ‘no’ to it"),
        ("on Tuesday. “", "on Tuesday"),
        ("” he said", "he said"),
        ("’ he said ‘", "he said"),
        (") of the (", "of the"),
        ("called it “a precaution”", "called it “a precaution”"),
        ("“a precaution” and nothing more", "“a precaution” and nothing more"),
        ("“No,” he said, “never.”", "“No,” he said, “never.”"),
        # Apostrophes
        ("the cartels’", "the cartels’"),
        ("the dogs'", "the dogs'"),
        ("don’t", "don’t"),
        ("'90s", "'90s"),
        ("’90s", "’90s"),
        # Brackets
        ("(AP)", "(AP)"),
        ("the AP)", "the AP"),
        ("(the AP", "the AP"),
        ("(the AP) report", "(the AP) report"),
        ("the FBI (bureau)", "the FBI (bureau)"),
        ("[sic]", "[sic]"),
        # Abbreviations
        ("Martin Luther King Jr.", "Martin Luther King Jr."),
        ("in the U.S.,", "in the U.S."),
        ("5 p.m.", "5 p.m."),
        ("Smith & Co.", "Smith & Co."),
        # Money and numbers
        ("$5", "$5"),
        ("$5.", "$5"),
        ("€5 million,", "€5 million"),
        ("5%", "5%"),
        ("1 – 0", "1 – 0"),
        ("2–1,", "2–1"),
        ("–5 degrees", "–5 degrees"),
        ("-5", "-5"),
        (".22-caliber rifle", ".22-caliber rifle"),
        ("No. 3", "No. 3"),
        # Nothing left
        ("", ""),
        ("...", ""),
        ("“", ""),
        ("“”", ""),
        ("(", ""),
        ("—", ""),
        (" \n ", ""),
    ],
)  # fmt: skip
def test_tidy(span: str, expected: str) -> None:
    assert _tidied(span) == expected


def test_a_dash_or_point_after_a_digit_is_no_sign() -> None:
    text = "They won 2–1 with 3.5 points."
    dash, point = text.index("–"), text.index(".")
    assert text[slice(*tidy(text, dash, dash + 2))] == "1"
    assert text[slice(*tidy(text, point, point + 2))] == "5"


def test_tidy_never_looks_at_what_lies_outside_but_one_character() -> None:
    text = "He said “yes, indeed.” Then"
    assert tidy(text, 8, 23) == (9, 20)
    assert text[9:20] == "yes, indeed"


_MARKS = "aB1 .,;:–—-“”\"‘’'()[]$%é\n"


@given(st.text(alphabet=_MARKS, max_size=16), st.data())
def test_tidy_stays_inside_and_is_stable(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = tidy(text, start, end)
    assert start <= first <= last <= end
    assert tidy(text, first, last) == (first, last)


@given(st.text(alphabet=_MARKS, max_size=16))
def test_tidy_keeps_every_letter_and_digit(text: str) -> None:
    assert [c for c in _tidied(text) if c.isalnum()] == [c for c in text if c.isalnum()]


BORDER = make_article("Fencing of 17 miles is planned.", "It costs $5 million.", id="a1", title="Border")
WIRE = make_article("They build 17 miles in Texas.", id="b2", title="Wire", publication="AP", published=None)
THIRD = make_article("Some 17 miles, a report says.", id="c3", title="Third", published=date(2023, 10, 7))


def _candidate(article: Article, words: str, kind: AnswerKind = AnswerKind.SPAN, speaker: str = "") -> Candidate:
    start = article.text.index(words)
    return Candidate(article, start, start + len(words), kind, {}, speaker)


def _texts(scored: list[tuple[float, Candidate]], top: int = 3, least: float = 0.1) -> list[str]:
    return [answer.text for answer in assemble(scored, top, least)]


def test_no_candidates_give_no_answers() -> None:
    assert assemble([], 3, 0.0) == ()


def test_answers_are_best_first() -> None:
    scored = [(0.3, _candidate(BORDER, "$5 million")), (0.9, _candidate(WIRE, "Texas"))]
    assert _texts(scored) == ["Texas", "$5 million"]


def test_candidates_that_overlap_are_one_answer() -> None:
    scored = [(0.5, _candidate(BORDER, "17 miles is planned")), (0.8, _candidate(BORDER, "Fencing of 17 miles"))]
    assert _texts(scored) == ["Fencing of 17 miles"]


def test_candidates_that_only_touch_are_two() -> None:
    scored = [(0.5, _candidate(BORDER, "17 miles")), (0.8, _candidate(BORDER, "Fencing of "))]
    assert _texts(scored) == ["Fencing of ", "17 miles"]


def test_the_same_place_in_two_articles_does_not_overlap() -> None:
    scored = [(0.8, Candidate(BORDER, 0, 7, AnswerKind.SPAN, {})), (0.7, Candidate(WIRE, 0, 10, AnswerKind.SPAN, {}))]
    assert _texts(scored) == ["Fencing", "They build"]


def test_the_same_words_elsewhere_are_further_sources() -> None:
    scored = [
        (0.6, _candidate(WIRE, "17 miles")),
        (0.9, _candidate(BORDER, "17 miles")),
        (0.7, _candidate(THIRD, "17 miles,")),
    ]
    (answer,) = assemble(scored, 3, 0.1)
    assert (answer.text, answer.probability, answer.citation.article_id) == ("17 miles", 0.9, "a1")
    assert [source.article_id for source in answer.also_in] == ["c3", "b2"]
    for source, article in zip(answer.also_in, (THIRD, WIRE), strict=True):
        assert article.text[source.start : source.end].startswith("17 miles")


def test_an_article_is_a_source_of_one_answer_once() -> None:
    twice = make_article("There were 17 miles.", "Then again 17 miles.", id="d4")
    again = Candidate(twice, twice.text.rindex("17 miles"), len(twice.text) - 1, AnswerKind.SPAN, {})
    (answer,) = assemble([(0.9, _candidate(twice, "17 miles")), (0.8, again)], 3, 0.1)
    assert answer.citation.start == twice.text.index("17 miles")
    assert answer.also_in == ()


def test_money_and_a_share_are_different_answers() -> None:
    money, share = make_article("It is $5 now.", id="a1"), make_article("It is 5% now.", id="b2")
    assert _texts([(0.9, _candidate(money, "$5")), (0.8, _candidate(share, "5%"))]) == ["$5", "5%"]


def test_what_is_less_likely_than_the_least_is_left_out() -> None:
    scored = [(0.5, _candidate(BORDER, "17 miles")), (0.49, _candidate(BORDER, "$5 million"))]
    assert _texts(scored, least=0.5) == ["17 miles"]
    assert _texts(scored, least=0.51) == []


def test_no_more_than_top_answers_but_all_their_sources() -> None:
    scored = [
        (0.9, _candidate(BORDER, "17 miles")),
        (0.8, _candidate(WIRE, "Texas")),
        (0.7, _candidate(BORDER, "$5 million")),
        (0.6, _candidate(THIRD, "17 miles")),
    ]
    answers = assemble(scored, 2, 0.1)
    assert [answer.text for answer in answers] == ["17 miles", "Texas"]
    assert [source.article_id for source in answers[0].also_in] == ["c3"]


def test_candidates_without_words_are_no_answers() -> None:
    assert assemble([(0.9, Candidate(BORDER, 3, 3, AnswerKind.SPAN, {}))], 3, 0.1) == ()
    assert assemble([(0.9, _candidate(BORDER, "."))], 3, 0.1) == ()


def test_kind_and_speaker_are_those_of_the_best_candidate() -> None:
    said = _candidate(BORDER, "17 miles", AnswerKind.STATEMENT, "Holt")
    (answer,) = assemble([(0.6, _candidate(WIRE, "17 miles")), (0.7, said)], 3, 0.1)
    assert (answer.kind, answer.speaker) == (AnswerKind.STATEMENT, "Holt")


def test_equal_probabilities_give_the_same_answers_in_whatever_order_candidates_come() -> None:
    candidates = [
        _candidate(WIRE, "17 miles"),
        _candidate(BORDER, "17 miles"),
        _candidate(BORDER, "miles is planned"),
        _candidate(THIRD, "a report"),
    ]
    results = {assemble([(0.5, c) for c in order], 3, 0.1) for order in permutations(candidates)}
    assert len(results) == 1
    assert [answer.text for answer in results.pop()] == ["17 miles", "a report"]


def test_equal_probabilities_and_starts_are_deterministic_too() -> None:
    candidates = [_candidate(BORDER, "17"), _candidate(BORDER, "17 miles"), _candidate(BORDER, "17 miles is")]
    assert len({assemble([(0.5, c) for c in order], 3, 0.1) for order in permutations(candidates)}) == 1


def test_a_citation_says_where_the_words_stand_and_shows_their_paragraph() -> None:
    cited = citation(_candidate(BORDER, "$5 million"))
    assert cited.paragraph == "It costs $5 million."
    assert cited.paragraph_start == BORDER.text.index("It costs")
    assert BORDER.text[cited.start : cited.end] == "$5 million"
    assert (cited.article_id, cited.title, cited.publication) == ("a1", "Border", "Harbour Times")
    assert (cited.authors, cited.published, cited.url) == (("Ann Lee",), date(2023, 10, 5), "https://example.org/a1")


def test_words_that_run_on_into_the_next_paragraph_show_both() -> None:
    cited = citation(_candidate(BORDER, "planned.\n\nIt costs"))
    assert cited.paragraph == BORDER.text
    assert cited.paragraph_start == 0


def _answer(probability: float, kind: AnswerKind) -> Answer:
    (answer,) = assemble([(probability, replace(_candidate(WIRE, "17 miles"), kind=kind))], 1, 0.0)
    return answer


def test_a_second_fact_counts_by_what_the_first_leaves_over() -> None:
    answers = temper([_answer(0.8, AnswerKind.SPAN), _answer(0.7, AnswerKind.SPAN)], 0.1)
    assert [answer.probability for answer in answers] == pytest.approx([0.8, 0.7 * 0.2])


def test_further_statements_lose_less_and_the_unlikely_are_dropped() -> None:
    said, fact = AnswerKind.STATEMENT, AnswerKind.SPAN
    answers = temper([_answer(0.8, said), _answer(0.6, said), _answer(0.45, fact), _answer(0.5, said)], 0.1)
    assert [answer.probability for answer in answers] == pytest.approx([0.8, 0.6 * 0.6, 0.5 * 0.6**3])
    assert temper([], 0.1) == ()


def test_answers_stay_best_first_when_kinds_mix() -> None:
    answers = temper(
        [_answer(0.5, AnswerKind.SPAN), _answer(0.5, AnswerKind.SPAN), _answer(0.4, AnswerKind.STATEMENT)], 0
    )
    assert [answer.probability for answer in answers] == pytest.approx([0.5, 0.25, 0.4 * 0.75**2])
