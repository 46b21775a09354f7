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
_ISSUED = re.compile(r"\b(?:issued|released|made|gave|delivered)\s[^.:]{0,60}?\b(?:statement|remarks)\b")


def named_in(title: str) -> str:
    """Return whose statement a title announces, "" where it announces none.

    >>> named_in("Statement by Mayor Quill on the harbor")
    'Mayor Quill'
    """
    found = _TITLE_BY.search(title) or _TITLE.match(title)
    return without_headline(found[1]) if found else ""


def issued(sentence: Sentence) -> tuple[str, str] | None:
    """Return who issued a statement, which then follows without a colon, and the words that tell so."""
    found = None if sentence.quotations else _ISSUED.search(sentence.masked)
    subject = subject_before(sentence.masked, found.start()) if found else None
    return (subject[1], found[0]) if found and subject else None


def signature(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return name and description of a paragraph that signs a quotation: "-- Mayor Omar Penn, telling of it"."""
    found = _SIGNATURE.match(text, start, end)
    return (found[1], (found[2] or found[3] or "").rstrip(".")) if found else None
