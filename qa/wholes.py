"""Whole follow-up questions ("And how much did it cost?") completed from the one before them."""

import re
from collections.abc import Sequence

from qa.antecedents import both_meant, fits, other_in_topic, person_meant, thing_meant, time_meant, with_kinds_named
from qa.asked import ends_with_saying, spoken_of
from qa.mentions import ROLE, has_topic, names_but_dates
from qa.pointing import behind, without_mark
from qa.pronouns import free_person, free_thing, is_possessive, replaced
from qa.things import determined
from qa.verbs import AUXILIARY
from qa.words import content_stems

QUESTION_WORD = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would|"
    r"should|in which|in what|at which|at what|on what|on which|since when|by when|according)\b",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r"^\s*(?:and|but|so)\b[\s,]*(?=\w)", re.IGNORECASE)
_OF_THEM = re.compile(
    r"^(?P<opening>(?:and\s+)?(?:how (?:many|much)|which|what (?:share|percentage|proportion)|who|(?:are|were|did) "
    r"(?:any|all|some|most)))\s+of\s+(?:them|those|these)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"^(?:how many|which|what)\s+(?P<things>(?:(?!{AUXILIARY}\b)[a-z][\w-]*\s+)*?"
    rf"(?:people|men|women|children|police|(?!{AUXILIARY}\b)[a-z][\w-]*s))\b"
)
_ONES = re.compile(r"^(?P<which>(?:and\s+)?(?:which|what))\s+ones\b", re.IGNORECASE)
_COUNTS_UNSAID = re.compile(rf"^(?:and\s+)?how many(?=\s+{AUXILIARY}\s+[A-ZÀ-Þ])", re.IGNORECASE)
# Said of what somebody else said or did, which is not in the question itself.
_RESPONDS = re.compile(
    r"\b(?:agree|disagree|object|concur|oppose|support|respond|react|approve|comment|right|wrong|correct|mistaken)(?:s|d|ed)?"
    r"(?:\s+with\s+[\w.’'-]+(?:\s+[\w.’'-]+){0,2})?\s*\?*\s*$|"
    r"^(?!.*\bwhen\b).*\b(?:apologi[sz]ed?|den(?:y|ies|ied)|admit(?:s|ted)?|confess(?:ed)?|appeal(?:ed)?|w[io]n|lose|lost|happen(?:s|ed)?)"
    r"(?:\s+(?:it|that))?\s*\?*\s*$|\b(?:contradict|answer|challenge|oppose)s?\s+[\w.’'-]+(?:\s+[\w.’'-]+){0,2}\s*\?*\s*$",
    re.IGNORECASE,
)
# "What was his reason?", "Did he say why?"
_REASON = re.compile(r"\b(?:reasons?|excuse|explanation)\b|\w\s+(?:why|how|where|when)\s*\?*\s*$", re.IGNORECASE)
# "Why didn't Holt?": do what was asked about.
_NO_VERB = re.compile(
    r"^(?:\w+\s+)?(?:did|does|do|has|have|had|will|would|can|could)(?:n['’]t)?\s+(?:\w+\s+){0,2}[A-ZÀ-Þ]\w+\s*\?*$"
)
# A name typed without capitals is a name where nothing else can stand.
_WHO_IS = re.compile(
    r"^\s*who(?:\s+(?:is|was|are|were)|['’]s)\s+(?!(?:the|an?|he|she|they|it|this|that|his|her|their)\b)"
    r"[\w.’'-]+(?:\s+[\w.’'-]+){0,3}\s*\?*\s*$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\bthe\s+(?P<noun>[a-z]{3,})\b(?!['’])", re.IGNORECASE)
_MODIFIER = r"(?!(?:of|in|on|at|for|by|to|from|and|or|the|an?|is|was|were|are|did|does|do|say|said)\b)[\w.’'&-]+\s+"
# "the victim", "the winning goal": without more words nobody knows which one.
_UNTOLD = re.compile(
    r"the\s+(?:(?:other|winning|final|first|second|third|last|next|same|previous|whole|entire|original|"
    r"surviving|remaining|exact|total)\s+)?(?P<noun>[a-z][\w-]*)",
    re.IGNORECASE,
)
_TOLD_MORE = re.compile(
    r"^\s+(?:of|in|at|near|from|that|who|which|on|behind|for|with|to|against|about|by|where|between)\s+\w",
    re.IGNORECASE,
)
_TELLS_LITTLE = 2
_TELLS_ENOUGH = 4
# "What is inflation in Europe?", unlike "What is the death toll?"
_DEFINES = re.compile(
    r"^what(?:['’]s|\s+(?:is|are))\s+(?:an?\s+)?(?!(?:the|next|left|new|there|known|being)\b)[a-z]{4,}", re.IGNORECASE
)
# Of these everybody knows which one.
_ONLY_ONE = frozenset(
    "administration ambassador arctic army beginning chancellor climate country court courts earth economy "
    "elderly end environment eu eurozone fed future gop government governor homeless house internet king left "
    "market mayor media military minister moon nation navy ocean pandemic past police poor pope premier president "
    "press prince public queen rich right sea secretary senate sheriff sky state stock stocks sun uk un "
    "unemployed us usa war weather wild world young".split()
)
# "How old was she then?": at the time of what was asked about.
THEN = re.compile(
    r"\b(?:(?:back |by )?then|(?:on |at )?(?:that|the same) (?:day|night|time|year))\s*\??$", re.IGNORECASE
)
# "What shall they use instead?", "How do I get one?"
_POINTS = re.compile(
    r"\b(?:the same(?:\s+\w+)?|instead|in between|afterwards?|beforehand|otherwise|"
    r"(?:get|gets|got|buy|have|had|make|want|need|take|win|find|see|use|build|order|try) one)\s*\??$",
    re.IGNORECASE,
)
# "What happened then?": next.
_NEXT = re.compile(r"\b(?:do|did|go|went|come|came|happen(?:s|ed)?)\s+then\b", re.IGNORECASE)
# A longer description is awkward as an owner: "the first woman to win the prize’s speech".
_LONGEST_OWNER = 4


def resolved(question: str, base: str, asked: Sequence[str], elliptic: bool = False) -> str:
    """Complete a whole question: pronouns, a missing topic, things that only an earlier question names.

    Args:
        question: The question.
        base: The newest question before it that stands alone.
        asked: All questions before it, oldest first.
        elliptic: Whether it opens with "and" or "what about".
    """
    then = THEN.search(question)
    if then and not _NEXT.search(question) and (time := time_meant(base)):
        question = f"{question[: then.start()]}{time}?"
    told = with_kinds_named(_with_counted(question, base), base)
    kind_named, question = told != question, told
    person, meant = _person_and_meant(question, asked)
    if person and meant and not (is_possessive(question, person) and len(meant.split()) > _LONGEST_OWNER):
        return _with_person(question, base, person, meant, asked)
    thing = free_thing(question)
    noun = "" if person or thing is None else both_meant(asked, thing.group()) or thing_meant(question, thing, base)
    if thing and noun:
        return _with_thing(question, base, thing, noun)
    if person or thing:
        return beside(question, base)
    if ends_with_saying(question) and len(content_stems(question)) <= _TELLS_ENOUGH:
        return _with_topic(question, base)
    if not names_but_dates(question):
        written_out = (_with_whole_names(question, earlier) for earlier in (base, *reversed(asked)))
        longer = next((one for one in written_out if one != question), question)
        if longer != question and not names_but_dates(longer) and names_but_dates(base):
            return beside(longer, base)
        question = longer
    if kind_named or (_WHO_IS.match(question) and not THEN.search(question)):
        return question
    named = bool(names_but_dates(question))
    bare = not has_topic(question) and not _DEFINES.match(question)
    return beside(question, base) if (elliptic and not named) or bare or _lacks(question, base, named) else question


def _person_and_meant(question: str, asked: Sequence[str]) -> tuple[re.Match[str] | None, str]:
    """Return the pronoun for somebody whom the question does not name, and whom it means, "" where that is unknown."""
    person = free_person(question)
    if person is None:
        return None, ""
    # "Did Biggs agree with him?": with somebody else.
    besides = [name.group() for name in names_but_dates(question) if name.start() < person.start()]
    meant = person_meant(asked, person.group(), besides)
    if besides and is_possessive(question, person) and not fits(meant, person.group(), surely=True):
        return None, ""  # "Did Holt finish his album?" tells of Holt's own
    return person, meant


def _with_thing(question: str, base: str, pronoun: re.Match[str], noun: str) -> str:
    """Return the question with a thing in place of a pronoun, and the one before it behind it where that is needed."""
    own = content_stems(question[: pronoun.start()] + question[pronoun.end() :])
    if not own:
        return beside(question, base)  # "Was it?"
    question = _without_conjunction(replaced(question, pronoun, noun))
    other = free_thing(question)
    if other and other.group().lower() != pronoun.group().lower() and (second := thing_meant(question, other, base)):
        question = replaced(question, other, second)
    # "the Harbor Prize" of "the Harbor Prize for poetry": what follows it is still needed.
    follows = base[base.find(noun) + len(noun) :] if noun in base else ""
    known = bool(names_but_dates(noun)) and not re.match(r"\s+(?:of|for|in|on|at|about|from|with|to)\s", follows)
    if not (known or noun == spoken_of(base)[1]) or free_thing(question) or THEN.search(question):
        return beside(question, base)
    # "How much will Holt Steel invest?": of what was asked about before.
    further = set(content_stems(base)) - set(content_stems(noun))
    return question if len(own) > 1 or len(further) <= 1 else beside(question, base)


def _with_counted(question: str, base: str) -> str:
    """Return "How many did Holt score?" with what the question before it counted: "How many goals did Holt score?"."""
    counts, things = _COUNTS_UNSAID.match(question), _COUNTED.match(base[:1].lower() + base[1:])
    return f"{counts.group()} {things['things']}{question[counts.end() :]}" if counts and things else question


def _with_person(question: str, base: str, pronoun: re.Match[str], meant: str, asked: Sequence[str]) -> str:
    """Return the question with somebody in place of a pronoun, and with what else it lacks."""
    question = _without_conjunction(replaced(question, pronoun, meant))
    other = free_person(question)
    if other and (
        somebody := other_in_topic(question, other, base, meant) or person_meant(asked, other.group(), [meant])
    ):
        question = _without_conjunction(replaced(question, other, somebody))
        other = free_person(question)
    # "How much of his money did he give": twice the same; "him" is somebody else.
    somebody_else = other and other.group().lower() in ("him", "her") and not is_possessive(question, other)
    lacking = any(kind.search(question) for kind in (_RESPONDS, _NO_VERB, THEN, _REASON))
    if free_thing(question) or somebody_else or lacking:
        return beside(question, base)
    return _with_topic(question, base) if ends_with_saying(question) else question


def _lacks(question: str, base: str, named: bool) -> bool:
    """Return whether a question without pronouns tells of what only the one before it names."""
    if _POINTS.search(question):
        return True
    if len(content_stems(question)) > _TELLS_ENOUGH:
        return THEN.search(question) is not None
    if _RESPONDS.search(question) or THEN.search(question):
        return True
    if named or not content_stems(base):
        return False
    stems = [stem for stem in content_stems(question) if stem not in ("no", "yes")]
    if len(stems) <= _TELLS_LITTLE and not spoken_of(question)[1] and not _DEFINES.match(question):
        return True  # "How many passengers survived?"
    return any(_is_untold(question[start:end], question[end:]) for start, end in determined(question))


def _is_untold(phrase: str, after: str) -> bool:
    """Return whether "the NOUN" alone tells nobody which one is meant, unlike "the mayor" or "the tram strike"."""
    untold = _UNTOLD.fullmatch(phrase)
    if re.match(r"the other\s", phrase, re.IGNORECASE):
        return True
    if untold is None or _TOLD_MORE.match(after):
        return False
    return untold["noun"].lower() not in _ONLY_ONE


def beside(question: str, base: str) -> str:
    """Return a question that points at the one before it, with that one behind it."""
    things = _COUNTED.match(base[:1].lower() + base[1:])
    asked = question
    if things and _ONES.match(question):
        asked = _ONES.sub(lambda match: f"{match['which']} {things['things']}", question)
    elif things and _OF_THEM.match(question):
        asked = _OF_THEM.sub(lambda match: f"{match['opening']} of the {things['things']}", question)
    return behind(_without_conjunction(asked), _without_conjunction(base))


def _without_conjunction(question: str) -> str:
    """Return "And how much was that?" without its "and"."""
    conjunction = _CONJUNCTION.match(question)
    rest = question[conjunction.end() :] if conjunction else ""
    if not QUESTION_WORD.match(rest) or len(rest.split()) < 3:
        return question
    return rest[:1].upper() + rest[1:] if question.lstrip()[:1].isupper() else rest


def _with_topic(question: str, base: str) -> str:
    """Return "And what did Holt say?" with the topic of the question before it, where that has one."""
    topic = spoken_of(base)[1]
    if not topic:
        return question if _WHO_IS.match(base) else beside(question, base)
    to = "to" if re.search(r"\b(?:react|respond|reaction|response)\w*", question, re.IGNORECASE) else "about"
    return f"{without_mark(_without_conjunction(question))} {to} {topic}?"


def _with_whole_names(question: str, base: str) -> str:
    """Return the question with "the plant" written out as the question before it had it: "the Velmo plant"."""

    def whole(match: re.Match[str]) -> str:
        noun = match["noun"]
        before = re.search(rf"\b(?:the|an?)\s+(?P<words>(?:{_MODIFIER}){{1,3}}){noun}\b", base, re.IGNORECASE)
        return f"{match.group()[:3]} {before['words']}{noun}" if before and not ROLE.match(noun) else match.group()

    return _DEFINITE.sub(whole, question)
