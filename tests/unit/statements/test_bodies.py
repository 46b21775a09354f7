"""Made-up sentences spoken by bodies: their whole names, and what "the agency" means."""

import pytest

from tests.unit.statements.helpers import found

# Paragraphs; then the speaker of each statement.
SPEAKERS: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "the agency": (
        ("The Bureau of Salt Management mends the pier.", "“We are glad of it,” the agency wrote."),
        ["Bureau of Salt Management"],
    ),
    "the agency that is named in its own words": (
        ("“Salt Customs and Pier Protection has no record of the boat,” the agency said in a statement.",),
        ["Salt Customs and Pier Protection"],
    ),
    "the department": (
        ("The Department of Piers’s Division of Boats and Salt Line flew a drone to Saltby, the department said.",),
        ["Department of Piers"],
    ),
    "the school": (
        ("Tiles were taken from the walls inside a Quill University building.", "The school says they were old."),
        ["Quill University"],
    ),
    "the center": (
        ("The National Storm Center warned of a tide.", "The pier will be flooded, according to the storm center."),
        ["National Storm Center", "National Storm Center"],
    ),
    "the service, not its spokesman": (
        (
            "“It is safe,” said Omar Penn, a Fish and Boat Service spokesman for the coast.",
            "The service said it will mend the pier.",
        ),
        ["Omar Penn", "Fish and Boat Service"],
    ),
    "the company": (
        ("Quill Motors Inc. closed the pier. The company said it will be sold.",),
        ["Quill Motors Inc"],
    ),
    "the company that a sentence is about": (
        (
            "Saltco closed its shop on the pier in May. Saltco’s shares fell.",
            "“We are glad of it,” the company said in a statement.",
        ),
        ["Saltco"],
    ),
    "two agencies": (
        (
            "The Bureau of Salt Management and the Agency for Piers met. The council had called Omar Penn of Saltco.",
            "“We are glad of it,” the hospital said.",
        ),
        [""],
    ),
    "body with for in its name": (
        (
            "Omar Penn, a fellow at the Quill Endowment for Coastal Peace, was there.",
            "The Quill Endowment for Coastal Peace said the pier is safe.",
        ),
        ["Quill Endowment for Coastal Peace"],
    ),
    "centers for": (
        ("In 2011, the Centers for Pier Control declared that the pier is unsafe.",),
        ["Centers for Pier Control"],
    ),
    "body of a country with for and and": (
        ("Last month, Saltland’s Office for Piers and Tide Rights (OPTR), recommended that “the pier be shut.”",),
        ["Office for Piers and Tide Rights"],
    ),
    "abbreviated country and and": (
        ("The U.S. Fish and Boat Service says the pier is safe.",),
        ["U.S. Fish and Boat Service"],
    ),
    "committee on": (
        ("Members of the Advisory Committee on Pier Practices agreed that the pier is safe.",),
        [""],
    ),
    "bodies of the same letters": (
        ("The Convention Against Tides (CAT) was signed.", "The Committee Against Tides found that the pier is safe."),
        ["Committee Against Tides"],
    ),
    "statement from a relative": (
        ("The pier has fallen, according to a statement from her son, Omar Penn.",),
        ["Omar Penn"],
    ),
    "statement of a site": (
        ("Saltbooking.com lists the pier.", "According to a statement from the site, the pier is open."),
        ["Saltbooking.com"],
    ),
    "numbers released by a body": (
        (
            "The pier has 142 boats, according to new numbers released Thursday by the Saltland Department "
            "of Pier Services.",
        ),
        ["Saltland Department of Pier Services"],
    ),
    "department of a state": (
        (
            "The South Saltland Department of Piers mends the pier.",
            "The Department of Piers said it is safe.",
        ),
        ["South Saltland Department of Piers"],
    ),
    "office that stands in a title only": (
        ("Marsh County Sheriff's Office Chief Deputy Omar Penn is here.", "It is late, the sheriff's office said."),
        ["Marsh County Sheriff's Office"],
    ),
    "department of another story": (
        (
            "The Department of Piers and the Department of Boats are closed." + " It is a long way to the sea." * 60,
            "The department said a cat was caught.",
        ),
        [""],
    ),
    "letters of a body with &": (
        ("The pier belongs to the Union of Piers & Boats (UPB).", "The UPB said it is safe."),
        ["Union of Piers & Boats"],
    ),
    "participle after a place": (
        ("SALTBY — The board of Salt Dairies rejected the offer on Tuesday, saying that the price was low.",),
        [""],
    ),
    "notification of a body": (
        ("The pier is closed, according to a notification from the Saltby School District.",),
        ["Saltby School District"],
    ),
    "the airline, not the weather service": (
        (
            "“It is windy,” the National Weather Service said. Quill Airlines closed its desk.",
            "It will open on Monday, the airline announced.",
        ),
        ["National Weather Service", "Quill Airlines"],
    ),
    "role of a body, then the name": (
        ("The boats came from Saltby, according to the director of Quill Vineyard's airport, Omar Penn.",),
        ["Omar Penn"],
    ),
    "and in a body's name": (
        (
            "The U.S. Centers for Pier Control closed it.",
            "It is unsafe, according to the Saltish Centre for Pier Safety and Control.",
        ),
        ["Saltish Centre for Pier Safety and Control"],
    ),
    "statements of several": (
        ("Omar Penn has died, according to statements from his family and Quill Workshop shared on social media.",),
        ["Quill Workshop"],
    ),
}

WRITTEN = {
    "somebody who knows": (
        "A person with knowledge of the deal says the pier is sold.",
        "A person with knowledge of the deal",
    ),
    "several who know": (
        "Two sources familiar with the matter told the Saltby Star that the pier is sold.",
        "Two sources familiar with the matter",
    ),
    "relative clause": (
        "A student who moved to Saltby following the storm this summer said that the pier is sold.",
        "A student who moved to Saltby following the storm this summer",
    ),
    "relative clause with that": (
        "The lawyer for two families that have sued Omar Penn asked a jury to close the pier.",
        "The lawyer for two families that have sued Omar Penn",
    ),
    "two groups": (
        "The representatives and senators also asked for a pier.",
        "The representatives and senators",
    ),
    "close to somebody": (
        "One source close to Penn believes the pier is sold.",
        "One source close to Penn",
    ),
}


@pytest.mark.parametrize("shape", SPEAKERS)
def test_speaker_is_the_body(shape: str) -> None:
    paragraphs, expected = SPEAKERS[shape]
    assert [said.speaker for said in found(*paragraphs)] == expected


@pytest.mark.parametrize("shape", WRITTEN)
def test_unnamed_source_is_written_in_full(shape: str) -> None:
    sentence, written = WRITTEN[shape]
    assert [(said.written, said.speaker) for said in found(sentence)] == [(written, "")]
