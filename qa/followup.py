"""Make a follow-up question stand alone, from the questions before it."""

import re
from collections.abc import Sequence

from qa.asked import ends_with_saying, spoken_of
from qa.ellipsis import PREPOSITION, swap, with_adverb, without_mark
from qa.mentions import NAME, OPENERS, ROLE, SPEAKER_SLOT, has_topic, last_person, names, names_but_dates
from qa.pronouns import free_person, free_thing, is_possessive, replaced
from qa.timewords import time_words

_AND_WHAT_OF = re.compile(
    r"^\s*(?:and|but|or|so)?[\s,]*(?:(?:what|how)\s+about|and|but)\s+(?P<rest>.+?)\s*\?*\s*$", re.IGNORECASE
)
_BARE = re.compile(
    r"^\s*(?:(?:and|but|so)\s+)?(?:why(?: not)?|when|where|who|how|(?:by )?how (?:many|much|long|often|old)|since when|"
    r"by whom|then|(?:what|who|where|anything|anyone) else)\s*\??\s*$",
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
_BUT_NOT = re.compile(r"^(?P<new>[^,;]+?)\s*,\s*(?:and )?not\s+(?P<old>.+)$", re.IGNORECASE)
_INSTEAD = re.compile(r"\s*,?\s+instead$", re.IGNORECASE)
_ANYTHING_FROM = re.compile(
    r"^(?:any(?:thing| word| comment| reaction)|a word|nothing)\s+(?:from|by)\s+", re.IGNORECASE
)
_QUESTION_WORD = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would|"
    r"should|in which|in what|at which|at what|on what|on which|since when|by when|according)\b",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r"^\s*(?:and|but|so)\b[\s,]*(?=\w)", re.IGNORECASE)
# "and the old bridge, when did that close?"
_SET_BEFORE = re.compile(r"^(?P<thing>[^,?]{2,50}),\s+(?P<question>.+)$")
_OF_THEM = re.compile(
    r"^(?P<opening>(?:and\s+)?(?:how (?:many|much)|which|what (?:share|percentage|proportion)|who|(?:are|were|did) "
    r"(?:any|all|some|most)))\s+of\s+(?:them|those|these)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^(?:how many|which|what)\s+(?P<things>[a-z][\w-]*(?:\s+[a-z][\w-]*)*?s|people|men|women|children|police)\b"
)
# Said of what somebody else said or did, which is not in the question itself.
_RESPONDS = re.compile(
    r"\b(?:agree|disagree|object|concur|oppose|support|respond|react|approve|comment)(?:s|d|ed)?"
    r"(?:\s+with\s+[\w.’'-]+(?:\s+[\w.’'-]+){0,2})?\s*\?*\s*$",
    re.IGNORECASE,
)
# A name typed without capitals is a name where nothing else can stand.
_WHO_IS = re.compile(
    r"^\s*who(?:\s+(?:is|was|are|were)|['’]s)\s+(?!(?:the|an?|he|she|they|it|this|that|his|her|their)\b)"
    r"[\w.’'-]+(?:\s+[\w.’'-]+){0,3}\s*\?*\s*$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\bthe\s+(?P<noun>[a-z]{3,})\b(?!['’])", re.IGNORECASE)
_MODIFIER = r"(?!(?:of|in|on|at|for|by|to|from|and|or|the|an?|is|was|were|are|did|does|do|say|said)\b)[\w.’'&-]+\s+"
# Nouns that alone tell nobody which one is meant, unlike "the president" or "the weather".
_ONE_NAMED_BEFORE = re.compile(
    r"\bthe\s+(?:company|firm|film|movie|show|series|book|novel|song|album|band|team|couple|man|woman|boy|girl|victims?|"
    r"suspects?|driver|shooter|gunman|killer|author|singer|actor|actress|player|ship|competition|contest|tournament)"
    r"(?=\s+(?!of\b|in\b|at\b|near\b|from\b|that\b|who\b|which\b|on\b|behind\b)\w|['’]s\b|\s*\?|\s*$)",
    re.IGNORECASE,
)


def stand_alone(question: str, history: Sequence[str]) -> str:
    """Return ``question`` with what it leaves out filled in from ``history`` (oldest first).

    A question that lacks nothing is returned as it is, so a new topic is not dragged into the old one.
    """
    asked = [earlier.strip() for earlier in history if earlier.strip()]
    if not asked:
        return question
    base = asked[0]
    for number, earlier in enumerate(asked[1:], start=1):
        completed = _complete(earlier, base, asked[:number])
        # A question that only points at the one before it cannot be the base of the next one.
        base = base if completed.endswith(f"({base})") else completed
    return _complete(question, base, [*asked, base])


def _complete(question: str, base: str, asked: Sequence[str]) -> str:
    """Complete one question from ``base``, the newest before it that stands alone."""
    if _BARE.match(question):
        return with_adverb(question, base) or _beside(question, base)
    corrected = _corrected(question, base, asked)
    if corrected:
        return corrected
    elliptic = _AND_WHAT_OF.match(question)
    rest = elliptic["rest"] if elliptic else ""
    owner = free_person(rest)
    if owner and is_possessive(rest, owner) and not _QUESTION_WORD.match(rest) and (name := last_person(asked)):
        return swap(base, replaced(rest, owner, name))
    if rest and not owner and not _QUESTION_WORD.match(rest):
        return _set_before(rest, base, asked) or swap(base, rest)
    if not elliptic and _is_fragment(question, base):
        return swap(base, _ANYTHING_FROM.sub("", question.strip()))
    return _resolved(question, base, asked, elliptic is not None)


def _resolved(question: str, base: str, asked: Sequence[str], elliptic: bool) -> str:
    """Complete a whole question: pronouns, a missing topic, things that only an earlier question names."""
    person, thing = free_person(question), free_thing(question)
    found = names_but_dates(question)
    if person and not (found and found[0].start() < person.start()):
        antecedent = last_person(asked)
        if antecedent:
            question = replaced(question, person, antecedent)
            if free_thing(question) or (found and free_person(question)):
                return _beside(question, base)
            if _RESPONDS.search(question):
                return _beside(question, base)
            return _with_topic(question, base) if ends_with_saying(question) else question
    if not person and not thing and ends_with_saying(question):
        return _with_topic(question, base)
    if not person and not thing and not found:
        question = _with_whole_names(question, base)
        found = names_but_dates(question)
    if _WHO_IS.match(question) and not person and not thing:
        return question
    if person or thing or (elliptic and not found) or not has_topic(question):
        return _beside(question, base)
    if _RESPONDS.search(question) or (not found and names(base) and _ONE_NAMED_BEFORE.search(question)):
        return _beside(question, base)
    return question


def _beside(question: str, base: str) -> str:
    """Return a question that points at the one before it, with that one behind it."""
    things = _COUNTED.match(base[:1].lower() + base[1:])
    asked = question
    if things and _OF_THEM.match(question):
        asked = _OF_THEM.sub(lambda match: f"{match['opening']} of the {things['things']}", question)
    return f"{without_mark(_without_conjunction(asked))}? ({base})"


def _without_conjunction(question: str) -> str:
    """Return "And how much was that?" without its "and"."""
    conjunction = _CONJUNCTION.match(question)
    rest = question[conjunction.end() :] if conjunction else ""
    if not _QUESTION_WORD.match(rest) or len(rest.split()) < 3:
        return question
    return rest[:1].upper() + rest[1:] if question.lstrip()[:1].isupper() else rest


def _with_topic(question: str, base: str) -> str:
    """Return "And what did Holt say?" with the topic of the question before it, where that has one."""
    topic = spoken_of(base)[1]
    if not topic:
        return question if _WHO_IS.match(base) else _beside(question, base)
    to = "to" if re.search(r"\b(?:react|respond|reaction|response)\w*", question, re.IGNORECASE) else "about"
    return f"{without_mark(_without_conjunction(question))} {to} {topic}?"


def _with_whole_names(question: str, base: str) -> str:
    """Return the question with "the plant" written out as the question before it had it: "the Velmo plant"."""

    def whole(match: re.Match[str]) -> str:
        noun = match["noun"]
        before = re.search(rf"\b(?:the|an?)\s+(?P<words>(?:{_MODIFIER}){{1,3}}){noun}\b", base, re.IGNORECASE)
        return f"{match.group()[:3]} {before['words']}{noun}" if before and not ROLE.match(noun) else match.group()

    return _DEFINITE.sub(whole, question)


def _corrected(question: str, base: str, asked: Sequence[str]) -> str:
    """Return what a correction ("No, the senator") makes of the question before it; "" where it is none."""
    match = _CORRECTION.match(question)
    if match is None:
        return ""
    rest = _INSTEAD.sub("", match["rest"])
    contrast = _NOT_BUT.match(rest) or (_BUT_NOT.match(rest) if len(rest.split()) <= 8 else None)
    if match.start("rest") == len(question) - len(question.lstrip()) and not contrast and rest == match["rest"]:
        return ""
    if _QUESTION_WORD.match(rest):
        whole = question[match.start("rest") :].strip()
        return _complete(whole[:1].upper() + whole[1:], base, asked) if match.start("rest") else ""
    if contrast:
        rest = contrast["new"]
        old = re.search(rf"(?<!\w){re.escape(_plain(contrast['old']))}(?!\w)", base, re.IGNORECASE)
        if old:
            return base[: old.start()] + _plain(rest) + base[old.end() :]
    return swap(base, re.sub(r"^about\s+(?=[A-ZÀ-Þ])", "", rest) if SPEAKER_SLOT.search(base) else rest)


def _plain(words: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", words.strip(" ?.,"), flags=re.IGNORECASE)


def _set_before(rest: str, base: str, asked: Sequence[str]) -> str:
    """Return the question of "the old bridge, when did that close?" with the thing in its place; "" for others."""
    match = _SET_BEFORE.match(rest)
    if match is None or not _QUESTION_WORD.match(match["question"]):
        return ""
    thing, question = match["thing"].strip(), match["question"]
    pronoun = free_person(question) or free_thing(question)
    if pronoun is None or re.search(r"\bones?$", thing):
        return _beside(rest, base)
    whole = replaced(f"{without_mark(question)}?", pronoun, thing)
    return _complete(whole[:1].upper() + whole[1:] if base[:1].isupper() else whole, base, asked)


def _is_fragment(question: str, base: str) -> bool:
    """Return whether a question is only a name, an office or a time for which the base has a place: "In July?"."""
    words = question.strip().rstrip("?").strip()
    if _ANYTHING_FROM.match(words):
        return bool(SPEAKER_SLOT.search(base))
    if len(words.split()) > 4 or _QUESTION_WORD.match(words):
        return False
    times = time_words(words)
    if times and (times[0].start, times[0].end) == (0, len(words)):
        return True
    if PREPOSITION.match(words):
        return question.rstrip().endswith("?")
    name = NAME.fullmatch(words)
    if not SPEAKER_SLOT.search(base):
        return bool(name and names_but_dates(base)) and question.rstrip().endswith("?") and words.lower() not in OPENERS
    office = re.fullmatch(r"the\s+[\w’'-]+(?:\s+(?:of\s+)?[\w’'-]+)?", words, re.IGNORECASE) and ROLE.search(words)
    return bool(office) or (bool(name) and words.lower() not in OPENERS)
