"""Which verbs with a subject report speech, judged by what stands around them."""

import re

from index import cues, wordlists
from index.attribution import CLAUSE, Attribution

EVIDENCE = re.compile(r"\s*(?:[,:]\s*)?(?:(?:(?:[a-z]+ly|again)\s+)?that\b|“)|\s*:")
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
_WEAK = (cues.THAT | cues.WITH_QUOTE | cues.BESIDE_QUOTE) - cues.STANCE
_RELATIVE = re.compile(r"(?:\b(?:which|that|who|what|than|as|whom|if|whether|As|What|If|when)|\bnot|n[’']t|\bto)\s*$")
_TELL = frozenset("told tell tells telling".split())
# Mostly nouns or verbs of other meaning, so that only "that" or a quotation right after them counts.
_LIKE_NOUNS = frozenset(
    "shows showed reports notes finds reveals posts shared feels concludes writing posted "
    "continue continues continued conclude explain stress emphasize caution".split()
)
_ANNOUNCE = frozenset("announced announces asked asks".split())
_PERSONAL = re.compile(r"(?:he|she|it|they|there|this|that)(?:[’']\w+)?\s")
_OPINIONS = frozenset("agree believe think".split())
_ARGUE = frozenset("argue argues argued".split())
_DENY = frozenset("deny denies denied".split())
_STORIES = frozenset("story stories truth tale if".split())
_NOT_TOLD = re.compile(r"\s*(?:about|of|his|her|their|its|the\s+(?:story|truth|tale))\b")
# "Others have said this elsewhere", "declared a state of emergency": something was said, but not these words.
_SPOKEN_OF = re.compile(
    r"\s*(?:this|so|as much|something|anything|nothing|little|plenty)\s+"
    r"(?:elsewhere|before|to|in|at|on|about|many|when|for|of)\b"
)
_DECLARED = re.compile(
    r"\s*(?:an?|the|its|his|her|their|war|victory|bankruptcy|martial|responsibility|credit|at least)\s"
)
# "From all the press reports", "despite claims"
_AFTER_PREPOSITION = re.compile(
    r"(?:(?:^|[,;:—–]\s*)from|\b(?:despite|amid))\s+(?:(?:all|many|some|both)\s+)?$", re.IGNORECASE
)
# "Carney rejected GOP calls for"
_SPEAKING = wordlists.ROLE_NOUNS | wordlists.ORGANISATION | {"bill", "plan", "people", "legislation", "rule", "law"}
_NOUNS_TOO = frozenset("calls claims demands hopes promises reports notes".split())
_AFTER_VERB = re.compile(r"\s(?:[a-z]+(?:ed|ing)|to|of|by|for|with|on|amid|despite|against|over)\s+$")
_TOLD_STORIES = re.compile(r"(?:(?:an?|the|some|their|his|her)\s)?(?:stor(?:y|ies)|tales?|lies|jokes?)\b")
# "argued Quill v. Salt Trust", "denied the city's request": an act of a lawyer, of a court.
_CASE = re.compile(r"(?:(?:the|an?|his|her|their|that)\s)?(?:cases?\b|(?:[A-Z][\w.’']*\s|of\s){1,5}v\.\s)")
_REQUEST = re.compile(
    r"(?:[\w’'.-]+\s){0,5}?(?:request|bid|appeal|motion|petition|parole|bail|entry|access|permission|boarding|application|"
    r"visa|clemency)s?\b"
)
# "cannot confirm or deny": not denied
_CONFIRM_OR = re.compile(r"\bconfirm(?:ed)?\s+n?or\s+$")
_ANYONE = frozenset("those anyone everyone anybody everybody somebody someone people".split())
_OF_SOMEBODY = re.compile(r"(?:his|her|their|its|our|my)\s[a-z]+ing$")
_LIVES = re.compile(r"\s+(?:[\w,-]+\s+){0,5}?lives\b")
_SAID_TO = re.compile(r"\s+to\s+(?:be|have|lie|weigh|cost)\b")
_SENDING = frozenset("tweeted tweets posted shared".split())
_SENT = re.compile(
    r"\s+(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){0,2}?(?:link|photo|photograph|picture|video|image|clip)s?\b"
)
# "witnesses in Salt County suggest": what stands after a preposition is not the subject.
_IN_PLACE = re.compile(r"[a-z]\s(?:in|of|for|at|from|by|between|among)\s$")
# "a direct say", "a four-song record called": nouns.
_BASE = frozenset("say claim think believe warn deny argue write tell agree estimate post report read".split())
_A = re.compile(r"\ban?\s(?:[a-z][\w-]*\s){0,2}$")
_REPORTING_PARTICIPLES = frozenset("saying arguing warning claiming insisting".split())
# What must follow these verbs for them to report speech, where nothing is quoted.
_FOLLOWED_BY = {
    "called": _CALLED, "calls": _CALLED, "calling": _CALLED, "asked": _ASKED, "asks": _ASKED, "wants": _WANTED,
    "hopes": _WANTED, "expects": _WANTED, "demanded": _WANTED, "demands": _WANTED,
}  # fmt: skip


def is_sound(sentence: str, attribution: Attribution) -> bool:
    """True where an attribution's verb is active, affirmed and the main verb of its clause."""
    if attribution.inverted or attribution.cue == ":" or " as " in attribution.cue:
        return True  # "quoted her as saying"
    verb_at = sentence.find(attribution.cue, attribution.start)
    before = sentence[max(0, verb_at - 60) : verb_at]
    ahead = sentence[max(0, attribution.start - 160) : attribution.start]
    relative = " who" in sentence[attribution.start : verb_at]
    noun = attribution.verb in _NOUNS_TOO and not relative
    if _AFTER_PREPOSITION.search(ahead) or (noun and _AFTER_VERB.search(ahead)):
        return False
    if (relative and attribution.subject.lower() in _ANYONE) or (
        attribution.verb in _CAN_BE_PASSIVE and _OF_SOMEBODY.match(attribution.subject)
    ):
        return False
    if _is_noun_phrase_with(attribution) or _is_of_other_meaning(sentence, attribution):
        return False
    named = attribution.subject.split()[-1][0].isupper()
    if named and not relative and attribution.verb in _WEAK | cues.STANCE and _IN_PLACE.search(ahead):
        return False
    if attribution.verb in _BASE | {"called", "described"} and not relative and _A.search(ahead):
        return False
    if _CONFIRM_OR.search(before):
        return False
    if _PASSIVE.search(before) and attribution.verb not in cues.PARTICIPLES:
        return False
    if attribution.subject in ("he", "she", "they", "it") and not _PRONOUN_BOUNDARY.search(ahead):
        return False
    if attribution.verb in _WEAK and not _may_report(sentence, attribution):
        return False
    if attribution.verb in ("wants", "want") and ahead.rstrip().endswith("When"):
        return False  # "When Penn wants a new boat, he builds one"
    if attribution.verb in cues.SAY | _OPINIONS and _NEGATION.search(before):
        return False
    return relative or not _RELATIVE.search(ahead)


def _is_of_other_meaning(sentence: str, attribution: Attribution) -> bool:
    """True for "claimed 60 lives", "posted a picture" and "said to be": no words are said."""
    if attribution.verb in ("claimed", "claims"):
        return bool(_LIVES.match(sentence, attribution.end))
    if attribution.verb == "said":
        return bool(_SAID_TO.match(sentence, attribution.end))
    return attribution.verb in _SENDING and bool(_SENT.match(sentence, attribution.end))


def _is_noun_phrase_with(attribution: Attribution) -> bool:
    """True for "the wild claims", "This legislation follows reports", "a process called": the verb is none."""
    words = attribution.subject.split()
    if attribution.verb == "claim" and words[0].lower() in wordlists.DETERMINERS and not words[-1].endswith("s"):
        return True
    if attribution.verb in _BASE and words[0] in ("a", "an"):
        return True
    if attribution.verb in _NOUNS_TOO | {"claim", "pledges"} and words[-1].endswith(("'s", "’s")):
        return True
    if attribution.verb not in _NOUNS_TOO | {"called", "described"}:
        return False
    noun = words[-1].lower().strip(",")
    common = words[0].lower() in wordlists.DETERMINERS and words[-1].islower()
    return common and len(words) > 1 and not {noun, noun.rstrip("s")} & _SPEAKING


def _may_report(sentence: str, attribution: Attribution) -> bool:
    if attribution.verb in ("asked", "asks") or EVIDENCE.match(sentence, attribution.end):
        return True
    before = sentence[max(0, attribution.start - 10) : attribution.start].rstrip()
    return before[-1:] in (",", "”", "—", "–") or "“" in sentence[attribution.end :]


def needs_quotation(sentence: str, attribution: Attribution, words: tuple[int, int]) -> bool:
    """True where nothing but a quotation among the words shows that a verb reports speech."""
    weak = attribution.verb in _WEAK - _ANNOUNCE and words[0] >= attribution.end
    if not weak or EVIDENCE.match(sentence, attribution.end) or _PERSONAL.match(sentence, words[0]):
        return False
    return "“" in sentence[words[0] : words[1]]


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
    if verb in cues.SAY and _SPOKEN_OF.match(words):
        return False
    if (
        verb in ("declared", "declares", "claimed", "claims")
        and _DECLARED.match(words)
        and not (quoted or CLAUSE.match(words.split(", and ")[0]))
    ):
        return False
    if verb in _TELL and _TOLD_STORIES.match(words):
        return False
    if not quoted and (
        (verb in ("wants", "want") and words.startswith("to "))
        or (verb in _ARGUE and _CASE.match(words))
        or (verb in _DENY and _REQUEST.match(words) and not CLAUSE.match(words))
    ):
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
    if verb in _LIKE_NOUNS | cues.BESIDE_QUOTE:
        return bool(EVIDENCE.match(sentence, attribution.end))
    if verb in cues.WITH_QUOTE and verb not in cues.THAT:
        return quoted
    return quoted or bool(EVIDENCE.match(sentence, attribution.end))
