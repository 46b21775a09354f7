"""Which words of a sentence are the words said: before, after or around each attribution."""

import re
from dataclasses import dataclass

from index import cues
from index.attribution import Attribution
from index.quotations import MASK

_QUOTED = re.compile(r"“[^“”]*(?:”+|$)")
_INTRODUCTION = re.compile(
    r"^(?:(?:But|And|So|Yet|Still|However|Meanwhile|Also|Instead|Then|Later|Now|In|On|At|During|After|Before|When|While|"
    r"Since|As|For|With|Speaking|Asked|To|Under|Earlier|Last|Citing|Predicting|Although|Though|If|Following|Despite|"
    r"Without|By|From|Through|Even|Until|Once|[A-Z][a-z]+(?:ing|ed|ly))\b)"
)
_CONJUNCTION = re.compile(r"^(?:But|And|However,|Still,|Meanwhile,|Yet|Also,|Plus,)\s+")
_RELATIVE = re.compile(r"(?:\b(?:which|that|who|what|than|as|whom|if|whether|As|What|If|when)|\bnot|n[’']t|\bto)\s*$")
_NEW_CLAUSE = re.compile(r"(?:,\s*(?:and|but|while|whereas|though|although|as)|;|”|—|–)\s*$")
_SPLIT_ON = re.compile(r",\s*(?:is|are|was|were|will|would|could|can|has|have|had|should|but|and|if|because|not|to|or|so|which)\b")
_NEGATION = re.compile(r"(?:\bnot|n[’']t|\bnever|\bto|\bdeclined|\brefused)\s+(?:\w+\s+)?$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|got|gets)\s+(?:\w+ly\s+|also\s+|not\s+|once\s+)?$")
_CALLED = re.compile(r"\s*(?:it|him|her|them|himself|herself|for|on|upon|the|this|that)\b")
_ASKED = re.compile(r"\s*(?:(?:\w+\s+){1,5}?to|whether|if|how|why|what|that|for)\b")
_WANTED = re.compile(r"\s*(?:to|(?:[\w’'-]+\s+){1,5}?to|more|an?|the|him|her|them|it|that)\b")
_EVIDENCE = re.compile(r"\s*(?:[,:]\s*)?(?:that\b|“)|\s*:")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The words said, as spans of the masked sentence.

    Attributes:
        spans: Half-open, in order.
        direct: The spans are whole quotations.
        trailing: The attribution follows the words.
    """

    spans: tuple[tuple[int, int], ...]
    direct: bool
    trailing: bool


def is_wholly_quoted(masked: str) -> bool:
    """True where nothing but punctuation stands outside the quotations."""
    return masked.lstrip().startswith("“") and not re.search(r"\w", _QUOTED.sub("", masked))


def words_said(sentence: str, found: list[Attribution]) -> list[tuple[Attribution, Words]]:
    """Pair each attribution of a masked sentence with the words it reports.

    Args:
        sentence: The masked sentence.
        found: Its attributions in order.

    Returns:
        Those attributions that report words, with the words, in order.
    """
    valid = [a for a in found if _is_sound(sentence, a)]
    kept = _outermost(sentence, valid)
    result: list[tuple[Attribution, Words]] = []
    position = 0
    for index, attribution in enumerate(kept):
        limit = kept[index + 1].start if index + 1 < len(kept) else len(sentence)
        if index + 1 < len(kept) and _is_trailing(sentence, kept[index + 1], attribution.end):
            limit = attribution.end if not _takes_after(sentence, attribution, position) else limit
        words = _words(sentence, attribution, position, limit)
        if words and words.spans and _has_evidence(sentence, attribution, words):
            result.append((attribution, words))
            position = max(words.spans[-1][1], attribution.end)
        elif attribution.end > position:
            position = position if not words else attribution.end
    return result


def _takes_after(sentence: str, attribution: Attribution, position: int) -> bool:
    return not _is_trailing(sentence, attribution, position)


def _is_sound(sentence: str, attribution: Attribution) -> bool:
    if attribution.inverted or attribution.cue == ":":
        return True
    verb_at = sentence.find(attribution.cue, attribution.start)
    before = sentence[:verb_at]
    if _PASSIVE.search(before) and attribution.verb not in cues.PARTICIPLES:
        return False
    if attribution.verb in cues.SAY and _NEGATION.search(before):
        return False
    return not _RELATIVE.search(sentence[: attribution.start])


def _outermost(sentence: str, found: list[Attribution]) -> list[Attribution]:
    """Leave out attributions inside the words of another, and those that a later one encloses."""
    kept: list[Attribution] = []
    for attribution in found:
        if kept:
            previous = kept[-1]
            between = sentence[previous.end : attribution.start]
            same = attribution.subject == previous.subject and (
                sentence[attribution.start : attribution.start + 1] in ", " or attribution.verb in cues.PARTICIPLES
                or sentence[attribution.start :].startswith(("and ", "but ", "or "))
            )
            separate = same or attribution.verb == "according" or bool(_NEW_CLAUSE.search(between))
            previous_trailing = _is_trailing(sentence, previous, kept[-2].end if len(kept) > 1 else 0)
            if not separate and not previous_trailing:
                closing = not sentence[attribution.end :].strip(" .") and between.rstrip().endswith(",")
                if closing and "”" not in between and not attribution.subject == previous.subject:
                    kept[-1] = attribution
                continue
        kept.append(attribution)
    return kept


def _is_trailing(sentence: str, attribution: Attribution, position: int) -> bool:
    """True where the words said stand before the attribution."""
    before = sentence[position : attribution.start].strip()
    after = sentence[attribution.end :].lstrip()
    if attribution.verb in cues.PARTICIPLES or attribution.cue == ":" or not before:
        return False
    if attribution.inverted:
        return len(before) > 1 or attribution.verb != "according"
    if before[-1] in "”?!" and "“" in before:
        if after[:1] in ("", ".", ",", ";", "—", "–"):
            return True
        return not _EVIDENCE.match(after) and not (after[:1] == "“")
    if before[-1] not in ",—–" or (after and after[0] not in ".,;—–"):
        return False
    if after.startswith((",", "—", "–")):
        opening = bool(_INTRODUCTION.match(before)) or len(before.split()) <= 2
        return not (opening and re.match(r"[,—–]\s*“", after)) and bool(
            re.match(r"[,—–]\s*“", after) or _SPLIT_ON.match(after) or not opening
        )
    return True


def _words(sentence: str, attribution: Attribution, position: int, limit: int) -> Words | None:
    if _is_trailing(sentence, attribution, position):
        return _before(sentence, attribution, position, limit)
    return _after(sentence, attribution, limit)


def _before(sentence: str, attribution: Attribution, position: int, limit: int) -> Words | None:
    start, end = _edges(sentence, position, attribution.start)
    chunk = sentence[start:end]
    quotes = [(start + m.start(), start + m.end()) for m in _QUOTED.finditer(chunk)]
    outside = _QUOTED.sub("", chunk)
    if quotes and not re.search(r"\w{2}", outside):
        direct, spans = True, quotes
    elif len(quotes) == 1 and quotes[0][1] >= end - 1 and re.fullmatch(r"\W*(?:\w+\W*){1,3},\W*", chunk[: quotes[0][0] - start]):
        direct, spans = True, quotes
    else:
        opening = _CONJUNCTION.match(chunk)
        direct, spans = False, [(start + (opening.end() if opening else 0), end)]
        if len(outside.split()) + len(quotes) < _SHORTEST:
            return None
    rest = sentence[attribution.end : limit]
    more = re.search(r"[,;:.—–]?\s*(?=“)", rest)
    if more and "“" in rest and (attribution.inverted or not re.search(r"\w", rest[: more.start()]) or rest[more.start()] in ",:;.—–"):
        found = _QUOTED.search(rest)
        if found and not re.search(r"\w{3,} $", rest[: found.start()]):
            spans = [*spans, (attribution.end + found.start(), attribution.end + found.end())]
    elif not direct and _SPLIT_ON.match(rest):
        first = re.search(r"\w", rest)
        spans = [*spans, (attribution.end + (first.start() if first else 0), _edges(sentence, attribution.end, limit)[1])]
    return Words(tuple(spans), direct, trailing=True)


def _after(sentence: str, attribution: Attribution, limit: int) -> Words | None:
    position = attribution.end
    if attribution.verb == "according":
        comma = sentence.find(",", position, limit)
        if comma < 0:
            return None
        position = comma + 1
    that = cues.THAT_WORD.match(sentence, position)
    if that and that.end() <= limit:
        position = that.end()
    start, end = _edges(sentence, position, limit)
    chunk = sentence[start:end]
    if not chunk:
        return None
    quote = _QUOTED.match(chunk)
    if quote:
        rest = _QUOTED.sub("", chunk)
        ended = sentence[start + quote.end() - 2] in ",.!?" or sentence[attribution.end : start].strip().endswith((",", ":"))
        if not re.search(r"\w", rest):
            return Words(tuple((start + m.start(), start + m.end()) for m in _QUOTED.finditer(chunk)), True, trailing=False)
        if ended and quote[0][-2:-1] in ",.!?”":
            return Words(((start, start + quote.end()),), True, trailing=False)
    elif len(re.findall(r"\w+|“", chunk)) < _SHORTEST:
        return None
    return Words(((start, end),), False, trailing=False)


def _edges(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Trim white space and punctuation that belongs to the sentence around the words."""
    while start < end and (sentence[start].isspace() or sentence[start] in ",:;.—–”)"):
        start += 1
    tail = re.search(r"(?:[\s,;:—–-]|,?\s+(?:and|but|while|whereas|though|as))*$", sentence[start:end])
    if tail:
        end = start + tail.start()
    if end > start and sentence[end - 1] == "." and not sentence[end - 2 : end - 1].isupper():
        end -= 1
    return start, end


def _has_evidence(sentence: str, attribution: Attribution, words: Words) -> bool:
    """True where the verb, with what stands around it, reports speech."""
    verb = attribution.verb
    if words.trailing or words.direct or verb == "according" or attribution.cue == ":":
        return True
    after = sentence[attribution.end :]
    quoted = any("“" in sentence[a:b] for a, b in words.spans)
    if verb in cues.SAY or verb in ("saying", "arguing", "warning", "claiming", "insisting"):
        return bool(attribution.subject)
    if verb in ("called", "calls", "calling"):
        return quoted or bool(_CALLED.match(after))
    if verb in ("asked", "asks"):
        return quoted or bool(_ASKED.match(after))
    if verb in ("wants", "hopes", "expects", "demanded", "demands"):
        return bool(_WANTED.match(after))
    if verb in cues.STANCE:
        return True
    if verb in cues.WITH_QUOTE and verb not in cues.THAT:
        return quoted
    return quoted or bool(_EVIDENCE.match(after))


__all__ = ["MASK", "Words", "is_wholly_quoted", "words_said"]
