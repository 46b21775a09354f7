"""Cut an article into passages: whole paragraphs and sentences up to a number of word pieces."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Article, Paragraph, ParagraphKind
from index.sentences import sentence_spans

_SEARCHED = (ParagraphKind.BODY, ParagraphKind.HEADING)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never divided: a sentence, a heading, or a part of a sentence that is too long.

    Attributes:
        tokens: Word pieces in it.
        rest: Word pieces from its beginning to the end of its paragraph.
    """

    start: int
    end: int
    tokens: int
    rest: int
    opens_paragraph: bool
    is_heading: bool


def chunk_spans(
    article: Article, offsets: Sequence[tuple[int, int]], chunk_tokens: int, chunk_overlap: int
) -> list[tuple[int, int]]:
    """Cut the body of an article into passages.

    A passage holds at most ``chunk_tokens`` word pieces. It ends with a paragraph where it is at least half full
    by then, otherwise with a sentence; begins with whole sentences of the one before, of up to ``chunk_overlap``
    word pieces; and never reaches over a caption or boilerplate paragraph. A heading goes with what follows.

    Args:
        article: Its paragraphs say what is searched.
        offsets: Character spans of the word pieces of ``article.text``, in order.
        chunk_tokens: Most word pieces in a passage.
        chunk_overlap: Most word pieces repeated from the passage before.

    Returns:
        Half-open spans of ``article.text``, in order of their ends.
    """
    starts = _piece_starts(article.text, offsets)
    spans: list[tuple[int, int]] = []
    for run in _runs(article.paragraphs):
        units = [unit for p in run for unit in _units(article.text, p, starts, chunk_tokens)]
        spans += _pack(units, chunk_tokens, chunk_overlap)
    return spans


def _piece_starts(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Return where each word piece begins, without the space that some tokenizers count to it."""
    starts = []
    for start, end in offsets:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            starts.append(start)
    return starts


def _runs(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Group neighbouring paragraphs that are searched."""
    runs: list[list[Paragraph]] = [[]]
    for paragraph in paragraphs:
        if paragraph.kind in _SEARCHED:
            runs[-1].append(paragraph)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _units(text: str, paragraph: Paragraph, starts: list[int], limit: int) -> list[_Unit]:
    is_heading = paragraph.kind is ParagraphKind.HEADING
    base, words = paragraph.start, text[paragraph.start : paragraph.end]
    sentences = [(0, len(words))] if is_heading else sentence_spans(words)
    spans = [part for s, e in sentences for part in _split_long(text, base + s, base + e, starts, limit)]
    close = bisect_left(starts, paragraph.end)
    units: list[_Unit] = []
    for start, end in spans:
        first = bisect_left(starts, start)
        tokens = bisect_left(starts, end) - first
        units.append(_Unit(start, end, tokens, close - first, not units, is_heading))
    return units


def _split_long(text: str, start: int, end: int, starts: list[int], limit: int) -> list[tuple[int, int]]:
    """Divide a sentence of more than ``limit`` word pieces before words, or inside a word where it must be."""
    parts = []
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    while last - first > limit:
        cut = first + limit
        while cut > first and not text[starts[cut] - 1].isspace():
            cut -= 1
        cut = cut if cut > first else first + limit
        stop = starts[cut]
        parts.append((start, start + len(text[start:stop].rstrip())))
        start, first = stop, cut
    parts.append((start, end))
    return parts


def _pack(units: list[_Unit], limit: int, overlap: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    held: list[_Unit] = []
    size = 0
    for unit in units:
        full = size + unit.tokens > limit
        at_paragraph = unit.opens_paragraph and size * 2 >= limit and size + unit.rest > limit
        if held and (full or (at_paragraph and not held[-1].is_heading)):
            closed, carried = _close(held, unit, limit, overlap)
            spans.append((closed[0].start, closed[-1].end))
            held, size = carried, sum(u.tokens for u in carried)
        held.append(unit)
        size += unit.tokens
    if held:
        spans.append((held[0].start, held[-1].end))
    return spans


def _close(held: list[_Unit], following: _Unit, limit: int, overlap: int) -> tuple[list[_Unit], list[_Unit]]:
    """Return the units of the finished passage, and those the next one begins with."""
    kept = len(held)
    while kept > 0 and held[kept - 1].is_heading:
        kept -= 1
    headings = held[kept:]
    if not kept or sum(u.tokens for u in headings) + following.tokens > limit:
        kept, headings = len(held), []  # nothing but headings, or too long to go along
    room = min(overlap, limit - following.tokens - sum(u.tokens for u in headings))
    first = kept
    while first > 1 and held[first - 1].tokens <= room:
        first -= 1
        room -= held[first].tokens
    return held[:kept], held[first:kept] + headings
