"""Which verbs with a subject report speech, judged by what stands around them."""

import re

from index import cues, wordlists
from index.attribution import Attribution

EVIDENCE = re.compile(r"\s*(?:[,:]\s*)?(?:that\b|“)|\s*:")
_PRONOUN_BOUNDARY = re.compile(
    rf"(?:^|[,;:”—–-]|\b(?:{'|'.join(sorted(wordlists.BREAKS))}|{wordlists.DATES}|today|year|month|week|night|morning)|\d)\s*$|^(?:In|On|At|After|During|Before|From|By|Last|With|To|For|Later|Earlier|Of)\b(?:\W+\w+){{1,8}}\W+$",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"(?:\bnot|n[’']t|\bnever|\bto|\bdeclined|\brefused)\s+(?:\w+\s+)?$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|got|gets)\s+(?:\w+ly\s+|also\s+|not\s+|once\s+)?$")
_CALLED = re.compile(r"\s*(?:it|him|her|them|himself|herself|for|on|upon)\b")
_ASKED = re.compile(r"\s*(?:(?:\w+\s+){1,5}?to|whether|if|how|why|what|that|for)\b")
_WANTED = re.compile(r"\s*(?:to|(?:[\w’'-]+\s+){1,5}?to|more|an?|the|him|her|them|it|that)\b")
_OF_OTHERS = re.compile(r"\s+(?:of|by|to|as)\b")
_CAN_BE_PASSIVE = frozenset(
    "accused urged called described praised criticized condemned blamed believed asked told alleged".split()
)
_DOCUMENT = re.compile(
    r"\b(?:statement|letter|post|tweet|release|report|sign|message|email|memo|text|headline|caption|article|note|plaque|resolution|bill|document)s?\b",
    re.IGNORECASE,
)
_WEAK = (cues.THAT | cues.WITH_QUOTE) - cues.STANCE
_RELATIVE = re.compile(r"(?:\b(?:which|that|who|what|than|as|whom|if|whether|As|What|If|when)|\bnot|n[’']t|\bto)\s*$")
_TELL = frozenset("told tell tells telling".split())
# Mostly nouns or verbs of other meaning, so that only "that" or a quotation right after them counts.
_LIKE_NOUNS = frozenset("shows showed reports notes finds reveals posts shared feels concludes writing posted".split())
_STORIES = frozenset("story stories truth tale if".split())
_NOT_TOLD = re.compile(r"\s*(?:about|of|his|her|their|its|the\s+(?:story|truth|tale))\b")
_REPORTING_PARTICIPLES = frozenset("saying arguing warning claiming insisting".split())
# What must follow these verbs for them to report speech, where nothing is quoted.
_FOLLOWED_BY = {
    "called": _CALLED, "calls": _CALLED, "calling": _CALLED, "asked": _ASKED, "asks": _ASKED, "wants": _WANTED,
    "hopes": _WANTED, "expects": _WANTED, "demanded": _WANTED, "demands": _WANTED,
}  # fmt: skip


def is_sound(sentence: str, attribution: Attribution) -> bool:
    """True where an attribution's verb is active, affirmed and the main verb of its clause."""
    if attribution.inverted or attribution.cue == ":":
        return True
    verb_at = sentence.find(attribution.cue, attribution.start)
    before = sentence[max(0, verb_at - 60) : verb_at]
    ahead = sentence[max(0, attribution.start - 160) : attribution.start]
    if _PASSIVE.search(before) and attribution.verb not in cues.PARTICIPLES:
        return False
    if attribution.subject in ("he", "she", "they", "it") and not _PRONOUN_BOUNDARY.search(ahead):
        return False
    if attribution.verb in _WEAK and not _may_report(sentence, attribution):
        return False
    if attribution.verb in cues.SAY and _NEGATION.search(before):
        return False
    return not _RELATIVE.search(ahead)


def _may_report(sentence: str, attribution: Attribution) -> bool:
    if attribution.verb in ("asked", "asks") or EVIDENCE.match(sentence, attribution.end):
        return True
    before = sentence[max(0, attribution.start - 10) : attribution.start].rstrip()
    return before[-1:] in (",", "”", "—", "–") or "“" in sentence[attribution.end :]


def reports_speech(sentence: str, attribution: Attribution, words: str) -> bool:
    """True where the words after a verb are the content of speech, not its object or its hearer.

    Args:
        sentence: The masked sentence.
        attribution: One whose words follow it and are not wholly quoted.
        words: Those words, masked.
    """
    verb, quoted = attribution.verb, "“" in words
    if verb in ("read", "reads") and not _DOCUMENT.search(attribution.subject):
        return False
    if verb in _TELL and (attribution.cue.split()[-1] in _STORIES or _NOT_TOLD.match(sentence, attribution.end)):
        return False
    if verb in cues.SAY or verb in _REPORTING_PARTICIPLES:
        return quoted or verb not in cues.SAY or len(words.split()) > 2
    if verb in _CAN_BE_PASSIVE and _OF_OTHERS.match(sentence, attribution.end):
        return False
    if verb in _FOLLOWED_BY:
        return quoted or bool(_FOLLOWED_BY[verb].match(sentence, attribution.end))
    if verb in cues.STANCE:
        return True
    if verb in _LIKE_NOUNS:
        return bool(EVIDENCE.match(sentence, attribution.end))
    if verb in cues.WITH_QUOTE and verb not in cues.THAT:
        return quoted
    return quoted or bool(EVIDENCE.match(sentence, attribution.end))
