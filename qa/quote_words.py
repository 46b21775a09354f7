"""Quotations and articles as words that can be compared, and what a pasted quotation says about itself.

Capitals, accents, punctuation and the kind of marks do not tell words apart: two outlets print the same words with
different ones. Ellipses and square brackets are the writer's own signs that words were left out or put in.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.cleaning import clean_text
from index.errors import QuestionError
from index.quotations import Quotation, find_quotations
from index.records import Article

LONGEST = 400
# Between two quotations of one speaker stand at most so many of the reporter's words: "said Mayor Okafor, who …, ".
LONGEST_ATTRIBUTION = 30
# Fewer words in marks inside a pasted text are rather a quotation within the quotation.
_FEWEST_QUOTED = 4
_APOSTROPHES = "'’‘ʼ`´"
# A stop inside a word only between digits ("3.5") or single letters ("p.m"): pages glue sentences together.
_WORD = re.compile(
    rf"[^\W_]+(?:(?:[{_APOSTROPHES}]|(?<=\d)[.,:](?=\d)|(?<![^\W_][^\W_])\.(?=[^\W_](?![^\W_])))[^\W_]+)*|[%$€£¥&]"
)
_SIGNS = {"%": "percent", "&": "and"}
_ELLIPSIS = r"…|\.(?:\s?\.){2,}"
_MARKER = re.compile(
    rf"(?P<sic>[\[(]\s*sic\s*[\])])|(?P<gap>[\[(]\s*(?:{_ELLIPSIS})\s*[\])]|{_ELLIPSIS})|\[(?P<inside>[^\[\]]*)\]",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\"“”„«»]|``|''|‘‘|’’")
_SINGLE = re.compile(r"^[‘'](.+)[’']$", re.DOTALL)


class Sign(StrEnum):
    """What one token of a pasted quotation is."""

    WORD = "word"
    GAP = "gap"  # an ellipsis: words were left out
    INSERTED = "inserted"  # "[the bill]": put in, or put in the place of other words


class Word(NamedTuple):
    """A word of a text, ``text[start:end]``, and the form it is compared in."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A word, an ellipsis or a bracket of a pasted quotation. ``key`` is empty where it is no word."""

    sign: Sign
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an article in order.

    Attributes:
        text: The article's text.
        words: Its words.
        quoted: Shape (words,): True where a word stands between quotation marks.
        attributing: Shape (words,): True for the few words outside that part two quotations near each other.
    """

    text: str
    words: tuple[Word, ...]
    quoted: NDArray[np.bool_]
    attributing: NDArray[np.bool_]


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    return tuple([Word(_key(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)])


@lru_cache(maxsize=65_536)  # of 150 articles with 135,000 words most words are the same few thousand
def _key(word: str) -> str:
    if word in _SIGNS:
        return _SIGNS[word]
    if word in ("US", "U.S"):
        return "u.s"  # the country, not "us"
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    word = re.sub(rf"[{_APOSTROPHES},]", "", word)
    return (word if word[0].isdigit() else word.replace(".", "")).casefold()


def readings(pasted: str) -> list[tuple[Token, ...]]:
    """Return the ways to read a pasted text as a quotation, the likeliest first.

    Marks around it do not count. Where it has words outside of its marks ("“We waited,” she said, “too long.”") the
    words within are the quotation; the whole is the other way to read it.

    Raises:
        QuestionError: It has no words, or too many.
    """
    text = " ".join(clean_text(pasted).split())
    text = _SINGLE.sub(r"\1", text) if not _MARKS.search(text) else text
    within = find_quotations(text, 0, len(text))
    parts = " ".join(text[q.start : q.end] for q in within)
    whole, quoted = _tokens(text), _tokens(parts)
    if not any(token.sign is Sign.WORD for token in whole):
        raise QuestionError("There is no quotation to check. Give the words that are said to have been said.")
    if len(whole) > LONGEST:
        raise QuestionError(f"The quotation has {len(whole)} words. Check at most {LONGEST} words at once.")
    if len(quoted) == len(whole) or not any(token.sign is Sign.WORD for token in quoted):
        return [whole]
    if _MARKS.match(text):
        return [quoted, whole]
    return [whole, quoted] if len(quoted) >= _FEWEST_QUOTED else [whole]


def _tokens(text: str) -> tuple[Token, ...]:
    """Split a quotation into words, ellipses and brackets; ellipses at its ends are dropped."""
    found: list[Token] = []
    text = re.sub(r"\[([^\W_])\](?=[^\W_])", r"\1", text)  # "[T]he": only the capital was changed
    position = 0
    for marker in _MARKER.finditer(text):
        found += _plain(text[position : marker.start()])
        position = marker.end()
        if marker["sic"]:
            continue
        if marker["gap"]:
            found.append(Token(Sign.GAP, "", "… "))
        elif words_of(marker["inside"]):
            found.append(Token(Sign.INSERTED, "", f"{marker[0]} "))
    found += _plain(text[position:])
    while found and found[0].sign is Sign.GAP:
        found.pop(0)
    while found and found[-1].sign is Sign.GAP:
        found.pop()
    return tuple(found)


def _plain(text: str) -> list[Token]:
    """Return the words, each with the punctuation and the space after it."""
    words = words_of(text)
    ends = [*(word.start for word in words), len(text)][1:]
    return [
        Token(Sign.WORD, word.key, _MARKS.sub("", text[word.start : end]))
        for word, end in zip(words, ends, strict=True)
    ]


def wording(article: Article) -> Wording:
    """Return the words of an article, and which of them are quoted."""
    text = article.text
    words = words_of(text)
    starts = np.fromiter((word.start for word in words), np.int64, len(words))
    quoted = np.zeros(len(words), np.bool_)
    attributing = np.zeros(len(words), np.bool_)
    before = 0
    for quotation in _quotations(article):
        first, last = np.searchsorted(starts, (quotation.start, quotation.end)).tolist()
        quoted[first:last] = True
        if before and 0 < first - before <= LONGEST_ATTRIBUTION:
            attributing[before:first] = True
        before = last
    return Wording(text, words, quoted, attributing)


def _quotations(article: Article) -> list[Quotation]:
    single = not _MARKS.search(article.text)
    found: list[Quotation] = []
    runs_on = False
    for paragraph in article.paragraphs:
        here = find_quotations(article.text, paragraph.start, paragraph.end, single=single, runs_on=runs_on)
        runs_on = bool(here) and not here[-1].closed
        found += here
    return found
