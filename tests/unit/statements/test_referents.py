"""Whom pronouns and descriptions mean: what the ranker observes, and clear cases that it must get right."""

import pytest

from index.bodies import Bodies
from index.entities import Entities
from index.reference import BODY, DESCRIBED, PERSON, Reference, Spoken
from index.referents import Referents
from index.roster import Roster
from tests.unit.statements.helpers import found

# Paragraphs, and the speaker of the last statement.
CLEAR: dict[str, tuple[tuple[str, ...], str]] = {
    "he, not she": (("Mary Quill met Peter Hall. “The pier is open,” he said.",), "Peter Hall"),
    "she, some sentences on": (
        ("Linda Quill said the pier is open. It is long. It was built in May. “I walked it,” she said.",),
        "Linda Quill",
    ),
    "no town": (("Mayor Paul Penn met the crew in New Saltland. He said the pier is full.",), "Paul Penn"),
    "not the restaurant": (
        (
            "Otto Penn, chef at the seaside restaurant Maki Quill, where he cooks crab, says it is hard.",
            "“I try,” he said.",
        ),
        "Otto Penn",
    ),
    "the company, not its chief": (
        ("Saltco CEO Paul Penn was there. Saltco shares fell.", "“We are glad,” the company said."),
        "Saltco",
    ),
    "the senator": (
        ("Sen. Mary Quill met Mayor Paul Penn. Penn was late.", "“I waited,” the senator said."),
        "Mary Quill",
    ),
    "the agency": (
        ("The Salt Protection Agency closed the pier. Paul Penn was there.", "“It is unsafe,” the agency said."),
        "Salt Protection Agency",
    ),
    "signed below": (
        ("TODAY’S QUOTE", "“The pier is open and so it will stay.”", "-- Mayor Paul Penn, of it"),
        "Paul Penn",
    ),
}


@pytest.mark.parametrize("case", CLEAR)
def test_clear_case(case: str) -> None:
    paragraphs, speaker = CLEAR[case]
    assert found(*paragraphs)[-1].speaker == speaker


def _referents(text: str, title: str = "") -> Referents:
    return Referents(text, title, Roster(text), Bodies(text))


@pytest.mark.parametrize(
    ("phrase", "kind", "gender"),
    [("She", PERSON, 1), ("he", PERSON, -1), ("it", BODY, 0), ("the agency", BODY, 0), ("his mother", DESCRIBED, 1)],
)
def test_kind_and_gender(phrase: str, kind: str, gender: int) -> None:
    reference = Reference(phrase, 0)
    assert (reference.kind, reference.gender) == (kind, gender)


def test_what_is_observed() -> None:
    text = "Mary Quill (D-Vt.) told Peter Hall of it.\n\nShe sang. “The pier is open,” she said."
    reference = Reference("she", text.rindex(" she"), ((text.index("The pier"), text.index(",”")),))
    by_name = {
        entity.name: features
        for entity, features in _referents(text, "Quill sings").candidates(reference, [Spoken(0, "Mary Quill")])
    }
    assert by_name.keys() == {"Mary Quill", "Peter Hall"}
    quill, hall = by_name["Mary Quill"], by_name["Peter Hall"]
    assert quill["gender fits"] and quill["in headline"] and quill["spoke last"] and quill["is subject"]
    assert hall["gender differs"] and not hall["in headline"] and "spoke last" not in hall
    assert quill["paragraphs 1"] == hall["paragraphs 1"] == 1
    assert quill["sentences 2"] == 1  # "She sang." stands between


def test_nobody_is_meant_where_nobody_is_named() -> None:
    text = "It rained. The company said the pier is open."
    assert _referents(text).meant(Reference("The company", text.index("The c")), []) is None


def test_entities_are_named_in_full_with_their_roles() -> None:
    text = "Sen. Ann Tarrow, 54, a singer from Saltby, met Omar Penn’s Salt Trust. Tarrow said it was glad."
    entities = {entity.name: entity for entity in Entities(text, Roster(text), Bodies(text)).near(len(text), 2, 0)}
    assert {"Ann Tarrow", "Omar Penn", "Salt Trust"} <= entities.keys()
    tarrow = entities["Ann Tarrow"]
    assert [mention.start for mention in tarrow.mentions] == [0, text.index("Tarrow said")]
    assert tarrow.titled and "senator" in tarrow.roles
    assert entities["Omar Penn"].mentions[0].possessive
