"""How a press release gives somebody the word beside saying so in a sentence: by title, announcement and signature."""

import re

from index.names import NAME
from index.roster import without_headline
from index.speech import Sentence
from index.subjects import subject_before

_TITLE = re.compile(rf"({NAME})(?:['’]s?)? (?:Statement|Remarks)\b")
_TITLE_BY = re.compile(rf"\b(?:Statement|Remarks) (?:by|from|of|By|From|Of) ({NAME})")
_SIGNATURE = re.compile(
    rf"[-–—]{{1,2}}\s?((?:the )?{NAME}(?: [a-z]+(?: [a-z]+)? {NAME})?)(?:, ([^,]{{3,80}}),|"
    rf", ((?:[^\n.]|(?<=[A-Z])\.|\.$){{3,160}})$|,|$)"
)
_ISSUED = re.compile(r"\b(?:issued|released|made|gave|delivered|shared)\s[^.:]{0,60}?\b(?:statement|remarks)\b")

_LONGEST_ENDING = 160
# "See Rep. Quill's remarks as written below:"
_BELOW = re.compile(
    rf"({NAME})['’]s ((?:[a-z-]+ ){{0,3}}(?:remarks|statement|speech|testimony))\b[^.:]{{0,40}}\bbelow[^.:]{{0,20}}:$"
)


def named_in(title: str) -> str:
    """Return whose statement a title announces, "" where it announces none.

    >>> named_in("Statement by Mayor Quill on the harbor")
    'Mayor Quill'
    """
    found = _TITLE_BY.search(title) or _TITLE.match(title)
    return without_headline(found[1]) if found else ""


def issued(sentence: Sentence) -> tuple[str, str] | None:
    """Return who issued a statement, which then follows without a colon, and the words that tell so."""
    ending = sentence.masked[-_LONGEST_ENDING:]
    own = _BELOW.search(ending) if "below" in ending and not sentence.quotations else None
    if own:
        return own[1], own[2]
    found = None if sentence.quotations else _ISSUED.search(sentence.masked)
    subject = subject_before(sentence.masked, found.start()) if found else None
    return (subject[1], found[0]) if found and subject else None


def signature(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return name and description of a paragraph that signs a quotation: "-- Mayor Omar Penn, telling of it"."""
    found = _SIGNATURE.match(text, start, end)
    return (found[1], (found[2] or found[3] or "").rstrip(".")) if found else None
