"""Make a follow-up question stand alone, from the questions before it."""

import re
from collections.abc import Sequence

from qa.adverbs import is_adverb, with_adverb
from qa.antecedents import person_described, person_meant
from qa.asked import spoken_of
from qa.ellipsis import PREPOSITION, swap
from qa.fragments import lacks_verb, with_fragment
from qa.mentions import NAME, OPENERS, SPEAKER_SLOT, is_role, names_but_dates
from qa.openings import without_opening
from qa.pointing import behind, parted, without_mark
from qa.pronouns import free_person, free_thing, is_possessive, refers_back, replaced
from qa.timewords import time_words
from qa.wholes import QUESTION_WORD, THEN, beside, resolved
from qa.words import content_stems

_AND_WHAT_OF = re.compile(
    r"^\s*(?:and|but|or|so)?[\s,]*"
    r"(?:(?:what|how)\s+about|and|but)\s+(?P<rest>.+?)\s*\?*\s*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\s*(?:(?:and|but|so)\s+)?(?:who|how old|what of|if (?:so|not)\b[^?]*|then|"
    r"(?:what|where|anything) else)\s*\??\s*$",
    re.IGNORECASE,
)
# "No, the senator", "I meant Biggs", "Sorry, in July"
_CORRECTION = re.compile(
    r"^\s*(?:(?:no|nope|sorry|actually|wait|oops)\s*[,.;:–—-]+\s*|(?:no|sorry|actually)\s+(?=i\b|the\b|not\b))*"
    r"(?:i\s+(?:mean|meant|was asking about|am asking about)\s+|rather\s+|make (?:that|it)\s+)?"
    r"(?P<rest>.+?)\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"^not\s+(?P<old>[^,;]+?)\s*(?:,\s*(?:but\s+)?|\s+but\s+|;\s*)(?P<new>.+)$", re.IGNORECASE)
_BUT_NOT = re.compile(
    r"^(?P<new>[^,;\s]+(?:\s+[^,;\s]+){0,4}?)(?:\s*,\s*(?:and )?|\s+)not\s+(?P<old>.+)$", re.IGNORECASE
)
_INSTEAD = re.compile(r"\s*,?\s+(?:instead|i mean|i meant)$", re.IGNORECASE)
_ANYTHING_FROM = re.compile(
    r"^(?:any(?:thing| word| comment| reaction)|a word|nothing)\s+(?:from|by)\s+", re.IGNORECASE
)
_ANYTHING_ON = re.compile(
    r"^(?:any(?:thing| word)|a word|nothing|something)\s+(?:on|about|regarding)\s+(?=\w)", re.IGNORECASE
)
# "and the old bridge, when did that close?"
_SET_BEFORE = re.compile(r"^(?P<thing>[^,?]{2,50}?)(?:,|:|\s[–—-])\s+(?P<question>.+)$")
# "And if it rains?"
_CONDITION = re.compile(
    r"^\s*(?:(?:and|but|so|what)\s+)*(?P<rest>(?:even\s+)?(?:if|unless|in case)\s+[^,?]+?)\s*\?*\s*$", re.IGNORECASE
)
_ACCORDING = re.compile(r"^according to\s+(?P<who>[^,?]+?)\s*\?*\s*$", re.IGNORECASE)
_PAST = re.compile(r"^(?:\w+\s+){0,3}?(?:did|was|were)\b|^who\s+\w+ed\b", re.IGNORECASE)
_ONE = re.compile(r"^the\s+(?:one\b|[\w.’'-]+\s+ones?$)", re.IGNORECASE)
# "And Biggs’ reaction to that?"
_VIEW = re.compile(
    r"^\S.{0,60}?['’]s?\s+(?:\w+\s+)?(?:(?P<uttered>reaction|response|comment|answer|reply|statement)|"
    r"view|position|opinion|stance|take)\b",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"^who(?:\s+(?:is|was)|['’]s)\b", re.IGNORECASE)
_THAT_ONE = re.compile(r"\bthat one\b", re.IGNORECASE)
# Lower-case words that, alone, are nobody's name.
_ASIDE = re.compile(
    r"(?:\w+ly|more|seriously|ok|okay|yes|no|again|meaning|details?|sources?|proof|evidence|examples?|explain|elaborate|"
    r"continue|thanks|please|right|sure|true|wow|hello|hi|interesting|huh|hm+)",
    re.IGNORECASE,
)
# "Why", "What else": of so few words nothing but another question word can be asked.
_POINTS_ONLY = 2


def stand_alone(question: str, history: Sequence[str]) -> str:
    """Return ``question`` with what it leaves out filled in from ``history`` (oldest first).

    A question that lacks nothing is returned as it is, so a new topic is not dragged into the old one.
    """
    asked = [without_opening(earlier.strip()) for earlier in history if earlier.strip()]
    if not asked:
        return question
    base = newest = asked[0][0]
    before = [base]
    for earlier, anew in asked[1:]:
        completed = earlier if anew else _completed(earlier, base, newest, before)
        before.append(earlier)
        outer, pointed_at = parted(completed)
        if not pointed_at:
            base = newest = completed
        elif len(outer.split()) > _POINTS_ONLY and content_stems(outer):
            # Nothing that only points at the one before it can be the base of the next one, but "Why?" asks of it.
            newest = f"{outer}?"
    question, anew = without_opening(question)
    return question if anew else _completed(question, base, newest, [*before, base])


def _completed(question: str, base: str, newest: str, asked: Sequence[str]) -> str:
    """Complete one question from the newest before it and, where that one only points back, ``base`` behind it."""
    if newest != base and _leans_on(question, newest):
        completed = _complete(question, newest, asked)
        outer, pointed_at = parted(completed)
        return question if completed == question else behind(outer, f"{pointed_at} {base}".strip())
    return _complete(question, base, asked)


def _leans_on(question: str, newest: str) -> bool:
    """Return whether a question is a fragment of the newest one, which has what the fragment needs."""
    if _is_bare(question) or THEN.search(question) or (free_thing(question) and _THAT_ONE.search(question)):
        return True
    elliptic = _AND_WHAT_OF.match(question)
    words = elliptic["rest"] if elliptic else question
    return not QUESTION_WORD.match(words) and not refers_back(newest)


def _is_bare(question: str) -> bool:
    return _BARE.match(question) is not None or is_adverb(question) or lacks_verb(question)


def _complete(question: str, base: str, asked: Sequence[str]) -> str:
    """Complete one question from ``base``, the newest before it that stands alone."""
    if _is_bare(question):
        return with_adverb(question, base) or with_fragment(question, base) or beside(question, base)
    condition = _CONDITION.match(question)
    if condition and (SPEAKER_SLOT.search(base) or _PAST.match(base)):
        return behind(condition["rest"], base)
    if condition:
        return f"{without_mark(base)} {condition['rest'][:1].lower()}{condition['rest'][1:]}?"
    corrected = _corrected(question, base, asked)
    if corrected:
        return corrected
    elliptic = _AND_WHAT_OF.match(question)
    rest = elliptic["rest"] if elliptic else ""
    if according := _ACCORDING.match(rest or question):
        return _according_to(according["who"], base, asked)
    capitals = not question.strip()[:1].islower()
    view = _VIEW.match(rest)
    if view:
        return resolved(f"What {'was' if view['uttered'] else 'is'} {without_mark(rest)}?", base, asked)
    owner = free_person(rest)
    if (
        owner
        and is_possessive(rest, owner)
        and not QUESTION_WORD.match(rest)
        and (name := person_meant(asked, owner.group()))
    ):
        whose = replaced(rest, owner, name)
        if name != person_described(base):
            return swap(base, whose, capitals)
        return f"Who is {without_mark(whose)}?" if _WHO_IS.match(base) else behind(rest, base)
    if rest and not owner and not QUESTION_WORD.match(rest):
        return _set_before(rest, base, asked) or swap(base, rest, capitals)
    if not elliptic and _is_fragment(question, base):
        return swap(base, _ANYTHING_ON.sub("about ", _ANYTHING_FROM.sub("", question.strip())), capitals)
    return resolved(question, base, asked, elliptic=elliptic is not None)


def _according_to(who: str, base: str, asked: Sequence[str]) -> str:
    """Return ``base`` as seen by somebody else: "And according to his family?"."""
    owner = free_person(who)
    name = person_meant(asked, owner.group()) if owner else ""
    who = replaced(who, owner, name) if owner and name else who
    there = re.search(r"\baccording to\s+(?P<who>[^,?]+)", base, re.IGNORECASE)
    if there:
        return base[: there.start("who")] + who + base[there.end("who") :]
    return f"{without_mark(base)} according to {who}?"


def _corrected(question: str, base: str, asked: Sequence[str]) -> str:
    """Return what a correction ("No, the senator") makes of the question before it; "" where it is none."""
    match = _CORRECTION.match(question)
    if match is None:
        return ""
    rest = _INSTEAD.sub("", match["rest"])
    contrast = _NOT_BUT.match(rest) or (_BUT_NOT.match(rest) if len(rest.split()) <= 8 else None)
    if match.start("rest") == len(question) - len(question.lstrip()) and not contrast and rest == match["rest"]:
        return ""
    if QUESTION_WORD.match(rest):
        whole = question[match.start("rest") :].strip()
        return _complete(whole[:1].upper() + whole[1:], base, asked) if match.start("rest") else ""
    if contrast:
        rest = contrast["new"]
        old = re.search(rf"(?<!\w){re.escape(_plain(contrast['old']))}(?!\w)", base, re.IGNORECASE)
        if old:
            return base[: old.start()] + _plain(rest) + base[old.end() :]
    if set_before := _set_before(rest, base, asked):
        return set_before
    capitals = not question.strip()[:1].islower() or any(map(str.isupper, question))
    if SPEAKER_SLOT.search(base) and not spoken_of(base)[1]:
        rest = re.sub(r"^about\s+(?=[A-ZÀ-Þ])", "", rest)
    return swap(base, rest, capitals)


def _plain(words: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", words.strip(" ?.,"), flags=re.IGNORECASE)


def _set_before(rest: str, base: str, asked: Sequence[str]) -> str:
    """Return the question of "the old bridge, when did that close?" with the thing in its place; "" for others."""
    match = _SET_BEFORE.match(rest)
    if match is None or not QUESTION_WORD.match(match["question"]):
        return ""
    thing, question = match["thing"].strip(), match["question"]
    pronoun = free_person(question) or free_thing(question)
    if pronoun is None or re.search(r"\bones?$", thing):
        return beside(rest, base)
    whole = replaced(f"{without_mark(question)}?", pronoun, thing)
    return _complete(whole[:1].upper() + whole[1:] if base[:1].isupper() else whole, base, asked)


def _is_fragment(question: str, base: str) -> bool:
    """Return whether a question is only a name, an office or a time for which the base has a place: "In July?"."""
    words = question.strip().rstrip("?").strip()
    if _ANYTHING_FROM.match(words) or _ANYTHING_ON.match(words):
        return bool(SPEAKER_SLOT.search(base))
    if len(words.split()) > 4 or QUESTION_WORD.match(words):
        return False
    if _ONE.match(words):
        return True
    times = time_words(words)
    if times and (times[0].start, times[0].end) == (0, len(words)):
        return True
    if re.fullmatch(r"[a-z]+ed", words) and not _ASIDE.fullmatch(words):
        return True  # "wounded?"
    if PREPOSITION.match(words):
        return question.rstrip().endswith("?")
    name = NAME.fullmatch(words)
    if not SPEAKER_SLOT.search(base):
        return bool(name and names_but_dates(base)) and question.rstrip().endswith("?") and words.lower() not in OPENERS
    office = re.match(r"the\s+\w", words, re.IGNORECASE) and is_role(words)
    if re.fullmatch(r"[a-z][\w.’'-]{2,}", words) and not _ASIDE.fullmatch(words) and words not in OPENERS:
        return True  # "blinken?"
    return bool(office) or (bool(name) and words.lower() not in OPENERS)
