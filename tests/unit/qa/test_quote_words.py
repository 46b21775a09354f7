"""Words as they are compared, and what a pasted quotation says about itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from qa.quote_words import LONGEST, Sign, readings, wording, words_of
from tests.app.fakes import article


def _keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


def _signs(pasted: str) -> list[str]:
    """Return the likeliest reading: words by their key, "…" for a gap, brackets as typed."""
    return [token.key if token.sign is Sign.WORD else token.text.strip() for token in readings(pasted)[0]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s a café—really!", "it's a Cafe, really"),
        ("5% of the U.S. budget at 3 p.m.", "5 percent of the US budget at 3 pm"),
        ("1,000 long-term loans", "1000 long term loans"),
        ("AT&T and Hawai‘i", "AT and T and Hawai'i"),
        ("the end.Next", "the end. Next"),
        ("wait…for it", "wait ... for it"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str) -> None:
    assert _keys(one) == _keys(other)


@pytest.mark.parametrize(
    ("one", "other"), [("3.5 points", "35 points"), ("help us", "help US"), ("$5", "5"), ("cannot", "can")]
)
def test_other_words_are_other_words(one: str, other: str) -> None:
    assert _keys(one) != _keys(other)


@given(st.text(alphabet="aB1é’'.,-—… “”\n$%", max_size=60))
def test_words_are_slices_in_order(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert word.key
        end = word.end


@pytest.mark.parametrize("pasted", ["“We waited.”", '"We waited."', "‘We waited.’", "``We waited.''", "We\n\nwaited…"])
def test_marks_around_a_quotation_do_not_count(pasted: str) -> None:
    assert [[token.key for token in way] for way in readings(pasted)] == [["we", "waited"]]


def test_an_apostrophe_is_no_mark_around_the_quotation() -> None:
    assert _signs("'Twas a long night, and we're all tired") == ["twas", *"a long night and were all tired".split()]


def test_signs_of_the_writer() -> None:
    assert _signs("… [T]he bill […] helps [the county] ... and [sic] us . . .") == [
        "the", "bill", "…", "helps", "[the county]", "…", "and", "us",
    ]  # fmt: skip


def test_what_is_outside_the_marks_is_not_the_quotation() -> None:
    first, second = readings("“We waited,” said Okafor, “too long.”")
    assert [token.key for token in first] == ["we", "waited", "too", "long"]
    assert [token.key for token in second] == ["we", "waited", "said", "okafor", "too", "long"]


def test_marks_inside_are_rather_a_quotation_within() -> None:
    assert _signs("He told us “go home” and we did") == ["he", "told", "us", "go", "home", "and", "we", "did"]
    assert len(readings("He told us “go home” and we did")) == 1


@pytest.mark.parametrize("pasted", ["", " “…” ", "[ ]", "—", "[the bill]"])
def test_without_words_there_is_nothing_to_check(pasted: str) -> None:
    with pytest.raises(QuestionError, match="no quotation to check"):
        readings(pasted)


def test_too_many_words() -> None:
    assert len(readings("word " * LONGEST)[0]) == LONGEST
    with pytest.raises(QuestionError, match="has 401 words"):
        readings("word " * (LONGEST + 1))


def test_which_words_of_an_article_are_quoted() -> None:
    held = wording(article("a", "", ["Hello.", "“We waited,” she said, “too", "“long.” He left."]))
    assert [word.key for word, quoted in zip(held.words, held.quoted, strict=True) if quoted] == [
        "we", "waited", "too", "long",
    ]  # fmt: skip
    assert [word.key for word, aside in zip(held.words, held.attributing, strict=True) if aside] == ["she", "said"]


def test_far_apart_quotations_are_not_parts_of_one() -> None:
    held = wording(article("a", "", ["“One.” " + "word " * 31 + "“Two.”"]))
    assert not held.attributing.any()
