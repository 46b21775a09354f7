"""Names as answers, and whether two of them mean different people, places or bodies."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from index import wordlists
from index.names import PARTICLES, fold, split_title
from index.person_names import NICKNAMES, initials, is_institution

_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_LINKS = frozenset("of the and for in on a an at".split()) | PARTICLES
_GENERATION = frozenset("jr sr ii iii iv".split())
# Of one thing there is more than one name.
_SYNONYMS = (
    frozenset("us usa america american americans united states".split()),
    frozenset("uk britain british england english united kingdom".split()),
    frozenset("gop republican republicans".split()),
    frozenset("democrat democrats democratic".split()),
)
# As alike as "Grodsky" and "Grodski".
_MISSPELT = 0.8


@dataclass(frozen=True, slots=True)
class ProperName:
    """A name: its telling words, folded, and what its capitals spell.

    Attributes:
        words: Without titles, articles and what follows a comma.
        written: As it is written, without its title.
        institution: Whether it has words or capitals that bodies have and people do not.
    """

    words: frozenset[str]
    written: str
    institution: bool


def proper_name(text: str) -> ProperName | None:
    """Return the one name that a text is, or None where it is a description, a list or no name.

    >>> sorted(proper_name("Attorney General Merrick Garland, 70").words)
    ['garland', 'merrick']
    """
    phrase = re.split(r"[,;:(]", text, maxsplit=1)[0].strip()
    role, name = split_title(phrase)
    name = name or (role if role[:1].isupper() else "")
    found = _WORD.findall(re.sub(r"['’]s?$", "", name))
    folded = [(word, fold(word.strip(".-"))) for word in found]
    if any(word[0].islower() and plain not in _LINKS for word, plain in folded):
        return None  # "Republican nominee" describes somebody
    telling = frozenset(plain for _, plain in folded if plain not in _LINKS | _GENERATION | wordlists.COURTESY)
    if not telling or (" and " in name and not is_institution(name)):
        return None
    return ProperName(telling, name, is_institution(name))


def names_differ(one: ProperName, other: ProperName) -> bool:
    """Return whether two names mean different people, places or bodies; False where that is not certain."""
    if one.institution != other.institution:
        return False
    if not one.words.isdisjoint(other.words) or any(one.words & s and other.words & s for s in _SYNONYMS):
        return False
    if any(_alike(a, b) for a in one.words for b in other.words):
        return False
    return not (_spells(one, other) or _spells(other, one))


def in_text(name: ProperName, text: str) -> bool:
    """Return whether a text has the last word of a name, or what its words begin with."""
    there = {fold(word.strip(".-")) for word in _WORD.findall(re.sub(r"['’]s\b", "", text))}
    plain = [fold(word.strip(".-")) for word in _WORD.findall(name.written)]
    last = next(word for word in reversed(plain) if word in name.words)
    return last in there or bool(initials(name.written) & there)


def _alike(one: str, other: str) -> bool:
    if any(one in names and other in names for names in NICKNAMES):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _MISSPELT


def _spells(short: ProperName, long: ProperName) -> bool:
    """Return whether one name is the initials of the other: "NAACP", "U.S."."""
    capitals = "".join(re.findall(r"\b[A-Z]", long.written)).casefold()
    words = "".join(re.findall(r"\b[a-zA-Z]", long.written)).casefold()
    return "".join(sorted(short.words)) in {capitals, words, *initials(long.written)}
