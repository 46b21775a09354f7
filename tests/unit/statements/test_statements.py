"""One made-up sentence of every shape in which news gives somebody's words."""

import pytest

from index.records import StatementKind
from tests.unit.statements.helpers import Said, found

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED

ONE_SENTENCE = {
    "attribution after": (
        "“The pier will open in June,” Dora Quill said.",
        Said(DIRECT, ("The pier will open in June",), "Dora Quill", "Dora Quill", "said"),
    ),
    "inverted, with apposition": (
        "“The pier will open in June,” said Dora Quill, the mayor of Saltby.",
        Said(DIRECT, ("The pier will open in June",), "Dora Quill", "Dora Quill", "said", "the mayor of Saltby"),
    ),
    "title before the name": (
        "“The pier will open in June,” said Harbour Secretary Dora Quill.",
        Said(
            DIRECT,
            ("The pier will open in June",),
            "Harbour Secretary Dora Quill",
            "Dora Quill",
            "said",
            "Harbour Secretary",
        ),
    ),
    "department in the title": (
        "“We will talk,” Secretary of State Ann Tarrow said.",
        Said(DIRECT, ("We will talk",), "Secretary of State Ann Tarrow", "Ann Tarrow", "said", "Secretary of State"),
    ),
    "role in lower case": (
        "“We will talk,” harbour strategist Omar Penn said.",
        Said(DIRECT, ("We will talk",), "harbour strategist Omar Penn", "Omar Penn", "said", "harbour strategist"),
    ),
    "party in brackets": (
        "“We will talk,” Sen. Ann Tarrow (D-N.J.) said.",
        Said(DIRECT, ("We will talk",), "Sen. Ann Tarrow", "Ann Tarrow", "said", "Sen."),
    ),
    "straight marks": (
        '"The pier will open in June," Dora Quill said.',
        Said(DIRECT, ("The pier will open in June",), "Dora Quill", "Dora Quill", "said"),
    ),
    "curly mark closed by a straight one": (
        '“The pier will open in June," Dora Quill said.',
        Said(DIRECT, ("The pier will open in June",), "Dora Quill", "Dora Quill", "said"),
    ),
    "two backticks": (
        "`` The pier will open in June, '' Dora Quill said.",
        Said(DIRECT, ("The pier will open in June",), "Dora Quill", "Dora Quill", "said"),
    ),
    "nested": (
        "“My aunt told me, ‘Never sell the boat,’ and I listened,” Dora Quill said.",
        Said(DIRECT, ("My aunt told me, ‘Never sell the boat,’ and I listened",), "Dora Quill", "Dora Quill", "said"),
    ),
    "no space after the closing mark": (
        "“The pier must open,”the senators wrote.",
        Said(DIRECT, ("The pier must open",), "the senators", "", "wrote", "the senators"),
    ),
    "question": (
        "“Who will pay for it?” Dora Quill asked.",
        Said(DIRECT, ("Who will pay for it?",), "Dora Quill", "Dora Quill", "asked"),
    ),
    "U+2018 in a name is no quotation mark": (
        "“Hawai‘i needs the pier,” Dora Quill said.",
        Said(DIRECT, ("Hawai‘i needs the pier",), "Dora Quill", "Dora Quill", "said"),
    ),
    "colon": (
        "Dora Quill said: “The pier will open in June.”",
        Said(DIRECT, ("The pier will open in June.",), "Dora Quill", "Dora Quill", "said"),
    ),
    "that and a quotation": (
        'Dora Quill said that "the pier will open in June."',
        Said(DIRECT, ("the pier will open in June.",), "Dora Quill", "Dora Quill", "said"),
    ),
    "introduction before the attribution": (
        "After the vote, Dora Quill, Saltby mayor, said, “The pier will open in June.”",
        Said(DIRECT, ("The pier will open in June.",), "Dora Quill", "Dora Quill", "said", "Saltby mayor"),
    ),
    "split by the attribution": (
        "“The pier,” Dora Quill said, “will open in June.”",
        Said(DIRECT, ("The pier", "will open in June."), "Dora Quill", "Dora Quill", "said"),
    ),
    "addressee and time": (
        "“The pier will open in June,” Dora Quill told the Saltby Gazette on Thursday.",
        Said(DIRECT, ("The pier will open in June",), "Dora Quill", "Dora Quill", "told the Saltby Gazette"),
    ),
    "trailing dash": (
        "“The pier will open in June.” - Senator Ann Tarrow",
        Said(DIRECT, ("The pier will open in June.",), "Senator Ann Tarrow", "Ann Tarrow", "", "Senator"),
    ),
    "statement issued": (
        "SALTBY – Senator Ann Tarrow today released the following statement on the pier: “It will open in June.”",
        Said(
            DIRECT,
            ("It will open in June.",),
            "Senator Ann Tarrow",
            "Ann Tarrow",
            "released the following statement",
            "Senator",
        ),
    ),
    "indirect with that": (
        "Dora Quill said that the pier would open in June.",
        Said(INDIRECT, ("the pier would open in June",), "Dora Quill", "Dora Quill", "said"),
    ),
    "indirect without that": (
        "Omar Penn, a spokesman for Mayor Dora Quill, said the pier would open in June.",
        Said(
            INDIRECT,
            ("the pier would open in June",),
            "Omar Penn",
            "Omar Penn",
            "said",
            "a spokesman for Mayor Dora Quill",
        ),
    ),
    "age and apposition": (
        "Omar Penn, 33, one of the fishermen, told the Saltby Gazette he sold his boat in May.",
        Said(
            INDIRECT,
            ("he sold his boat in May",),
            "Omar Penn",
            "Omar Penn",
            "told the Saltby Gazette",
            "one of the fishermen",
        ),
    ),
    "told reporters that": (
        "Dora Quill told reporters on Monday that the pier would open in June.",
        Said(INDIRECT, ("the pier would open in June",), "Dora Quill", "Dora Quill", "told reporters"),
    ),
    "indirect, attribution after": (
        "The pier would open in June, Dora Quill said.",
        Said(INDIRECT, ("The pier would open in June",), "Dora Quill", "Dora Quill", "said"),
    ),
    "attribution within": (
        "One danger, Dora Quill added, is that the tide could take the pier.",
        Said(INDIRECT, ("One danger", "is that the tide could take the pier"), "Dora Quill", "Dora Quill", "added"),
    ),
    "according to": (
        "The pier would open in June, according to the Saltby Harbour Board.",
        Said(
            INDIRECT,
            ("The pier would open in June",),
            "the Saltby Harbour Board",
            "Saltby Harbour Board",
            "according to",
        ),
    ),
    "according to, in front": (
        "According to Dora Quill, the pier would open in June.",
        Said(INDIRECT, ("the pier would open in June",), "Dora Quill", "Dora Quill", "According to"),
    ),
    "denied": (
        "Dora Quill has denied the pier was unsafe.",
        Said(INDIRECT, ("the pier was unsafe",), "Dora Quill", "Dora Quill", "denied"),
    ),
    "called it": (
        "Dora Quill called it “a gift to the whole coast.”",
        Said(MIXED, ("it “a gift to the whole coast.”",), "Dora Quill", "Dora Quill", "called"),
    ),
    "wants": (
        "The harbour administration wants fishermen to move their boats.",
        Said(
            INDIRECT,
            ("fishermen to move their boats",),
            "The harbour administration",
            "",
            "wants",
            "The harbour administration",
        ),
    ),
    "urged": (
        "Dora Quill urged the council to vote before winter.",
        Said(INDIRECT, ("the council to vote before winter",), "Dora Quill", "Dora Quill", "urged"),
    ),
    "warned": (
        "Dora Quill warned that the tide was rising.",
        Said(INDIRECT, ("the tide was rising",), "Dora Quill", "Dora Quill", "warned"),
    ),
    "partial quotation": (
        "Dora Quill said the plan is “most unlikely to survive the winter” in Saltby.",
        Said(
            MIXED, ("the plan is “most unlikely to survive the winter” in Saltby",), "Dora Quill", "Dora Quill", "said"
        ),
    ),
    "partial quotation, attribution after": (
        "The plan is “most unlikely to survive the winter,” said Dora Quill.",
        Said(MIXED, ("The plan is “most unlikely to survive the winter,”",), "Dora Quill", "Dora Quill", "said"),
    ),
    "unnamed spokesman": (
        "A spokesman for Dora Quill said the pier was safe.",
        Said(INDIRECT, ("the pier was safe",), "A spokesman for Dora Quill", "", "said", "A spokesman for Dora Quill"),
    ),
    "document": (
        "The letter said the pier was safe.",
        Said(INDIRECT, ("the pier was safe",), "The letter", "", "said"),
    ),
    "statement from": (
        "“The pier is safe,” a statement from Pierworks said.",
        Said(DIRECT, ("The pier is safe",), "a statement from Pierworks", "Pierworks", "said"),
    ),
    "group": (
        "“The pier is safe,” local officials said.",
        Said(DIRECT, ("The pier is safe",), "local officials", "", "said", "local officials"),
    ),
    "nickname": (
        "“The pier is safe,” said Congressman José “Pepe” Gallo.",
        Said(
            DIRECT, ("The pier is safe",), "Congressman José “Pepe” Gallo", "José “Pepe” Gallo", "said", "Congressman"
        ),
    ),
}


@pytest.mark.parametrize("shape", list(ONE_SENTENCE))
def test_one_sentence(shape: str) -> None:
    sentence, expected = ONE_SENTENCE[shape]
    assert found(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Top Gull: Homeward” opened on the pier in June.",
        "She read “Salt Street” to the children.",
        "The “pier” is a heap of planks.",
        "Dora Quill was told that the pier was unsafe.",
        "Dora Quill declined to say who would pay.",
        "I said the pier was ugly.",
        "I’ve often said that the pier was ugly.",
        'The pier is 6\'2" wide and 5" deep.',
        "The fishermen's union and the players' club met.",
    ],
)
def test_not_a_statement(sentence: str) -> None:
    assert found(sentence) == []
