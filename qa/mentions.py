"""What a question mentions: names, and who was asked about last."""

import re
from collections.abc import Sequence

from index import wordlists
from index.person_names import is_institution
from qa.pronouns import refers_back
from qa.verbs import AUXILIARY, is_verb

# A name as it is written in a question: capitalised words, initials and codes, joined by spaces or small particles.
_CAPITALISED = (
    r"(?:(?:(?:[A-ZÀ-Þ]\.)+|(?:Dr|Mrs?|Ms|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Prof|St)\.)(?=\s+[A-ZÀ-Þ])|"
    r"[A-ZÀ-Þ][\w.'’&/-]*\w|[A-ZÀ-Þ])"
)
NAME = re.compile(rf"{_CAPITALISED}(?:\s+(?:(?:of|the|for|de|da|van|von|bin|al|&)\s+)?{_CAPITALISED})*")
# Words that open a question or say little: no names and no content.
OPENERS = frozenset(
    "a according am an and any anything are as at be been but by can could did do does for from had has have how i in "
    "is it may might more no not of on or our really should so sorry tell than that the their them then there these "
    "they this those to was we were what when where which who whom whose why will with would you".split()
)
_CALENDAR = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|\d{1,4})\s*)+"
)
# "What did Richmond's mayor say about": the one whose words are asked for.
SPEAKER_SLOT = re.compile(
    r"\b(?:did|does|do|has|have|is|was)\s+(?P<speaker>.+?)\s+(?:say|said|tell|told|think|thought|believe|claim|argue|"
    r"feel|want|call|promise|deny|respond|react|describe|explain|expect|suggest|warn|add|mean)\b",
    re.IGNORECASE,
)
# Lower-case words for one who can say something, so that "What about the governor?" asks for another speaker.
ROLES = (wordlists.ROLE_NOUNS | wordlists.TITLES) - wordlists.DOCUMENTS | frozenset(
    "head heads boss spokes director officials colleague uncle aunt cousin niece nephew fiancé fiancée girlfriend "
    "boyfriend partner roommate classmate critics opponents opponent rival winner runner-up loser victim suspect "
    "scientists owners lawyers families others other fielder outfielder infielder pitcher catcher shortstop baseman "
    "biographer drummer guitarist bassist pianist rapper champion co-champion bidder landlord tenant "
    "quarterback linebacker receiver goalkeeper goalie defender midfielder striker forward winger skipper".split()
)
ROLE = re.compile(
    rf"\b(?:congress\w*|spokes\w+|{'|'.join(sorted(map(re.escape, ROLES), key=len, reverse=True))})\b", re.I
)
_AFTER_HEAD = re.compile(r"\s+(?:of|for|from|in|at|on|with|to|behind|who|whose|that|which)\b.*$", re.IGNORECASE)
# "the mayor of Springfield", "in Saco", "the Harbor Museum": a name that is hardly a person.
_NO_PERSON_BEFORE = re.compile(r"\b(?:of|in|at|from|near|on|the|a|an)\s+(?:the\s+)?$", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"[A-Z\d.]{2,}|.*\b(?:Street|Avenue|Road|Square|County|City|State|River|Lake|Bay|Island|University|College|School|"
    r"Museum|Hospital|Court|Department|Agency|Bank|Bridge|Station|Airport|Company|Corp|Inc|Party|Senate|House|Congress|"
    r"United|FC|League|Cup|Games|Act|Times|Post|News)|"
    r".*\s(?:Bill|Law|Plan|Deal|Report|Prize|Award)$|(?:Democrat|Republican)s?$"
)
_BODIES = wordlists.ORGANISATION | frozenset("jury family panel firm union staff crew army".split())
_MODIFIES = re.compile(rf"\s+(?:[a-z]+\s+)?{ROLE.pattern}", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
# Names typed without capitals, where nothing else can stand: "who is anne holt", "when did anne holt resign"
_NO_NAME = r"(?!(?:the|an?|it|he|she|they|you|there|this|that|these|those|his|her|its|their|any|people|some)\b)"
_WHO_IS_TYPED = re.compile(
    rf"^who(?:['’]s|\s+(?:is|was))\s+{_NO_NAME}(?P<name>[\w.’'-]+(?:\s+[\w.’'-]+){{0,2}})\s*\?*$"
)
_SUBJECT_TYPED = re.compile(rf"\b{AUXILIARY}\s+{_NO_NAME}(?P<name>[\w.’'-]+(?:\s+[\w.’'-]+)?)\s+(?P<verb>[a-z]+)\b")


def names(question: str) -> list[re.Match[str]]:
    """Return the names in a question, leaving out a capital that only opens the sentence."""
    found = []
    for match in NAME.finditer(question):
        first, _, rest = match.group().partition(" ")
        if match.start() > 0 or re.sub(r"['’]s?$", "", first.lower()) not in OPENERS:
            found.append(match)
        elif rest and (inner := NAME.search(question, match.start() + len(first))):
            found.append(inner)
    return found


def names_but_dates(question: str) -> list[re.Match[str]]:
    """Return the names in a question that are no months, weekdays or years."""
    return [match for match in names(question) if not _CALENDAR.fullmatch(match.group())]


def people_named(question: str) -> list[re.Match[str]]:
    """Return the names in a question that may be people's."""
    return [match for match in names_but_dates(question) if not _place_or_thing(question, match)]


def last_person(asked: Sequence[str]) -> str:
    """Return who was asked about last: whose words were asked for, else the fullest name that may be a person's."""
    for earlier in reversed(asked):
        speaker = SPEAKER_SLOT.search(earlier)
        if speaker and not refers_back(speaker["speaker"]) and not is_body(speaker["speaker"]):
            return _speaker(speaker["speaker"])
        found = people_named(earlier)
        # The longest name is the likeliest to be a person.
        if found:
            return _POSSESSIVE.sub("", max(found, key=lambda match: len(match.group().split())).group())
        if earlier.islower() and (typed := _typed_name(earlier)):
            return typed
    return ""


def _typed_name(question: str) -> str:
    """Return the name in a question typed without capitals, where its place tells; "" else."""
    known, subject = _WHO_IS_TYPED.match(question), _SUBJECT_TYPED.search(question)
    if known:
        return known["name"]
    return subject["name"] if subject and (is_verb(subject["verb"]) or subject["verb"].endswith("ed")) else ""


def _speaker(words: str) -> str:
    """Return the name of a speaker, or the words where there is none or it is a part ("the mayor of Saco")."""
    found = names_but_dates(words)
    whole = bool(found) and found[0].start() == 0
    return _POSSESSIVE.sub("", found[0].group()) if whole and len(found[0].group()) == len(words) else words


def is_role(phrase: str) -> bool:
    """Return whether a phrase is for one who can say something: "the lawyer for the town", not "the lawyer's fee"."""
    words = _AFTER_HEAD.sub("", phrase.strip()).split()
    return bool(words) and ROLE.fullmatch(words[-1]) is not None


def is_body(words: str) -> bool:
    """Return whether words are for a body, which is no he or she: "the House Ethics Committee", "the jury"."""
    last = words.split()[-1].lower()
    return last in _BODIES or (bool(names(words)) and is_institution(words))


def _place_or_thing(question: str, match: re.Match[str]) -> bool:
    before, after = question[: match.start()], question[match.end() :]
    if _NO_PERSON_BEFORE.search(before) or _NO_PERSON.match(match.group()):
        return True
    # "as Sudanese prime minister": it tells which one.
    return bool(_MODIFIES.match(after)) and not _POSSESSIVE.search(match.group())


def has_topic(question: str) -> bool:
    """Return whether the question has words of its own to search for (a name, or at least three content words)."""
    words = [word.lower() for word in re.findall(r"[A-Za-zÀ-ÿ0-9][\w'’.-]*", question)]
    content = [word for word in words if word not in OPENERS]
    return bool(names_but_dates(question)) or len(content) >= 3
