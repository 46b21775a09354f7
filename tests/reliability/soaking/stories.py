"""Made-up articles, each with a fact and a speaker that no other has, so that it is known where an answer belongs."""

import random
from dataclasses import dataclass
from datetime import date

from index.records import Draft

_SYLLABLES = "bar kel lor mip nuv rast sen tim vol zun drap flen grol pliv skun trem hob wig yar dov".split()
_WORDS = (
    "river market winter garden engine letter mountain window teacher summer kitchen road paper field morning voice "
    "stone forest evening table doctor island corner shop bread coat ship hill storm farm glass apple wheel "
    "slowly often under across behind always never carried painted opened counted followed answered crossed mended"
).split()
_THINGS = "bridge harbor library school station tunnel museum market hospital theater stadium lighthouse".split()
_PAPERS = ("Harbor Times", "Coast Courier", "Transmere Press", "Valley Gazette")


@dataclass(frozen=True, slots=True)
class Story:
    """What an article tells. ``number`` is its own; ``version`` grows as the article is replaced."""

    number: int
    version: int = 0

    @property
    def town(self) -> str:
        """A name that no other story has."""
        return self._word(7919)

    @property
    def speaker(self) -> str:
        """First and last name of the mayor."""
        return f"{self._word(4327)} {self._word(6131)}"

    @property
    def thing(self) -> str:
        """What is built."""
        return _THINGS[self.number % len(_THINGS)]

    def questions(self) -> list[str]:
        """Return questions for the fact and for the speaker's words."""
        return [
            f"How much will the new {self.thing} in {self.town} cost?",
            f"What did {self.speaker} say about the {self.thing} in {self.town}?",
        ]

    def draft(self, paper: int = 0) -> Draft:
        """Return the article, as one of several papers prints it; all of them are copies of each other."""
        rng = random.Random(f"{self.number} {self.version}")  # noqa: S311
        cost, years = rng.randint(12, 980), rng.randint(2, 30)
        name, last = self.speaker, self.speaker.split()[1]
        text = (
            f"{self.town} will build a new {self.thing}, its council decided on Monday. {_sentence(rng)}\n\n"
            f"The new {self.thing} in {self.town} will cost {cost} million crowns, which the town pays back over "
            f"{years} years. {_sentence(rng)} {_sentence(rng)}\n\n"
            f"“The old {self.thing} in {self.town} leaks whenever the {rng.choice(_WORDS)} is wet,” Mayor {name} said. "
            f"{last} added that {rng.randint(20, 90)} workers had already been hired. "
            f"{_sentence(rng)}"
        )
        return Draft(
            text,
            f"story{self.number}.txt",
            title=f"{self.town} gets a new {self.thing}",
            publication=_PAPERS[paper],
            published=date(2024, 1, 1 + self.number % 28),
            url=f"https://paper{paper}.example/{self.number}",
        )

    def _word(self, factor: int) -> str:
        """Return a word of four syllables; a factor without a divisor in common with their number tells all apart."""
        place, count = self.number * factor, len(_SYLLABLES)
        return "".join(_SYLLABLES[place // count**digit % count] for digit in range(4)).capitalize()


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(_WORDS, k=rng.randint(8, 14))).capitalize() + "."
