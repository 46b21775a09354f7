"""Which institution of an article "the agency" or "the school" means: the nearest one before it of such a kind."""

import re
from collections.abc import Sequence
from functools import cached_property

from index import wordlists
from index.names import NAME, fold
from index.person_names import is_place, person_name
from index.roster import Roster, without_opening

_ENDING = r"\.(?:com|org|net|gov|info|edu|io|us|uk|tv)\b"
SITE = re.compile(rf"[\w-]+(?:\.[\w-]+)*{_ENDING}")
_SITE_NAME = re.compile(rf"(?<![\w/.@-])[A-Z][\w-]*{_ENDING}(?![/\w-])")
FIRMS = frozenset("company firm startup retailer automaker airline manufacturer carrier chain bank brand".split())

_NAME = re.compile(rf"{NAME}(?:(?: of| for| on)(?: the)? {NAME}|,? and {NAME}| & {NAME})*")
_POSSESSIVE = re.compile(r"[’']s?\s")
_PREPOSITION = re.compile(r" (?:of|for|on) ")
# "the Select Committee": not its name.
_PARTIAL = frozenset("select joint special full".split())
_ANY_FIRM = frozenset("company firm startup".split())
_PUBLIC = frozenset(
    "department service agency bureau commission administration police office university college ministry center "
    "authority court council committee senate house nations".split()
)
# What tells that a name is a firm's.
_OF_A_FIRM = (
    r"\b{name}(?:[’']s?)?,? (?:CEO|Chief|chief|spokes\w+|executives?|employees|customers|shares|stock|stores|said|says|"
    r"announced|Inc|Corp|LLC)\b|\b(?:CEO|chief executive|executive|spokes\w+|founder) (?:of|for|at) {name}\b"
)
_NAMES = r"(?:(?:[A-Z][\w-]*[a-z]|U\.S\.|US|UK) ){0,2}(?:[A-Z][\w-]*[a-z]|U\.S\.|US|UK)"
_PART_OF_NAME = re.compile(
    r"(?:Department|Office|Bureau|Ministry|Division|Centers?) (?:of|for) |"
    r"[A-Z]\w+ (?:Center|Service|Department|Bureau|Administration|Commission|Agency)$"
)
# No institution is meant that was named further above.
_FARTHEST = 1200
_SHORTEST_FIRM = 3


def _kinds(*lines: str) -> dict[str, frozenset[str]]:
    """Read "noun …: words": what a noun can mean is told by words of the names."""
    found = {}
    for line in lines:
        nouns, _, words = line.partition(": ")
        for noun in nouns.split():
            found[noun] = frozenset([noun, *words.split()])
    return found


KINDS = _kinds(
    "agency: bureau administration department service services commission center centers authority office protection "
    "institute institutes survey enforcement",
    "department: dept police",
    "school academy: school university college academy institute",
    "university: institute", "college: university",
    "hospital clinic: hospital clinic medical",
    "center centre: center centre centers",
    "service: services",
    "organization organisation nonprofit charity: organization organisation association foundation institute union "
    "society network alliance coalition league watch fund council center",
    "group: group coalition alliance association project fund league network union council",
    "newspaper paper: times post journal tribune herald news star gazette sentinel globe chronicle courier",
    "airline carrier: airlines airways lines",
    "company firm retailer manufacturer automaker brand chain: inc corp corporation co company llc ltd "
    "motors technologies "
    "holdings airlines airways entertainment stores systems laboratories pharmaceuticals industries ventures brands",
    "bureau: ", "commission: ", "council: ", "board: ", "court: ", "union: ", "association: ",
    "foundation: ", "league: ", "institute: ", "museum: ", "zoo: ", "library: ", "ministry: ", "authority: "
    "", "society: ",
    "district: ", "church: ", "diocese: ", "bank: ", "network: ", "magazine: ", "channel: ", "office: ", "federation: ",
    "observatory: ", "coalition: ", "alliance: ", "academy: ", "tribe: nation tribe",
)  # fmt: skip
BODIES = KINDS.keys() | frozenset(
    "company agency office department government administration group organization organisation team "
    "committee campaign "
    "union court council board commission firm network newspaper channel university school police church "
    "party army".split()
)
# "Customs and Border Protection" is one institution, "the Bureau of Salt and Omar Penn" are two.
_LAST_WORDS = wordlists.ORGANISATION | frozenset(
    "protection prevention control enforcement management safety wildlife forestry parks environment archives records "
    "development affairs commerce medicine education welfare labor defense technology health urban services budget "
    "homeland security families children conservation resources recreation rights".split()
)


class Bodies:
    """The institutions that a text names, in order."""

    def __init__(self, text: str, roster: Roster) -> None:
        self._text = text
        self._roster = roster
        self._subjects: list[str] = []  # of a single word

    def note(self, subject: str) -> None:
        """Take note of a subject; one of a single word may be a firm: "Saltco"."""
        if " " not in subject and len(subject) >= _SHORTEST_FIRM:
            self._subjects.append(subject)

    def _is_firm(self, subject: str) -> bool:
        """True for a subject that nobody here is called by, and that has a chief, shares or the like."""
        known = self._roster.with_surname(subject) or self._roster.with_given(subject)
        if known or self._roster.is_common_word(subject) or is_place(person_name(subject)):
            return False
        evident = re.search(_OF_A_FIRM.format(name=re.escape(subject)), self._text)
        return evident is not None and f"{subject} & " not in self._text

    def called(self, phrase: str, spoken: Sequence[str]) -> str:
        """Return the institution that "the wildlife department" means: the last that has spoken, else by its name.

        Of the words of the phrase, without an article, the last counts, and those in capitals. "" where there is none.
        """
        wanted = {fold(word) for word in phrase.split() if word[0].isupper()} | {fold(phrase).split()[-1]}
        latest = (name for name in reversed(spoken) if wanted <= set(fold(name).split()))
        return next(latest, "") or self._roster.body_called(fold(phrase).split())

    def fullest(self, name: str) -> str:
        """Return "South Saltland Department of Piers" for "Department of Piers" where the text has one such name."""
        if not _PART_OF_NAME.match(name):
            return name
        longer = {without_opening(match[1]) for match in re.finditer(rf"({_NAMES} {re.escape(name)})\b", self._text)}
        longer = {found for found in longer if found.endswith(f" {name}")}
        return longer.pop() if len(longer) == 1 else name

    def meant(self, phrase: str, noun: str, spoken: Sequence[str], until: int) -> str:
        """Return whom "the agency" means, or "".

        Args:
            phrase: Its words, without an article; only a noun alone can mean any institution of its kind.
            noun: Its head.
            spoken: Institutions that have spoken lately, in order.
            until: Where the phrase stands in the text; only what is named before counts.
        """
        if " " in phrase:
            return ""
        firms = [name for name in spoken if not _is_public(name)]
        found = self._nearest(KINDS.get(noun, frozenset()), until)
        if noun in FIRMS and (firms or found):
            return firms[-1] if firms and (noun in _ANY_FIRM or not found) else found
        if noun == "agency" and spoken and spoken[-1].isupper():
            return spoken[-1]
        if found or noun not in FIRMS:
            return found
        return next((subject for subject in reversed(self._subjects) if self._is_firm(subject)), "")

    def only_site(self) -> str:
        """Return the one site that the text names ("Saltbooking.com"), whom "the site" means, or ""."""
        sites = {match[0] for match in _SITE_NAME.finditer(self._text)}
        return sites.pop() if len(sites) == 1 else ""

    @cached_property
    def _named(self) -> list[tuple[int, str]]:
        runs = (match for match in _NAME.finditer(self._text) if " " in match[0])
        return [(match.start(), name) for match in runs if (name := _one(match[0]))]

    def _nearest(self, kinds: frozenset[str], until: int) -> str:
        """Return the last institution named before ``until`` whose name has such a word, or ""."""
        for at, name in reversed(self._named):
            if until - at > _FARTHEST:
                break
            if at < until and _is_of(name, kinds):
                return name
        return ""


def _is_public(name: str) -> bool:
    """True for an authority, which is no firm: "National Weather Service"."""
    return not _PUBLIC.isdisjoint(fold(name).split())


def _one(run: str) -> str:
    """Return the first institution of "Salt Customs and Pier Protection and Omar Penn"; "" for a single word."""
    first, *more = re.split(r",? and ", run)
    name = first
    for part in more:
        if fold(part.split()[-1]) not in _LAST_WORDS:
            break
        name = f"{name} and {part}"
    parts = _POSSESSIVE.split(name)
    name = without_opening(parts[0] if len(parts) == 1 or _PREPOSITION.search(parts[0]) else parts[-1])
    return re.sub(r"[’']s?$|\.$", "", name) if " " in name else ""


def _is_of(name: str, kinds: frozenset[str]) -> bool:
    """True where the name ends in such a word, or has it before "of"."""
    words = [fold(part).split()[-1:] for part in (name, *_PREPOSITION.split(name)[:-1])]
    return fold(name.split()[0]) not in _PARTIAL and any(word and word[0] in kinds for word in words)
