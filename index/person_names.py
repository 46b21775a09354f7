"""Whether two names that stand in different articles can be one person's. Pure functions over folded words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index import wordlists
from index.names import NAME, PARTICLES, expand, fold, is_body, split_title, undetermined

_NICKNAME = re.compile(r"[\"“”'‘(]([\w-]+)[\"“”'’)]")
_POSSESSIVE = re.compile(r"[’']s?$")
_PERSON = re.compile(NAME)
_LETTERS = re.compile(r"[^\W\d_]")
_GENERATION = frozenset("jr sr ii iii iv".split())
_DEGREES = frozenset("md phd esq dds dvm rn jd mba mp mep qc kc".split())
_PLURAL_TITLES = frozenset("congresswomen congressmen senators representatives reps sens".split())
# As often a place as a surname; a role tells.
_PLACES = frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois "
    "indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri "
    "montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington "
    "wisconsin wyoming carolina dakota england britain france germany israel jordan china japan korea russia ukraine "
    "india iran iraq mexico canada cuba today congress senate house constitution".split()
)
_SMALL = frozenset("of for and the on in".split())
_OFFICES = frozenset("senator representative governor mayor president sheriff judge chancellor premier pope".split())
_LEGISLATORS = frozenset("senator representative member chair leader whip speaker lawmaker legislator".split())
_RANKS = (wordlists.TITLES | wordlists.ROLE_NOUNS | _OFFICES | _LEGISLATORS) - wordlists.COURTESY
_COUNTRY = frozenset("us u.s american united states nation nations federal national".split())
# Each of these a country has one of, so that "the attorney general" can be told without a name.
_SOLE_OFFICES = frozenset(
    frozenset(office.split())
    for office in (
        "attorney general", "president", "vice president", "prime minister", "chancellor", "pope", "secretary state",
        "defense secretary", "secretary defense", "treasury secretary", "foreign minister", "secretary general",
        "surgeon general", "homeland security secretary", "chief justice",
    )
)  # fmt: skip
NICKNAMES = tuple(
    frozenset(names.split())
    for names in (
        "mike michael mick", "joe joseph joey", "bob rob robert bobby robbie", "bill will william billy", "tom thomas",
        "jim james jimmy jamie", "dan daniel danny", "chris christopher", "christine chris", "tina christina",
        "matt matthew", "ben benjamin", "tim timothy", "ted edward ed eddie", "ted theodore", "tony anthony antonio",
        "ron ronald", "rick richard dick rich ricky", "greg gregory", "ken kenneth", "doug douglas",
        "jeff jeffrey geoffrey", "josh joshua", "pete peter", "dave david", "steve steven stephen", "andy andrew drew",
        "chuck charles charlie", "liz elizabeth beth betsy lizzie",
        "kate katherine catherine kathy katie cathy kathryn", "sue susan suzanne", "deb debbie deborah debra",
        "nick nicholas", "alex alexander", "alex alexandra alexandria", "sam samuel", "sam samantha", "pat patrick",
        "pat patricia patty", "jack john johnny jon", "jon jonathan", "hal harold harry",
        "jerry jerrold gerald jerome", "larry lawrence", "ray raymond", "don donald", "vince vincent", "barb barbara",
        "jan janet janice", "jen jennifer jenny", "ann annie anne anna", "meg margaret maggie peggy", "val valerie",
        "al albert alan alfred", "fred frederick", "phil philip phillip", "walt walter", "max maxwell",
        "zach zachary zack", "nate nathan nathaniel", "gabe gabriel", "manny manuel emanuel", "vicky victoria",
        "cindy cynthia", "sandy sandra", "terry terrence theresa teresa", "bernie bernard", "mitch mitchell",
        "abe abraham",
    )
)  # fmt: skip
_ALIKE = {name: frozenset().union(*(g for g in NICKNAMES if name in g)) for group in NICKNAMES for name in group}
# Names of a large library; each is looked at several times.
_KEPT = 150_000


@dataclass(frozen=True, slots=True)
class PersonName:
    """The words of a person's name, folded.

    Attributes:
        given: First name and nicknames; empty where only a surname is written.
        middle: Words between them and the last.
        surname: The last word, or all words of a surname written alone ("van duyne").
        generation: "jr", "sr", "iii", or "".
    """

    given: frozenset[str]
    middle: tuple[str, ...]
    surname: str
    generation: str

    @property
    def last(self) -> str:
        """The last word."""
        return self.surname.rpartition(" ")[2]

    @property
    def words(self) -> frozenset[str]:
        """All words of the name."""
        return self.given | {*self.middle, *self.surname.split()}


def names_of(speaker: str) -> tuple[str, ...]:
    """Part "Mark Warner and Tim Kaine" into two names; an institution with "and" in its name stays whole."""
    parts = tuple(part.strip() for part in speaker.split(" and "))
    if len(parts) == 1 or is_body(speaker) or not all(_is_person(part) for part in parts):
        return (speaker.strip(),)
    return parts


def _is_person(name: str) -> bool:
    first = fold(name.partition(" ")[0])
    return " " in name and first not in _COUNTRY and not is_body(name) and _PERSON.fullmatch(name) is not None


def clean(name: str) -> str:
    """Take off a leading article and a possessive."""
    return _POSSESSIVE.sub("", undetermined(name.strip()))


@lru_cache(maxsize=_KEPT)
def is_institution(name: str) -> bool:
    """True for a name that institutions have: "Department of Agriculture", "FEMA"."""
    letters = "".join(_LETTERS.findall(name))
    firm = " " not in name and _POSSESSIVE.search(name) is not None  # "Moody's"
    return firm or is_body(clean(name)) or " for " in name or (letters.isupper() and len(letters) > 1)


def is_titled(name: str, names: Collection[str]) -> bool:
    """True for "Sheriff Dale Hall" where "Dale Hall" is one of ``names``."""
    title, bare = ("", "") if is_institution(name) else split_title(name)
    return bool(title) and bare in names


def is_full(name: str) -> bool:
    """True for a person's name with more than a surname."""
    return bool(name) and not is_institution(name) and bool(person_name(name).given)


def is_plain(name: str) -> bool:
    """True for a name that reads well alone: more than one word, and no title before it."""
    words = fold(name).split()
    return len(words) > 1 and words[0] not in _PLURAL_TITLES and (is_institution(name) or not split_title(name)[0])


@lru_cache(maxsize=_KEPT)
def person_name(name: str) -> PersonName:
    """Read a person's name. Titles, degrees and the marks around a nickname are left out."""
    nicknames = frozenset(fold(found) for found in _NICKNAME.findall(name))
    plain = _NICKNAME.sub(" ", clean(name)).replace(",", " ")
    bare = split_title(plain)[1] or plain
    words = fold(bare).split()
    while len(words) > 2 and words[-1] in _DEGREES:
        words.pop()
    if len(words) > 2 and words[0] in _PLURAL_TITLES:
        words.pop(0)
    generation = next((word for word in words if word in _GENERATION), "")
    words = [word for word in words if word not in _GENERATION]
    if not words or words[0] in PARTICLES or len(words) == 1:
        return PersonName(frozenset(), (), " ".join(words) or fold(name), generation)
    return PersonName(nicknames | {words[0]}, tuple(words[1:-1]), words[-1], generation)


def is_place(name: PersonName) -> bool:
    """True for a word that names a place, or something else that is not a person, as often as somebody."""
    return not name.given and name.surname in _PLACES


def can_be_one(one: PersonName, other: PersonName) -> bool:
    """True where two full names differ at most by a nickname, a middle name or what stands before the name."""
    if one.last != other.last or one.generation != other.generation:
        return False
    if _ends_with(one, other) or _ends_with(other, one):
        return True
    given = any(_same_given(a, b) for a in one.given for b in other.given)
    return given and _middles_agree(one.middle, other.middle)


def _ends_with(longer: PersonName, shorter: PersonName) -> bool:
    """True for "Infrastructure Peter DeFazio" and "Peter DeFazio"."""
    tail = longer.middle[-1 - len(shorter.middle) :]
    return len(tail) == 1 + len(shorter.middle) and tail[0] in shorter.given and tail[1:] == shorter.middle


def _same_given(one: str, other: str) -> bool:
    return other in alike(one) or (min(len(one), len(other)) == 1 and one[0] == other[0])


def alike(given: str) -> frozenset[str]:
    """Return a first name with its nicknames, or with the names that it is a nickname of."""
    return _ALIKE.get(given) or frozenset({given})


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return True
    if len(one) == len(other):
        return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=True))
    return set(one) <= set(other) or set(other) <= set(one)


def bears(person: PersonName, surname: PersonName) -> bool:
    """True where a name without a first name is the end of a full one: "Van Duyne" of "Beth Van Duyne"."""
    written = surname.surname.split()
    if surname.given or surname.generation not in ("", person.generation):
        return False
    return [*person.middle, person.surname][-len(written) :] == written


@dataclass(frozen=True, slots=True)
class Standing:
    """What roles tell of who somebody is, in common forms.

    Attributes:
        offices: Those of which nobody is likely to hold two: "senator", "mayor".
        ranks: Titles and nouns: "U.S. Sens." gives "senator", "Chair of the House Budget Committee" gives "chair".
    """

    offices: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()

    def __or__(self, other: "Standing") -> "Standing":
        """Return what both tell."""
        return Standing(self.offices | other.offices, self.ranks | other.ranks)

    def agrees(self, other: "Standing") -> bool:
        """True unless the roles show that two speakers are not one: a senator and a coach."""
        if self.offices and other.offices:
            return not self.offices.isdisjoint(other.offices)
        if not self.ranks or not other.ranks or not self.ranks.isdisjoint(other.ranks):
            return True
        return not self.ranks.isdisjoint(_LEGISLATORS) and not other.ranks.isdisjoint(_LEGISLATORS)


@lru_cache(maxsize=_KEPT)
def standing(role: str) -> Standing:
    """Return what a role tells."""
    held = expand(role)
    singular = {word.removesuffix("s").replace("men", "man") for word in held if len(word) > 3}
    words = frozenset(held | expand(" ".join(singular)))
    return Standing(words & _OFFICES, words & _RANKS)


def sole_office(role: str) -> frozenset[str]:
    """Return the words of a role of which there is one at a time, or an empty set."""
    words = frozenset(expand(undetermined(role)) - _COUNTRY)
    return words if words in _SOLE_OFFICES else frozenset()


def institution_key(name: str) -> str:
    """Return what is the same for "the U.S. Department of Agriculture" and "Department of Agriculture"."""
    words = fold(clean(name) if " " in name else name).split()
    while len(words) > 2 and (words[0] in ("us", "the") or words[:2] == ["united", "states"]):
        words = words[2:] if words[0] == "united" else words[1:]
    return " ".join(words)


def initials(name: str) -> frozenset[str]:
    """Return the acronyms that an institution's name can have: of all its words, and of those before "and"."""
    words = [word for word in re.split(r"[\s-]+", institution_key(name)) if word]
    letters = ["".join(w[0] for w in part if w not in _SMALL) for part in (words, _before_and(words))]
    if words[:1] == ["department"]:
        letters += [f"us{acronym}" for acronym in letters]  # "USDA"
    return frozenset(acronym for acronym in letters if len(acronym) > 2)


def _before_and(words: list[str]) -> list[str]:
    return words[: words.index("and")] if "and" in words else words
