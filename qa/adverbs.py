"""Bare "why", "why not", "when", "where" and "how" asked of what an earlier question was about."""

import re

from qa.mentions import SPEAKER_SLOT
from qa.verbs import AUXILIARY

_ADVERB_QUESTION = re.compile(rf"^(?:when|where|why|how)\s+(?P<rest>{AUXILIARY}\b.+)$", re.IGNORECASE)
# "Which of his books did the school ban", "Which bridge did the town close"
_WHICH = re.compile(
    rf"^which\s+(?P<noun>(?:(?!{AUXILIARY}\b)[\w’'-]+\s+){{1,6}}?)(?P<verb>did|does|do)\s+(?P<rest>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
# "How much did Holt pay?" "What for?"
_HOW_MUCH = re.compile(r"^how much (?P<rest>(?:did|does|do|will|would|must)\b.+)$", re.IGNORECASE)
_YES_NO = re.compile(
    rf"^(?P<verb>{AUXILIARY})\s+(?!not\b|it (?:true|likely|right|possible)\b)(?P<rest>.+)$", re.IGNORECASE
)
# "Why exactly", "How come", "When did that happen", "Why is that"
_ADVERB = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?P<adverb>when|where|why not|why|how come|how|what for)(?:\s+(?:exactly|precisely)|"
    r"\s+(?:did|does|will)\s+(?:that|this|it)\s+(?:all\s+)?(?:happen|occur|take place|come about)|"
    r"\s+(?:is|was)\s+(?:that|this))?\s*\??$",
    re.IGNORECASE,
)
_SAME = {"how come": "why", "what for": "why"}
_EVER = re.compile(r"\bever\b")
_NEGATED = {"will": "won't", "can": "can't"}


def is_adverb(question: str) -> bool:
    """Return whether a question is no more than a bare adverb."""
    return _ADVERB.match(question.strip()) is not None


def with_adverb(question: str, base: str) -> str:
    """Return ``base`` asked with a bare "why", "why not", "when", "where" or "how"; "" where it cannot be.

    >>> with_adverb("why?", "When did the Harbor Museum reopen?")
    'Why did the Harbor Museum reopen?'
    >>> with_adverb("why not?", "Was the driver charged?")
    "Why wasn't the driver charged?"
    """
    bare = _ADVERB.match(question.strip())
    if bare is None or SPEAKER_SLOT.search(base):
        return ""
    adverb = _SAME.get(bare["adverb"].lower(), bare["adverb"].lower())
    paid = _HOW_MUCH.match(base)
    if adverb == "why" and paid:
        return f"Why {paid['rest']}"
    yes_no = _YES_NO.match(base)
    if adverb == "why not":
        if yes_no is None:
            return ""
        if _EVER.search(base):
            return f"Why {base[:1].lower()}{_EVER.sub('never', base[1:])}"
        verb = yes_no["verb"].lower()
        negated = _NEGATED.get(verb, verb + "n't")
        return f"Why {negated} {yes_no['rest']}"
    asked, which = _ADVERB_QUESTION.match(base), _WHICH.match(base)
    if asked:
        return "" if base.lower().startswith(adverb) else f"{adverb.capitalize()} {asked['rest']}"
    if which:
        noun = which["noun"].strip()
        return f"{adverb.capitalize()} {which['verb']} {which['rest']} {_one_of(noun)}?"
    return f"{adverb.capitalize()} {base[:1].lower()}{base[1:]}" if yes_no else ""


def _one_of(noun: str) -> str:
    """Return what "which NOUN" asked for: "one of his books" for "of his books", "the bridge" for "bridge"."""
    return f"one {noun}" if noun.lower().startswith("of ") else f"the {noun}"
