"""Questions that were changed so that nothing answers them; those asked elsewhere are tested with the drawing."""

import random
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.squad.examples import Example, Gold
from training.negatives import NAME, WORD, Paragraphs, changed
from training.opposites import OPPOSITES

SEEDS = range(200)


def example(question: str, context: str = "nothing", answer: str = "nothing") -> Example:
    return Example("1", question, context, (Gold(answer, context.index(answer)),), "Title", "article")


def outcomes(asked: Example, *others: str, seeds: range = SEEDS) -> set[str]:
    """Every question that ``asked`` becomes; ``others`` are more paragraphs of its article."""
    groups = {"article": Paragraphs([asked.context, *others])}
    rngs = (random.Random(seed) for seed in seeds)  # noqa: S311 - sampling, not secrecy
    return {new.question for rng in rngs for new in changed([asked], groups, 1, rng)}


def test_a_changed_question_keeps_its_context_and_has_no_answer() -> None:
    asked = example("Who bought it?", "Its owner bought it.", "Its owner")
    unanswerable = Example("2", "Who bought it?", "Nobody.", (), "Title", "article")
    groups = {"article": Paragraphs(["Its owner bought it.", "Nobody."])}
    rng = random.Random(0)  # noqa: S311 - sampling, not secrecy
    new = changed([unanswerable, asked, asked], groups, 1, rng)
    assert new == [Example("1-changed", "Who sold it?", "Its owner bought it.", (), "Title", "article")]
    assert changed([unanswerable], groups, 1, rng) == []


def test_a_name_becomes_another_of_the_article_with_as_many_words() -> None:
    context = "In the town, Karl Huber met Anna Weber, then Anna Moser, and on Monday the singer Lena Vogt."
    asked = example("Who met Anna Weber there?", context, "Karl Huber")
    assert outcomes(asked, "They saw Omar Said.") == {"Who met Lena Vogt there?", "Who met Omar Said there?"}


def test_what_follows_a_name_stays() -> None:
    asked = example("Who saw Weber's house?", "The owner, Huber\u2019s brother, saw Weber's house.", "The owner")
    assert outcomes(asked) == {"Who saw Huber's house?"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the River Bank of the North", ["River Bank", "North"]),
        ("by O'Brien, Lee-Ann Moser\u2019s and the Mosers' house", ["O'Brien", "Lee-Ann Moser", "Mosers"]),
        ("At home. Then he went to the U.S.", []),
    ],
)
def test_names_inside_sentences(text: str, names: list[str]) -> None:
    assert NAME.findall(text) == names


WORDS = st.sampled_from(["Anna", "Karl", "Lena", "Omar", "Weber", "Huber", "Vogt", "Said"])
PEOPLE = st.lists(WORDS, min_size=1, max_size=2)


@given(st.lists(PEOPLE, min_size=3, max_size=8), st.integers(0, 999))
def test_the_new_name_shares_no_word_with_question_or_answer(people: list[list[str]], seed: int) -> None:
    names = [" ".join(person) for person in people]
    context = "There were " + ", then ".join(names)
    asked = example(f"Who met {names[0]} there?", context, names[1])
    for question in outcomes(asked, seeds=range(seed, seed + 1)):
        found = re.fullmatch("Who met (.+) there[?]", question)
        assert found is not None
        new = set(WORD.findall(found[1]))
        assert new.isdisjoint(people[0])
        assert new.isdisjoint(people[1])
        assert len(found[1].split()) == len(names[0].split())


def test_a_year_becomes_one_of_the_context_or_one_near_it() -> None:
    context = "It happened in 1932, not in 1987, and cost 10.5 of 4,000."
    new = outcomes(example("In 1932, what happened?", context, "It"), seeds=range(600))
    assert new == {
        f"In {year}, what happened?" for year in [*range(1932 - 15, 1932), *range(1932 + 1, 1932 + 16), 1987]
    }


@given(st.integers(1000, 9999), st.sampled_from(["In {}, who came?", "Who came in {}?"]), st.integers(0, 999))
def test_a_changed_year_has_four_digits(year: int, question: str, seed: int) -> None:
    asked = example(question.format(year), f"We came in {year}, paid 10.5 and 1,50 or 12345.", "We")
    for new in outcomes(asked, seeds=range(seed, seed + 1)):
        numbers = re.findall(r"[\d.,]*\d", new)
        assert len(numbers) == 1
        assert re.fullmatch(r"\d{4}", numbers[0])
        assert int(numbers[0]) != year


def test_other_numbers_keep_their_form() -> None:
    asked = example("Who paid 3.5 of 1,900?", "We paid 3.5 of 1,900, they 4.5 of 2,850.", "We")
    new = outcomes(asked)
    assert {"Who paid 4.5 of 1,900?", "Who paid 3.5 of 2,850?"} < new
    assert all(re.fullmatch(r"Who paid \d\.\d of \d,\d{3}\?", question) for question in new)
    assert outcomes(example("Who paid 12% or 3.5%, says A1?")) == set()


def test_a_new_number_is_neither_in_the_question_nor_in_the_answer() -> None:
    context = "From 1990 to 1995 it grew, shown in 1992."
    for question in outcomes(example("What lasted from 1990 to 1995?", context, "1992")):
        numbers = re.findall(r"\d{4}", question)
        assert len(set(numbers)) == 2
        assert "1992" not in numbers


def test_an_opposite_takes_the_place_of_a_word() -> None:
    assert outcomes(example("Who opened the oldest harbor?")) == {
        "Who closed the oldest harbor?",
        "Who opened the newest harbor?",
        "Who opened the youngest harbor?",
    }


@pytest.mark.parametrize(
    "question",
    [
        "Who saw New York?",
        "Who drew The First Man?",
        "Who paints north-east of it?",
        "Who lives in the public or private part?",
    ],
)
def test_words_in_names_or_beside_their_opposite_stay(question: str) -> None:
    assert outcomes(example(question)) == set()


@given(st.sampled_from(sorted(OPPOSITES)))
def test_how_long_is_left_alone(word: str) -> None:
    assert outcomes(example(f"How {word} it stood, and how {word}?"), seeds=range(20)) == set()


@given(st.sampled_from(sorted(OPPOSITES)))
def test_every_opposite_differs_and_has_the_word_as_its_own(word: str) -> None:
    assert OPPOSITES[word]
    for other in OPPOSITES[word]:
        assert other != word
        assert word in OPPOSITES[other]


def test_one_question_in_twenty_is_negated() -> None:
    asked = example("Who was there?")
    groups = {"article": Paragraphs([asked.context])}
    rng = random.Random(0)  # noqa: S311 - sampling, not secrecy
    new = changed([asked] * 2000, groups, 2000, rng)
    assert {one.question for one in new} == {"Who wasn't there?"}
    # Binomial: mean 100, three standard deviations 29.
    assert 71 <= len(new) <= 129


@pytest.mark.parametrize(
    "question",
    ["Who wasn't there?", "Who wasn\u2019t what he is?", "Who was not there?", "What cannot he do?", "Who came?"],
)
def test_what_is_negated_or_has_no_auxiliary_is_not_negated(question: str) -> None:
    assert outcomes(example(question)) == set()


_TIES = """
from qa.squad.examples import Example
from training.negatives import Paragraphs

# The words of both paragraphs are as rare as each other's, so only how their weights are rounded can tell them apart.
words = [[f"{letter}{number}" for number in range(30)] for letter in "ab"]
rest = [f"a{number} b{number}" for number in range(30) for _ in range(number)]
for size in range(5, 30):
    texts = [" ".join(some[:size]) for some in words]
    asked = Example("1", " ".join(texts), "nothing", ())
    print(Paragraphs([*texts, *rest]).nearest_without(asked) == texts[0])
"""


def test_the_nearest_paragraph_is_the_same_in_every_process() -> None:
    """Sets give their words in another order in each."""
    found = {
        subprocess.run(
            [sys.executable, "-c", _TIES], env={"PYTHONHASHSEED": str(seed)}, capture_output=True, text=True, check=True
        ).stdout
        for seed in range(4)
    }
    assert found == {"True\n" * 25}
