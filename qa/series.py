"""Fragments that name another of a series: "the year before", "and third?", "wounded?", "this season"."""

import re

from qa.timewords import NUMBERS, time_words

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_SUCH_PERIOD = re.compile(
    r"(?:the\s+)?(?:last|this|next|previous|current|coming)\s+(?P<unit>season|quarter|term|summer|autumn|fall|winter|spring|"
    r"decade|century)",
    re.IGNORECASE,
)
# "the year before", "four years later"
_YEARS_FROM = re.compile(
    r"^(?:in\s+)?(?:(?:the|a|one)\s+year\s+(?:before|earlier|after|later)|the\s+(?:previous|preceding|following|next)\s+year|"
    rf"(?P<count>\d+|{'|'.join(NUMBERS)})\s+years\s+(?:before|earlier|after|later))(?:\s+that)?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th)|most|least|best|worst|"
    r"(?<=the )(?!(?:arr|cont|for|harv|inter|prot|requ|w)est\b)[a-z]{2,}est)\b",
    re.IGNORECASE,
)


def in_series(base: str, new: str) -> str:
    """Return ``base`` with ``new`` in the place of the one of its series; "" where it has none or several.

    >>> in_series("How many died in Ohio in 2020?", "the year before")
    'How many died in Ohio in 2019?'
    >>> in_series("Who came second?", "third")
    'Who came third?'
    """
    kinds = (_swap_ordinal, _swap_season, _swap_year, _swap_participle)
    return next((found for kind in kinds if (found := kind(base, new))), "")


def _swap_ordinal(base: str, new: str) -> str:
    """Put "third" in the place of the base's "second", "lowest" in that of "highest"; "" where there is not one."""
    rank, there = _ORDINAL.search(new), list(_ORDINAL.finditer(base))
    if rank is None or len(there) != 1 or _ARTICLE.sub("", new) != rank.group():
        return ""
    return base[: there[0].start()] + rank.group() + base[there[0].end() :]


def _swap_season(base: str, new: str) -> str:
    """Put "this season" in the place of the base's "last season"; "" where it has none."""
    period = _SUCH_PERIOD.fullmatch(new)
    there = period and re.search(rf"\b(?:the\s+)?(?:last|this|next|previous|current|coming)\s+{period['unit']}\b", base)
    return base[: there.start()] + new + base[there.end() :] if there else ""


def _swap_year(base: str, new: str) -> str:
    """Put 2019 for "the year before" in the place of the base's 2020; "" where it has no year or several."""
    counted = _YEARS_FROM.match(new)
    there = [one for one in time_words(base) if re.search(r"\d{4}", one.words)]
    if counted is None or len(there) != 1:
        return ""
    year = re.search(r"\d{4}", base[there[0].start :])
    count = counted["count"] or "one"
    number = int(count) if count.isdigit() else NUMBERS.get(count.lower(), 1)
    back = re.search(r"before|earlier|prev|last", new, re.IGNORECASE)
    if year is None:
        return ""
    start = there[0].start + year.start()
    return f"{base[:start]}{int(year.group()) + (-number if back else number)}{base[start + 4 :]}"


def _swap_participle(base: str, new: str) -> str:
    """Put "wounded" in the place of "killed"; "" where the base has none or several."""
    there = list(re.finditer(r"\b(?:was|were|been|be|people|got)\s+(?P<done>[a-z]+ed|hurt|shot)\b", base))
    if not re.fullmatch(r"(?:the\s+)?(?:[a-z]+ed|hurt|shot)", new):
        return ""
    new = _ARTICLE.sub("", new)
    if len(there) == 1 and not there[0]["done"].startswith("die"):
        return base[: there[0].start("done")] + new + base[there[0].end("done") :]
    died = re.match(r"how many\s+(?:\w+\s+)?(?P<did>died|survived)\b", base, re.IGNORECASE)
    return f"{base[: died.start('did')]}were {new}{base[died.end('did') :]}" if died else ""
