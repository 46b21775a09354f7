"""Which words of a sentence are the words said: before, after or around each attribution."""

import re
from dataclasses import dataclass

from index import cues
from index.attribution import CLAUSE, Attribution
from index.clause_ends import clause_end
from index.evidence import EVIDENCE, is_sound, reports_speech
from index.wordlists import DATES

_QUOTED = re.compile(r"“[^“”]*(?:”+|$)")
_INTRODUCTION = re.compile(
    r"^(?:(?:But|And|So|Yet|Still|However|Meanwhile|Also|Instead|Then|Later|Now|In|On|At|During|After|Before|When|While|"
    r"Since|As|For|With|Speaking|Asked|To|Under|Earlier|Last|Citing|Predicting|Although|Though|If|Following|Despite|"
    r"Without|By|From|Through|Even|Until|Once|[A-Z][a-z]+(?:ing|ed|ly))\b)"
)
_CONJUNCTION = re.compile(r"^(?:But|And|However,|Still,|Meanwhile,|Yet|Also,|Plus,)\s+")
_NEW_CLAUSE = re.compile(
    r"(?:,\s*(?:and|but|while|whereas|though|although|as)(?:\s+(?:on|in|at|by|after|last|this|later|then|earlier)\b"
    r"[^,;“”]{0,30},?)?|;|”|—|–)\s*$"
)
# ", but the mayor of" and " and his attorney": somebody else is reported next.
_OTHER_SPEAKER = re.compile(r",\s+(?:but|while|whereas)\s+[^,;“”]{0,60}$")
_OTHERS_LAWYER = re.compile(r"\s+(?:and|but)\s*$")
_PRONOUNS = frozenset("he she it they".split())
_REPORT = frozenset("reports reported report".split())
_SPLIT_ON = re.compile(
    r",\s*(?:is|are|was|were|will|would|could|can|has|have|had|should|but|and|if|because|not|to|or|so)\b"
)
_CLOSES = re.compile(r"\s*\.?\s*$|,\s(?:adding|noting|saying|arguing|warning|explaining)\b")
_CIRCUMSTANCE = re.compile(
    r"(?:as|when|while|after|before|during|in|at|on|of|following|from|about|referring|speaking)\b"
)
_QUOTE_ALONE = re.compile(r"(?:\W*\w+\W*){0,3}?[^\w]*“[^“”]*”+$")
_BRIEF_OPENING = re.compile(r"\W*(?:\w+\W*){1,3},\W*")
_GOES_ON = re.compile(r"[,—–]\s*“")
_AFTER_SOURCE = re.compile(r"\s(?:quoting|citing|which|who|a|an|published|released)\b")
# "…, according to the Trust, accounting for a third of it"
_AFTER_SOURCE_GOES_ON = re.compile(
    r"(?:,|\s*[—–])\s*((?:with|accounting|including|compared|making|up|down|more|less|bringing|leaving|causing|leading|"
    r"representing|killing|injuring|affecting)\b)"
)
_COLON = re.compile(r"[^“”]{1,90}:\s*(?=“)")
_COLON_QUOTE = re.compile(r":\s*(“[^“”]*”+)\s*$")
_EDGE_AFTER = re.compile(r"(?:[\s,;:—–-]|,?\s+(?:and|but|while|whereas|though|as)|,\s+for (?:example|instance))*$")
_LONGEST_EDGE = 40
_WORK = re.compile(r"(?:The|A|An|His|Her)\s*“[^“”]*”+")
_DATELINE = re.compile(r"^[A-Z][\w.,’'() /]{2,40}(?:\s[–—-]{1,2}\s|—)")
# "Saltby: The pier is open, officials said."
_PLACE = re.compile(
    rf"\((?:CNN|AP|AFP|BBC|NBC|Reuters|UPI)[^()]{{0,20}}\)\s*(?:[–—-]+\s*)?(?=[A-Z])|(?:{DATES}|[A-Z][a-z]{{2,3}}\.) \d{{1,2}}: (?=[A-Z])|"
    r"(?:[A-Z][\w.’'-]+ ){0,2}[A-Z][\w.’'-]+(?:: | [–—] | -{1,2} )(?=[A-Z])"
)
# "…, but according to"
_JOINED = re.compile(r"\b(?:but|and|while|that|because|since|although|though)$")
# "calls for a study to:" is followed by a list, not by words said.
_OPEN_END = re.compile(r"\b(?:to|the following)$")
_LETTERS_AFTER_NAME = re.compile(r"\s(?:[A-Z]\.?){2,5},")
_SHORTEST = 2
# ", and more broadly emphasized": the speaker's next verb, whatever it reports.
_NEXT_OF_SPEAKER = re.compile(r"[,”]+\s+and\s+(?:(?:also|later|then|more|again|[a-z]+ly)\s+)*[a-z]+ed\b")


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
    kept = _outermost(sentence, [a for a in found if is_sound(sentence, a)])
    passed = [
        a for a in found if a not in kept and (_NEXT_OF_SPEAKER.match(sentence, a.start) or _is_outlets(sentence, a))
    ]
    result: list[tuple[Attribution, Words]] = []
    position = 0
    for index, attribution in enumerate(kept):
        limit = min((p.start for p in passed if p.start >= attribution.end), default=len(sentence))
        if index + 1 < len(kept):
            limit = min(limit, _clause_start(sentence, attribution, kept[index + 1]))
            if _is_trailing(sentence, kept[index + 1], attribution.end) and _is_trailing(
                sentence, attribution, position
            ):
                limit = limit if _SPLIT_ON.match(sentence, attribution.end) else attribution.end
        trailing = _is_trailing(sentence, attribution, position)
        before = _before(sentence, attribution, position, limit) if trailing else None
        words = before if trailing else _after(sentence, attribution, limit)
        if words is None:
            continue
        if words.trailing or words.direct or _reports(sentence, attribution, words):
            result.append((attribution, words))
            position = max(words.spans[-1][1], attribution.end)
        else:
            position = max(position, attribution.end)
    return result


def _reports(sentence: str, attribution: Attribution, words: Words) -> bool:
    if attribution.verb == "according" or attribution.cue == ":":
        return True
    start, end = words.spans[0]
    return reports_speech(sentence, attribution, sentence[start:end])


def _outermost(sentence: str, found: list[Attribution]) -> list[Attribution]:
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


def _is_outlets(sentence: str, attribution: Attribution) -> bool:
    """True for ", the Saltby Tribune reports" at the end: who reports what somebody said."""
    before = sentence[max(0, attribution.start - 2) : attribution.start].strip()
    return attribution.verb in _REPORT and before in (",", ",”") and bool(_CLOSES.match(sentence, attribution.end))


def _clause_start(sentence: str, previous: Attribution, attribution: Attribution) -> int:
    """Return where the clause of an attribution begins: at ", and on Sunday, " before "he announced"."""
    for opening in (_NEW_CLAUSE, _OTHER_SPEAKER):
        found = opening.search(sentence, previous.end, attribution.start)
        if found and not found[0].startswith("”"):
            return found.start()
    return attribution.start


def _is_others(sentence: str, previous: Attribution, attribution: Attribution) -> bool:
    """True where somebody else is reported next: "…, but the mayor said", "denied any wrongdoing and his lawyer said"."""
    if attribution.inverted or attribution.verb not in cues.SAY or attribution.subject.lower() in _PRONOUNS:
        return False
    between = sentence[previous.end : attribution.start]
    if _OTHER_SPEAKER.search(between):
        return True
    return bool(_OTHERS_LAWYER.search(between)) and not CLAUSE.match(between) and previous.verb in cues.STANCE


def _is_separate(sentence: str, previous: Attribution, attribution: Attribution, position: int) -> bool:
    """True where an attribution does not stand within the words of the one before."""
    if attribution.verb == "according" or _NEW_CLAUSE.search(sentence[previous.end : attribution.start]):
        return True
    if _is_others(sentence, previous, attribution):
        return True
    joined = sentence[attribution.start : attribution.start + 4].startswith((",", " ", "and ", "but ", "or "))
    if attribution.subject == previous.subject and (joined or attribution.verb in cues.PARTICIPLES):
        return True
    return _is_trailing(sentence, previous, position)


def _is_trailing(sentence: str, attribution: Attribution, position: int) -> bool:
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
        return not opening or (not _GOES_ON.match(after) and bool(_SPLIT_ON.match(after)))
    return True


def _before(sentence: str, attribution: Attribution, position: int, limit: int) -> Words | None:
    start, end = _edges(sentence, position, attribution.start)
    chunk = sentence[start:end]
    quotes = [(start + m.start(), start + m.end()) for m in _QUOTED.finditer(chunk)]
    outside = _QUOTED.sub("", chunk)
    direct = bool(quotes) and not re.search(r"\w{2}", outside)
    if len(quotes) == 1 and quotes[0][1] >= end - 1 and _BRIEF_OPENING.fullmatch(chunk[: quotes[0][0] - start]):
        direct = True  # "However, “…,” she warned"
    if direct:
        return Words((*quotes, *_further(sentence, attribution, limit, direct=True)), True, trailing=True)
    place = _PLACE.match(sentence) if not position else None
    start = place.end() if place and place.end() < end else start
    chunk = sentence[start:end]
    colon = _COLON_QUOTE.search(chunk)
    if colon:  # "Zinke thanked them: “…,” he said"
        return Words(((start + colon.start(1), start + colon.end(1)),), True, trailing=True)
    if len(outside.split()) + len(quotes) < _SHORTEST:
        return None
    opening = _CONJUNCTION.match(chunk)
    first = (start + (opening.end() if opening else 0), end)
    return Words((first, *_further(sentence, attribution, limit, direct=False)), False, trailing=True)


def _further(sentence: str, attribution: Attribution, limit: int, *, direct: bool) -> list[tuple[int, int]]:
    """Return the words said that go on after a trailing attribution."""
    rest = sentence[attribution.end : limit]
    if not direct and not attribution.inverted and _SPLIT_ON.match(rest):
        return [_edges(sentence, attribution.end, limit)]
    more = re.search(r"[,;:.—–]?\s*(?=“)", rest)
    if more:
        marked = rest[more.start()] in ",:;.—–" or not re.search(r"\w", rest[: more.start()])
        found = _QUOTED.search(rest) if attribution.inverted or marked else None
        if found and not re.search(r"\w{3,} $", rest[: found.start()]):
            return [(attribution.end + found.start(), attribution.end + found.end())]
        return []
    after_source = _AFTER_SOURCE_GOES_ON.match(rest) if attribution.verb == "according" and not direct else None
    if after_source:
        return [_edges(sentence, attribution.end + after_source.start(1), limit)]
    return []


def _after(sentence: str, attribution: Attribution, limit: int) -> Words | None:
    position = attribution.end
    if attribution.verb == "according":
        position = _past_comma(sentence, position, limit)
        if position and _LETTERS_AFTER_NAME.match(sentence, position):
            position = _past_comma(sentence, position, limit)
        if position and _AFTER_SOURCE.match(sentence, position):
            beyond = _past_comma(sentence, position, limit)
            position = position if CLAUSE.match(sentence[position:beyond].strip()) else beyond
        if not position:
            return None
    that = cues.THAT_WORD.match(sentence, position)
    if that and that.end() <= limit:
        position = that.end()
    start, end = _edges(sentence, position, clause_end(sentence, attribution, position, limit))
    colon = _COLON.match(sentence, start, end)
    start = colon.end() if colon else start
    chunk = sentence[start:end]
    if _OPEN_END.search(chunk):
        return None
    if not chunk.startswith("“"):
        return Words(((start, end),), False, trailing=False) if len(re.findall(r"\w+|“", chunk)) >= _SHORTEST else None
    quotes = tuple((start + m.start(), start + m.end()) for m in _QUOTED.finditer(chunk))
    if not re.search(r"\w", _QUOTED.sub("", chunk)):
        return Words(quotes, True, trailing=False)
    marked = sentence[attribution.end : start].strip().endswith((",", ":"))
    if attribution.cue.lower() == "in the words of":
        return Words(quotes[:1], True, trailing=False)
    last = sentence[quotes[0][0] : quotes[0][1]].rstrip("”")[-1:]
    if last in (".", "!", "?") or (marked and last == ","):
        return Words(quotes[:1], True, trailing=False)
    return Words(((start, end),), False, trailing=False)


def _past_comma(sentence: str, position: int, limit: int) -> int:
    return sentence.find(",", position, limit) + 1


def _edges(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Trim white space and punctuation that belongs to the sentence around the words."""
    while start < end and (sentence[start].isspace() or sentence[start] in ",:;.—–”)"):
        start += 1
    tail = _EDGE_AFTER.search(sentence, max(start, end - _LONGEST_EDGE), end)
    if tail:
        end = tail.start()
    if end > start and sentence[end - 1] == "." and not sentence[end - 2 : end - 1].isupper():
        end -= 1
    return start, end
