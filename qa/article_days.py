"""Weekdays in an article as dates: "on Thursday" of an article published on 10 May 2023 is 4 May 2023."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.sentences import sentence_spans
from qa.timewords import MONTHS, WEEKDAYS

# How far before a weekday the verb that it goes with is looked for, in characters.
_REACH = 70
_DAY = re.compile(
    rf"\b(?:(?P<which>last|next|this coming|this past|this)\s+)?(?P<day>{'|'.join(WEEKDAYS)})\b(?!['’]?s\b)(?!-)"
    r"|\b(?P<near>yesterday|tomorrow|last night)\b(?!['’]s\b)"
)
# The date stands beside it, or another day does: "Monday, Oct. 2", "Friday the 13th", "Tuesday after Easter"
_DATED = re.compile(
    rf"^\s*[,(]?\s*(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*(?:a\.?m|p\.?m|:|people|percent))|"
    rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?\s+\d)"
    r"|^\s+(?:after|before|of)\b"
)
# "every Thursday", "on a Sunday", "Black Friday", "the following Monday": no day, or one that is not seen from the
# day of publication.
_NOT_ONE = re.compile(
    r"(?:\b(?:every|each|an?|any|most|many|some|that|one|previous|following|preceding|first|second|third|fourth|final|"
    r"Black|Cyber|Good|Super|Ash|Bloody|Fat|Palm|Easter|Holy|Giving|Deal|Business|Whit|Shrove|Maundy)\s+)$"
)
# "Sunday Times", "Saturday Night Live"; but "on Thursday Garland said".
_NAMED = re.compile(r"^\s+[A-ZÀ-Þ]\w+")
_ON = re.compile(r"\b(?:on|since|until|by|from|before|after|late|early|of)\s+$", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|won['’]t|would|(?:is|are|was|were) to|to be|scheduled|slated|set (?:to|for)|expected|due|"
    r"plan(?:s|ning)? to|planned for|going to|hopes? to|intends? to|by|until|starting|beginning|opens|begins|starts|"
    r"closes|ends)\b(?P<between>.*)$",
    re.IGNORECASE | re.DOTALL,
)
# What was told on the day: "said Thursday" is past, whatever it was that will be.
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|reported|ruled|confirmed|tweeted|wrote|testified|added|according|voted|signed|"
    r"arrested|charged|died|killed|released|published)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day that a text names without its date: ``text[start:end] == words``."""

    start: int
    end: int
    words: str
    day: date


def days_beside(text: str, start: int, end: int, published: date | None) -> list[DayTold]:
    """Return the days named in the sentences in which ``text[start:end]`` lies, each date once, in order.

    Args:
        text: A paragraph.
        start: Where the answer begins in it.
        end: Where it ends.
        published: When the article came out; without it nothing can be told.
    """
    if published is None:
        return []
    around = [(a, b) for a, b in sentence_spans(text) if a < end and start < b]
    found = days_told(text, published)
    inside = [one for one in found if any(a <= one.start < b for a, b in around)]
    return list({(one.words, one.day): one for one in reversed(inside)}.values())[::-1]


def days_told(text: str, published: date) -> list[DayTold]:
    """Return the weekdays (and "yesterday", "tomorrow") of a text with the dates they mean, in order.

    A weekday is the last one up to the day of publication, or the next one where the words look ahead ("will close
    Thursday"). Days that are of no one week ("every Thursday"), are part of a name ("Black Friday") or have their
    date beside them are left out.

    >>> days_told("The mayor resigned on Thursday.", date(2023, 5, 10))[0].day
    datetime.date(2023, 5, 4)
    """
    found = []
    for match in _DAY.finditer(text):
        before, after = text[max(0, match.start() - _REACH) : match.start()], text[match.end() :]
        if match["near"]:
            if re.search(r"\bonly\s+$", before):
                continue  # "it seems only yesterday"
            day = published + timedelta(days=1 if match["near"] == "tomorrow" else -1)
        elif match["which"] == "next":
            continue  # the coming one to some, the one after it to others
        elif _DATED.match(after) or _NOT_ONE.search(before) or (_NAMED.match(after) and not _ON.search(before)):
            continue
        else:
            day = _weekday(match["day"], (match["which"] or "").lower(), before, published)
        found.append(DayTold(match.start(), match.end(), match.group(), day))
    return found


def _weekday(name: str, which: str, before: str, published: date) -> date:
    """Return the date of a weekday that stands after the words ``before``."""
    back = (published.weekday() - WEEKDAYS.index(name)) % 7
    if which in ("last", "this past"):
        return published - timedelta(days=back or 7)
    if which == "this coming":
        return published + timedelta(days=7 - back)
    clause = re.split(r"[.;:!?]\s|\n", before)[-1]
    ahead = _AHEAD.search(clause)
    if which == "this" or (ahead and not _TOLD.search(ahead["between"])):
        return published + timedelta(days=(7 - back) % 7)
    return published - timedelta(days=back)
