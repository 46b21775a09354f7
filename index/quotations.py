"""Find what stands between quotation marks, paragraph by paragraph, and tell quotations from titles of works."""

import re
from dataclasses import dataclass

MASK = "\ue000"
MARK = re.compile(r"[\"“”„«»]|``|''|‘‘|’’")
# Jesús “Chuy” García: part of a name.
NICKNAME = re.compile(r"(?<=[a-zà-ÿ.] )[“\"]([A-Z]\w{1,14})[”\"](?= [A-Z])")
_SINGLE = re.compile(r"(?<![\w’'.])[‘'](?=\w)|(?<=[,.!?…])[’'](?!\w)")
_SENTENCE_START = re.compile(r"[a-z)]\.\s+(?=[A-Z])")
# Attributions between two quotations are shorter.
_ATTRIBUTION = 200
_BEFORE_OPENING = frozenset(" \n\t([{—–-/‘'’:")
_OPENERS = frozenset("“„«") | {"``", "‘‘"}
_CLOSERS = frozenset("”»") | {"''", "’’"}
_SMALL_WORDS = frozenset("a an and as at but by for from in into of on or the to vs with is are our my".split())


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation in one paragraph: ``text[start:end]`` between marks, ``text[outer_start:outer_end]`` with them.

    Attributes:
        closed: False where the paragraph ends before a closing mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool


def find_quotations(text: str, start: int, end: int, *, single: bool = False, runs_on: bool = False) -> list[Quotation]:
    """Find the outermost quotations of the paragraph ``text[start:end]``.

    Args:
        text: The article's text.
        start: Where the paragraph begins.
        end: Where it ends.
        single: Look for single marks, for texts that have no double ones.
        runs_on: The paragraph before ended within a quotation.

    Returns:
        Quotations in order; none is empty, none overlap.
    """
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    depth = 0
    unopened: list[re.Match[str]] = []
    for index, mark in enumerate(_marks(text, start, end, single)):
        opening = _opens(text, mark, start, end, depth > 0)
        if index == 0 and runs_on and mark.start() > start and opening is not True:
            # The writer began the paragraph without repeating the opening mark.
            found += _between(text, start, start, mark.start(), mark.end(), closed=True)
        elif opening:
            if depth and opened is not None and _new_paragraph(text, mark):
                # Paragraphs run together: each begins with an opening mark, only the last is closed.
                found += _between(text, opened.start(), opened.end(), mark.start(), mark.start(), closed=False)
                depth = 0
            opened = mark if depth == 0 else opened
            depth += 1
        elif opening is False and depth:
            depth -= 1
            if depth == 0 and opened is not None:
                found += _between(text, opened.start(), opened.end(), mark.start(), mark.end(), closed=True)
                opened = None
        elif not depth:
            unopened.append(mark)
    if opened is not None:
        found += _between(text, opened.start(), opened.end(), end, end, closed=False)
    elif found and len(unopened) == 1 and unopened[0].start() >= found[-1].outer_end:
        found += _not_opened_again(text, found[-1].outer_end, unopened[0], end)
    return found


def _not_opened_again(text: str, start: int, mark: re.Match[str], end: int) -> list[Quotation]:
    """Find the quotation that goes on after the attribution, where the writer forgot to open it again."""
    sentence = _SENTENCE_START.search(text, start, min(mark.start(), start + _ATTRIBUTION))
    if sentence is None or text[mark.end() : end].strip() or text[mark.start() - 1] not in ".!?":
        return []
    return _between(text, sentence.end(), sentence.end(), mark.start(), mark.end(), closed=True)


def _marks(text: str, start: int, end: int, single: bool) -> list[re.Match[str]]:
    names = {place for m in NICKNAME.finditer(text, start, end) for place in (m.start(), m.end() - 1)}
    found = (_SINGLE if single else MARK).finditer(text, start, end)
    return [mark for mark in found if mark.start() not in names]


def _between(text: str, outer_start: int, start: int, end: int, outer_end: int, *, closed: bool) -> list[Quotation]:
    start, end = trim(text, start, end)
    return [Quotation(start, end, outer_start, outer_end, closed)] if start < end else []


def _opens(text: str, mark: re.Match[str], start: int, end: int, inside: bool) -> bool | None:
    """True for an opening mark, False for a closing one, None for one that is neither (inches)."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    spaced_before, spaced_after = before in _BEFORE_OPENING, after.isspace()
    if mark[0] in _OPENERS or mark[0] == "‘":
        # An opening mark typed where a closing one belongs.
        return not (inside and spaced_after and not spaced_before)
    if mark[0] in _CLOSERS or mark[0] == "’":
        return bool(not inside and spaced_before and not spaced_after)
    if not inside:
        return True if not spaced_after else None
    return bool(spaced_before and not spaced_after and before != "-" and before not in "—–")


def _new_paragraph(text: str, mark: re.Match[str]) -> bool:
    return mark[0] in _OPENERS and text[max(0, mark.start() - 2) : mark.start()] in (". ", "! ", "? ")


def trim(text: str, start: int, end: int, unwanted: str = "") -> tuple[int, int]:
    """Move the ends of ``text[start:end]`` inwards past white space, quotation marks and ``unwanted`` characters."""
    edge = '"“”„«»`' + unwanted
    while start < end and (text[start].isspace() or text[start] in edge):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in edge):
        end -= 1
    if end - start >= 2 and text[start] in "‘'" and text[end - 1] in "’'":
        return trim(text, start + 1, end - 1, unwanted)
    return start, end


def mask(text: str, quotations: list[Quotation], start: int, end: int) -> str:
    """Return ``text[start:end]`` with quoted words hidden, the same length, so that patterns see the outside only.

    The last mark of punctuation of a quotation stays: it tells whether a sentence ends there.
    """
    pieces: list[str] = []
    position = start
    for quotation in quotations:
        inner_end = quotation.end
        last = text[inner_end - 1]
        keep = last if last in ".,!?…;:-—" and inner_end - quotation.start > 1 else MASK
        marks = quotation.outer_end - inner_end
        pieces += [text[position : quotation.outer_start], "“"]
        pieces.append(
            MASK * (inner_end - quotation.outer_start - 2) + keep if inner_end - quotation.outer_start > 1 else ""
        )
        if quotation.closed:
            pieces.append("”" * marks)
        else:
            pieces.append(text[inner_end : quotation.outer_end])
        position = quotation.outer_end
    pieces.append(text[position:end])
    return "".join(pieces)


def is_title(words: str) -> bool:
    """True for a single word or the title of a work: capitalised words without a sentence among them."""
    parts = words.strip(" ,.;:!?…").split()
    if len(parts) <= 1:
        return True
    return len(parts) <= 10 and all(
        not part[0].isalpha() or part[0].isupper() or part.lower().strip(",.:;") in _SMALL_WORDS for part in parts
    )
