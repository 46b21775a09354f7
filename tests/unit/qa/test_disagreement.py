"""Independent sources that give different numbers, dates and names; and all that looks like it and is not."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from index.records import Article
from qa.answers import Candidate, assemble, temper
from qa.disagreement import settle
from qa.records import Answer, AnswerKind, Disagreement
from tests.unit.qa.conftest import make_article

MILES = "How many miles of fence did Cameron County build?"
DAY = date(2023, 10, 5)


def _told(id: str, *paragraphs: str, published: date = DAY) -> Article:
    return make_article(
        *paragraphs, id=id, title="Fence in Cameron County", publication=f"{id} Post", published=published
    )


def _fence(id: str, words: str) -> Article:
    return _told(id, f"Cameron County has built {words} of fence, the county said on Tuesday.")


SEVENTEEN, TWENTY = _fence("a", "17 miles"), _fence("b", "20 miles")


def _candidate(article: Article, words: str, kind: AnswerKind = AnswerKind.SPAN) -> Candidate:
    start = article.text.index(words)
    return Candidate(article, start, start + len(words), kind, {})


Scored = Sequence[tuple[float, Candidate]]


def _settled(
    question: str, scored: Scored, copies: Mapping[str, Sequence[Article]] | None = None, top: int = 3
) -> tuple[tuple[Answer, ...], Disagreement | None]:
    answers = temper(assemble(scored, top, 0.0, copies), 0.0)
    found, disagreement = settle(question, scored, answers, copies)
    if disagreement is None:
        assert found == answers
    else:
        assert found[: len(disagreement.answers)] == disagreement.answers
        assert len(disagreement.answers) <= len(found) <= max(len(answers), len(disagreement.answers))
        assert sum(answer.probability for answer in disagreement.answers) <= 1.0 + 1e-9
        assert found[0].text == answers[0].text
        assert found[0].probability <= answers[0].probability
    return found, disagreement


def _values(question: str, *told: tuple[float, Article, str]) -> list[str]:
    _, disagreement = _settled(question, [(p, _candidate(article, words)) for p, article, words in told])
    return [answer.text for answer in disagreement.answers] if disagreement else []


def test_two_sources_with_two_numbers() -> None:
    scored = [(0.8, _candidate(SEVENTEEN, "17 miles")), (0.6, _candidate(TWENTY, "20 miles"))]
    answers, disagreement = _settled(MILES, scored)
    assert disagreement
    assert [(a.text, round(a.probability, 3), a.citation.article_id) for a in answers] == [
        ("17 miles", 0.571, "a"),
        ("20 miles", 0.429, "b"),
    ]


def test_unlikely_answers_keep_their_probabilities() -> None:
    answers, disagreement = _settled(
        MILES, [(0.45, _candidate(SEVENTEEN, "17 miles")), (0.4, _candidate(TWENTY, "20 miles"))]
    )
    assert disagreement
    assert [answer.probability for answer in answers] == [0.45, 0.4]


@pytest.mark.parametrize("words", ["seventeen miles", "about 18 miles", "more than 15 miles", "27 kilometers", "17"])
def test_what_is_the_same_is_no_disagreement(words: str) -> None:
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, _fence("b", words), words)) == []


@pytest.mark.parametrize("words", ["$5 million", "17 gates", "three years", "dozens", "much", "a third"])
def test_what_cannot_be_compared_is_no_disagreement(words: str) -> None:
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, _fence("b", words), words)) == []


def test_words_beside_the_answer_count() -> None:
    about = _fence("b", "about 18 miles")
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, about, "18 miles")) == []
    exactly = _fence("b", "exactly 18 miles")
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, exactly, "18 miles")) == ["17 miles", "18 miles"]


def test_sources_that_say_the_same_in_other_words_stand_together() -> None:
    spelt, third = _fence("c", "seventeen miles"), _fence("d", "17 miles")
    scored = [
        (0.8, _candidate(SEVENTEEN, "17 miles")),
        (0.7, _candidate(TWENTY, "20 miles")),
        (0.6, _candidate(spelt, "seventeen miles")),
        (0.5, _candidate(third, "17 miles")),
    ]
    answers, disagreement = _settled(MILES, scored)
    assert disagreement
    ids = [[c.article_id for c in (a.citation, *a.also_in)] for a in disagreement.answers]
    assert (ids, [a.sources for a in disagreement.answers]) == ([["a", "c", "d"], ["b"]], [3, 1])
    # "seventeen miles" was the third answer, and is a source of the first now.
    assert [a.text for a in answers[:2]] == ["17 miles", "20 miles"]
    for answer in disagreement.answers:
        for cited in answer.also_in:
            article = {"c": spelt, "d": third}[cited.article_id]
            assert article.text[cited.start : cited.end] in ("seventeen miles", "17 miles")


def test_copies_are_one_source() -> None:
    scored = [(0.8, _candidate(SEVENTEEN, "17 miles")), (0.7, _candidate(TWENTY, "20 miles"))]
    family = (SEVENTEEN, TWENTY)
    assert _settled(MILES, scored, {"a": family, "b": family})[1] is None
    assert _settled(MILES, scored, {"b": (TWENTY, _fence("z", "20 miles"))})[1] is not None


def test_one_article_with_both_values_disagrees_with_nobody() -> None:
    both = _told("b", "Cameron County has built 20 miles of fence.", "Of these, 17 miles of fence are along the river.")
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, both, "20 miles")) == []
    assert _values(MILES, (0.8, both, "20 miles"), (0.7, SEVENTEEN, "17 miles")) == []
    assert _values(MILES, (0.8, both, "20 miles"), (0.7, both, "17 miles")) == []


def test_the_other_value_in_a_sentence_on_something_else_does_not_count() -> None:
    one, other = (_told(id, f"The fence of Cameron County has {n} gates.") for id, n in (("a", 17), ("b", 20)))
    question = "How many gates does the fence of Cameron County have?"
    for more, differ in (("The mayor keeps 17 cats.", True), ("Of the gates 17 are shut.", False)):
        longer = _told("b", other.text, more)
        found = _values(question, (0.8, one, "17 gates"), (0.7, longer, "20 gates"))
        assert found == (["17 gates", "20 gates"] if differ else [])


def test_an_article_on_another_place_is_no_source() -> None:
    elsewhere = make_article(
        "Starr County has built 20 miles of fence, it said.", id="s", title="Fence in Starr County"
    )
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, elsewhere, "20 miles")) == []


def test_words_that_stand_far_from_what_is_asked_are_no_answer() -> None:
    far = _told("b", "Cameron County builds fence.", "x " * 400, "The marathon leads over 20 miles.", "y " * 400)
    far = make_article(*(far.text.split("\n\n")), id="b", title="Other news")
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, far, "20 miles")) == []


def test_a_much_less_likely_answer_is_no_disagreement() -> None:
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.39, TWENTY, "20 miles")) == []
    assert _values(MILES, (0.45, SEVENTEEN, "17 miles"), (0.24, TWENTY, "20 miles")) == []
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.41, TWENTY, "20 miles")) == ["17 miles", "20 miles"]


def test_a_story_counts_with_its_likeliest_words_only() -> None:
    unsure = _told("b", "Cameron County has built fence of 17 miles here, and fence of 20 miles there.")
    assert _values(MILES, (0.8, SEVENTEEN, "17 miles"), (0.7, unsure, "17 miles"), (0.6, unsure, "20 miles")) == []


def test_three_sources_with_three_numbers() -> None:
    fourth = _fence("d", "90 miles")
    told = [(0.8, SEVENTEEN, "17 miles"), (0.7, TWENTY, "20 miles"), (0.6, _fence("c", "31 miles"), "31 miles")]
    assert _values(MILES, *told, (0.5, fourth, "90 miles")) == ["17 miles", "20 miles", "31 miles"]


def test_a_statement_does_not_disagree() -> None:
    scored = [
        (0.8, _candidate(SEVENTEEN, "17 miles", AnswerKind.STATEMENT)),
        (0.7, _candidate(TWENTY, "20 miles")),
    ]
    assert _settled(MILES, scored)[1] is None


def test_other_questions_are_left_alone() -> None:
    told = ((0.8, SEVENTEEN, "17 miles"), (0.7, TWENTY, "20 miles"))
    for question in ("Why was the fence built?", "What did Cameron County build?", "How often is fence built?"):
        assert _values(question, *told) == []
    assert _settled(MILES, []) == ((), None)


WHEN = "When did Cameron County open the fence?"


def _opened(id: str, words: str, published: date = DAY) -> Article:
    return _told(id, f"Cameron County let the fence open {words} in the rain.", published=published)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("on Monday", "on Tuesday", True),
        ("on Oct. 2", "on 3 October", True),
        ("in 2021", "in 2022", True),
        ("on Monday", "on Monday, Oct. 2", False),
        ("on Oct. 2", "on October 2, 2023", False),
        ("last month", "in September", False),
        ("after Monday", "on Tuesday", False),
        ("on Monday", "at noon", False),
    ],
)
def test_days(one: str, other: str, differ: bool) -> None:
    told = ((0.8, _opened("a", one), one), (0.7, _opened("b", other), other))
    assert _values(WHEN, *told) == ([one, other] if differ else [])


WHO = "Who won the mayor's race in Cameron County?"


def _won(id: str, name: str, more: str = "") -> Article:
    return _told(id, f"{name} won the race for mayor of Cameron County. {more}")


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        (WHO, "Ruth Okafor", "Amos Liddell", True),
        (WHO, "Okafor", "Ruth Okafor", False),
        (WHO, "Ruth Okafor", "Ruth Okafour", False),
        (WHO, "Ruth Okafor", "The newcomer", False),
        ("Who spoke at the mayor's race in Cameron County?", "Ruth Okafor", "Amos Liddell", False),
        ("Where was the mayor's race in Cameron County?", "Brownsville", "Harlingen", False),
    ],
)
def test_names(question: str, one: str, other: str, differ: bool) -> None:
    told = ((0.8, _won("a", one), one), (0.7, _won("b", other), other))
    assert _values(question, *told) == ([one, other] if differ else [])


def test_an_article_that_names_both_disagrees_with_neither() -> None:
    loser = _won("b", "Amos Liddell", "Okafor conceded at midnight.")
    assert _values(WHO, (0.8, _won("a", "Ruth Okafor"), "Ruth Okafor"), (0.7, loser, "Amos Liddell")) == []
