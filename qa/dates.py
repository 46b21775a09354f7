"""Times in a question as days of publication: "What did she say last week?" asks articles of that week."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from index.records import Filters
from qa.days import days_meant
from qa.records import Period
from qa.timewords import TimeWords, time_words

# A library that got its newest article this lately follows the news, so its user's "yesterday" is yesterday.
CURRENT_DAYS = 7
# Papers tell on the day after what was said in the evening; for a month or a year that day hardly counts.
LAG = timedelta(days=1)
YEAR = timedelta(days=365)
# Who means a day of this year that is longer ago mostly says which year.
LATELY = timedelta(days=31)
_GUESSED_KINDS = frozenset({"day", "month"})
_LAGGING_KINDS = frozenset({"iso", "day", "weekday", "near"})

# The time is what is asked for, so that it cannot restrict.
_ASKS_TIME = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:(?:since|until|by) )?(?:when|how (?:long|old|soon|often)|"
    r"(?:(?:in|on|at|by|since) )?(?:what|which) (?:date|day|year|month|time|week|decade|century)s?)\b",
    re.IGNORECASE,
)
# What is to come was written of beforehand.
_AHEAD = re.compile(
    r"\b(?:will|would|won['’]t|going to|plan(?:s|ned|ning)?|expect\w*|forecast\w*|predict\w*|project(?:s|ed)|due|"
    r"schedul\w*|upcoming|hopes?|aims?|intends?|next)\b",
    re.IGNORECASE,
)
# Said, done or printed then, so an article of then tells it. Of other facts ("How many died in 2022?") later ones do.
_TOLD_THEN = re.compile(
    r"\b(?:happen\w*|going on|news|report(?:s|ed)?|publish\w*|wr(?:ite|ote|itten)|print(?:ed)?|"
    r"headlines?|articles?|said|says?|told|tells?)\b",
    re.IGNORECASE,
)
_SINCE = frozenset({"since", "after", "from"})
_UNTIL = frozenset({"until", "untill", "till", "before", "by"})
# "since the election was called on 3 May": the clause tells from when.
_CLAUSE = re.compile(r"\b(since|after|before|until)\s+[^,?]*$", re.IGNORECASE)
# After these words a time goes with the verb; before others ("the 2022 budget") it only names a thing.
_MAY_FOLLOW = re.compile(
    r"^\W*$|^\s*[,;?)(]|^\s+(?:about|on|of|in|at|by|for|from|to|with|over|after|before|during|regarding|and|or|but|as|"
    r"when|while|that|than|the|a|an|his|her|its|their|who|what|why|how|where|which|is|are|was|were|did|do|does|has|"
    r"have|had|say|said|tell|told|think|thought|claim(?:ed)?|call(?:ed)?|there)\b",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"(?:\b(?:black|cyber|good|super|ash|bloody|fat|palm|easter|holy|giving|deal|every|each|a|an)|[a-z] [A-Z]\w+)\s+$"
)
# "What did she say about last week?"
_TOPIC_BEFORE = re.compile(r"\b(?:about|regarding|concerning|than)\s+$", re.IGNORECASE)
# "on the last weekend before the election": not the one before now.
_OF_A_SERIES = re.compile(r"\bthe\s+(?:last|past)\b", re.IGNORECASE)
_BEFORE_WHAT = re.compile(r"\s+(?:before|of|in)\s+\w", re.IGNORECASE)
# "the way it is handled today": as things are now, not what was printed on one day.
_AS_THINGS_ARE = re.compile(
    r"\b(?:is|are)\s+(?!\w*\s*(?:happening|going|saying|telling|reporting|reported|said|told|new|announced)\b)(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(r"^\s*(?:and|to|until|till|through|[–—-])\s*$")


def period_of(
    question: str, says: bool, first: date | None, newest: date | None, today: date | None = None
) -> Period | None:
    """Return the days of publication that a question asks for; None where its times restrict nothing.

    What somebody said, and what happened, is looked for in articles of that time; what happened in a year in those of
    the next one, too. Other facts may be told any time after, so only a first day is set, and none where its year would
    be a guess ("in July"). Nothing is restricted where the time is what is asked ("When …"), where it belongs to a
    thing ("the 2022 budget"), and where it lies ahead.

    Args:
        question: The question, standing alone.
        says: Whether it asks for somebody's words.
        first: Day of the oldest article that may answer; None where none has a date.
        newest: Day of the newest one. "Last week" is counted from it, or from today where it is hardly older.
        today: The day it is; by default what the clock says.
    """
    if first is None or newest is None or asks_time(question) or _AHEAD.search(question):
        return None
    today = today or date.today()
    anchor = today if timedelta(0) <= today - newest <= timedelta(days=CURRENT_DAYS) else min(newest, today)
    times = [one for one in time_words(question) if restricts(question, one)]
    for one, following in zip_longest(times, times[1:]):
        period = _range(question, one, following, anchor) or _period(question, one, says, anchor)
        # A first day before the oldest article would only shut out articles without a date.
        if period and period.until is None and period.since and period.since <= first:
            period = None
        if period:
            return period
    return None


def asks_time(question: str) -> bool:
    """Return whether a time is what a question asks for: "When was that?"."""
    return _ASKS_TIME.match(question) is not None


def restricted(filters: Filters, period: Period | None) -> Filters:
    """Return what both the user's filters and the question let through."""
    if period is None:
        return filters
    since = max((day for day in (filters.since, period.since) if day), default=None)
    until = min((day for day in (filters.until, period.until) if day), default=None)
    return replace(filters, since=since, until=until)


def may_be_another_year(period: Period) -> bool:
    """Return whether a period is a day whose year was guessed, and not a lately one: "on January 6" may be long ago."""
    counted, day = period.counted_from, period.since or period.until
    if counted is None or day is None:
        return False
    return counted - day > LATELY and any(one.kind == "day" for one in time_words(period.words))


def without_times(question: str) -> str:
    """Return a question without the times that would restrict it, so that what is left is speaker and topic.

    >>> without_times("What did Holt say on Thursday about the 2022 budget?")
    'What did Holt say about the 2022 budget?'
    """
    for one in reversed(time_words(question)):
        if restricts(question, one):
            question = f"{question[: one.start].rstrip()} {question[one.end :].lstrip()}".strip()
    return re.sub(r"\s+(?=[?,)])", "", question)


def restricts(question: str, one: TimeWords) -> bool:
    """Return whether a time tells when something was, and is not asked for, part of a thing's name or to come."""
    if one.words.lower().startswith(("next", "tomorrow")) or one.preposition in ("of", "for"):
        return False
    if one.kind in ("year", "month") and not one.preposition and not re.match("last|this", one.words, re.IGNORECASE):
        return _between(question, one)
    if one.words.lower() == "today" and _AS_THINGS_ARE.search(question[: one.start]):
        return False
    if one.kind == "weekday" and re.search(r"\bthe\s", question[one.start : one.end], re.IGNORECASE):
        return False  # "on the Monday": of the week that is talked about, whichever that was
    if one.kind == "weekday" and not one.preposition and _NAMED_DAY.search(question[: one.start]):
        return False
    if _OF_A_SERIES.search(question[one.start : one.end]) and _BEFORE_WHAT.match(question[one.end :]):
        return False
    if not one.preposition and _TOPIC_BEFORE.search(question[: one.start]):
        return False
    opens = bool(one.preposition) and not question[: one.start].strip()
    return opens or bool(_MAY_FOLLOW.match(question[one.end :]))


def _between(question: str, one: TimeWords) -> bool:
    """Return whether a bare "2020" or "May" is an end of "between 2020 and 2022", "from March to May"."""
    return bool(re.search(r"\b(?:between|(?:between|from)\s+\S+(?:\s\S+){0,2}\s+(?:and|to|until|till))\s+$",
                          question[: one.start], re.IGNORECASE))  # fmt: skip


def _range(question: str, one: TimeWords, following: TimeWords | None, anchor: date) -> Period | None:
    """Return the period of "between A and B" and "from A to B"."""
    between = re.search(r"\bbetween\s+$", question[: one.start], re.IGNORECASE)
    if following is None or not (between or one.preposition == "from"):
        return None
    if not _SAME_TIME.match(f"{question[one.end : following.start]} {following.preposition}"):
        return None
    year = re.search(r"\d{4}", following.words)
    # "from March to April 2022": the year is that of both.
    opening = replace(one, words=f"{one.words} {year.group()}") if year and _relative(one) else one
    first, last = days_meant(opening, anchor), days_meant(following, anchor)
    if first is None or last is None or first[0] > last[1]:
        return None
    words = question[between.start() if between else one.start : following.end]
    return Period(words, first[0], last[1], anchor if _relative(opening) or _relative(following) else None)


def _period(question: str, one: TimeWords, says: bool, anchor: date) -> Period | None:
    told_then = says or bool(_TOLD_THEN.search(question))
    days = days_meant(one, anchor)
    if days is None or days[0] > anchor:
        return None
    clause = _CLAUSE.search(question[: one.start]) if one.preposition not in _SINCE | _UNTIL else None
    direction = clause[1].lower() if clause else one.preposition
    if not told_then and direction not in _SINCE and one.kind in _GUESSED_KINDS and _relative(one):
        return None
    words = question[clause.start() if clause else one.start : one.end]
    counted_from = anchor if _relative(one) else None
    if direction in _UNTIL:
        last = days[0] - timedelta(days=1) if direction == "before" else days[1]
        return Period(words, None, last, counted_from) if told_then else None
    if direction in _SINCE or not told_then or days[1] >= anchor:
        return Period(words, days[0], None, counted_from)
    lag = LAG if one.kind in _LAGGING_KINDS or re.search("day|week", one.words.lower()) else timedelta(0)
    if one.kind == "year" and not says:
        lag = YEAR  # what happened in a year is told in the next one too
    return Period(words, days[0], days[1] + lag, counted_from)


def _relative(one: TimeWords) -> bool:
    """Return whether the year is not in the words, so that it was counted from some day."""
    return not re.search(r"\d{4}", one.words)
