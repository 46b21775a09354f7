"""Tell whether two articles are copies: the same story in the same words, trimmed, reordered or lightly rewritten.

Copies are found in two steps. Fingerprints, a sample of the hashes of runs of five words (Broder 1997, "On the
resemblance and containment of documents"), find the few stored articles that may be copies of a new one. Then the
texts of these are compared in full. What grouping does with this is in ``index.duplicate_groups``.

All constants were set on 4,069 press releases of four months and copies made of them (``bench.copies``). "Precision"
and "recall" below are those of pairs among 1,500 of these and 500 copies, 0.979 and 0.990 as it is. ``python -m
bench.duplicates`` measures on any months.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.records import Article, ParagraphKind
from index.sentences import sentence_spans

Hashes = NDArray[np.uint64]

# Five words are rare enough: runs of three gave 6.1 articles to compare for each new one among 4,000, of five 2.4, and
# missed 2 and 4 of 1,000 rewritten halves. One in four instead of one in eight found those 4, for twice the rows.
_FINGERPRINT_WORDS = 5
_SAMPLED = 8
# A short article has few runs of words; this many of its fingerprints are kept in any case.
_FEWEST_FINGERPRINTS = 16
# SQLite keeps numbers under 2**47 in six bytes. Among 1,000 million others a hash has one by chance seven times in a
# million.
_FINGERPRINT_SHIFT = np.uint64(17)

_COMPARED_WORDS = 3
# Of the shorter text's runs of three words the longer one must have this share. Halves of articles, rewritten and
# reordered, have 0.54 or more in 98 of 100 cases, 0.48 with one word in 17 dropped besides. At 0.3 precision is 0.954,
# at 0.5 it is 0.985 with the same recall; 0.4 leaves room for editors who change more than ours do.
_LEAST_SHARE = 0.4
# So must this share of its sentences, each by a quarter of its runs: shared boilerplate and quotations fill some
# sentences and leave others empty. At least 0.67 in 98 of 100 rewritten halves. Without it precision is 0.976; at 0.7
# it is 0.985 and recall 0.986.
_LEAST_SENTENCES = 0.6
_SENTENCE_SHARE, _SHORTEST_SENTENCE = 0.25, 4
# Names and numbers of the shorter text that the longer one does not have: an agency's lines bring a few, a letter that
# an office fills in again and again many. 99 of 100 rewritten halves stay under this. Without it precision is 0.956;
# the price is joint releases whose openings differ (191 instead of 160 of 200 pairs that share half of the sentences).
_STRANGE_FREE, _MOST_STRANGE = 3, 0.12
# Numbers alone: a short report that is filled in again and again changes hardly more. 998 of 1,000 rewritten halves
# have no number that the original lacks. Precision and recall are the same without it; the press releases hold few
# such reports.
_MOST_STRANGE_NUMBERS = 0.34
# One publication does not copy itself on another day: of 149 pairs of one office that share 0.45 to 0.8, the headlines
# of those looked at name other occasions. Made copies come from other outlets, so these measure the same without it.
_LEAST_SHARE_AT_HOME = 0.85
# Shared runs of three words below which nothing was said that could be a story ("Watch the hearing here").
_FEWEST_SHARED = 20
# A collection of many stories is no copy of each. Halves have 0.33 or more of the runs in 199 of 200 cases. Without it
# precision is 0.973.
_LEAST_LENGTH = 0.25

_WORD = re.compile(r"[^\W_]+")
_MULTIPLIERS = tuple(
    np.uint64(number)
    for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
)
_STEP = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[.!?:\n“”\"]")
# Party, state and district, which each office and outlet writes or drops in its own way.
_ASIDE = re.compile(r"\([^()\n]*\)")
_ENDS = frozenset('.!?:\n“”"')
# What editors spell in several ways, and so does not count as a name.
_NO_NAMES = frozenset(
    "sen sens senator senators rep reps representative representatives congressman congresswoman president us united "
    "states january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday i dr mr mrs ms".split()
)
_NUMBERS = {word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of an article.

    Attributes:
        fingerprints: A sample of hashes of runs of five words, under 2**47, by which copies are found.
        runs: Sorted hashes of all runs of three words.
        sentences: The hashes of the runs in each sentence that has some.
        names: Names and numbers, in one spelling.
        words: All words, names and numbers.
        publication: Folded; "" where it is unknown.
    """

    fingerprints: tuple[int, ...]
    runs: Hashes
    sentences: tuple[Hashes, ...]
    names: frozenset[str]
    words: frozenset[str]
    publication: str
    published: date | None


def wording_of(article: Article) -> Wording:
    """Return what is compared of an article: its body and headings, without captions and boilerplate."""
    kept = (p for p in article.paragraphs if p.kind in (ParagraphKind.BODY, ParagraphKind.HEADING))
    text = "\n\n".join(article.text[p.start : p.end] for p in kept)
    found = list(_WORD.finditer(text))
    words = [match[0].lower() for match in found]
    codes = np.array([_code(word) for word in words], dtype=np.uint64)
    runs = _runs(codes, _COMPARED_WORDS)
    names = names_in(text)
    return Wording(
        fingerprints=_sample(_distinct(_runs(codes, _FINGERPRINT_WORDS))),
        runs=_distinct(runs),
        sentences=tuple(_sentences(text, [match.start() for match in found], runs)),
        names=names,
        words=names.union(words, (_NUMBERS[word] for word in words if word in _NUMBERS)),
        publication=article.publication.casefold(),
        published=article.published,
    )


def are_copies(one: Wording, other: Wording) -> bool:
    """Say whether one of two articles is a copy of the other, or both of a third. The order does not matter."""
    short, long = sorted((one, other), key=lambda w: (len(w.runs), w.runs.tobytes()))
    if len(short.runs) < max(_FEWEST_SHARED, _LEAST_LENGTH * len(long.runs)):
        return False
    shared = len(np.intersect1d(short.runs, long.runs, assume_unique=True))
    least = _LEAST_SHARE_AT_HOME if _at_home(short, long) else _LEAST_SHARE
    if shared < max(_FEWEST_SHARED, least * len(short.runs)):
        return False
    return (_knows_names(short, long) or _knows_names(long, short)) and _share_of_sentences(
        short, long
    ) >= _LEAST_SENTENCES


def _at_home(one: Wording, other: Wording) -> bool:
    """Return whether both are from one publication, of different days."""
    dated = one.published and other.published and one.published != other.published
    return bool(dated and one.publication and one.publication == other.publication)


def _knows_names(short: Wording, long: Wording) -> bool:
    strange = short.names - long.words
    if len(strange) - _STRANGE_FREE > _MOST_STRANGE * len(short.names):
        return False
    return _numbers(strange) <= _MOST_STRANGE_NUMBERS * _numbers(short.names)


def _numbers(names: Iterable[str]) -> int:
    return sum(name[0].isdigit() for name in names)


def _share_of_sentences(short: Wording, long: Wording) -> float:
    if not short.sentences:
        return 1.0
    found = np.isin(np.concatenate(short.sentences), long.runs, kind="sort")
    ends = np.cumsum([len(sentence) for sentence in short.sentences])[:-1]
    return float(np.mean([part.mean() >= _SENTENCE_SHARE for part in np.split(found, ends)]))


def _sentences(text: str, starts: Sequence[int], runs: Hashes) -> Iterator[Hashes]:
    for start, end in sentence_spans(text):
        first, last = bisect_left(starts, start), bisect_left(starts, end) - _COMPARED_WORDS + 1
        if last - first >= _SHORTEST_SENTENCE:
            yield runs[first:last]


@lru_cache(maxsize=2**16)
def _code(word: str) -> int:
    """Return a number for a word, the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _runs(codes: Hashes, length: int) -> Hashes:
    """Return a well mixed number for each run of ``length`` words (the finishing steps of SplitMix64)."""
    count = max(len(codes) - length + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        mixed += codes[place : place + count] * _MULTIPLIERS[place]
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _distinct(hashes: Hashes) -> Hashes:
    """Return them sorted, each once, as ``np.unique`` does, which takes ten times as long for so few."""
    ordered = np.sort(hashes)
    distinct: Hashes = ordered[np.diff(ordered, prepend=~ordered[:1]) != 0]
    return distinct


def _sample(runs: Hashes) -> tuple[int, ...]:
    """Return the smallest of the sorted hashes, so that copies keep the same ones."""
    count = max(int(np.searchsorted(runs, np.uint64(2**64 // _SAMPLED))), _FEWEST_FINGERPRINTS)
    return tuple(dict.fromkeys((runs[:count] >> _FINGERPRINT_SHIFT).tolist()))


def names_in(text: str) -> frozenset[str]:
    """Return the numbers, and the words with a capital letter that do not open a sentence, in one spelling.

    What stands in parentheses is left out.

    >>> sorted(names_in("Yesterday Ann Reed’s 1,200 boats (R-TX) left for Sen. Holt."))
    ['1200', 'ann', 'holt', 'reed']
    """
    return frozenset(_names(_ASIDE.sub(" ", text)))


def _names(text: str) -> Iterator[str]:
    opens, before = True, ""
    for step in _STEP.findall(text):
        if step in _ENDS:
            opens = step != "." or before not in _NO_NAMES  # "Sen. Holt"
            continue
        before = step.lower()
        if step[0].isdigit():
            number = step.replace(",", "")
            yield number.rstrip("0").rstrip(".") if "." in number else number
        elif step[0].isupper() and not opens:
            name = step.lower().replace("’", "'").removesuffix("'s")
            if name not in _NO_NAMES:
                yield name
        opens = False
