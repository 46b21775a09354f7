"""Where the words said end within a sentence, because the writer, the speaker or somebody else goes on."""

import re

from index import cues
from index.attribution import Attribution

# Outside quotation marks "we" is the writer, not whoever is reported.
_WRITER = re.compile(
    r"(?:[,;]?\s+(?:and|but|so)|,)\s+(?:we|I|it is imperative)\s(?!quote\b)|,\syet\s(?=[a-z]+\s[a-z]+\s)"
)
_WITH_INFINITIVE = frozenset(
    "called calls calling urged urges urge asked asks wants want hopes expects vowed vows pledged pledges promised "
    "promises demanded demands".split()
)
_INFINITIVE = re.compile(r"\bto\s+[a-z]")
_RELATIVE_CLAUSE = re.compile(r"\b(?:which|that|who)\b")
_NEXT_PREDICATE = re.compile(r",?\s+and\s+(?:also\s+|later\s+)?(?:was|were|is|are|has|have|had|will)\b")
# "said the pier was safe and thanked the crew": what people do who are reported to speak.
_ACTS = (
    "acknowledged|added|announced|apologized|argued|blamed|called|cautioned|cited|claimed|condemned|confirmed|credited|"
    "criticized|declined|defended|denied|described|dismissed|emphasized|encouraged|expressed|highlighted|insisted|issued|"
    "joked|negotiated|noted|pledged|pointed|praised|predicted|promised|questioned|reiterated|rejected|said|stressed|"
    "suggested|thanked|touted|urged|vowed|warned|wondered"
)
_NEXT_ACT = re.compile(
    rf"[,”]*\s+(?:and|but|yet)\s+(?:(?:also|even|later|then|again|[a-z]+ly)\s+)?(?:{_ACTS}|did\s?n[o’']t|didn[’']t|"
    r"(?:provided|offered|gave|presented|produced|cited)\s(?:no|few|little|scant))\b(?!,)"
)
# With such a verb the clause that is told of cannot go on in the simple past, nor can an object.
_NOT_NARRATING = re.compile(
    r"\b(?:is|are|was|were|wanted|will|would|can|could|may|might|must|should|has|have|had|feels|"
    r"plans|wants|needs|hopes|believes|knows)\b|n[’']t\b"
)
_IN_PASSIVE = re.compile(r"\b(?:be|been|being)\s+(?:[a-z]+ly\s+)?[a-z]+ed\b")
_SUBORDINATE = re.compile(
    r"(?:(?:but|and|even|yet)\s+)?(?:although|while|though|as|since|because|when|after|before|if)", re.IGNORECASE
)
_MAIN_CLAUSE = re.compile(
    r",\s+(?=(?:the|an?|only|some|many|most|it|he|she|they|we|this|that|these|those|there|his|her|their|its|[A-Z])\b)"
)
# "Tarrow, who said the pier is safe, will speak": the words end before the main verb.
_RELATIVE = re.compile(r", (?:who|whose \w+) ")
_COMMA = re.compile(",")
_MAIN_PREDICATE = re.compile(
    r",\s(?:is|are|was|were|has|had|will|would|said|says|chairs|leads|heads|runs|lives|works|serves|faces|plans|"
    r"[a-z]+ed)\b(?!\s+by\b)"
)
_NEXT_PRESENT = re.compile(r"”\s+and\s+[a-z]{3,}s\s")
# “…,” a reference to the storm
_GLOSS = re.compile(
    r"(?:,”?|”,?)\s+(?:(?:an?|in an?)\s+(?:(?:apparent|clear|veiled|thinly|obvious)\s+){0,2}(?:reference|nod|"
    r"allusion)\s+to|"
    r"in reference to|referring to|alluding to)\b"
)
# "“the honor of my life” in a speech": where it was said.
_SAID_IN = re.compile(
    rf"”\s+(?:in|during|on|at|via)\s+(?:an?|his|her|their|its|the)\s+(?:[\w’'-]+\s+){{0,3}}?{cues.CHANNEL}\b"
)
# ", and the Congresswoman encouraged"
_NEXT_CLAUSE = re.compile(rf",\s+and\s+the\s+(?:[A-Z]\w+|[a-z]+(?:man|woman|or|er))\s+(?:also\s+)?(?:{_ACTS})\b")
_DASH = re.compile(r"\s(?:--|—|–)\s")


def clause_end(sentence: str, attribution: Attribution, start: int, limit: int) -> int:
    """Return where the words said end at the latest that begin at ``start``.

    Args:
        sentence: The masked sentence.
        attribution: Who says them; they follow it.
        start: Where they begin.
        limit: Where they end at the latest for other reasons.
    """
    ends = [limit, *_next_clauses(sentence, attribution, start, limit)]
    gloss = _GLOSS.search(sentence, start + 1, limit)
    if gloss:
        ends.append(gloss.start() + gloss[0].find("”") + 1)
    channel = _SAID_IN.search(sentence, start + 1, limit)
    following = _NEXT_CLAUSE.search(sentence, start + 1, limit)
    ends += [channel.start() + 1 if channel else limit, following.start() if following else limit]
    if len(_DASH.findall(sentence[: attribution.start])) % 2:
        closing = _DASH.search(sentence, start, limit)
        ends.append(closing.start() if closing else limit)
    if _RELATIVE.search(sentence, attribution.start, attribution.end):
        comma = (_COMMA if attribution.verb in cues.STANCE else _MAIN_PREDICATE).search(sentence, start + 1, limit)
        following = _NEXT_PRESENT.search(sentence, start + 1, limit)
        ends += [comma.start() if comma else limit, following.start() + 1 if following else limit]
    if _SUBORDINATE.fullmatch(sentence[: attribution.start].strip()) and not attribution.inverted:
        main = _MAIN_CLAUSE.search(sentence, start + 1, limit)
        if main:
            ends.append(main.start())
    return min(ends)


def _next_clauses(sentence: str, attribution: Attribution, start: int, limit: int) -> list[int]:
    """Return where the writer goes on, or the speaker in another predicate."""
    ends = []
    writer = _WRITER.search(sentence, start, limit)
    if writer and sentence[start : start + 3].strip(" ,")[:1] not in ("'", "‘"):
        ends.append(writer.start())
    predicate = _NEXT_PREDICATE.search(sentence, start, limit) if attribution.verb in _WITH_INFINITIVE else None
    between = sentence[start : predicate.start()] if predicate else ""
    if predicate and _INFINITIVE.search(between) and not _RELATIVE_CLAUSE.search(between):
        ends.append(predicate.start())
    for act in _NEXT_ACT.finditer(sentence, start, limit):
        if _is_the_speakers(attribution, sentence[start : act.start()]):
            ends.append(act.start() + len(act[0]) - len(act[0].lstrip(",”")))
            break
    return ends


def _is_the_speakers(attribution: Attribution, words: str) -> bool:
    """True where a verb in the simple past after these words is the speaker's: they have none that it could join."""
    if attribution.verb == "according" or (attribution.inverted and attribution.cue == ""):
        return False
    if attribution.verb in cues.STANCE and not _NOT_NARRATING.search(words):
        return True
    last = re.split(r",\s|;", words)[-1] if "”" not in words else words
    return bool(_NOT_NARRATING.search(last if len(last.split()) > 3 else words)) and not _IN_PASSIVE.search(last)
