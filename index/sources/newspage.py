"""Text copied from a newspaper page: the lines above the story become data."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, zip_longest

from index.cleaning import clean_line, clean_text
from index.records import Draft
from index.sources.bylines import (
    is_outlet,
    is_role,
    parse_bare_names,
    parse_byline,
    parse_date_line,
    parse_dateline,
)

_SECTIONS = frozenset(
    """
    politics world nation national us u.s. business sports sport opinion health science technology tech local metro
    entertainment arts culture lifestyle travel food weather money economy climate education
    """.split()
)
_HEAD_LINES = 12
_BYLINE_LINES = 4
_LONGEST_HEADLINE = 200
_LONGEST_DECK = 250
_TITLE_LENGTH = 80
# Beyond it nothing is a headline or deck; the patterns below are made for short lines.
_LONGEST_FIELD = 2000
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr))(?<!\bMrs)(?<!\b(?:Gov|Sen|Rep))[.!?][\"”’')\]]*(?=\s+[\"“‘'(]?[A-Z0-9]|$)"
)
_SUFFIX = re.compile(r"\s+(?:[|•·]|[-–—:])\s+(?=[^|]{2,45}$)")
_CUT = re.compile(r"\s*(?:\.{3}|…)$")
_LISTED = re.compile(r"^\s*(?:[•*♦►▪]|\d+[.)]\s|[-–]\s)")


@dataclass
class _Head:
    """What the lines read so far have told."""

    title: str = ""
    deck: str = ""
    publication: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    place: str = ""
    published: date | None = None
    byline_seen: bool = field(default=False)


def read_page(text: str, source: str) -> Draft:
    """Read text as it is pasted from a newspaper page, or any plain text.

    Publication, headline, deck, byline and date lines above the story become data and leave the text; the dateline
    stays. Text without a headline keeps every word, and its first sentence, shortened, serves as the title.

    Args:
        text: The pasted text.
        source: Name for the report.

    Returns:
        A draft; ``text`` is "" where there was nothing.
    """
    clean = clean_text(text)
    lines = [(m.start(), m[0].strip()) for m in re.finditer(r"[^\n]*\S[^\n]*", clean)]
    head = _Head()
    used = 0
    if not _begins_with_story(clean, lines):
        used = _read_head(lines, head)
    body = clean[lines[used][0] :].strip() if 0 < used < len(lines) else clean
    if used >= len(lines):
        head = _Head()
    draft = Draft(
        text=body,
        source=source,
        title=clean_title(head.title, head.publication) or first_sentence(clean),
        deck=head.deck,
        publication=head.publication,
        authors=head.authors,
        agency=head.agency,
        section=head.section,
        published=head.published,
    )
    return complete(draft)


def complete(draft: Draft) -> Draft:
    """Fill authors, agency, place and date that are missing from the first lines of the text.

    Lines that are nothing but a byline, an agency or a date leave the text once they are data.

    Args:
        draft: A draft from any source.

    Returns:
        The draft with cleaned text and title.
    """
    text = clean_text(draft.text)
    draft = replace(draft, title=draft.title[:_LONGEST_FIELD], deck=draft.deck[:_LONGEST_FIELD])
    head = _Head(authors=draft.authors, agency=draft.agency, place=draft.place, published=draft.published)
    body = text[_read_first_lines(text, head) :].strip() or text
    return replace(
        draft,
        text=body,
        title=clean_title(draft.title, draft.publication) or first_sentence(body),
        deck=clean_line(draft.deck),
        publication=clean_line(draft.publication),
        authors=tuple(name for name in map(clean_line, head.authors) if name),
        agency=clean_line(head.agency),
        place=clean_line(head.place),
        section=clean_line(draft.section),
        published=head.published,
        url=clean_line(draft.url),
    )


def _read_first_lines(text: str, head: _Head) -> int:
    """Take byline, dateline and date lines into ``head`` where it has nothing; return where the rest begins."""
    position = 0
    lines = list(islice(re.finditer(r"[^\n]*\S[^\n]*", text), _BYLINE_LINES + 1))
    for match, following in zip_longest(lines[:_BYLINE_LINES], lines[1:]):
        line, below = match[0].strip(), following[0].strip() if following else ""
        dateline = parse_dateline(line)
        byline = None
        if not dateline or dateline.end == len(line):
            byline = parse_byline(line) or (parse_bare_names(line, below) if position == 0 else None)
        if byline and (not byline.authors or not head.authors or set(byline.authors) <= set(head.authors)):
            head.byline_seen = bool(byline.authors)
            head.authors, head.agency = head.authors or byline.authors, head.agency or byline.agency
        elif head.byline_seen and (is_role(line) or line == head.agency):
            head.byline_seen = False
        elif dateline:
            head.place, head.agency = head.place or dateline.place, head.agency or dateline.agency
            if dateline.end < len(line):
                break
        elif (day := parse_date_line(line)) and head.published in (None, day):
            head.published = day
        else:
            break
        position = match.end()
    return position


def clean_title(title: str, publication: str = "") -> str:
    """Drop the outlet that sites add to a headline: " | CNN", " - The New York Times", also cut ("| CNN ...")."""
    title = clean_line(title)
    for _ in range(2):
        matches = list(_SUFFIX.finditer(title))
        if not matches:
            break
        match = matches[-1]
        name = _CUT.sub("", title[match.end() :])
        if not (is_outlet(name, publication) or (name in ("", "The") and "|" in match[0])):
            break
        title = title[: match.start()]
    return title


def first_sentence(text: str) -> str:
    """Take the first sentence as a title, shortened at a word to about 80 characters."""
    first = clean_line(text.split("\n\n", 1)[0][:1000])
    end = _SENTENCE.search(first)
    sentence = first[: end.end()] if end else first
    if len(sentence) <= _TITLE_LENGTH:
        return sentence.rstrip(".") if not sentence.endswith("..") else sentence
    return sentence[: _TITLE_LENGTH + 1].rsplit(" ", 1)[0][:_TITLE_LENGTH].rstrip(" ,;:—–-") + "…"


def _read_head(lines: list[tuple[int, str]], head: _Head) -> int:
    """Take lines off the top into ``head``; return how many."""
    used = 0
    for index, (_, line) in enumerate(lines[:_HEAD_LINES]):
        if _is_story(line):
            break
        after = [text for _, text in lines[index + 1 : index + 4]]
        if not (_take_data(line, head) or _take_label(line, after, head) or _take_words(line, after, head)):
            break
        used = index + 1
    return used


def _take_data(line: str, head: _Head) -> bool:
    if byline := parse_byline(line):
        if head.authors and byline.authors:
            return False
        if not head.title and not byline.authors and not head.publication:
            head.publication = byline.agency  # "CNN" above the headline names the paper
            return True
        head.authors, head.agency = head.authors or byline.authors, head.agency or byline.agency
        head.byline_seen = True
        return True
    if day := parse_date_line(line):
        head.published = head.published or day
        return True
    return False


def _take_label(line: str, after: list[str], head: _Head) -> bool:
    """Take a publication or section that stands above the headline."""
    if head.title or not after or _is_story(after[0]) or len(line.split()) > 5:
        return False
    if not head.publication and (is_outlet(line) or _is_third_heading(after)):
        head.publication = line
        return True
    if not head.section and line.lower() in _SECTIONS:
        head.section = line
        return True
    return False


def _is_third_heading(after: list[str]) -> bool:
    """True where headline and deck follow, then the byline or date: what stands above them is the publication."""
    if len(after) < 3 or not (parse_byline(after[2]) or parse_date_line(after[2])):
        return False
    return all(not (_SENTENCE_END.search(line) or parse_byline(line) or parse_date_line(line)) for line in after[:2])


def _take_words(line: str, after: list[str], head: _Head) -> bool:
    """Take the headline, or the deck where what follows proves it is none of the story."""
    if not after:
        return False
    if not head.title:
        if len(line) > _LONGEST_HEADLINE or (line.endswith(".") and not line.endswith("...")) or _LISTED.match(line):
            return False
        head.title = line
        return True
    if head.deck or head.byline_seen or len(line) > _LONGEST_DECK or _LISTED.match(line) or line.endswith(":"):
        return False
    marked = any(parse_byline(text) or parse_date_line(text) for text in after[:2])
    opens_story = parse_dateline(after[0]) is not None and not _SENTENCE_END.search(line)
    if not (marked or opens_story):
        return False
    head.deck = line
    return True


def _is_story(line: str) -> bool:
    """True where a line can only be a paragraph of the story."""
    dateline = parse_dateline(line)
    if dateline and dateline.end < len(line) - 20:
        return True
    words = len(line.split())
    return len(line) > _LONGEST_DECK or (words > 22 and bool(_SENTENCE_END.search(line)))


def _begins_with_story(clean: str, lines: list[tuple[int, str]]) -> bool:
    """True where the first line is already running text: hard-wrapped, or one sentence after another."""
    if len(lines) < 2:
        return True
    first, second = lines[0][1], lines[1][1]
    glued = "\n\n" not in clean[lines[0][0] : lines[1][0]]
    if glued and (second[0].islower() or (first[-1:] in ",;—–-" and len(first) > 40)):
        return True
    block = clean.split("\n\n", 1)[0].split("\n")
    wrapped = len(block) >= 4 and all(45 <= len(line) <= 95 for line in block[:3]) and not parse_byline(block[1])
    return wrapped or not any(len(line) >= 40 or _SENTENCE_END.search(line) for _, line in lines[1:])
