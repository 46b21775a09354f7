"""Which attributions of a sentence count: not those within the words of another, and those that follow their words."""

import re

from index import cues
from index.attribution import CLAUSE, Attribution
from index.evidence import EVIDENCE
from index.wordlists import DATES

_INTRODUCTION = re.compile(
    r"^(?:(?:But|And|So|Yet|Still|However|Meanwhile|Also|Instead|Then|Later|Now|In|On|At|During|After|Before|When|While|"
    r"Since|As|For|With|Speaking|Asked|To|Under|Earlier|Last|Citing|Predicting|Although|Though|If|Following|Despite|"
    r"Without|By|From|Through|Even|Until|Once|[A-Z][a-z]+(?:ing|ed|ly))\b)"
)
# "For young children, he said, the pier": the speaker's own opening; not "In a statement, he said, the pier".
_OPENS_SPEECH = re.compile(
    r"(?:(?:And|But|Yet) (?=[a-z]))?(?i:For|If|When|With|Without|Under|While|Although|Though|Even|Once|Until|Because|"
    r"By|From|In|At)\s(?:\S+\s?){2,}"
)
_CHANNEL = re.compile(rf"\b{cues.CHANNEL}s?\b|\b(?:{DATES}|weeks?|months?|years?|days?|\d{{4}})\b")
_NEW_CLAUSE = re.compile(
    r"(?:,\s*(?:and|but|while|whereas|though|although|as)(?:\s+(?:on|in|at|by|after|last|this|later|then|earlier)\b"
    r"[^,;“”]{0,30},?|\s+(?:when|while|if|although|once|after)\b[^,;“”]{0,60},)?|;|”|—|–)\s*$"
)
# ", but the mayor of" and " and his attorney": somebody else is reported next.
_OTHER_SPEAKER = re.compile(r",\s+(?:but|while|whereas)\s+[^,;“”]{0,60}$")
_OTHERS_LAWYER = re.compile(r"\s+(?:and|but)\s*$")
_PRONOUNS = frozenset("he she it they".split())
_REPORT = frozenset("reports reported report".split())
SPLIT_ON = re.compile(
    r",\s*(?:is|are|was|were|will|would|could|can|has|have|had|should|but|and|if|because|not|to|or|so|"
    r"on (?:how|what|whether|who|when))\b"
)
_CLOSES = re.compile(r"\s*\.?\s*$|,\s(?:adding|noting|saying|arguing|warning|explaining)\b")
_CIRCUMSTANCE = re.compile(
    r"(?:as|when|while|after|before|during|in|at|on|of|following|from|about|referring|speaking)\b"
)
_QUOTE_ALONE = re.compile(r"(?:\W*\w+\W*){0,3}?[^\w]*“[^“”]*”+$")
_CLAUSE_CLOSED = re.compile(r",[’']?”+$")
_GOES_ON = re.compile(r"[,—–]\s*“")
_WORK = re.compile(r"(?:The|A|An|His|Her)\s*“[^“”]*”+")
_DATELINE = re.compile(r"^[A-Z][\w.,’'() /]{2,40}(?:\s[–—-]{1,2}\s|—)")
# "…, but according to"
_JOINED = re.compile(r"\b(?:but|and|while|that|because|since|although|though)$")


def outermost(sentence: str, found: list[Attribution]) -> list[Attribution]:
    """Leave out attributions inside the words of another, and those that a later one encloses."""
    kept: list[Attribution] = []
    for attribution in found:
        if kept and not _is_separate(sentence, kept[-1], attribution, kept[-2].end if len(kept) > 1 else 0):
            between = sentence[kept[-1].end : attribution.start]
            closing = _CLOSES.match(sentence, attribution.end) and between.rstrip().endswith(",") and "”" not in between
            if closing and attribution.subject != kept[-1].subject:
                kept[-1] = attribution
            continue
        kept.append(attribution)
    return kept


def clause_start(sentence: str, previous: Attribution, attribution: Attribution) -> int:
    """Return where the clause of an attribution begins: at ", and on Sunday, " before "he announced"."""
    for opening in (_NEW_CLAUSE, _OTHER_SPEAKER):
        found = opening.search(sentence, previous.end, attribution.start)
        if found and not found[0].startswith("”"):
            return found.start()
    return attribution.start


def is_outlets(sentence: str, attribution: Attribution) -> bool:
    """True for ", the Saltby Tribune reports" at the end: who reports what somebody said."""
    before = sentence[max(0, attribution.start - 2) : attribution.start].strip()
    return attribution.verb in _REPORT and before in (",", ",”") and bool(_CLOSES.match(sentence, attribution.end))


def opens_speech(before: str) -> bool:
    """True for words before ", he said," that are said: "For young children"; those of when and where are not."""
    return bool(_OPENS_SPEECH.match(before)) and not _CHANNEL.search(before)


def is_trailing(sentence: str, attribution: Attribution, position: int) -> bool:
    """True where the words said stand before the attribution."""
    before = sentence[position : attribution.start].strip()
    if not before or attribution.verb in cues.PARTICIPLES or attribution.cue.lower() in (":", "in the words of"):
        return False
    if sentence[: attribution.end].rstrip().endswith(":"):
        return False
    if attribution.verb == "according" and _JOINED.search(before):
        return False
    if attribution.inverted:
        return len(before) > 1 or attribution.verb != "according"
    after = sentence[attribution.end :].lstrip()
    if _WORK.fullmatch(before):
        return False  # The “Salt Street” actor
    if before[-1] in "”?!" and "“" in before:
        if after[:1] in ("", ".", ",", ";", "—", "–"):
            return True
        if _CLAUSE_CLOSED.search(before) and _CIRCUMSTANCE.match(after) and not _INTRODUCTION.match(before):
            return True  # 'The storm "will last a while," Penn said as he left.'
        return not EVIDENCE.match(after) and bool(_QUOTE_ALONE.match(before))
    before = _DATELINE.sub("", before)
    if not before:
        return False
    opening = bool(_INTRODUCTION.match(before)) or len(before.split()) <= 2
    if before[-1] == "," and not opening and _CIRCUMSTANCE.match(after):
        return True
    if before[-1] not in ",—–" or (after and after[0] not in ".,;—–"):
        return False
    if after.startswith((",", "—", "–")):
        if _GOES_ON.match(after):
            return not opening
        return not opening or opens_speech(before) or bool(SPLIT_ON.match(after))
    return True


def _is_separate(sentence: str, previous: Attribution, attribution: Attribution, position: int) -> bool:
    """True where an attribution does not stand within the words of the one before."""
    if attribution.verb == "according" or _NEW_CLAUSE.search(sentence[previous.end : attribution.start]):
        return True
    if _is_others(sentence, previous, attribution):
        return True
    joined = sentence[attribution.start : attribution.start + 4].startswith((",", " ", "and ", "but ", "or "))
    if attribution.subject == previous.subject and (joined or attribution.verb in cues.PARTICIPLES):
        return True
    return is_trailing(sentence, previous, position)


def _is_others(sentence: str, previous: Attribution, attribution: Attribution) -> bool:
    """True where somebody else is reported next: ", but the mayor said", "denied it and his lawyer said"."""
    if attribution.inverted or attribution.verb not in cues.SAY or attribution.subject.lower() in _PRONOUNS:
        return False
    between = sentence[previous.end : attribution.start]
    if _OTHER_SPEAKER.search(between):
        return True
    return bool(_OTHERS_LAWYER.search(between)) and not CLAUSE.match(between) and previous.verb in cues.STANCE
