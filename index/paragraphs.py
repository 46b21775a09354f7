"""From clean text to paragraphs, each with what it is good for.

Precision comes before recall: a paragraph of the story marked as boilerplate would never be searched, while
boilerplate left in the body costs little.
"""

import re
from collections.abc import Iterator

from index.furniture import caption_key, is_boilerplate, is_caption, is_symbols
from index.records import Paragraph, ParagraphKind
from index.sources.bylines import is_dateline_alone, parse_date_line

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?!\n))*")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”’'»)\]]*$")
_BULLET = re.compile(r"(?:[•*♦►▪·‣●+]|[-–—]\s|\(?[0-9a-zA-Z]{1,2}[.)]\s)")
_WRAP_SHORTEST, _WRAP_LONGEST, _WRAP_SPREAD = 45, 95, 30
# Longest paragraph that can be furniture: AP tails and biographical footers end well below this.
_LONGEST_FURNITURE = 600
_LONGEST_HEADING, _SHORTEST_NEIGHBOUR = 90, 100
_HEAD_PARAGRAPHS = 3


def split_paragraphs(text: str, title: str = "", deck: str = "") -> tuple[Paragraph, ...]:
    """Find the paragraphs of an article and tell body from headings, captions and boilerplate.

    Blank lines divide; so does a single newline, unless the lines around it are hard-wrapped prose.

    Args:
        text: Text in the form that ``clean_text`` gives it.
        title: The article's title: a paragraph that only repeats it is boilerplate.
        deck: The article's deck, likewise.

    Returns:
        Paragraphs in order, without outer white space; every character that is no white space is in exactly one.
    """
    spans = list(_spans(text))
    pieces = [text[start:end] for start, end in spans]
    captions = {caption_key(piece) for piece in pieces if "??" in piece and is_caption(piece)}
    repeats = {_squeeze(line) for line in (title, deck) if line}
    kinds = [
        _kind(piece, repeats, captions) if len(piece) <= _LONGEST_FURNITURE else ParagraphKind.BODY for piece in pieces
    ]
    for index, piece in enumerate(pieces[:_HEAD_PARAGRAPHS]):
        if kinds[index] is ParagraphKind.BODY and (_is_date(piece) or _repeats_with_date(piece, title)):
            kinds[index] = ParagraphKind.BOILERPLATE
    if all(kind is ParagraphKind.BOILERPLATE for kind in kinds):
        # Nothing else is there, so it is what the article says.
        kinds = [ParagraphKind.BODY] * len(kinds)
    for index, piece in enumerate(pieces):
        if kinds[index] is ParagraphKind.BODY and _is_heading(piece, index, pieces):
            kinds[index] = ParagraphKind.HEADING
    return tuple(Paragraph(start, end, kind) for (start, end), kind in zip(spans, kinds, strict=True))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _BLOCK.finditer(text):
        block = match[0]
        if "\n" not in block or _is_wrapped(block.rstrip().split("\n")):
            yield from _stripped(text, match.start(), match.end())
            continue
        position = match.start()
        for line in block.split("\n"):
            yield from _stripped(text, position, position + len(line))
            position += len(line) + 1


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _is_wrapped(lines: list[str]) -> bool:
    """True where the lines are prose broken at a fixed width, so that the breaks mean nothing."""
    *full, last = (line.strip() for line in lines)
    lengths = [len(line) for line in full]
    if min(lengths) < _WRAP_SHORTEST or max(lengths) > _WRAP_LONGEST or max(lengths) - min(lengths) > _WRAP_SPREAD:
        return False
    if len(last) > _WRAP_LONGEST or any(_BULLET.match(line) for line in (*full[1:], last)):
        return False
    if len(full) == 1:
        return last[:1].islower() and not _SENTENCE_END.search(full[0])
    ended = sum(1 for line in full if _SENTENCE_END.search(line))
    lowered = sum(1 for line in (*full[1:], last) if line[:1].islower())
    return ended * 2 <= len(full) and lowered * 3 >= len(full)


def _kind(piece: str, repeats: set[str], captions: set[str]) -> ParagraphKind:
    if is_caption(piece) or (captions and caption_key(piece) in captions):
        return ParagraphKind.CAPTION
    if is_boilerplate(piece) or is_dateline_alone(piece) or (len(piece) <= 300 and _squeeze(piece) in repeats):
        return ParagraphKind.BOILERPLATE
    return ParagraphKind.BODY


def _is_date(piece: str) -> bool:
    """True for a date that stands alone; with a time of day it may be that of the event that is announced."""
    return len(piece) <= 60 and ":" not in piece and parse_date_line(piece) is not None


def _repeats_with_date(piece: str, title: str) -> bool:
    return len(title) > 10 and piece.startswith(title) and parse_date_line(piece[len(title) :].strip()) is not None


def _is_heading(piece: str, index: int, pieces: list[str]) -> bool:
    if len(piece) > _LONGEST_HEADING or index + 1 == len(pieces) or len(piece.split()) > 14:
        return False
    if not (piece[0].isupper() or piece[0].isdigit() or piece[0] in "\"“‘'¿¡$") or _BULLET.match(piece):
        return False
    if _SENTENCE_END.search(piece) and not (piece.endswith((":", "?")) and len(piece.split()) <= 10):
        return False
    before = len(pieces[index - 1]) if index else _SHORTEST_NEIGHBOUR
    return len(pieces[index + 1]) >= _SHORTEST_NEIGHBOUR and (
        before >= _SHORTEST_NEIGHBOUR or is_symbols(pieces[index - 1])
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
