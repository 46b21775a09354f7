"""A pronoun or a description that speaks ("he", "the company", "the senator"), and what its words alone tell."""

from dataclasses import dataclass
from functools import lru_cache

from index import wordlists
from index.bodies import BODIES, FIRMS, KINDS
from index.entities import Mention
from index.entity_kinds import PERSONS
from index.names import fold, undetermined
from index.phrases import SOMEONES

# "he", "she"; "it", "the company"; "the senator", "the rapper"
PERSON, BODY, DESCRIBED = "person", "body", "described"


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or a description that is the subject of speech.

    Attributes:
        phrase: As written.
        at: Where the attribution begins in the text.
        said: Where the words said stand.
    """

    phrase: str
    at: int
    said: tuple[tuple[int, int], ...] = ()

    @property
    def kind(self) -> str:
        """Whose weights it takes."""
        if self.phrase.lower() in ("he", "she"):
            return PERSON
        head = head_of(self.phrase)
        return BODY if head == "it" or head in BODIES or head in KINDS else DESCRIBED

    @property
    def is_owned(self) -> bool:
        """Say whether it is somebody's, "his lawyer", and so not who is spoken of in the same sentence."""
        return self.phrase.split()[0].lower() in ("his", "her", "its", "their")

    @property
    def gender(self) -> int:
        """1 for a woman, -1 for a man, 0 where the words do not tell."""
        words = set(fold(self.phrase).split()[-3:] if self.kind != PERSON else [self.phrase.lower()])
        if self.kind != PERSON:
            words -= {"his", "her", "he", "she"}
        return bool(words & wordlists.WOMEN) - bool(words & wordlists.MEN)

    def holds(self, mention: Mention) -> bool:
        """Say whether somebody is named in the words said."""
        return any(start <= mention.start < end for start, end in self.said)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who was found to have spoken, and where."""

    at: int
    name: str
    pronoun: str = ""


@lru_cache(maxsize=1000)
def head_of(phrase: str) -> str:
    """Return the folded noun of a description: "spokesman" of "the city's spokesman for piers"."""
    words = fold(SOMEONES.split(undetermined(phrase), maxsplit=1)[0]).split()
    return words[-1] if words else ""


def sort_of(head: str) -> str:
    """Return the sort of a description: what can be told from its noun."""
    if head == "it":
        return "it"
    if head in FIRMS:
        return "firm"
    if head in KINDS:
        return "kind"
    return "body" if head in BODIES else "person" if head in PERSONS else "other"
