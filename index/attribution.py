"""Find who is said to speak in one sentence: a subject, the cue and where the region between the words said ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from index import cues, wordlists
from index.as_saying import AS_SAYING, as_saying
from index.beside import beside_quotation
from index.cue_ends import cue_end
from index.names import NAME, split_title, without_parentheses
from index.phrases import POSSESSED, description_start
from index.subjects import ROLE, ROLE_START, leading_role, leading_subject, subject_before

_WORD = re.compile(r"\b[a-z]{3,}(?:\b|(?=[A-Z]))")
_JOINERS = frozenset("-'’")
_PARTY = r"(?:,?\s*\((?:[^()]{1,30})\))?"
_DET = r"(?:the|a|an|one|another|its|his|her|their|some|many|several|two|three|both)"
_STATEMENT = re.compile(
    r"\b(?:released|issued|made|gave|offered|shared|delivered)\s(?:the|this|a|an)\s[^:“”]{0,60}?"
    r"\b(?:statement|remarks|comments?)\b[^:“”]{0,220}:\s*(?=“|$)"
)
_AFTER_SUBJECT = re.compile(
    rf"\s*(?:[.,;:!?“”\"\ue000—–(-]|$)|\s+(?:in|on|at|during|after|of|who|as|when|while|with|from|to|via|before|"
    rf"about|by|for|and|upon|today|yesterday|last|this|earlier|late|regarding|following|{wordlists.DATES})\b"
)
_NOT_IN_NAME = (
    "at|in|on|to|that|it|he|she|they|a|an|his|her|their|with|for|from|as|there|during|after|before|by|of|this|when|if|is|"
    "was|and|but|no|not|so|about|over|through|against|between|into|under|across|around|who|whose|whom|which|while|told|said|"
    "says|because|since|where|has|had|have|are|were|will|would|than|like"
)
_INVERTED = re.compile(
    rf"\s*(?P<np>{NAME}\s(?:officials|experts|analysts|economists|researchers|strategists|prosecutors|scientists)\b|"
    rf"(?:{NAME}(?:\s(?:of|for)\s(?:the\s)?{NAME})?\s(?=[a-z]))?(?:(?!(?:{_NOT_IN_NAME})\b)(?:[a-z][a-zß-ÿ-]*|\d{{1,3}}-year-old)\s+){{0,5}}{NAME}(?:(?<=mbassador)\s+to\s+(?:the\s+)?{NAME})?{_PARTY}"
    rf"(?:\s+and\s+{NAME}{_PARTY}){{0,2}}(?:\s+(?:of|for|(?<=ommittee )on)\s+(?:the\s+)?{NAME}(?:,?\s+and\s+{NAME})?)?"
    rf"|{_DET}\s+(?:[\w’'-]+\s+){{0,4}}?(?:{ROLE})s?\b(?:\s+(?:of|for|at|with|from)\s+[^,.;“”\"\ue000]{{1,80}})?"
    rf"|[Tt]he\s+(?:[a-z-]+\s+)?(?:university|school|college|hospital|center|airline|association|foundation|museum|bank|zoo|"
    rf"institute|ministry|city|county|state|service|magazine)\b"
    rf"|(?:[\w’'-]+\s+){{0,3}}?(?:officials|experts|police|authorities|analysts|scientists|researchers)\b)",
)
_APPOSITION = re.compile(
    r",\s+(?!(?:said|adding|noting|saying|according|and|but|in|on|at|who)\b)([^,;“”\"\ue000]{3,160})"
)
# What has a verb of its own stands beside nobody: ", the deals became available".
CLAUSE = re.compile(
    r"^(?:(?!\b(?:who|which|that|whose|where)\b).)*?\b(?:is|are|was|were|will|would|has|have|had|can|could|became|may|might)\b"
)
# "According to the Star, officials said": what the source tells, not what it is.
_REPORTS = re.compile(rf"\b(?:officials|authorities|police|experts|sources)\s(?:{'|'.join(sorted(cues.SAY))})\b")
_DOMAIN = re.compile(r"\.(?:com|org|net|gov|info|edu|io|us|uk|tv)\b")
_BEFORE_INVERTED = re.compile(r"[,”’?!—–-]\s*$|[”]\s*$")
_TRAILER = re.compile(rf"”\s*[-–—]{{1,2}}\s*(?P<np>{NAME}{_PARTY}(?:,\s[^“”]{{3,120}}?)?)\.?\s*$")
# “…,” Dora Quill, mayor of Saltby.
_BESIDE = re.compile(rf"”,?\s*(?P<np>{NAME}{_PARTY}),\s(?P<role>[^“”()\d]{{3,160}}?)\.?\s*$")
_OFFICER = re.compile(rf"(?<=[A-Z]\))\s({NAME})(?=[,.”]|\s*$|\s[a-z])")
_LETTERS = re.compile(r"\s\([A-Z]{2,9}\)")
_NAMED = re.compile(rf",\s+({NAME})(?=[,.”]|\s*$)")
_LABEL = re.compile(rf"^\s*(?P<np>(?:[a-z][a-z-]*\s+){{0,2}}{NAME}{_PARTY}(?:,[^:“”]{{3,120}})?):\s*(?=“)")
_SOURCE = re.compile(
    rf"(?:(?:the|a|an)\s+(?:[\w’'-]+\s+){{0,4}}?(?:{ROLE}),?\s+(?=[A-Z]))?(?:(?:[a-z][\w’'-]*|{wordlists.DATES})\s+){{0,7}}?{NAME}"
    rf"(?:(?<=mbassador)\s+to\s+(?:the\s+)?{NAME})?(?:\s+(?:of|for|and|from|&)\s+(?:(?:the|a|an)\s+)?(?:(?:[a-z]+\s+){{1,2}}(?={NAME}))?{NAME})*|(?:[^,;“”\s]+\s*){{1,8}}"
)
# "a senior Saltish government official", "Saltish broadcaster SBC"
_SOMEBODY_AFTER = re.compile(
    rf"(?:\s+[a-z][a-z-]*){{0,2}}?\s+(?:officials?|sources?|broadcaster|spokes(?:man|woman|person|people)|team|police|"
    rf"authorities|experts?|researchers?|prosecutors?)\b(?:\s+{NAME})?"
)
_SHARED_SUBJECT = re.compile(
    r"(?:,|\b(?:and|but|or))\s+(?:(?:has|have|had|also|later|then|is|more|again|[a-z]+ly)\s+)*$"
)
_BEFORE_PARTICIPLE = re.compile(r"(?:[,”]|\band|\bin)\s*$")
_NO_SUBJECT = frozenset(
    "the a an his her its their this that these no my our when while once never nobody other numerous "
    "various few such".split()
)
_CONTRACTED = frozenset(
    "He She It They That This There Here What Who Let he she it they that there what who let".split()
)
_NOT_AFTER = ("that", "it", "he", "she", "they")
# "Numerous states have", "European Union member states": a noun.
_STATES = frozenset(
    "member numerous gulf swing blue red baltic other many several all these those most some few".split()
)
_CONJUNCTIONS = frozenset(word.title() for word in wordlists.BREAKS)
# "wrote a letter to": what is written, not who writes.
_WRITTEN = re.compile(
    r"(?:an?|the|this|his|her|their|its)\s(?:[\w-]+\s)*(?:letter|op-ed|column|book|report|statement|email|memo|note|post|article|paper|song|essay|play|script|"
    r"story|poem|novel|thesis|blog|piece|check)s?\b"
)
_RELATIVES = re.compile(rf"(?:[a-z]+ )*(?:from|by|of) ((?:his|her|their|its) (?:[a-z]+ )?(?:{ROLE})), ({NAME})")
_ROLE_AND_NAME = re.compile(
    rf"((?:the|an?|his|her|their|its)\s(?:[\w’'-]+\s){{0,3}}?(?:{ROLE})\s(?:of|for|"
    rf"at)\s(?:[\w’'&-]+\s){{0,6}}?[a-z][\w-]+), "
    rf"({NAME})(?=[.,]|\s*$)"
)
_CUSTOM = re.compile(r"\s(?:tradition|custom|legend|mythology|lore)s?\b")
_LIST = ("the following", "The following")
# Real sentences have a handful; a bound keeps degenerate text linear.
_MOST = 40


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
    """Find the attributions of a masked sentence, in order, without overlaps."""
    found: list[Attribution] = []
    for candidate in sorted(islice(_candidates(sentence), _MOST), key=lambda a: a.start):
        if not found or candidate.start >= max(found[-1].start, found[-1].end - 1):
            found.append(candidate)
    return found


def _candidates(sentence: str) -> Iterator[Attribution]:
    for match in cues.ACCORDING.finditer(sentence):
        if not sentence.endswith(("exactly ", "strictly "), 0, match.start()):
            yield from _according(sentence, match)
    yield from _without_verb(sentence)
    previous: Attribution | None = None
    for match in _WORD.finditer(sentence):
        joined = sentence[match.start() - 1 : match.start()] in _JOINERS
        if match[0] not in cues.CUES or joined or AS_SAYING.match(sentence, match.start()):
            continue
        attribution = _around(sentence, match, previous)
        if attribution:
            yield attribution
            previous = attribution


def _without_verb(sentence: str) -> Iterator[Attribution]:
    """Find "released the following statement:", a trailing "- Senator X" and a leading "X:"."""
    for match in _STATEMENT.finditer(sentence):
        subject = subject_before(sentence, match.start())
        if subject is None and sentence[: match.start()].endswith(" and "):
            leading = leading_subject(sentence)
            subject = (match.start(), leading, "") if leading else None
        if subject:
            cue = re.split(r":| in | on ", match[0])[0].strip()
            yield Attribution(subject[0], match.end(), subject[1], subject[2], cue, "said", inverted=False)
    trailer = _TRAILER.search(sentence)
    if trailer:
        subject_text, _, apposition = trailer["np"].partition(", ")
        yield Attribution(trailer.start() + 1, len(sentence), subject_text, apposition, "", "said", inverted=True)
    beside = None if trailer else _BESIDE.search(sentence)
    role = beside["role"] if beside else ""
    if beside and ROLE_START.match(role) and not CLAUSE.search(role) and cues.CUES.isdisjoint(_WORD.findall(role)):
        yield Attribution(beside.start("np"), len(sentence), beside["np"], beside["role"], "", "said", inverted=True)
    yield from (Attribution(*place, "said", inverted=False) for place in as_saying(sentence))
    label = _LABEL.match(sentence)
    if label and len(label["np"].partition(",")[0].split()) > 1 and cues.CUES.isdisjoint(label["np"].split()):
        subject_text, _, apposition = label["np"].partition(", ")
        yield Attribution(0, label.end(), subject_text, apposition, ":", "said", inverted=False)


def _according(sentence: str, match: re.Match[str]) -> Iterator[Attribution]:
    person = _ROLE_AND_NAME.match(sentence, match.end())
    if person:  # "the director of Quill Vineyard's airport, Omar Penn"
        yield Attribution(
            match.start(), person.end(), person[2], person[1], match[0].strip(), "according", inverted=True
        )
        return
    subject = _SOURCE.match(sentence, match.end())
    if subject and not _CUSTOM.match(sentence, subject.end()):
        domain = _DOMAIN.match(sentence, subject.end())
        somebody = POSSESSED.match(sentence, subject.end()) or _SOMEBODY_AFTER.match(sentence, subject.end())
        name_end = (domain or somebody or subject).end()
        role, end = _apposition_after(sentence, name_end)
        if not sentence[: match.start()].strip() and sentence[end : end + 1] != ",":
            role, end = "", name_end  # what follows is not about the source but what it says
        text = sentence[subject.start() : name_end].strip().rstrip(".")
        relative = _RELATIVES.fullmatch(text)
        if relative:  # "a statement from her son, Omar Penn"
            text, role, end = relative[2], relative[1], name_end
        yield Attribution(match.start(), end, text, role, match[0].strip(), "according", inverted=True)


def _around(sentence: str, match: re.Match[str], previous: Attribution | None) -> Attribution | None:
    """Find the subject of one verb: after it, before it, or that of the verb before."""
    verb, at = match[0], match.start()
    before = sentence[max(0, at - 3) : at]
    if verb in cues.INVERTIBLE and _BEFORE_INVERTED.search(before) and not _is_described_subject(sentence, verb, at):
        inverted = _subject_after(sentence, match, verb)
        if inverted:
            return inverted
    if verb in cues.PARTICIPLES:
        subject = _subject_of_participle(sentence, at, previous)
    else:
        subject = subject_before(sentence, at) or _shared_subject(sentence, at, previous)
    if subject is None:
        return None
    start, text, role = subject
    stem = re.split("[’']", text)[0]
    if verb == "states" and text.split()[-1].lower() in _STATES:
        return None
    if (
        stem in wordlists.FIRST_PERSON
        or text.split()[-1] in wordlists.FIRST_PERSON
        or text in _CONJUNCTIONS
        or text.lower() in _NO_SUBJECT
        or text[:3].lower() == "no "
        or (stem != text and stem in _CONTRACTED)
    ):
        return None
    beside = beside_quotation(sentence[:at].rstrip())
    if beside:
        (start, text), role = beside, ""
    described = description_start(sentence, start, text)
    if described < start:
        start, text = described, sentence[described : start + len(text)]
    end, cue = cue_end(sentence, match, verb)
    return Attribution(start, end, text, role, cue, verb, inverted=False)


def _is_described_subject(sentence: str, verb: str, at: int) -> bool:
    """True where what stands before the verb is who speaks: "Rep. Quill, head of the crew, said it is late"."""
    if sentence[:at].rstrip()[-1] != ",":
        return False
    subject = subject_before(sentence, at)
    if subject is None or sentence[: subject[0]].strip() or not split_title(subject[1])[1]:
        return False
    beside = sentence[subject[0] + len(subject[1]) : at]
    described = bool(subject[2]) and not subject[2].startswith("of ")
    return verb == "asked" or (described and "“" not in beside and not CLAUSE.search(beside))


def _subject_of_participle(sentence: str, at: int, previous: Attribution | None) -> tuple[int, str, str] | None:
    if not _BEFORE_PARTICIPLE.search(sentence, max(0, at - 8), at):
        return None
    if previous:
        return at, previous.subject, previous.apposition
    leading = leading_subject(sentence) or leading_role(sentence)
    return (at, leading, "") if leading else None


def _shared_subject(sentence: str, at: int, previous: Attribution | None) -> tuple[int, str, str] | None:
    """Return the subject of the verb before where "and has" joins the two."""
    joined = _SHARED_SUBJECT.search(sentence, max(0, at - 40), at)
    return (joined.start(), previous.subject, previous.apposition) if previous and joined else None


def _subject_after(sentence: str, match: re.Match[str], verb: str) -> Attribution | None:
    found = _INVERTED.match(sentence, match.end())
    if found is None:
        return None
    text = found["np"]
    end = found.end()
    letters = _LETTERS.match(sentence, end)
    officer = _OFFICER.match(sentence, letters.end() if letters else end)
    if officer and all(split_title(officer[1])):
        text, end = officer[1], officer.end()  # "said Salt Trust (ST) President Omar Penn"
    if text.endswith(".") and (end >= len(sentence) or sentence[end:].isspace()):
        text, end = text[:-1], end - 1
    if not _AFTER_SUBJECT.match(sentence, end) or text.split()[0] in _NOT_AFTER or text.startswith(_LIST):
        return None
    if verb in ("wrote", "shared") and _WRITTEN.match(text):
        return None
    named = _NAMED.match(sentence, end)
    title = text.partition(" of ")[0].split()[-1].lower()
    if named and not (text[0].islower() or not split_title(text)[1] or title in wordlists.TITLES):
        named = None
    if named:  # "said his son, Paul Quill"
        return Attribution(match.start(), named.end(), named[1], text, match[0], verb, inverted=True)
    role, end = _apposition_after(sentence, end)
    for _ in range(2):
        adjunct = cues.ADJUNCT.match(sentence, end)
        if adjunct:
            end = adjunct.end()
    return Attribution(match.start(), end, without_parentheses(text), role, match[0], verb, inverted=True)


def _apposition_after(sentence: str, end: int) -> tuple[str, int]:
    found = _APPOSITION.match(sentence, end)
    if found is None or not ROLE_START.match(found[1]) or CLAUSE.search(found[1]) or _REPORTS.search(found[1]):
        return "", end
    return found[1].strip().rstrip(".").strip(), end + len(found[0].rstrip(". "))
