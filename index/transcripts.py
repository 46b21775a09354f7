"""Transcripts, in which paragraphs begin with who speaks: "GARLAND: We seized more than we ever had"."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index import wordlists
from index.names import NAME, fold, is_body, split_title
from index.records import Article, Paragraph, ParagraphKind

# Labelled paragraphs of a transcript, and those of one speaker.
FEWEST, FEWEST_EACH = 4, 2
# Share of the labelled paragraphs that are followed by another label: in lists ("Details: …") none are.
TURNS = 0.6
# Share of somebody's speeches with "I", "you" and the like: in "Kansas City: …" and "Project name: …" there are none.
PERSONAL = 0.5
# Paragraphs to a speech on average, at most: those below a heading of a live blog ("Cheney: Much work to do") are more.
LONGEST = 3
_LONGEST_NAME = 4
_MARKS = " \t\n“”\"''"
_GIVEN = wordlists.WOMENS_NAMES | wordlists.MENS_NAMES
_LABEL = re.compile(rf"({NAME}|[A-Z][A-Z.’' -]{{2,40}}): (?=\S)")
_FULL_NAME = re.compile(NAME)
_PERSONAL = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b|\b(?:I|[Ww]e|[Yy]ou)['’]")

Spans = tuple[tuple[int, int], ...]


def transcript(article: Article) -> list[tuple[str, str, int, Spans]]:
    """Return what is said in a transcript, in order; nothing where the article is none.

    A label is a speaker where the rest of the article, or its headline, gives the full name ("Katie Lobosco" for
    "LOBOSCO"), or where it is a full name itself. What speakers without a name say is left out.

    Returns:
        The name, the label, where the label begins, and the paragraphs without it.
    """
    text = article.text
    labelled = [(p, m) for p in article.paragraphs if p.kind is ParagraphKind.BODY and (m := _at(p, text))]
    keys = [_key(match[1]) for _, match in labelled]
    turns = sum(one != other for one, other in pairwise(keys))
    speeches = list(_speeches(text, article.paragraphs, labelled))
    paragraphs = sum(len(spans) for *_, spans in speeches)
    repeated = sum(count for count in Counter(keys).values() if count >= FEWEST_EACH)
    if (
        len(keys) < FEWEST
        or 2 * repeated < len(keys)
        or turns < TURNS * (len(keys) - 1)
        or paragraphs > LONGEST * len(keys)
    ):
        return []
    names = _names(article, {paragraph.start for paragraph, _ in labelled})
    said: dict[str, list[bool]] = defaultdict(list)
    for key, (*_, spans) in zip(keys, speeches, strict=True):
        said[key].append(any(_PERSONAL.search(text, start, end) for start, end in spans))
    speak = {key for key, found in said.items() if len(found) >= FEWEST_EACH and sum(found) >= PERSONAL * len(found)}
    return [
        (names[key], match[1], paragraph.start, spans)
        for key, (paragraph, match, spans) in zip(keys, speeches, strict=True)
        if key in speak and key in names
    ]


def _at(paragraph: Paragraph, text: str) -> re.Match[str] | None:
    return _LABEL.match(text, paragraph.start, paragraph.end)


def _key(label: str) -> str:
    """Return the last word of a name or label: "wen" for "Dr. Leana Wen" and for "WEN"."""
    return fold(label.split()[-1])


def _names(article: Article, labelled: set[int]) -> dict[str, str]:
    """Return the full name for each last name in the headline and in what is no label, the first that is given."""
    text = article.text
    parts = [article.title, article.deck]
    parts += [text[p.start : p.end] for p in article.paragraphs if p.start not in labelled]
    parts += [match[1] for p in article.paragraphs if p.start in labelled and (match := _at(p, text))]
    found: dict[str, str] = {}
    for part in parts:
        for match in _FULL_NAME.finditer(part):
            if name := _person(match[0]):
                found.setdefault(_key(name), name)
    return found


def _person(phrase: str) -> str:
    """Return the full name of a person: after a role, or from a common given name on; "" where there is none."""
    role, name = split_title(phrase)
    words = name.split()
    if not role:
        words = words[next((at for at, word in enumerate(words) if fold(word) in _GIVEN), len(words)) :]
    person = 2 <= len(words) <= _LONGEST_NAME and not is_body(name) and fold(words[0]) not in wordlists.BREAKS
    return " ".join(words) if person else ""


def _speeches(
    text: str, paragraphs: Sequence[Paragraph], labelled: Sequence[tuple[Paragraph, re.Match[str]]]
) -> Iterator[tuple[Paragraph, re.Match[str], Spans]]:
    """Yield each labelled paragraph with its words and those of the paragraphs up to the next label.

    After the last label only its own paragraph counts: nothing tells where the reporter takes over.
    """
    starts = [paragraph.start for paragraph, _ in labelled]
    begins = [paragraph.start for paragraph in paragraphs]
    for at, (first, match) in enumerate(labelled):
        end = starts[at + 1] if at + 1 < len(starts) else first.end
        between = paragraphs[bisect_left(begins, first.end) : bisect_left(begins, end)]
        more = [p for p in between if p.kind is ParagraphKind.BODY]
        places = ((match.end(), first.end), *((p.start, p.end) for p in more))
        yield first, match, tuple(_unmarked(text, start, end) for start, end in places)


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place without the quotation marks around it."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip(_MARKS)), end - len(words) + len(words.rstrip(_MARKS))
