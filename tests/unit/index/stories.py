"""Made-up stories, and texts of made-up words, for tests of near-duplicates."""

import random
from dataclasses import replace
from datetime import date

from index.records import Draft

LOCK = (
    "The lock at Ashford will close for nine weeks from 4 March so that its wooden gates can be replaced. "
    "Barges that carry gravel to the works at Millbrook must wait or go round by the northern canal, the harbour "
    "board said on Monday.\n\n"
    "Board chair Ida Ferris told a meeting in the town hall that the gates had leaked since the flood of 1998. "
    "“We have patched them eleven times and each patch cost more than the last,” she said. "
    "The new gates of green oak cost 2.4 million crowns, a third of which the province pays.\n\n"
    "Skippers were less pleased. Tomas Brandl, who runs two barges, said that the way round takes three days and "
    "burns 600 litres of fuel. He asked the board to open the lock on Sundays at least, which Ferris refused because "
    "the chamber has to be pumped dry.\n\n"
    "The gravel works has stored enough stone for a month. After that it will hire lorries, its manager Petra Osei "
    "said, and about 40 of them would pass through Ashford every day. Residents of Weir Lane have already collected "
    "312 signatures against that. The board will hear them on 20 February."
)
# The same meeting, told by somebody else.
LOCK_TOLD_ANEW = (
    "Anger boiled over in Ashford on Monday night as harbour officials confirmed that boats cannot pass the town's "
    "old lock this spring. The closure begins on 4 March and is expected to last nine weeks.\n\n"
    "“It will ruin my season,” said Tomas Brandl, a barge owner, who reckons each detour costs him three days. "
    "Ida Ferris, who chairs the harbour board, answered that patching the leaking gates any longer made no sense.\n\n"
    "Neighbours fear lorries more than leaks. If the gravel plant at Millbrook runs out of stone, Petra Osei, its "
    "manager, wants to bring it by road. A petition by people living in Weir Lane has more than 300 names, and "
    "officials promised to listen to them later in February. Oak for the gates has been ordered at a price of 2.4 "
    "million crowns."
)
HOURS = (
    "Staff of member of the assembly Vera Lindqvist will hold open office hours in {town} on {day} October from 10 in "
    "the morning to noon. Residents can get help there with pensions, passports, permits and letters from the "
    "provincial tax office. No appointment is needed, and everybody who comes before noon will be heard. “I want help "
    "to be near to where people live,” Lindqvist said. “If you cannot come, write to us or call, and we will find "
    "another day.” The office hours in {town} take place at the {place}, beside the {landmark}. There is a ramp, and "
    "coffee is served. Those who need an interpreter should say so two days before."
)
FOOTER = (
    "The provincial archive keeps records of every parish since the year the province was founded and is open to "
    "everybody who would like to read them in the reading room on the second floor of the old customs house. Readers "
    "need no card but must leave coats and bags in the hall, and may copy by pencil only what they read. The archive "
    "closes in August and on holidays, when requests are answered by letter within ten working days at no cost."
)
_SYLLABLES = "ba ke lo mi nu ra se ti vo zu dra fle gro pli sku tre".split()


def story(text: str, title: str = "", publication: str = "", day: date | None = None) -> Draft:
    return Draft(text, f"{title or publication or 'story'}.txt", title, publication=publication, published=day)


def sentences(text: str) -> list[str]:
    return text.replace("\n\n", " ").replace(".”", "”.").split(". ")


def from_sentences(parts: list[str]) -> str:
    return ". ".join(part.rstrip(".") for part in parts) + "."


def made_up(seed: int, count: int = 14) -> str:
    """Return a text of ``count`` sentences of made-up words, of which no other seed has two in a row."""
    rng = random.Random(seed)  # noqa: S311
    return " ".join(_sentence(rng) for _ in range(count))


def _sentence(rng: random.Random) -> str:
    words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(rng.randint(8, 16))]
    return " ".join(words).capitalize() + "."


def half(draft: Draft, first: bool, title: str = "Cut") -> Draft:
    parts = sentences(draft.text)
    kept = parts[: len(parts) // 2] if first else parts[len(parts) // 2 :]
    return replace(draft, text=from_sentences(kept), title=title, publication=f"{draft.publication} {title}")
