"""Which institution of an article "the agency" or "the school" means: the nearest one before it of such a kind."""

import re

from index import wordlists
from index.names import NAME, fold
from index.roster import without_opening

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
    "bureau: ", "commission: ", "council: ", "board: ", "court: ", "association: ",
    "union: association brotherhood federation",
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
LAST_WORDS = wordlists.ORGANISATION | frozenset(
    "protection prevention control enforcement management safety wildlife forestry parks environment archives records "
    "development affairs commerce medicine education welfare labor defense technology health urban services budget "
    "homeland security families children conservation resources recreation rights".split()
)
# Names that the whole text is searched for: more than any article has, fewer than text made to do harm.
_MOST_ASKED = 1000


class Bodies:
    """The institutions that a text names."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._firms: dict[str, bool] = {}
        self._fullest: dict[str, str] = {}

    def is_firm(self, name: str) -> bool:
        """True where the text tells of a chief, shares or the like of such a name."""
        if name not in self._firms:
            if len(self._firms) == _MOST_ASKED:
                return False
            self._firms[name] = re.search(_OF_A_FIRM.format(name=re.escape(name)), self._text) is not None
        return self._firms[name]

    def fullest(self, name: str) -> str:
        """Return "South Saltland Department of Piers" for "Department of Piers" where the text has one such name."""
        if name not in self._fullest:
            if len(self._fullest) == _MOST_ASKED or not _PART_OF_NAME.match(name):
                return name
            self._fullest[name] = self._found_fullest(name)
        return self._fullest[name]

    def _found_fullest(self, name: str) -> str:
        longer = {without_opening(match[1]) for match in re.finditer(rf"({_NAMES} {re.escape(name)})\b", self._text)}
        longer = {found for found in longer if found.endswith(f" {name}")}
        return longer.pop() if len(longer) == 1 else name

    def only_site(self) -> str:
        """Return the one site that the text names ("Saltbooking.com"), whom "the site" means, or ""."""
        sites = {match[0] for match in _SITE_NAME.finditer(self._text)}
        return sites.pop() if len(sites) == 1 else ""


def is_public(name: str) -> bool:
    """True for an authority, which is no firm: "National Weather Service"."""
    return not _PUBLIC.isdisjoint(fold(name).split())


def _is_of(name: str, kinds: frozenset[str]) -> bool:
    """True where the name ends in such a word, or has it before "of"."""
    words = [fold(part).split()[-1:] for part in (name, *_PREPOSITION.split(name)[:-1])]
    return fold(name.split()[0]) not in _PARTIAL and any(word and word[0] in kinds for word in words)


def is_of_kind(name: str, noun: str) -> bool:
    """True where "the agency" can mean such a name: "Salt Protection Agency", "Bureau of Piers"."""
    return _is_of(name, KINDS.get(noun, frozenset()))
