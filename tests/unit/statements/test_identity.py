"""Whom a name or role that somebody asks for means."""

import pytest

from index.records import Statement, StatementKind
from index.statements import same_person


def statement(speaker: str, role: str = "", written: str = "") -> Statement:
    return Statement("a1", StatementKind.DIRECT, ((0, 5),), written or speaker, speaker, role, "said", (0, 9))


OBRADOR = statement("Andrés Manuel López Obrador", "President")
MICROBIOLOGIST = statement("Lin Sato", "a professor of microbiology at Columbia")


@pytest.mark.parametrize(
    ("asked", "whose"),
    [
        ("Garland", statement("Merrick Garland", "Attorney General")),
        ("merrick garland", statement("Merrick Garland", "Attorney General")),
        ("Attorney General Garland", statement("Merrick Garland", "Attorney General")),
        ("the attorney general", statement("Merrick Garland", "Attorney General")),
        ("Gov. Youngkin", statement("Glenn Youngkin", "Virginia Gov.")),
        ("Governor Youngkin", statement("Glenn Youngkin", "Virginia Gov.")),
        ("the governor", statement("Glenn Youngkin", "Virginia Gov.")),
        ("Gov. Youngkin", statement("Youngkin")),
        ("police chief Youngkin", statement("Youngkin")),
        ("the head of the NAACP", statement("Derrick Johnson", "NAACP President")),
        ("the Columbia microbiologist", MICROBIOLOGIST),
        ("Dr. Sato", MICROBIOLOGIST),
        ("Lopez Obrador", OBRADOR),
        ("LÓPEZ OBRADOR", OBRADOR),
        ("Mazie Hirono", statement("Mazie K. Hirono", "Senator")),
        ("Michael Kelly", statement("Mike Kelly", "Rep.")),
        ("Senator Collins", statement("Susan Collins and Angus King", "Senators")),
        ("the senators", statement("", "the senators", "the senators")),
        ("Hopper spokesperson", statement("", "a Hopper spokesperson", "a Hopper spokesperson")),
        ("KCNA", statement("Korean Central News Agency")),
        ("the sheriff's office", statement("Buchanan County Sheriff's Office")),
        ("Hopper", statement("Hopper")),
        ("the Finnish president", statement("Sauli Virta", "Finland's President")),
        ("Finland's president", statement("Sauli Virta", "Finnish President")),
        ("the former Finnish premier Virta", statement("Sauli Virta", "a former Prime Minister of Finland")),
        ("the ferry co-founder", statement("Ada Penn", "the ferry's cofounder")),
        ("Fountain’s", statement("Brandon Fountain")),
    ],
)
def test_same(asked: str, whose: Statement) -> None:
    assert same_person(asked, whose)


@pytest.mark.parametrize(
    ("asked", "whose"),
    [
        ("Beth Breeding", statement("Eric Breeding", "Chief Deputy")),
        ("Mike Kelly", statement("Robin Kelly", "Rep.")),
        ("Senator Kelly", statement("Mike Kelly", "Rep.")),
        ("Senator Kelly", statement("Kelly", "Rep.")),
        ("Kelly spokeswoman", statement("Kelly")),
        ("Brandt", statement("Mara Quill", "a spokeswoman for Gov. Ulla Brandt")),
        ("the governor", statement("Mara Quill", "a spokeswoman for Gov. Ulla Brandt")),
        ("the president", statement("Kamala Harris", "Vice President")),
        ("the president", statement("Derrick Johnson", "NAACP President")),
        ("Garland", statement("Garland Smith")),
        ("Garland", statement("", "the senators", "the senators")),
        ("the NAACP", statement("Merrick Garland", "Attorney General")),
        ("Trump", statement("Joe Biden", "President")),
        ("", statement("Joe Biden", "President")),
        ("the", statement("Joe Biden", "President")),
        ("Joe Biden", statement("")),
    ],
)
def test_not_the_same(asked: str, whose: Statement) -> None:
    assert not same_person(asked, whose)
