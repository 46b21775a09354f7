"""Whom and what an article names, mention by mention: those whom a pronoun or a description can mean."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from index import wordlists
from index.bodies import LAST_WORDS, Bodies
from index.names import NAME, expand, fold, gender_of, is_body, split_title
from index.quotations import find_quotations
from index.roster import OPENING_WORDS, Roster
from index.sentences import sentence_spans

_RUN = re.compile(rf"{NAME}(?:(?: of| for)(?: the)? {NAME}|,? and {NAME}| & {NAME})*")
_TOKEN = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"[’']s?$")
_AND = re.compile(r",? and ")
_BREAK = re.compile(r"\n+")
_LOWER = re.compile(r"(?<![\w’'-])[a-z]{2,}")
_STOP = re.compile(r"[a-z]{2}\.$")
_WORD = re.compile(r"\w+")
# "Omar Penn (D-Vt.), a singer from Saltby, "
_BESIDE = re.compile(
    r"(?:\s\(([^()]{1,40})\))?(?:,\s\d{1,3}(?=,))?"
    r"(?:,\s(?=(?:[A-Z][\w.]*[’']s|the|an?|one|who|his|her|its|former|chief|senior|co-\w+|vice|deputy|\d{1,3}|[a-z]+(?:er|or|ist|ian|man))\b)"
    r"(?!(?:after|however)\b)((?:[^,;:“”\"\n.]|(?<=[A-Z])\.(?=[A-Z]|\s[a-z])){2,110}))?"
)
_AHEAD = re.compile(r"(?:[\w’'.-]+ ){1,5}$")
_AGED = re.compile(r"-years?-old")
# "Penn, who lives in Saltby, never told": the name is a subject.
_VERB = re.compile(
    r"(?:\s\([^()]{1,40}\))?(?:,\s\d{1,3}(?=,))?(?:,\s[^,.;“”]{2,110},)?(?:\s(?:who|also|then|later|now|still|never|often|[a-z]+ly))*\s"
    r"(?:is|was|has|had|have|are|were|will|would|can|could|did|does|may|might|should|went|took|made|got|came|gave|won|"
    r"lost|told|said|wrote|left|became|began|spoke|ran|held|led|met|saw|knew|thought|felt|found|put|[a-z]+(?:ed|es|s))\b"
)
# "the Penn Street bridge", "at the restaurant Salt & Barley"
_NO_PERSON_AHEAD = re.compile(
    r"(?:^|\s)(?:[Tt]he|restaurant|hotel|bar|pub|caf[eé]|bakery|brewery|winery|vineyard|nightclub|museum|theat(?:er|re)|hospital|"
    r"school|university|shop|store|ship|yacht|magazine|newspaper|website|startup|company|firm|nonprofit|charity|city|town|"
    r"village|province|island)\s+$"
)
_LONGEST_WHERE = len(", where ")
_HE = re.compile(r"\b(?:he|him|his)\b")
_SHE = re.compile(r"\b(?:she|her)\b")
_PARTIES = {"r": "republican", "d": "democrat", "i": "independent"}
# "Salt County Sheriff's Office", "Children's Hospital"
_PART_OF_NAME = wordlists.TITLES | {"women", "men", "children", "people", "teachers", "farmers", "veterans"}
# What text made to do harm may cost: in the news of ten months the most is 2,888 names, 108 of them near one place.
_MOST_NAMES, _MOST_NEAR = 5000, 120
_LONGEST_AHEAD, _LONGEST_PRONOUN = 60, 160
# No person or body: what begins a sentence as a name does.
_NOBODY = frozenset("i im id ive it we a an ok no yes mr mrs ms read more sign watch follow photo image getty".split())
# After these stands whom a sentence tells of, or to whom it was said: no subject.
_BEFORE_OBJECT = wordlists.PREPOSITIONS | {"told", "tells", "telling", "asked"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named.

    Attributes:
        start: Where the name begins in the text.
        sentence: Number of its sentence.
        subject: A verb follows.
        possessive: "'s" ends it.
        after_preposition: It stands after "of", "with" or the like.
        quoted: It is part of a quotation.
    """

    start: int
    sentence: int
    subject: bool
    possessive: bool
    after_preposition: bool
    quoted: bool


@dataclass(slots=True)
class Entity:
    """Somebody or something that an article names, by its fullest name.

    Attributes:
        name: As statements name their speaker.
        body: An institution by its name.
        titled: Named with a title somewhere.
        roles: Folded words that stand beside its names: titles, appositions, party.
        pronouns: How many more times "she" than "he" stands after its names before another is named.
        articles: How many times "the" or "restaurant" stands before its names, or ", where" behind, as it does not
            with a person's.
        mentions: In text order.
    """

    name: str
    body: bool
    titled: bool = False
    roles: set[str] = field(default_factory=set)
    pronouns: int = 0
    articles: int = 0
    mentions: list[Mention] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """True for a name of one word."""
        return " " not in self.name

    def before(self, at: int) -> list[Mention]:
        """Return the mentions before a place in the text."""
        return self.mentions[: bisect_left(self.mentions, at, key=lambda mention: mention.start)]


class Entities:
    """The entities of one text, with its sentences and paragraphs."""

    def __init__(self, text: str, roster: Roster, bodies: Bodies) -> None:
        """Read the whole text once."""
        self._text = text
        self._roster = roster
        self._bodies = bodies
        self._sentences = [start for start, _ in sentence_spans(text)]
        self._paragraphs = [0, *(match.end() for match in _BREAK.finditer(text))]
        ends = [*self._paragraphs[1:], len(text)]
        self._quotations = [
            (q.start, q.end)
            for start, end in zip(self._paragraphs, ends, strict=True)
            for q in find_quotations(text, start, end)
        ]
        self._lower = frozenset(_LOWER.findall(text))
        self._by_key: dict[str, Entity] = {}
        self._recent: list[str] = []
        names = islice(self._names(), _MOST_NAMES)
        places = [(start, end, entity) for start, end in names if (entity := self._enter(start, end))]
        self._count_pronouns(places)
        self._places = [start for start, _, _ in places]
        self._there = [entity for _, _, entity in places]

    def near(self, at: int, before: int, after: int) -> list[Entity]:
        """Return who is named within so many sentences before a place or after it, in the order of their first names.

        Of very many only those named last are returned.
        """
        sentence = self.sentence(at)
        last = min(sentence + after + 1, len(self._sentences))
        until = self._sentences[last] if last < len(self._sentences) else len(self._text)
        first = bisect_left(self._places, self._sentences[max(0, sentence - before)])
        found: dict[int, Entity] = {}
        for entity in reversed(self._there[first : bisect_left(self._places, until)]):
            found.setdefault(id(entity), entity)
            if len(found) == _MOST_NEAR:
                break
        return sorted(found.values(), key=lambda entity: entity.mentions[0].start)

    def sentence(self, at: int) -> int:
        """Return the number of the sentence at a place in the text."""
        return bisect_right(self._sentences, at) - 1

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph at a place in the text."""
        return bisect_right(self._paragraphs, at) - 1

    def _names(self) -> Iterator[tuple[int, int]]:
        """Yield where names stand: "Ann Tarrow’s Salt Trust and Omar Penn" has three."""
        for run in _RUN.finditer(self._text):
            for start, end in _parts(self._text, run.start(), run.end()):
                words: list[re.Match[str]] = []
                for word in _TOKEN.finditer(self._text, start, end):
                    words.append(word)
                    if _POSSESSIVE.search(word[0]) and fold(_POSSESSIVE.sub("", word[0])) not in _PART_OF_NAME:
                        yield from _without_opening(words)
                        words = []
                yield from _without_opening(words)

    def _enter(self, start: int, end: int) -> Entity | None:
        phrase = self._text[start:end]
        if self._text.startswith("/", end):
            return None  # the credit of a picture
        role, name, body = self._identity(_POSSESSIVE.sub("", phrase))
        if not name or fold(name) in _NOBODY:
            return None
        key = _key(name, body)
        entity = self._by_key.setdefault(key, Entity(name, body))
        if role:
            entity.titled = True
            entity.roles |= expand(role) | set(fold(role).split())
        number = self.sentence(start)
        ahead = self._text[max(self._sentences[number], start - _LONGEST_AHEAD) : start]
        entity.roles |= self._beside(end) | (set() if body else _ahead(ahead))
        before = ahead.split()[-2:]
        after = not _BEFORE_OBJECT.isdisjoint(before)
        entity.articles += not role and _shows_no_person(ahead, self._text[end : end + _LONGEST_WHERE])
        possessive = bool(_POSSESSIVE.search(phrase))
        subject = not possessive and not after and bool(_VERB.match(self._text, end))
        entity.mentions.append(Mention(start, number, subject, possessive, after, self._is_quoted(start)))
        self._recent.append(entity.name)
        return entity

    def _identity(self, phrase: str) -> tuple[str, str, bool]:
        """Return role, fullest name and whether it is a body's; no name for a word that is none."""
        role, name = split_title(phrase) if " " in phrase else ("", phrase)
        base = re.split(r" (?:of|for) ", name)[0]
        if base != name and not is_body(base) and fold(base.split()[0]) not in wordlists.ORGANISATION:
            name = base if role or " " in base else name
        if _STOP.search(name):
            name = name[:-1]
        stands_for = self._roster.body(name)
        if stands_for or (" " in name and is_body(name)):
            return role, stands_for or self._bodies.fullest(name), True
        if " " in name or role or self._roster.with_surname(name):
            full = self._roster.fullest(name, [], self._recent[-8:], given=not role) if name else ""
            return role, full, False
        if not name or fold(name) in OPENING_WORDS or fold(name) in wordlists.TITLES:
            return role, "", False
        given = {entry.name for entry in self._roster.with_given(name)}
        if len(given) == 1 and gender_of(f"{name} {name}"):
            return role, given.pop(), False
        common = name.lower() in self._lower and not name.isupper()
        return role, "" if common else name, name.isupper()

    def _beside(self, end: int) -> set[str]:
        """Return the words of a party or apposition after a name."""
        found = _BESIDE.match(self._text, end)
        party = _WORD.findall(fold(found[1])) if found and found[1] else []
        words = _WORD.findall(_AGED.sub("", fold(found[2]))) if found and found[2] else []
        return {_PARTIES.get(word, word) for word in party} | set(words)

    def _is_quoted(self, at: int) -> bool:
        index = bisect_right(self._quotations, (at, len(self._text))) - 1
        return index >= 0 and at < self._quotations[index][1]

    def _count_pronouns(self, places: list[tuple[int, int, Entity]]) -> None:
        for index, (start, end, entity) in enumerate(places):
            until = places[index + 1][0] if index + 1 < len(places) else len(self._text)
            if entity.body or until - end < len(" he ") or self._is_quoted(start):
                continue
            after = self._text[end : min(until, end + _LONGEST_PRONOUN)].lower()
            entity.pronouns += len(_SHE.findall(after)) - len(_HE.findall(after))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part "Salt Trust and Omar Penn" into two; "Customs and Pier Protection" is one."""
    for joint in _AND.finditer(text, start, end):
        if fold(text[joint.end() : end].split(" and ")[0].split()[-1]) not in LAST_WORDS:
            yield start, joint.start()
            start = joint.end()
    yield start, end


def _without_opening(words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    while words and fold(words[0][0]) in OPENING_WORDS:
        words = words[1:]
    while words and words[-1][0] in ("of", "for", "the", "and", "&"):
        words = words[:-1]
    if words:
        yield words[0].start(), words[-1].end()


def _shows_no_person(ahead: str, after: str) -> bool:
    return _NO_PERSON_AHEAD.search(ahead) is not None or after.startswith(", where ")


def _ahead(words: str) -> set[str]:
    """Return the words of a description before a name: "54-year-old singer"."""
    found: set[str] = set()
    near = _AHEAD.search(words)
    for word in reversed(near[0].split() if near else []):
        plain = _AGED.sub("", fold(word))
        if word[-1] in ",;:.”—–" or plain in wordlists.BREAKS or plain in wordlists.PREPOSITIONS:
            break
        if plain in wordlists.DETERMINERS:
            break
        found.add(plain)
    return found


def _key(name: str, body: bool) -> str:
    """Return what is the same for "Department of Piers" and "Piers Department"."""
    words = fold(name).split()
    if body and "department" in words:
        return " ".join(sorted(set(words) - {"of", "the", "us"}))
    return " ".join(words)
