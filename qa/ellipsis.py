"""Fragments ("And Biggs?", "in July", "the south tower") put into the place their like has in an earlier question."""

import re

from qa.dates import restricts
from qa.mentions import NAME, SPEAKER_SLOT, is_role, names, people_named
from qa.pointing import behind, without_mark
from qa.pronouns import refers_back
from qa.series import in_series
from qa.things import subject_or_object
from qa.timewords import MONTHS, WEEKDAYS, TimeWords, time_words
from qa.verbs import AUXILIARY

_ABOUT = frozenset({"about", "on", "of", "regarding"})
PREPOSITION = re.compile(
    r"^(?:in|on|at|for|against|about|by|from|with|to|of|since|until|after|before|during|regarding)\b", re.IGNORECASE
)
# Another one of what was asked for may come with these: "And for Biggs?"
_LOOSE = frozenset({"for", "with", "from", "by"})
_PHRASE_END = (
    r"(?=\s+(?:in|on|at|for|by|from|with|to|since|until|after|before|during|about|regarding|over|when|while|and|or|"
    r"but|is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b|\s*[?,;)]|\s*$)"
)
_BARE_SUBJECT = re.compile(
    rf"^[^?]*?\b{AUXILIARY}\s+(?P<noun>(?:[a-z]*[a-rt-z]s|people|men|women|children))\b", re.IGNORECASE
)
_DETERMINER = re.compile(r"^(?:the|an?|his|her|its|their|this|that)\s+", re.IGNORECASE)
_HOW_MANY = re.compile(
    rf"\bhow (?P<many>many|much)\s+(?!{AUXILIARY}\b)(?P<noun>(?:\w+\s+)*?\w+)"
    r"(?=\s+(?:in|on|at|of|from|with|is|are|was|were|did|does|do|has|have|had|will|would|can|could|\w+ed|died|left|came|went|got|won|lost)\b|\s*\?|\s*$)",
    re.IGNORECASE,
)
# What is asked of the same thing, and no other thing: "When was the bridge shut?" "And the costs?"
_ASPECT = re.compile(
    r"\b(?:costs?|prices?|reasons?|causes?|results?|outcome|dates?|times?|places?|location|names?|numbers?|amount|size|"
    r"damage|details?|consequences?|effects?|impact|response|reactions?|winner|score|owners?|victims?|dead|wounded|"
    r"injured|rest|others?|public|risks?|benefits?|money|funding)$",
    re.IGNORECASE,
)
# "the week before", "the other one"
_NO_HEAD = re.compile(r"before|after|earlier|later|then|now|ago|ones?|too|others?")
_PLURAL = re.compile(r"(?:s|people|men|children|police|deer|sheep|fish)$", re.IGNORECASE)
_THING = re.compile(r"(?:[^s']s|tion|sion|ment|ity|ness|ism|ing|care|war|inflation|immigration)$", re.IGNORECASE)
# "the one from Kansas", "the Pacific one"
_ONE_FROM = re.compile(
    r"^(?:the|that)\s+one(?P<several>s?)\s+(?P<preposition>from|in|of|at|on|for|with)\s+(?P<name>.+)$", re.IGNORECASE
)
# "Blinken on trade"
_WHO_ON = re.compile(rf"^(?P<who>{NAME.pattern})\s+(?P<topic>(?:on|about|regarding)\s+.+)$")
# "in the first two months", "after a year"
_STRETCH = re.compile(
    r"\b(?:in|within|during|over|for|after)\s+(?:the\s+)?(?:[\w-]+\s+){1,2}?(?:hours|days|weeks|months|years|"
    r"hour|day|week|month|year)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
# "the FDA’s" of "the FDA’s panel", but not "what’s"
_OWNER = re.compile(rf"\b(?:the\s+)?{NAME.pattern}(?<=['’]s)(?=\s)|\b(?:the\s+)?{NAME.pattern}(?<=s)['’](?=\s)")
_SUCH_ONE = re.compile(r"^(?:the|that)\s+(?P<such>[\w.’'-]+)\s+ones?$", re.IGNORECASE)


def swap(base: str, rest: str, capitals: bool) -> str:
    """Put ``rest`` ("Biggs", "in July", "the governor") into the place its like has in ``base``.

    Where it has none, the two are given side by side: "the costs? (When did the museum reopen?)".

    Args:
        base: The earlier question.
        rest: What takes a place in it.
        capitals: Whether who asks writes names with capitals, so that their lack tells.
    """
    new = _lowered(rest.strip(" ?.,"))
    beside = behind(new, base)
    both = _WHO_ON.match(new)
    if both and SPEAKER_SLOT.search(base):
        return swap(swap(base, both["topic"], capitals), both["who"], capitals)
    one = _swap_one(base, new) or in_series(base, new)
    if one:
        return one
    if _NO_HEAD.fullmatch(new.split(" ")[-1]) or _ONE_FROM.match(new):
        return beside
    times = time_words(new)
    if times and times[0].start == 0 and times[0].end == len(new):
        return _swap_time(base, new, times[0])
    preposition = PREPOSITION.match(new)
    if _STRETCH.fullmatch(new) and (there := _STRETCH.search(base)):
        return base[: there.start()] + new + base[there.end() :]
    if preposition:
        return _swap_phrase(base, new, preposition.group().lower(), capitals) or f"{without_mark(base)} {new}?"
    return _swap_noun(base, new, capitals) or beside


def _lowered(words: str) -> str:
    """Return a fragment without the capital that only opens it ("In July", "The governor")."""
    opens = PREPOSITION.match(words) or _DETERMINER.match(words)
    return words[:1].lower() + words[1:] if opens else words


def _swap_time(base: str, new: str, time: TimeWords) -> str:
    """Put a time in the place of the base's last time, or at its end."""
    there = [one for one in time_words(base) if time.preposition == "" or restricts(base, one) or one.preposition]
    named = [one for one in time_words(base) if one.kind == time.kind == "year"]
    if not there and named:  # "the 2021 cup" for "in 2022"
        start = base.index(named[-1].words, named[-1].start)
        return base[:start] + time.words + base[named[-1].end :]
    if not there:
        before = "" if time.preposition else _preposition_of(time)
        return f"{without_mark(base)} {before}{new}?"
    old = there[-1]
    year = re.search(r",?\s+\d{4}$", old.words)
    if year and not re.search(r"\d{4}", time.words) and time.kind in ("day", "month"):
        new += year.group()
    start = old.start if time.preposition else base.index(old.words, old.start)
    return base[:start] + new + base[old.end :]


def _preposition_of(time: TimeWords) -> str:
    bare = time.words.split()[0].lower().rstrip(".")
    if time.kind == "year" or any(month.lower().startswith(bare) for month in MONTHS):
        return "on " if time.kind == "day" else "in "
    return "on " if time.kind == "day" or any(bare == weekday.lower() for weekday in WEEKDAYS) else ""


def _swap_phrase(base: str, new: str, preposition: str, capitals: bool) -> str:
    """Put "in Ohio" in the place of the base's last such phrase that is no time; "" where it has none."""
    times = time_words(base)
    if preposition in _ABOUT:
        place = re.search(r"\b(?:about|on|of|regarding)\s+[^?]+", base, re.IGNORECASE)
        if place:
            time = next((one for one in times if one.start >= place.start() and restricts(base, one)), None)
            if time and time.start == place.start():
                return ""
            end = time.start if time else place.end()
            return base[: place.start()] + new + (" " if time else "") + base[end:]
        return ""
    # "And against it?" after "Who voted for the Harbor Act?"
    opposite = {"for": "against", "against": "for"}.get(preposition, "")
    turned = re.search(rf"\b{opposite}\b", base) if opposite and refers_back(new) else None
    if turned:
        return base[: turned.start()] + preposition + base[turned.end() :]
    phrases = list(re.finditer(rf"(?<!^)\b{preposition}\s+(?:the\s+)?[\w.’'-]+.*?{_PHRASE_END}", base, re.IGNORECASE))
    phrases = [one for one in phrases if not any(time.start <= one.start() < time.end for time in times)]
    if phrases:
        time = next((one for one in times if phrases[-1].start() < one.start < phrases[-1].end()), None)
        end = time.start - 1 if time else phrases[-1].end()
        return base[: phrases[-1].start()] + new + base[end:]
    return _swap_noun(base, new[len(preposition) :].strip(), capitals) if preposition in _LOOSE else ""


def _swap_noun(base: str, new: str, capitals: bool) -> str:
    """Put a name or a thing in the place of its like in the base; "" where it has none."""
    found = names(base)
    owner = _OWNER.search(base) if _POSSESSIVE.search(new) else None
    if owner and not is_role(_POSSESSIVE.sub("", owner.group())):
        return base[: owner.start()] + new + base[owner.end() :]
    span = _same_head(base, new)
    if span:
        return base[: span[0]] + new + base[span[1] :]
    speaker = SPEAKER_SLOT.search(base)
    if speaker and _is_topic(new, capitals):
        return _swap_phrase(base, f"about {new}", "about", capitals)
    if speaker and (not found or len(new.split()) <= 3 or is_role(new)):
        return base[: speaker.start("speaker")] + new + base[speaker.end("speaker") :]
    if len(new.split()) > 5:
        return ""
    # "best actor" for "best actress"
    alike = re.search(rf"\b{re.escape(new.split()[0])}\s+[\w-]+{_PHRASE_END}", base) if new.count(" ") == 1 else None
    if alike and new.islower() and not _DETERMINER.match(new):
        return base[: alike.start()] + new + base[alike.end() :]
    span = _counted(base, new) or _subject(base, new)
    if NAME.search(new) and not (span and _DETERMINER.match(new) and names(base[slice(*span)])):
        span = None  # "the House" for "the Senate", but not for "the council"
    if span:
        return base[: span[0]] + new + base[span[1] :]
    if not found or _is_topic(new, capitals):
        return ""
    found = people_named(base) if is_role(new) and people_named(base) else found
    target = max(found, key=lambda match: _likeness(match.group(), new))
    ending = "’s" if re.search(r"['’]s?$", target.group()) else ""
    if ending and re.search(r"['’]s?(?:\s|$)", new):
        return ""  # "Biggs’ view": what is viewed is in both
    new = new if ending else _POSSESSIVE.sub("", new)
    if re.search(r"\bhow (?:many|much)\s+$", base[: target.start()], re.IGNORECASE):
        new = _DETERMINER.sub("", new)
    if _DETERMINER.search(base[: target.start()].split(" ")[-2] + " " if base[: target.start()].endswith(" ") else ""):
        new = _DETERMINER.sub("", new)
    return base[: target.start()] + new + ending + base[target.end() :]


def _swap_one(base: str, new: str) -> str:
    """Put "the one from Kansas" or "the Pacific one" in the place of the base's thing of that kind; "" without one."""
    other = _ONE_FROM.match(new)
    if other:
        if other["several"]:
            return ""
        # "from Kansas" in the place of "from Ohio", else of "of Ohio".
        for preposition in (other["preposition"], "(?:of|from|in|at)"):
            there = re.search(rf"\b{preposition}\s+(?:the\s+)?{NAME.pattern}", base)
            if there:
                return f"{base[: there.start()]}{other['preposition']} {other['name']}{base[there.end() :]}"
        return ""
    such = _SUCH_ONE.match(new)
    if such is None or _NO_HEAD.fullmatch(such["such"]):
        return ""
    if such["such"][:1].isupper():
        named_so = [match for match in names(base) if base[: match.start()].endswith("the ") and " " in match.group()]
        if len(named_so) != 1:
            return ""
        start, end = named_so[0].start(), named_so[0].start() + named_so[0].group().index(" ")
        return base[:start] + such["such"] + base[end:]
    subject = _subject(base, new)
    if subject is None or len(base[slice(*subject)].split()) < 2:
        return ""
    return f"{base[: subject[0]]}the {such['such']} {base[slice(*subject)].split()[-1]}{base[subject[1] :]}"


def _same_head(base: str, new: str) -> tuple[int, int] | None:
    """Return where the base has a phrase with the last word of ``new``: "the north tower" for "the south tower"."""
    words = new.split()
    if len(words) < 2 or not words[-1].islower() or _NO_HEAD.fullmatch(words[-1]):
        return None
    last = re.escape(words[-1])
    head = re.search(rf"\b(?:(?:the|an?|his|her|its|their|this|that)\s+)?(?:[\w.’'&-]+\s+){{0,4}}?{last}\b", base)
    if head is None:
        return None
    # From the last determiner on; without one only the words right before it that are names or adjectives of it.
    determiners = list(re.finditer(r"\b(?:the|an?|his|her|its|their|this|that)\s+", head.group(), re.IGNORECASE))
    if not determiners:
        return None
    kept = 0 if _DETERMINER.match(new) else len(determiners[-1].group())
    return head.start() + determiners[-1].start() + kept, head.end()


def _counted(base: str, new: str) -> tuple[int, int] | None:
    """Return where the base has what is counted: "men" in "How many men were hired?", "How much do men earn?"."""
    counted = _HOW_MANY.search(base) or _BARE_SUBJECT.match(base)
    fits = counted and not _DETERMINER.match(new) and len(new.split()) <= 3 and _PLURAL.search(new)
    return counted.span("noun") if counted and fits else None


def _subject(base: str, new: str) -> tuple[int, int] | None:
    """Return where the base has a phrase with the like of ``new``'s article: "a" and "the" do not mix."""
    place, article = subject_or_object(base), _DETERMINER.match(new)
    if place is None or article is None or _ASPECT.search(new):
        return None
    return place if (article.group()[0].lower() == "a") == (base[place[0]].lower() == "a") else None


def _is_topic(new: str, capitals: bool) -> bool:
    """Return whether ``new`` is a thing rather than a speaker."""
    if is_role(new):
        return False
    if NAME.search(new):
        return bool(_DETERMINER.match(new)) and new.split()[-1].islower()
    # Without capitals "blinken" is a name like any word that nothing marks as a thing.
    return capitals or bool(_DETERMINER.match(new) or _THING.search(new))


def _likeness(name: str, other: str) -> float:
    """Return how alike two names are in shape: shared opening ("BA.5", "BA.4"), digits, capitals, number of words."""
    shared = 0
    for mine, theirs in zip(name, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    same_digits = any(c.isdigit() for c in name) == any(c.isdigit() for c in other)
    same_case = name.isupper() == other.isupper()  # "US" is not like "Peru"
    words = abs(len(name.split()) - len(other.split()))
    return shared / max(len(name), 1) + 0.5 * same_digits + 0.3 * same_case - 0.1 * words
