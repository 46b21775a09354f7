"""Lay a quotation against an article: which words are the same, which were dropped, added or left out on purpose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.quote_words import Sign, Token, Wording

# Words kept count 1 each. What parts them costs: at these costs two kept words in a row outweigh three that differ.
_UNKEPT = 0.5
_ATTRIBUTING = 0.05
# Of equal passages the quoted one is meant.
_QUOTED_BONUS = 0.01
# Of several places after an ellipsis or a bracket the nearest is meant.
_RATES = {Sign.GAP: 0.002, Sign.INSERTED: 0.05}
# A bracket stands for a name or a phrase, not for more words than this.
LONGEST_REPLACED = 12
_EPSILON = 1e-6
_EDGES = ' "“”„«»`'


class PieceKind(StrEnum):
    """What became of some words between the article and the quotation."""

    SAME = "same"
    DROPPED = "dropped"  # of the article, missing in the quotation without a sign
    ADDED = "added"  # of the quotation, not in the article
    OMITTED = "omitted"  # of the article, left out with an ellipsis or replaced by a bracket
    INSERTED = "inserted"  # in the quotation's square brackets
    ATTRIBUTION = "attribution"  # of the reporter, between two parts of what was said


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row, as the article (for added and inserted words: the quotation) writes them."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """The passage of an article that is nearest to a quotation.

    Attributes:
        start: Where it begins in the article's text.
        end: Where it ends.
        spans: Half-open offsets of the words that are the same, run by run.
        pieces: Article and quotation in one, in order.
        kept: Words of the quotation that are in the passage, in the same order.
        added: Words of the quotation that are not; words in square brackets do not count.
        dropped: Words of the passage that the quotation lacks without a sign.
        quoted: All kept words stand between quotation marks.
        telling: How many different kept words there are of more than three letters.
    """

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    pieces: tuple[Piece, ...]
    kept: int
    added: int
    dropped: int
    quoted: bool
    telling: int

    @property
    def verbatim(self) -> bool:
        """True where the words are the same but for what ellipses and brackets say."""
        return self.added == self.dropped == 0

    @property
    def similarity(self) -> float:
        """0 to 1: twice the kept words among the words of both (Dice coefficient)."""
        return 2 * self.kept / (2 * self.kept + self.added + self.dropped)

    @property
    def share_kept(self) -> float:
        """0 to 1: share of the quotation's words that are in the passage."""
        return self.kept / (self.kept + self.added)


def highest_similarity(asked: Sequence[Token], wording: Wording) -> float:
    """Return a bound, 0 to 1, above the similarity of any passage: the one where all words it has were in order."""
    held = {word.key for word in wording.words}
    keys = [token.key for token in asked if token.sign is Sign.WORD]
    there = sum(key in held for key in keys)
    return 2 * there / (len(keys) + there) if there else 0.0


def align(asked: Sequence[Token], wording: Wording) -> Alignment | None:
    """Find the passage with the highest score by local alignment (Smith and Waterman 1981), word by word.

    Skipping an attribution between two quotations costs next to nothing, and so does what an ellipsis or a bracket
    stands for.

    Returns:
        The passage, or None where the article has none of the words.
    """
    matched = _matched(asked, wording)
    return _alignment(asked, wording, matched) if matched else None


def _matched(asked: Sequence[Token], wording: Wording) -> list[tuple[int, int]]:
    """Return the pairs (position in the quotation, position in the article) of the words that are the same."""
    numbers = {key: number for number, key in enumerate({token.key for token in asked})}
    keys = np.fromiter((numbers.get(word.key, -1) for word in wording.words), np.int64, len(wording.words))
    gain = np.where(wording.quoted, 1.0 + _QUOTED_BONUS, 1.0)
    cost = np.where(wording.attributing, _ATTRIBUTING, _UNKEPT)
    reach = np.concatenate((np.zeros(1), np.cumsum(cost)))
    steps = np.arange(len(keys) + 1, dtype=np.float64)
    scores = np.zeros((len(asked) + 1, len(keys) + 1))
    for row, token in enumerate(asked, start=1):
        before = scores[row - 1]
        if token.sign is Sign.WORD:
            here = np.maximum(before - _UNKEPT, 0.0)
            same = np.flatnonzero(keys == numbers[token.key])
            here[same + 1] = np.maximum(here[same + 1], before[same] + gain[same])
            # What is best after any number of skipped words, without a loop over them.
            scores[row] = np.maximum.accumulate(here + reach) - reach
        else:
            ramp = _RATES[token.sign] * steps
            scores[row] = np.maximum.accumulate(before + ramp) - ramp
    return _traced(asked, scores, keys, numbers, gain, cost)


def _traced(
    asked: Sequence[Token],
    scores: NDArray[np.float64],
    keys: NDArray[np.int64],
    numbers: dict[str, int],
    gain: NDArray[np.float64],
    cost: NDArray[np.float64],
) -> list[tuple[int, int]]:
    row, column = divmod(int(scores.argmax()), scores.shape[1])
    found: list[tuple[int, int]] = []
    while row and (score := scores[row, column]) > _EPSILON:
        token, before = asked[row - 1], scores[row - 1]
        if token.sign is not Sign.WORD:
            came = before[: column + 1] - _RATES[token.sign] * np.arange(column, -1, -1)
            row, column = row - 1, int(np.flatnonzero(came >= score - _EPSILON)[-1])
        elif (
            column
            and keys[column - 1] == numbers[token.key]
            and before[column - 1] + gain[column - 1] >= score - _EPSILON
        ):
            row, column = row - 1, column - 1
            found.append((row, column))
        elif column and scores[row, column - 1] - cost[column - 1] >= score - _EPSILON:
            column -= 1
        else:
            row -= 1
    return found[::-1]


@dataclass(slots=True)
class _Run:
    """Words in a row that have one fate: of the article ``[first, last)``, or of the quotation."""

    kind: PieceKind
    first: int
    last: int


def _alignment(asked: Sequence[Token], wording: Wording, matched: list[tuple[int, int]]) -> Alignment:
    runs = _runs(asked, wording, matched)
    words = wording.words
    kept = [word for _, word in matched]
    spans = tuple((words[r.first].start, words[r.last - 1].end) for r in runs if r.kind is PieceKind.SAME)
    end = words[kept[-1]].end
    return Alignment(
        start=words[kept[0]].start,
        end=end + (wording.text[end : end + 1] in tuple(".!?")),
        spans=spans,
        pieces=tuple(_pieces(asked, wording, runs)),
        kept=len(kept),
        added=sum(r.last - r.first for r in runs if r.kind is PieceKind.ADDED),
        dropped=sum(r.last - r.first for r in runs if r.kind is PieceKind.DROPPED),
        quoted=bool(wording.quoted[kept].all()),
        telling=len({words[k].key for k in kept if len(words[k].key) > 3}),
    )


def _runs(asked: Sequence[Token], wording: Wording, matched: list[tuple[int, int]]) -> list[_Run]:
    runs: list[_Run] = []

    def note(kind: PieceKind, first: int, last: int) -> None:
        if runs and runs[-1].kind is kind and runs[-1].last == first:
            runs[-1].last = last
        elif first < last:
            runs.append(_Run(kind, first, last))

    def note_asked(first: int, last: int) -> None:
        for place in range(first, last):
            sign = asked[place].sign
            if sign is not Sign.GAP:
                note(PieceKind.ADDED if sign is Sign.WORD else PieceKind.INSERTED, place, place + 1)

    note_asked(0, matched[0][0])
    note(PieceKind.SAME, matched[0][1], matched[0][1] + 1)
    for (row, column), (next_row, next_column) in pairwise(matched):
        signs = {token.sign for token in asked[row + 1 : next_row]}
        for kind, first, last in _skipped(wording, column, next_column, signs):
            note(kind, first, last)
        note_asked(row + 1, next_row)
        note(PieceKind.SAME, next_column, next_column + 1)
    note_asked(matched[-1][0] + 1, len(asked))
    return runs


def _skipped(wording: Wording, before: int, after: int, signs: set[Sign]) -> Iterator[tuple[PieceKind, int, int]]:
    """Yield what the words of the article between two kept ones are, one by one."""
    count = after - before - 1
    if Sign.GAP in signs or (Sign.INSERTED in signs and count <= LONGEST_REPLACED):
        yield PieceKind.OMITTED, before + 1, after
        return
    between_parts = not (wording.attributing[before] or wording.attributing[after])
    for place in range(before + 1, after):
        aside = between_parts and bool(wording.attributing[place])
        yield PieceKind.ATTRIBUTION if aside else PieceKind.DROPPED, place, place + 1


def _pieces(asked: Sequence[Token], wording: Wording, runs: Sequence[_Run]) -> Iterator[Piece]:
    words, text = wording.words, wording.text
    for run in runs:
        if run.kind in (PieceKind.ADDED, PieceKind.INSERTED):
            yield Piece(run.kind, "".join(token.text for token in asked[run.first : run.last]).rstrip(" -–—("))
            continue
        # Punctuation stays with the word before it; marks and dashes at the end of a piece say nothing.
        start, last = words[run.first].start, words[run.last - 1].end
        following = words[run.last].start if run.last < len(words) else len(text)
        tail = text[last:following].split(maxsplit=1) if not text[last : last + 1].isspace() else []
        yield Piece(run.kind, (text[start:last] + (tail[0] if tail else "")).rstrip(_EDGES + "-–—([’‘'"))
