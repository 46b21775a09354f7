"""Made-up sentences with titles, openings and lists around the names of those who speak."""

import pytest

from tests.unit.statements.helpers import found

# Paragraphs; then the speaker of each statement.
SPEAKERS: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "clerk": (
        ("Quill County Clerk Ann Tarrow urged voters to wait.", "She said the pier is safe."),
        ["Ann Tarrow"] * 2,
    ),
    "medical examiner": (
        ("Quill County Chief Medical Examiner Dora Hall said it grew worse.", "“It is bad,” she said."),
        ["Dora Hall"] * 2,
    ),
    "harbor master": (("Harbor Master Dora Hall said the pier is safe.",), ["Dora Hall"]),
    "meteorologist": (("Salt News Meteorologist Ben Van Dam said the tide is high.",), ["Ben Van Dam"]),
    "senior advisor": (("Former Senior Advisor Eric Hall said the pier is safe.",), ["Eric Hall"]),
    "head of": (("Head of Saltgram Adam Penn tweeted that the pier is safe.",), ["Adam Penn"]),
    "inhabitant": (("Californian Kerry Hall said the pier is safe.",), ["Kerry Hall"]),
    "like somebody": (
        ("Like Hall, Dora Penn came to the pier.", "“It is safe,” she said."),
        ["Dora Penn"],
    ),
    "as for somebody": (
        ("Ann Hall spoke of the pier. As for Hall, the tide is no danger.", "“It is safe,” she said."),
        ["Ann Hall"],
    ),
    "first name of a couple": (
        ("Fred and Ann Hall live on the pier. Fred Hall built it.", "“It is safe,” Fred said."),
        ["Fred Hall"],
    ),
    "several after the cue": (
        ("“It is safe,” said Senators Ann Tarrow and Ben King and Representative Dora Hall.",),
        ["Ann Tarrow and Ben King and Dora Hall"],
    ),
    "somebody from a town": (
        ("Just last week, Eric from Saltby wrote to my office, saying: “The pier is safe.”",),
        ["Eric"],
    ),
    "website of somebody": (
        ("Omar Penn is charged. Penn, whose website says he mended piers for 25 years, chairs the council.",),
        ["Omar Penn"],
    ),
    "sheriff of a county": (
        ("Sheriff Dale Hall of Quill County said the pier is safe.",),
        ["Dale Hall"],
    ),
    "title with two parts": (
        ("World Pier Organization Director-General Dora Hall tweeted that it is safe.", "“It is,” she said."),
        ["Dora Hall"] * 2,
    ),
    "owners": (("Co-owners Omar Penn and Ann Hall stated that the pier is safe.",), ["Omar Penn and Ann Hall"]),
    "body with and before a title": (
        ("Saltland Health and Senior Services spokeswoman Dora Hall in a statement said the pier is safe.",),
        ["Dora Hall"],
    ),
    "title, then body, without a last comma": (
        ("Omar Penn, Vice President of Public Affairs, Western Pier Alliance said, “The pier is safe for all.”",),
        ["Omar Penn"],
    ),
    "the latest of one surname": (
        (
            "“It is safe,” said Don Hall. “It is old,” said Dora Hall. “It is ours,” said Don Hall.",
            "“You can come,” Hall said.",
        ),
        ["Don Hall", "Dora Hall", "Don Hall", "Don Hall"],
    ),
    "not a relative of long ago": (
        (
            "Bob Hall built the pier. Bob Hall is its master. So Bob Hall it is. “He is,” said Gena Hall.",
            *(f"“It is safe,” said Ann Penn of number {number}." for number in range(14)),
            "Hall spoke of it years before.",
            "“I built it,” he said.",
        ),
        ["Gena Hall", *["Ann Penn"] * 14, "Bob Hall"],
    ),
    "camp with an article": (
        (
            "Dora Hall sings on the pier. Hall's A Wider Pier camp helps girls.",
            "“It is mine,” she said.",
        ),
        ["Dora Hall"],
    ),
    "subject after a clause": (
        ("“It is safe,” said Ann Penn. While she swims, Dora Hall is walking on the pier.", "“It is cold,” she said."),
        ["Ann Penn", "Dora Hall"],
    ),
    "place before a pronoun": (
        ("Mayor Omar Penn met the crew. While New Saltland will give shelter, he said the pier is full.",),
        ["Omar Penn"],
    ),
    "minister of": (
        ("Minister of Finance Dora Hall said the pier is safe.", "She warned that the tide is high."),
        ["Dora Hall"] * 2,
    ),
    "town engineer": (("“It is safe,” said Saltby Town Engineer Paul Hall.",), ["Paul Hall"]),
    "degree after the name": (("Congressman John Hall M.D. came.", "“It is safe,” said Dr. Hall."), ["John Hall"]),
    "mark of a list": (
        ("►Ann Hall, Omar Penn and Dora Penn argued that it is safe.",),
        ["Ann Hall and Omar Penn and Dora Penn"],
    ),
    "predicted before the name": (
        ("“It will be high,” predicted Ann Hall, an analyst.", "Bo Hall came.", "“It is,” Hall said."),
        ["Ann Hall"] * 2,
    ),
    "group in capitals": (("Supporters claim they are fond of the pier.",), [""]),
    "adverb": (
        ("Omar Penn spoke. Separately, on the pier, he pleaded, arguing he was never told.",),
        [],
    ),
}


@pytest.mark.parametrize("shape", SPEAKERS)
def test_speaker(shape: str) -> None:
    paragraphs, expected = SPEAKERS[shape]
    assert [said.speaker for said in found(*paragraphs)] == expected


@pytest.mark.parametrize(
    ("list_of_them", "roles"),
    [
        ("U.S. Senators Ann Tarrow (R-KS) and Omar Penn (D-NC) met.", ["U.S. Senator", "U.S. Senator"]),
        ("Reps. Ann Tarrow, Bo Quill (D-03) and Omar Penn met Dora Hall.", ["Rep.", "Rep."]),
        ("Sens. Ann Tarrow and Bo Quill, Omar Penn and others met.", ["Sen.", ""]),
        ("Senators Ann Tarrow, Mayor Omar Penn and Dora Hall met.", ["Senator", "Mayor"]),
        ("Senator Ann Tarrow and Omar Penn met.", ["Senator", ""]),
    ],
)
def test_each_of_several_has_the_title_of_all(list_of_them: str, roles: list[str]) -> None:
    first, second = found(list_of_them, "“It is safe,” said Tarrow. “It is not,” said Penn.")
    assert [first.speaker, second.speaker] == ["Ann Tarrow", "Omar Penn"]
    assert [first.role, second.role] == roles
