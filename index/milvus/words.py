"""Passages by their words in Milvus: bm25 as an inner product of sparse vectors.

A server's own bm25 counts words by segments or shards and knows one field; ours is to find what a folder's index finds
(index/keywords.py). So the vector of a passage has for each word what bm25 makes of its number and of the passage's
length, which follows from the passage alone, and the vector of a question has the weight of each word, which follows
from the number of passages that hold it (index/milvus/word_counts.py). The words are cut by the folder's analyzer.
"""

import math
import re
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from index.keyword import question_words
from index.keywords import TITLE_WEIGHT, word_analyzer

SparseVector = dict[int, float]

_K1, _B = 1.2, 0.75
# Words of a headline and of a passage, on average. A folder's index counts its own; here they must be the same for
# whoever writes, whenever. Two sets of news have 11.3 and 122.7, 9.7 and 130.7, press releases 13.7 and 122.0, with 200
_TITLE_WORDS, _TEXT_WORDS, _FOR_PIECES = 11.0, 125.0, 200
# Parts of a word in a row ("anti-abortion", "U.S.") that are indexed as one.
_COMPOUND = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)+")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_MOST_PARTS = 5
_LARGEST = 2**32 - 3  # a sparse vector's dimensions end below 2**32 - 1


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question in headlines or in passages.

    Attributes:
        dimension: Of the vectors.
        parts: The dimensions of its parts, by which its weight is found; itself where it is one word.
    """

    dimension: int
    parts: tuple[int, ...]


class WordVectors:
    """Makes the sparse vectors of passages and questions."""

    def __init__(self, chunk_tokens: int) -> None:
        self._text_words = _TEXT_WORDS * chunk_tokens / _FOR_PIECES
        self._analyzer: Any = None
        self._lock = threading.Lock()

    def of_passage(self, title: str, text: str) -> SparseVector:
        """Return the vector of a passage; never empty, as Milvus takes no empty ones."""
        vector: SparseVector = {}
        for field, words, usual, weight in (
            ("title", title, _TITLE_WORDS, TITLE_WEIGHT),
            ("text", text, self._text_words, 1.0),
        ):
            terms = self.stems(words)
            norm = _K1 * (1 - _B + _B * _rounded(len(terms)) / usual)
            counts: Counter[tuple[str, ...]] = Counter((term,) for term in terms)
            counts.update(self._compounds(words))
            for term, count in counts.items():
                vector[_dimension(field, term)] = weight * (1 + _K1) * count / (count + norm)
        return vector or {0: 1.0}

    def of_question(self, question: str) -> list[Term]:
        """Return what is looked for in headlines and passages."""
        words = dict.fromkeys(tuple(self.stems(word)) for word in question_words(question))
        return [
            Term(_dimension(field, word), tuple(_dimension(field, (part,)) for part in word))
            for word in words
            if word
            for field in ("title", "text")
        ]

    def stems(self, text: str) -> list[str]:
        """Return the words of a text as they are compared."""
        with self._lock:
            if self._analyzer is None:
                self._analyzer = word_analyzer()
        stems: list[str] = self._analyzer.analyze(text)
        return stems

    def _compounds(self, text: str) -> Iterator[tuple[str, ...]]:
        for match in _COMPOUND.finditer(text):
            parts = self.stems(_POSSESSIVE.sub("", match[0]))[:_MOST_PARTS]
            for first in range(len(parts)):
                for last in range(first + 2, len(parts) + 1):
                    yield tuple(parts[first:last])


def weigh(terms: Collection[Term], holding: Mapping[int, int], passages: int) -> SparseVector:
    """Return the vector of a question.

    Args:
        terms: What is looked for.
        holding: How many passages hold a word, by dimension; a word that is not there is held by one.
        passages: How many there are.
    """
    return {term.dimension: sum(_idf(holding.get(part, 1), passages) for part in term.parts) for term in terms}


def _idf(holding: int, passages: int) -> float:
    holding = min(holding, passages)
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def _dimension(field: str, term: tuple[str, ...]) -> int:
    """Return 32 bits for a word; 0 is left free. Of a million words some hundred share a number with another."""
    content = "\x1f".join((field, *term)).encode()
    return int.from_bytes(blake2b(content, digest_size=4).digest(), "big") % _LARGEST + 1


def _rounded(length: int) -> int:
    """Return a length as Tantivy keeps it: exact below 40, then in steps that double every eight.

    >>> [_rounded(length) for length in (39, 57, 100, 151)]
    [39, 56, 96, 144]
    """
    base, step = 40, 2
    while length >= base + 8 * step:
        base, step = base + 8 * step, 2 * step
    return length if length < 40 else base + (length - base) // step * step
