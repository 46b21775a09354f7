"""Find whose words a question asks for, and the statements that are theirs, among those in the passages."""

import re
from collections.abc import Callable, Sequence

from index import wordlists
from index.names import fold, is_body
from index.records import Article, Statement
from index.statements import same_person
from qa.joint import speak_together
from qa.meant import has_office, is_called, is_meant, is_spoken_of
from qa.mentions import OPENERS
from qa.records import Hit, Query

# A statement, and a passage of the article in which somebody made it.
Stated = tuple[Hit, Statement]
Means = Callable[[str, Statement, Article], bool]

# Questions for a fact have no speaker even where they name one: "How many seasons was McGrath part of?"
_FACT = re.compile(
    r"^\W*(?:(?:and|but|at|by|for|from|in|of|on|since|to|until|with) )?"
    r"(?:who|whom|whose|when|where|which|how (?:many|much|long|old|often|far)|"
    r"what (?:time|day|date|month|year|price|share|percentage|number))\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|would|will|is|was|are|were|can|could)(?:n['’]t)?\s+", re.IGNORECASE
)
_ACCORDING_TO = re.compile(
    r"\b(?:acc(?:ording|\.)? to|as told by|in the (?:words|eyes|view|opinion) of)\s+(?P<who>[^?,]+)", re.IGNORECASE
)
# "…, says Castellane", "as Castellane sees it", "what worries Castellane about the bridge"
_SAYS_WHO = re.compile(
    r",\s*(?:says|said|argues|argued|claims|claimed|thinks|believes|warns|warned)\s+(?P<who>[^?,]+)"
    r"|\bas (?P<sees>[^?,]{2,60}?) (?:sees|saw|tells|told|puts|put|describes|explains|explained) (?:it|them)\b"
    r"|\bwhat (?:worr|trouble|bother|surprise|concern|anger|annoy|frighten|please|inspire)(?:s|ies|ied|ed|d)\s+"
    r"(?P<moved>[^?,]+)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"\b(?P<who>[\w.’' -]{2,60}?)['’]s?\s+(?:\w+\s+)?(?:view|position|opinion|take|stance|reaction|response|comment|"
    r"outlook|eyes|words|argument|advice|verdict|impression|answer|statement|remark|warning|complaint|worry|worries|"
    r"concern|fear|hope|explanation|account|assessment|criticism|praise|plea|message|demand|prediction|estimate|"
    r"theory|promise|excuse|objection|analysis|judge?ment|telling|estimation|feeling|lesson|tribute|defen[cs]e|thought|"
    r"forecast|justification|reasoning|slogan|pledge|vow|testimony)s?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w.&’'-]+")
_LONGEST = 8
_LONGEST_NAME = 3
_GIVEN_NAMES = wordlists.MENS_NAMES | wordlists.WOMENS_NAMES
# Where the name in "Did Castellane, the mayor, expect" ends for certain.
_PAUSE = re.compile(r"[?,;:(]")
# What a name does not end with.
_HANGING = frozenset("of for at in from to and by on with the a an".split())
# "Was Castellane's office shut", "Did the doctors' union expect": the owner does not speak.
_OWNER = re.compile(r"(?:['’]s|s['’])$")
# "They" is also how an article writes a speaker whom it does not name.
_PRONOUNS = frozenset("i you he she it we they this that these those there".split())


def asked_speaker(query: Query, stated: Sequence[Stated]) -> str:
    """Return whose words the question asks for, as the question writes it; "" where it asks for nobody's.

    A question of the form "What did X say" tells by itself. Others ("How did X remember Y", "Does X expect Y") tell
    only together with the statements at hand: X must be somebody who is quoted.

    Args:
        query: The question.
        stated: Statements of the passages that were found for it.
    """
    if query.speaker:
        return query.speaker
    question = query.interpreted_as
    if match := _ACCORDING_TO.search(question):
        # Whoever else is named is not the one; the name may be followed by anything.
        return known(openings(match["who"]), stated)
    if match := _SAYS_WHO.search(question):
        return known(openings(match[match.lastgroup or 0]), stated)
    if match := _POSSESSIVE.search(question):
        # The name ends the part before the possessive: "What is Shimon Peres's take".
        words = _WORD.findall(match["who"])
        names = [" ".join(words[i:]) for i, word in enumerate(words) if word.lower() not in OPENERS]
        if found := known(names, stated):
            return found
    if _FACT.match(question):
        return _named(question, stated)
    for auxiliary in _AUXILIARY.finditer(question):
        words = _WORD.findall(_PAUSE.split(question[auxiliary.end() :])[0])[:_LONGEST]
        # Whatever is asked about may stand here, so a description that has to be looked for in articles is not tried.
        if found := known(_subjects(words), stated, (is_meant,)):
            return found
    return "" if asks_for_words(query) else _named(question, stated)


def asks_for_words(query: Query) -> bool:
    """Return whether a question asks for words by its form; "Why did Holt leave?" may be answered by Holt's words."""
    if query.speaker:
        return True
    return any(pattern.search(query.interpreted_as) for pattern in (_ACCORDING_TO, _SAYS_WHO, _POSSESSIVE))


def asks_for_fact(query: Query) -> bool:
    """Return whether a question asks for a name, number, time or place: it may stand beside somebody's words."""
    return _FACT.match(query.interpreted_as) is not None


def theirs(speaker: str, stated: Sequence[Stated]) -> list[Stated]:
    """Return the statements of the one who was asked for; where name and office fit nobody, of who is described so."""
    if not speaker:
        return []
    fitting = [
        (hit, said)
        for hit, said in stated
        if is_meant(speaker, said, hit.article) or speak_together(speaker, said, hit.article)
    ]
    return (
        fitting
        or [(hit, said) for hit, said in stated if is_spoken_of(speaker, said, hit.article)]
        or _of_one([(hit, said) for hit, said in stated if is_called(speaker, said)])
        or _of_one([(hit, said) for hit, said in stated if has_office(speaker, said, hit.article)])
    )


def _of_one(stated: list[Stated]) -> list[Stated]:
    """Return statements where all of them are one speaker's; else none."""
    return stated if len({said.speaker for _, said in stated}) == 1 else []


def _named(question: str, stated: Sequence[Stated]) -> str:
    """Return the first name in a question, as it is written there, of a person who is quoted; "" where there is none.

    The longest name is taken. The owner in "Holt's office" is not asked for, nor is Brown by "Michael Brown".
    """
    words = _WORD.findall(question)
    folded = [word.rstrip(".").lower() for word in words]
    quoted = [said for _, said in stated if " " in said.speaker and not is_body(said.speaker)]
    names = [fold(name).split() for said in quoted for name in said.speaker.split(" and ")]
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST_NAME), first, -1):
            part = folded[first:last]
            if any(part[-1] == name[-1] and set(part) <= set(name) for name in names) and not (
                first and folded[first - 1] in _GIVEN_NAMES
            ):
                written = " ".join(words[first:last]).rstrip(".")
                if any(same_person(written, said) for said in quoted):
                    return written
    return ""


def openings(text: str) -> list[str]:
    """Return the openings that may be somebody, longest first: none that lacks what it is of, or is the owner of."""
    words = _WORD.findall(_PAUSE.split(text)[0])
    following = [*(word.lower() for word in words[1:]), ""]
    return [
        " ".join(words[:count])
        for count in range(len(words), 0, -1)
        if words[count - 1].lower() not in _HANGING
        and (count == len(words) or not (_OWNER.search(words[count - 1]) or following[count - 1] in ("of", "for")))
    ]


def _subjects(words: Sequence[str]) -> list[str]:
    """Return the openings that may be a subject, longest first; "the State" of "the State Department" is none."""
    following = [*words[1:], ""]
    ends = [not after[:1].isupper() and not _OWNER.search(word) for word, after in zip(words, following, strict=True)]
    return [" ".join(words[: count + 1]) for count in reversed(range(len(words))) if ends[count]]


def known(names: Sequence[str], stated: Sequence[Stated], loosely: Sequence[Means] = (is_meant, is_spoken_of)) -> str:
    """Return the first of ``names`` that means somebody who is quoted.

    Where none is a name or role as articles write it, the last that is more loosely: it is the shortest.
    """
    able = [name for name in names if name.lower() not in _PRONOUNS]
    for name in able:
        if any(same_person(name, said) or speak_together(name, said, hit.article) for hit, said in stated):
            return name
    for fits in loosely:
        for name in reversed(able):
            if any(fits(name, said, hit.article) for hit, said in stated):
                return name
    return ""
