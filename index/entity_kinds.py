"""What the text shows somebody or something to be who is named in it: a person, a woman or a man, a place."""

import re

from index import wordlists
from index.bodies import BODIES, KINDS
from index.entities import Entity
from index.names import fold, gender_of

_SOMEPLACE = re.compile(r"(?:New|North|South|East|West) [A-Z]\w+")
_WOMEN, _MEN = wordlists.WOMEN - {"she", "her"}, wordlists.MEN - {"he", "his"}
# Nouns that mean a person.
PERSONS = (wordlists.TITLES | wordlists.ROLE_NOUNS | wordlists.WOMEN | wordlists.MEN) - BODIES - KINDS.keys()


def is_likely_person(entity: Entity) -> bool:
    """True for a full name that is no institution's or place's, or one after which "he" or "she" stands."""
    if entity.body or is_place(entity.name) or 2 * entity.articles > len(entity.mentions):
        return False
    return not entity.single or entity.titled or entity.pronouns != 0


def gender_by_role(entity: Entity) -> int:
    """Return 1 for a woman, -1 for a man, 0 where no title or role tells: "Mrs." and "spokesman" do."""
    return bool(entity.roles & _WOMEN) - bool(entity.roles & _MEN)


def gender_sign(entity: Entity) -> int:
    """Return 1 for a woman, -1 for a man, 0 where neither role nor first name tells."""
    gender = gender_of(entity.name)
    return gender_by_role(entity) or (gender == "she") - (gender == "he")


def is_place(name: str) -> bool:
    """True for a country, state or city, and for "New Saltland"."""
    return fold(name) in wordlists.PLACES or _SOMEPLACE.fullmatch(name) is not None


def is_surely_person(entity: Entity) -> bool:
    """True for a likely person with a title, a role or a common first name.

    "he" or "she" after a name shows nothing: "It is Quillgram’s own fault, he said".
    """
    shown = entity.titled or gender_sign(entity) != 0 or bool(entity.roles & PERSONS)
    return is_likely_person(entity) and shown
