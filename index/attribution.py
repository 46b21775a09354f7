"""Find who is said to speak in one sentence: a subject, the cue and where the region between the words said ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import cues
from index.quotations import MASK

_WORD = re.compile(r"[A-Za-z][a-z]{2,}\b")
_TOKEN = re.compile(r"\S+")
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠȘŢŤȚŪŮŰŹŻŽ"
_ABBREVIATED = "Jr|Sr|St|Dr|Mr|Mrs|Ms|Sens?|Reps?|Govs?|Lt|Gen|Col|Sgt|Capt|Prof|Rev|Hon|Adm|Maj|Cmdr|Inc|Co|Corp|Ltd"
_NAME_WORD = rf"(?!(?:{cues.DATES})\b)(?:(?:{_ABBREVIATED})\.|(?:[{_UPPER}]\.)+|[{_UPPER}][\w’'‘&-]*)"
_PARTICLE = "(?:de|del|la|las|van|von|der|den|bin|ibn|al|el|da|di|dos|du|le)"
NAME = rf"{_NAME_WORD}(?:,? (?:{_PARTICLE} ){{0,2}}{_NAME_WORD}){{0,8}}".replace(",? ", " ")
_PARTY = r"(?:,?\s*\((?:[^()]{1,30})\))?"
_ROLE = "|".join(sorted(cues.ROLE_NOUNS, key=len, reverse=True))
_DET = r"(?:the|a|an|one|another|its|his|her|their|some|many|several|two|three|both)"
_AFTER_SUBJECT = re.compile(
    rf"\s*(?:[.,;:!?“”\"\ue000—–(-]|$)|\s+(?:in|on|at|during|after|of|who|as|when|while|with|from|to|via|before|"
    rf"about|by|for|and|upon|today|yesterday|last|this|earlier|late|regarding|following|{cues.DATES})\b"
)
_INVERTED = re.compile(
    rf"\s+(?P<np>(?:(?:the|former|then|fellow|team|co|[a-z][a-z-]*)\s+){{0,5}}{NAME}{_PARTY}"
    rf"(?:\s+and\s+{NAME}{_PARTY})?(?:\s+(?:of|for)\s+(?:the\s+)?{NAME})?"
    rf"|{_DET}\s+(?:[\w’'-]+\s+){{0,4}}?(?:{_ROLE})s?\b(?:\s+(?:of|for|at|with|from)\s+[^,.;“”\"\ue000]{{1,80}})?"
    rf"|(?:[\w’'-]+\s+){{0,3}}?(?:officials|experts|police|authorities|analysts|scientists|researchers)\b)",
)
_APPOSITION = re.compile(
    r",\s+(?!(?:said|adding|noting|saying|according|and|but|in|on|at|who)\b)([^,;“”\"\ue000]{3,160})"
)
ROLE_START = re.compile(
    rf"(?:the|a|an|one|our|his|her|its|former|then|chief|\d{{1,2}}|[\w’'. &-]*\b(?:{_ROLE})s?)\b", re.I
)
_BEFORE_INVERTED = re.compile(r"[,”’?!—–-]\s*$|[”]\s*$")
_TRAILER = re.compile(rf"”\s*[-–—]{{1,2}}\s*(?P<np>{NAME}{_PARTY}(?:,\s[^“”]{{3,120}})?)\s*$")
_LABEL = re.compile(rf"^\s*(?P<np>(?:[a-z][a-z-]*\s+){{0,2}}{NAME}{_PARTY}(?:,[^:“”]{{3,120}})?):\s*(?=“)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a sentence says who speaks. Positions count from the beginning of the masked sentence.

    Attributes:
        start: Where subject and cue begin; words said may stand before.
        end: Where they end, with addressee, time and channel; words said may stand after.
        subject: The subject as written, without apposition.
        apposition: What is said about the subject beside it ("a spokeswoman for Youngkin"), or "".
        cue: The reporting words as written.
        verb: The verb in lower case.
        inverted: The subject follows the cue, so the words said stand before it.
    """

    start: int
    end: int
    subject: str
    apposition: str
    cue: str
    verb: str
    inverted: bool


def attributions(sentence: str) -> list[Attribution]:
    """Find every attribution of a masked sentence, in order, without overlaps."""
    found: list[Attribution] = []
    for candidate in sorted(_candidates(sentence), key=lambda a: a.start):
        if (
            not found
            or candidate.start >= found[-1].end
            or (candidate.start >= found[-1].start and candidate.start >= found[-1].end - 1)
        ):
            found.append(candidate)
    return found


def _candidates(sentence: str) -> Iterator[Attribution]:
    for match in cues.ACCORDING.finditer(sentence):
        yield from _according(sentence, match)
    trailer = _TRAILER.search(sentence)
    if trailer:
        subject, _, apposition = trailer["np"].partition(", ")
        yield Attribution(trailer.start() + 1, len(sentence), subject, apposition, "", "said", inverted=True)
    label = _LABEL.match(sentence)
    if label and not any(word in cues.CUES for word in label["np"].split()):
        subject, _, apposition = label["np"].partition(", ")
        yield Attribution(0, label.end(), subject, apposition, ":", "said", inverted=False)
    previous: Attribution | None = None
    for match in _WORD.finditer(sentence):
        verb = match[0].lower()
        if verb not in cues.CUES:
            continue
        attribution = _around(sentence, match, verb, previous)
        if attribution:
            yield attribution
            previous = attribution


def _according(sentence: str, match: re.Match[str]) -> Iterator[Attribution]:
    rest = sentence[match.end() :]
    subject = re.match(
        rf"(?:the\s+)?(?:[^,.;“”\s]+\s+){{0,3}}?{NAME}(?:(?:\s+of|\s+for|\s+and|\s+from)\s+(?:the\s+)?{NAME})*"
        rf"|(?:[^,.;“”\s]+\s*){{1,8}}",
        rest,
    )
    if subject is None:
        return
    text = subject[0].strip()
    end = match.end() + subject.end()
    role, end = _apposition_after(sentence, end)
    cue = match[0].strip()
    yield Attribution(match.start(), end, text.rstrip("."), role, cue, "according", inverted=True)


def _around(sentence: str, match: re.Match[str], verb: str, previous: Attribution | None) -> Attribution | None:
    if verb in cues.INVERTIBLE and _BEFORE_INVERTED.search(sentence[: match.start()]):
        inverted = _subject_after(sentence, match, verb)
        if inverted:
            return inverted
    if match[0][0].isupper():
        return None
    subject = subject_before(sentence[: match.start()])
    start, text, role = subject if subject else (match.start(), "", "")
    if not text or (verb in cues.PARTICIPLES and text):
        if verb in cues.PARTICIPLES and not re.search(r"(?:[,”]|\band|\bin)\s*$", sentence[: match.start()]):
            return None
        joined = re.search(
            r"(?:,|\b(?:and|but|or))\s+(?:(?:has|have|had|also|later|then|is)\s+)*$", sentence[: match.start()]
        )
        if previous is None and verb in cues.PARTICIPLES:
            sentence_subject = leading_subject(sentence)
            if sentence_subject is None:
                return None
            text, role = sentence_subject, ""
        elif previous is None or not (joined or verb in cues.PARTICIPLES):
            return None
        else:
            text, role = previous.subject, previous.apposition
        start = joined.start() if joined else match.start()
        start = start if verb not in cues.PARTICIPLES else match.start()
    if text in cues.FIRST_PERSON:
        return None
    end, cue = _cue_end(sentence, match, verb)
    return Attribution(start, end, text, role, cue, verb, inverted=False)


def _cue_end(sentence: str, match: re.Match[str], verb: str) -> tuple[int, str]:
    end = match.end()
    if verb in ("told", "tells", "tell", "telling"):
        addressee = cues.ADDRESSEE.match(sentence, end)
        if addressee:
            end = addressee.end()
    cue = sentence[match.start() : end]
    for _ in range(3):
        adjunct = cues.ADJUNCT.match(sentence, end)
        if adjunct is None:
            break
        end = adjunct.end()
    return end, cue


def _subject_after(sentence: str, match: re.Match[str], verb: str) -> Attribution | None:
    found = _INVERTED.match(sentence, match.end())
    if found is None:
        return None
    text = found["np"]
    end = found.end()
    if text.endswith(".") and (end >= len(sentence) or sentence[end:].isspace()):
        text, end = text[:-1], end - 1
    if not _AFTER_SUBJECT.match(sentence, end) or text.split()[0] in ("that", "it", "he", "she", "they"):
        return None
    role, end = _apposition_after(sentence, end)
    for _ in range(2):
        adjunct = cues.ADJUNCT.match(sentence, end)
        if adjunct:
            end = adjunct.end()
    return Attribution(match.start(), end, text, role, match[0], verb, inverted=True)


def _apposition_after(sentence: str, end: int) -> tuple[str, int]:
    found = _APPOSITION.match(sentence, end)
    if found is None or not ROLE_START.match(found[1]):
        return "", end
    return found[1].strip().rstrip(".").strip(), end + len(found[0].rstrip(". "))


def leading_subject(sentence: str) -> str | None:
    """Return the capitalised subject a sentence opens with, after an introductory phrase, or None."""
    found = _LEADING.match(sentence)
    return found["np"] if found else None


_LEADING = re.compile(
    rf"^(?:(?:But|And|However,|Still,|Meanwhile,|Yet|Now,|Then,|Later,|Although|When|While|Since|After|Before|As|If|Though|Because|"
    rf"(?:In|On|At|During|After|For|With)\s[^,]{{1,70}},)\s+)?"
    rf"(?P<np>(?!(?:But|And|However|Although|When|While|Since|After|Before|If|Though|Because|In|On|At|During|For|With|It|"
    rf"The|This|That|These|Those|There|A|An|His|Her|Their|He|She|They|We|I|You|Some|Many|Most|To|What|Who|How|Why)\b)"
    rf"(?:[A-Z][a-z]+\s+[a-z]+\s+)?{NAME})"
)


def subject_before(left: str) -> tuple[int, str, str] | None:
    """Find the subject that ends where a verb begins.

    Args:
        left: The masked sentence up to the verb.

    Returns:
        Where the subject begins, its words, and its apposition; None where none is found.
    """
    offset = max(0, len(left) - 320)
    tokens = (
        [(offset + m.start(), m[0]) for m in _TOKEN.finditer(left, offset)]
        if not offset
        else [(m.start(), m[0]) for m in _TOKEN.finditer(left, offset)]
    )
    if not offset:
        tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(left)]
    last = len(tokens) - 1
    while last >= 0 and (
        tokens[last][1] in cues.FILLERS or (tokens[last][1].endswith("ly") and tokens[last][1].islower())
    ):
        last -= 1
    if last < 0:
        return None
    last = _skip_parenthesis(tokens, last)
    if last < 0:
        return None
    word = tokens[last][1]
    if word == "who" and last:
        last -= 1
        word = tokens[last][1]
        if not word.endswith(","):
            return _noun_phrase(left, tokens, last)
        inner = [*tokens[:last], (tokens[last][0], word[:-1])]
        return _noun_phrase(left, inner, _skip_parenthesis(inner, last)) or _apposed(left, tokens[: last + 1])
    if word.endswith(","):
        return _apposed(left, tokens[: last + 1])
    return _noun_phrase(left, tokens, last)


def _skip_parenthesis(tokens: list[tuple[int, str]], last: int) -> int:
    if last >= 0 and tokens[last][1].rstrip(",").endswith(")"):
        for index in range(last, max(-1, last - 6), -1):
            if tokens[index][1].startswith("("):
                return index - 1
    return last


def _apposed(left: str, tokens: list[tuple[int, str]]) -> tuple[int, str, str] | None:
    """Find the head of "Name, apposition, " by walking back over the commas."""
    commas = [i for i, (_, word) in enumerate(tokens) if word.endswith(",") or word.endswith("),")]
    for comma in reversed(commas[-6:-1]):
        begin = tokens[comma + 1][0]
        apposition = left[begin:].rstrip().rstrip(",")
        for words in cues.FILLERS:
            apposition = apposition.removesuffix(", " + words)
        if MASK in apposition or "“" in apposition:
            return None
        inner = [*tokens[:comma], (tokens[comma][0], tokens[comma][1].rstrip(","))]
        head = _noun_phrase(left, inner, _skip_parenthesis(inner, comma))
        if head is None or not head[1][:1]:
            continue
        before = left[: head[0]].rstrip()
        at_boundary = not before or before[-1] in ",”—–:;" or before.split()[-1].lower() in (cues.BREAKS | {"as"})
        if not at_boundary:
            continue
        is_role = bool(ROLE_START.match(apposition))
        aside = re.match(
            r"(?:who|whose|speaking|in|on|at|during|which|citing|referring|when|while|after|noting|through|a?long)\b",
            apposition,
        )
        if is_role or aside or re.match(r"[A-Z]\.?[A-Za-z.]*$", apposition):
            role = re.sub(r"^\d{1,3},?\s*(?:,\s*)?", "", apposition) if is_role or not aside else ""
            return head[0], head[1], re.split(r",?\s+who\s|,\s+(?:in|on|during)\s", role)[0]
    return None


def _is_capital(word: str) -> bool:
    return bool(word) and word[0].isupper()


def _breaks_run(word: str) -> bool:
    return word[-1] in ",;:!?”—–" or (
        word[-1] == "."
        and len(word) > 3
        and word.count(".") == 1
        and word[:-1].lower() not in cues.TITLES
        and word[:-1] not in ("Jr", "Sr")
    )


def _noun_phrase(left: str, tokens: list[tuple[int, str]], last: int) -> tuple[int, str, str] | None:
    first = _phrase_start(tokens, last)
    if first is None:
        return None
    for _ in range(3):
        # "a spokesman for Youngkin", "the mayor of Richmond": the head stands before the preposition.
        before = first - 1
        if before < 1 or _breaks_run(tokens[before][1]):
            break
        if tokens[before][1] in ("of", "for", "from", "at", "with", "by", "in"):
            earlier = _phrase_start(tokens, before - 1)
            if earlier is None or _breaks_run(tokens[before - 1][1]):
                break
            head = tokens[before - 1][1].lower()
            if (
                head not in cues.ROLE_NOUNS
                and head.rstrip("s") not in cues.ROLE_NOUNS
                and not (tokens[before][1] == "of" and _is_capital(tokens[before - 1][1]))
            ):
                break
            first = earlier
        elif (
            tokens[before][1] in ("and", "&") and (_is_capital(tokens[first][1])) and _is_capital(tokens[before - 1][1])
        ):
            earlier = _phrase_start(tokens, _skip_parenthesis(tokens, before - 1))
            if earlier is None or _breaks_run(tokens[before - 1][1]):
                break
            ahead = tokens[earlier - 1][1] if earlier else ""
            if ahead and not (ahead[-1] in ",”:;" or ahead in cues.BREAKS):
                break
            first = earlier
        else:
            break
    start, (end_start, end_word) = tokens[first][0], tokens[last]
    end = end_start + len(end_word)
    return start, left[start:end], ""


def _phrase_start(tokens: list[tuple[int, str]], last: int) -> int | None:
    """Return the index of the first word of the noun phrase that ends at token ``last``."""
    if last < 0:
        return None
    word = tokens[last][1]
    if word in cues.PRONOUNS or word in cues.FIRST_PERSON:
        return last if word != "who" else None
    if MASK in word or word[-1] in ".,;:!?”)“":
        if not (word[-1] == "." and not _breaks_run(word)):
            return None
    bare = word.rstrip(".,")
    if _is_capital(word):
        return _name_start(tokens, last)
    if not re.fullmatch(r"[a-z][\w’'-]*", bare) or bare in cues.BREAKS or bare in cues.PREPOSITIONS:
        return None
    for index in range(last, max(-1, last - 8), -1):
        token = tokens[index][1]
        if index < last and (_breaks_run(token) or token in cues.BREAKS or token in cues.PREPOSITIONS or MASK in token):
            return index + 1 if _bare_noun(bare) else None
        if token.lower() in cues.DETERMINERS:
            return index if index < last or bare in ("some", "many", "others", "both") else None
        if index == 0:
            return 0 if _bare_noun(bare) else None
    return last if _bare_noun(bare) else None


def _bare_noun(word: str) -> bool:
    return word in cues.ROLE_NOUNS or word in ("others", "people", "critics", "locals", "democrats")


def _name_start(tokens: list[tuple[int, str]], last: int) -> int:
    first = last
    while first > 0:
        token = tokens[first - 1][1]
        if _breaks_run(token) or token.lower() in cues.BREAKS:
            break
        if _is_capital(token) and token not in (
            "But",
            "However",
            "When",
            "As",
            "And",
            "While",
            "If",
            "Although",
            "Since",
            "In",
            "After",
            "On",
            "At",
            "That",
            "Because",
            "Before",
            "Yet",
            "Still",
            "Then",
        ):
            first -= 1
        elif (
            token in ("de", "del", "la", "van", "von", "der", "bin", "al", "el", "da", "di", "du", "le")
            and first > 1
            and _is_capital(tokens[first - 2][1])
        ):
            first -= 1
        elif token == "&" and first > 1 and _is_capital(tokens[first - 2][1]):
            first -= 1
        else:
            break
    # Lower-case roles: "Democratic strategist Antjuan Seawright", "the team member".
    probe = first - 1
    if probe >= 0 and tokens[probe][1].lower() in cues.ROLE_NOUNS | {"member"}:
        while probe > 0 and probe > first - 7:
            token = tokens[probe - 1][1]
            if _breaks_run(token) or token in cues.BREAKS or token in cues.PREPOSITIONS or MASK in token:
                break
            probe -= 1
            if token.lower() in cues.DETERMINERS:
                break
        return probe
    if probe >= 0 and tokens[probe][1].lower() in ("the", "former", "then", "fellow"):
        return probe
    return first
