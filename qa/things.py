"""The things that a question tells of, and which of them a later "it" or "they" means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import wordlists
from index.person_names import is_institution
from qa.asked import spoken_of
from qa.mentions import NAME, OPENERS, is_role, names, names_but_dates
from qa.pronouns import refers_back
from qa.timewords import time_words
from qa.verbs import AUXILIARY, is_participle, is_verb

_PREPOSITION = (
    r"(?:in|on|at|by|for|to|from|with|of|about|against|under|since|until|through|over|near|off|after|before|during|into|"
    r"between|behind|than|as)"
)
_DETERMINER = r"(?:the|an?|his|her|its|their|this|that)"
_STOP = re.compile(
    rf"(?:{_PREPOSITION}|{AUXILIARY}|{_DETERMINER}|and|or|but|when|while|who|which|where|be|been|not|yet|again|"
    r"ever|never|also|already|still|now|later|just|only|too|really|actually|there|here|he|she|it|they|him|them|his|her)",
    re.I,
)
_WORD = re.compile(r"[\w.’'&-]*\w")
_COUNTED = re.compile(
    r"^(?:how many|which|what)\s+"
    r"(?P<noun>(?:[a-z][\w-]*\s+){0,2}?(?:[a-z][\w-]*[a-rt-z]s|people|men|women|children|police))\b",
    re.IGNORECASE,
)
_WHICH_ONE = re.compile(
    rf"^(?:which|what)\s+(?!(?:time|day|date|month|year|age|share|percentage|amount|number|reason|kind|sort|else|the)\b)"
    rf"(?P<noun>(?:[a-z][\w-]*\s+)?[a-z][\w-]*)(?=\s+{AUXILIARY}\b)|^which\s+(?P<word>[a-z][\w-]*)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:[a-rt-z]s|people|men|women|children|police)$")
_DETERMINED = re.compile(
    rf"(?:\b(?:the|an?|his|her|its|their)\s+|\b(?-i:{NAME.pattern})(?:['’]s|(?<=s)['’])\s+)", re.IGNORECASE
)
_AFTER_PREPOSITION = re.compile(rf"\b{_PREPOSITION}\s+(?:[\w’'-]+(?:\s+[\w’'-]+)?\s+(?:and|or)\s+)?$", re.IGNORECASE)
_WHO_DOES = re.compile(rf"^(?:who|which\s+\w+)\s+(?!{AUXILIARY}\b)[a-z]+\s+$", re.IGNORECASE)
_IN_PLACE = re.compile(r"\b(?:in|at|from|near|off|of)\s+$", re.IGNORECASE)
_AFTER_AUXILIARY = re.compile(rf"\b{AUXILIARY}\s+$", re.IGNORECASE)
# What is asked for, which "it" does not mean: "What is the name of the band?"
_ASKED_FOR = re.compile(
    r"^(?:who|what)(?:\s+(?:is|was|are|were)|['’]s)\s+(?:the|an?)\s.*\s(?:of|in|for)\s", re.IGNORECASE
)
# "than a year before"
_SPAN_OF_TIME = re.compile(r"(?:year|month|week|day|decade|century|moment|while)s?", re.IGNORECASE)
_DOES_NOUN = re.compile(rf"\b(?:did|does|will|would)\s+(?P<noun>(?!{_STOP.pattern}\b)[a-z]+)\s+(?P<verb>[a-z]+)\b")
_FOLLOWED = re.compile(rf"\s+{_PREPOSITION}\s", re.IGNORECASE)
_COPULA = re.compile(r"^(?:(?:when|where|why|how)\s+)?(?:is|are|was|were)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun phrase of a question: ``question[start:end]``.

    Attributes:
        words: The phrase, as it may stand in another question.
        plural: Whether it is more than one.
        named: Whether it has a name in it.
        aside: Whether a preposition leads to it: "in Saco", "at the mill".
    """

    start: int
    end: int
    words: str
    plural: bool
    named: bool
    aside: bool


def thing_told_of(base: str, plural: bool) -> Thing | None:
    """Return the one thing of ``base`` that "it" ("they" where ``plural``) can mean; None where several can.

    >>> thing_told_of("When was the Larkin Street bridge closed?", False).words
    'the Larkin Street bridge'
    """
    if _ASKED_FOR.match(base):
        return None
    speaker = spoken_of(base)[0]
    fitting = [one for one in things(base) if one.plural == plural and one.words.removeprefix("the ") != speaker]
    if re.search(r"\b(?:he|she|his|her|him)\b", base):
        fitting = [one for one in fitting if not one.named or is_institution(one.words) or one.words.startswith("the ")]
    main = [one for one in fitting if not one.aside]
    if len(main) > 1 and not plural:
        # Bodies and places are no people; "Calder Foods" beside "Anne Holt" is the thing.
        surely = [one for one in main if is_institution(one.words) or not one.named or one.words.startswith("the ")]
        main = surely if len(surely) == 1 and not any(_may_be_body(one) for one in main if one not in surely) else main
    # "it" after "How many died in Arbor?" is what happened there.
    found = main or [one for one in fitting if not _IN_PLACE.search(base[: one.start])]
    return found[0] if len(found) == 1 else None


def things(base: str) -> list[Thing]:
    """Return the noun phrases of a question that are neither people, times nor pronouns, in order."""
    taken = [(one.start, one.end) for one in time_words(base)]
    found: list[Thing] = []
    for start, end in [*_counted(base), *determined(base), *_bare(base), *_named(base)]:
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            if not _is_person(base, start, end):
                found.append(_thing(base, start, end))
    return sorted(found, key=lambda one: one.start)


def _thing(base: str, start: int, end: int) -> Thing:
    words = re.sub(r"^(?:an?|this|that)\s+", "the ", base[start:end])
    counted = base[:start].strip().lower() in ("how many", "which", "what")
    name = bool(names(words))
    return Thing(
        start,
        end,
        f"the {words}" if counted else words,
        bool(_PLURAL.search(words)) and (counted or not name or words.lower().startswith("the ")),
        name,
        bool(_AFTER_PREPOSITION.search(base[:start])),
    )


def _counted(base: str) -> Iterator[tuple[int, int]]:
    match = _COUNTED.match(base) or _WHICH_ONE.match(base)
    kind = (match and match.lastgroup) or ""
    if match and not any(_STOP.fullmatch(word) for word in match[kind].split()):
        yield match.span(kind)


def subject_or_object(base: str) -> tuple[int, int] | None:
    """Return where a question has the phrase with an article that another may replace: its subject, else its object.

    >>> base = "Who plays the detective in the film?"
    >>> base[slice(*subject_or_object(base))]
    'the detective'
    """
    phrases = list(determined(base))
    subjects = [one for one in phrases if _AFTER_AUXILIARY.search(base[: one[0]])]
    objects = [one for one in phrases if _WHO_DOES.match(base[: one[0]]) and not names(base[slice(*one)])]
    return next(iter(subjects or objects), None)


def determined(base: str) -> Iterator[tuple[int, int]]:
    """Yield phrases from their article to the verb, preposition or end behind them."""
    for match in _DETERMINED.finditer(base):
        end, verb = match.end(), False
        auxiliary = _AFTER_AUXILIARY.search(base[: match.start()])
        copula = auxiliary is not None and _COPULA.match(auxiliary.group()) is not None
        for word in _WORD.finditer(base, match.end()):
            between = base[end : word.start()].strip()
            verb = not copula and is_verb(word.group()) and end > match.end()
            if between or _STOP.fullmatch(word.group()) or verb:
                break
            end = word.end()
        # "the Treaty of Arbor"
        end = max([end, *(name.end() for name in names(base) if match.end() <= name.start() < end)])
        words = base[match.end() : end].split()
        # "was the bridge closed", "is it safe", "did the wall fall": the last word is the verb's or says how it is.
        if (
            len(words) > 1
            and words[-1].islower()
            and not verb
            and _is_predicate(base, auxiliary, copula, words[-1], end)
        ):
            end -= len(words[-1])
        if words and not _SPAN_OF_TIME.fullmatch(words[-1]):
            yield match.start(), len(base[:end].rstrip())


def _is_predicate(base: str, auxiliary: re.Match[str] | None, copula: bool, last: str, end: int) -> bool:
    """Return whether the last word of a phrase that ends at ``end`` is no noun of it: "closed", "safe", "fall"."""
    ends, participle = not base[end:].strip(" ?"), is_participle(last)
    if participle and _FOLLOWED.match(base[end:]):
        return True  # "the play performed in Saco"
    if auxiliary is None:
        return participle and ends and _COPULA.match(base) is not None  # "was the clerk in the Arbor case charged"
    # "Is the bridge safe?", but not "How tall is the north tower?"
    return not copula or participle or (ends and auxiliary.start() == 0)


def _bare(base: str) -> Iterator[tuple[int, int]]:
    """Yield a plural without an article where a subject stands: "did nurses at the hospital strike"."""
    for match in re.finditer(rf"\b{AUXILIARY}\s+(?P<noun>[a-z]+(?:[a-rt-z]s|people|men|women|children))\b", base):
        yield match.span("noun")
    # "did bacon cost"
    for match in _DOES_NOUN.finditer(base):
        if is_verb(match["verb"]) or match["verb"] in ("cost", "rise", "fall", "drop"):
            yield match.span("noun")


def _named(base: str) -> Iterator[tuple[int, int]]:
    for match in names_but_dates(base):
        number = re.match(r"\s+\d+\b", base[match.end() :])  # "Flight 882"
        name = re.sub(r"['’]s?$", "", match.group())
        yield match.start(), match.start() + len(name + (number.group() if number else ""))


def _is_person(base: str, start: int, end: int) -> bool:
    words = base[start:end]
    if words.split()[-1].lower() in wordlists.ORGANISATION:
        return False
    if refers_back(words) or words.split()[-1].lower() in OPENERS:
        return True
    if _PLURAL.search(words):
        return False  # "they" may be people
    if not names(words) or words.lower().startswith(("the ", "a ", "an ")) or words.split()[-1].islower():
        return is_role(words)
    given = words.split()[0].lower()
    titled = given.rstrip(".") in wordlists.TITLES | wordlists.COURTESY
    return titled or given in wordlists.MENS_NAMES or given in wordlists.WOMENS_NAMES


def _may_be_body(one: Thing) -> bool:
    """Return whether a name of one word may be a body's: "Corvane opened the museum"."""
    return one.named and " " not in one.words
