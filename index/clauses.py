"""Which words of a sentence are the words said: before, after or around each attribution."""

import re
from dataclasses import dataclass

from index import cues
from index.attribution import CLAUSE, Attribution
from index.clause_ends import clause_end
from index.evidence import is_sound, reports_speech
from index.nesting import SPLIT_ON, clause_start, is_outlets, is_trailing, opens_speech, outermost
from index.wordlists import DATES

_QUOTED = re.compile(r"“[^“”]*(?:”+|$)")
_CONJUNCTION = re.compile(r"^(?:But|And|However,|Still,|Meanwhile,|Yet|Also,|Plus,)\s+")
_BRIEF_OPENING = re.compile(r"\W*(?:\w+\W*){1,3},\W*")
_AFTER_SOURCE = re.compile(r"\s(?:quoting|citing|which|who|a|an|published|released)\b")
# "…, according to the Trust, accounting for a third of it"
_AFTER_SOURCE_GOES_ON = re.compile(
    r"(?:,|\s*[—–])\s*((?:with|accounting|including|compared|making|up|down|more|less|bringing|leaving|causing|leading|"
    r"representing|killing|injuring|affecting)\b)"
)
# "It failed because, according to the Trust, nobody paid."
_OPENS_CLAUSE = re.compile(r"\b(?:because|that|if|when|while|although|which|where|since),?$")
_COLON = re.compile(r"[^“”]{1,90}:\s*(?=“)")
_COLON_QUOTE = re.compile(r":\s*(“[^“”]*”+)\s*$")
_EDGE_AFTER = re.compile(r"(?:[\s,;:—–-]|,?\s+(?:and|but|while|whereas|though|as)|,\s+for (?:example|instance))*$")
_LONGEST_EDGE = 40
# "Saltby: The pier is open, officials said."
_PLACE = re.compile(
    rf"(?:(?:[A-Z][\w.’'-]+,? ){{1,3}})?\((?:CNN|AP|AFP|BBC|NBC|Reuters|"
    rf"UPI)[^()]{{0,20}}\)\s*(?:[–—-]+\s*)?(?=[A-Z])|(?:{DATES}|"
    rf"[A-Z][a-z]{{2,3}}\.) \d{{1,2}}: (?=[A-Z])|"
    r"(?:[A-Z][\w.’'-]+ ){0,2}[A-Z][\w.’'-]+(?:: | [–—] | -{1,2} )(?=[A-Z])"
)
# "calls for a study to:" is followed by a list, not by words said.
_OPEN_END = re.compile(r"\b(?:to|the following)$")
_LETTERS_AFTER_NAME = re.compile(r"\s(?:[A-Z]\.?){2,5},")
_I_QUOTE = re.compile(r",?\s+(?:and )?I quote,?:?\s")
_MAY_BE_PARTICIPLE = frozenset("found called described shown reported".split())
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
    kept = outermost(sentence, [a for a in found if is_sound(sentence, a)])
    passed = [
        a for a in found if a not in kept and (_NEXT_OF_SPEAKER.match(sentence, a.start) or is_outlets(sentence, a))
    ]
    result: list[tuple[Attribution, Words]] = []
    position = 0
    for index, attribution in enumerate(kept):
        limit = min((p.start for p in passed if p.start >= attribution.end), default=len(sentence))
        if index + 1 < len(kept):
            limit = min(limit, clause_start(sentence, attribution, kept[index + 1]))
            if is_trailing(sentence, kept[index + 1], attribution.end) and is_trailing(sentence, attribution, position):
                limit = limit if SPLIT_ON.match(sentence, attribution.end) else attribution.end
        trailing = is_trailing(sentence, attribution, position)
        before = _before(sentence, attribution, position, limit) if trailing else None
        words = before if trailing else _after(sentence, attribution, limit)
        if words is None:
            continue
        if words.trailing or words.direct or _reports(sentence, attribution, words):
            result.append((attribution, words))
            position = max(words.spans[-1][1], attribution.end)
        elif attribution.verb not in _MAY_BE_PARTICIPLE:
            position = max(position, attribution.end)
    return result


def _reports(sentence: str, attribution: Attribution, words: Words) -> bool:
    if attribution.verb == "according" or attribution.cue == ":":
        return True
    start, end = words.spans[0]
    return reports_speech(sentence, attribution, sentence[start:end])


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
    before = sentence[: attribution.start].strip()
    parenthetical = rest.startswith(",") and opens_speech(before)
    if attribution.verb == "according" and rest.startswith(",") and _OPENS_CLAUSE.search(before) and not direct:
        return [_edges(sentence, attribution.end, limit)]
    if not direct and not attribution.inverted and (SPLIT_ON.match(rest) or (parenthetical and "“" not in rest)):
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
    quote = _I_QUOTE.match(sentence, position)
    position = quote.end() if quote else position
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
