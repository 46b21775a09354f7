"""Made-up sentences whose speaker, or whose words, a later labelled sample showed to be hard."""

import pytest

from tests.unit.statements.helpers import found

# Paragraphs; then words and speaker of each statement.
SHAPES: dict[str, tuple[tuple[str, ...], list[tuple[str, str]]]] = {
    "title with and": (
        ("Piers and Harbor Protection spokesman Omar Penn confirmed that the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "title with a hyphen": (
        ("Salt Nations Secretary-General Omar Penn said the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "title of several": (
        ("“Salt Street” directors Ann Tarrow and Omar Penn said they were glad to be on the pier.",),
        [("they were glad to be on the pier", "Ann Tarrow and Omar Penn")],
    ),
    "envoy to a country": (
        ("According to Saltish Ambassador to the United States Omar Penn, the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "attorney for a state": (
        ("“The pier is open,” U.S. Attorney for South Dakota Ann B. Tarrow said.",),
        [("The pier is open", "Ann B. Tarrow")],
    ),
    "name with a role after a quotation": (
        (
            "SALTBY – After Mayor Dora Hall wrote that “the tide is high,” U.S. Senator Omar Penn (D-RI), the chair of "
            "the Pier Committee, strongly condemned the plan, stating:",
            "“Mayor Hall goes beyond what any mayor should say of a pier.”",
        ),
        [
            ("the tide is high", "Dora Hall"),
            ("the plan", "Omar Penn"),
            ("Mayor Hall goes beyond what any mayor should say of a pier.", "Omar Penn"),
        ],
    ),
    "somebody at a body": (
        ("Omar Penn at the left-leaning Salt Policy Center concluded that the pier is “a joy.”",),
        [("the pier is “a joy.”", "Omar Penn")],
    ),
    "judge in a town": (
        ("U.S. District Judge Omar Penn in Saltby wrote that the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "role before a comma and the name": (
        ("“The pier is open,” said State Director of the Salt Society, Omar Penn.",),
        [("The pier is open", "Omar Penn")],
    ),
    "body with its letters before a title": (
        ("“The pier is open,” said Salt College of Piers (SCP) Chief Executive Officer Dora Quill.",),
        [("The pier is open", "Dora Quill")],
    ),
    "department": (
        ("According to the Department of Transportation, the pier is unsafe.",),
        [("the pier is unsafe", "Department of Transportation")],
    ),
    "department of a town": (
        ("The pier is unsafe, according to the city’s Department of Public Works.",),
        [("The pier is unsafe", "Department of Public Works")],
    ),
    "newspaper": (
        ("The pier is unsafe, the Saltby Star reports.",),
        [("The pier is unsafe", "Saltby Star")],
    ),
    "bureau of a country": (
        ("The U.S. Bureau of Labor Statistics reported that the pier is open.",),
        [("the pier is open", "U.S. Bureau of Labor Statistics")],
    ),
    "firm in s": (
        ("McQuill's said the pie is warm.",),
        [("the pie is warm", "McQuill's")],
    ),
    "broadcaster before its name": (
        ("The pier is open, according to Saltish broadcaster SBC.",),
        [("The pier is open", "SBC")],
    ),
    "spokesman of a body": (
        ("The pier is open, according to Salt Energy spokesperson Omar Penn.",),
        [("The pier is open", "Omar Penn")],
    ),
    "surname like a title": (
        ("Ann Judge built the pier.", "Judge said the pier is open."),
        [("the pier is open", "Ann Judge")],
    ),
    "and other members": (
        ("Ann Tarrow and other members of the delegation urged Omar Penn to open the pier.",),
        [("Omar Penn to open the pier", "Ann Tarrow")],
    ),
    "for her": (
        ("Dora Quill and Ann Tarrow built it.", "For Tarrow, it is a long walk.", "“It is a fine pier,” she said."),
        [("It is a fine pier", "Ann Tarrow")],
    ),
    "headline is no name": (
        ("Tarrow Says Dora Quill Is Here", "Dora Quill said the pier is open."),
        [("the pier is open", "Dora Quill")],
    ),
    "town before the words": (
        ("Saltby: The pier is open, officials said.",),
        [("The pier is open", "")],
    ),
    "goes on after the attribution, and a newspaper": (
        ("One reason for the pier, Penn said, is that people fish there, The Saltby Star reports.",),
        [("One reason for the pier … is that people fish there", "Penn")],
    ),
    "described in detail": (
        ("The report describes in great detail how the pier fell.",),
        [("how the pier fell", "")],
    ),
    "voted and released": (
        ("Congresswoman Ann Tarrow (HI-02) voted for the pier and released the following statement: “It is a joy.”",),
        [("It is a joy.", "Ann Tarrow")],
    ),
    "name after a hyphen": (
        ("“The pier is open at last and we are proud.” -Rep. Omar Penn (PA-12).",),
        [("The pier is open at last and we are proud.", "Omar Penn")],
    ),
    "relative clause before the main verb": (
        ("Ann Tarrow, who told the board the pier is safe, is trying to open it.",),
        [("the pier is safe", "Ann Tarrow")],
    ),
    "line broken at a width": (
        ("The pier is open to everybody who comes to Saltby, said Dora\nQuill, director of the Salt Trust.",),
        [("The pier is open to everybody who comes to Saltby", "Dora Quill")],
    ),
    "claimed lives": (
        ("It has claimed more than 60 lives, according to the Salt Trust.",),
        [("It has claimed more than 60 lives", "Salt Trust")],
    ),
}

NO_STATEMENTS = {
    "let us": "Let's just say the pier was shut.",
    "he is said to": "He's said to lie on the pier at night.",
    "said to be": "It is not the only pier said to be unsafe.",
    "never": "Never would have thought that of the pier.",
    "sent a picture": "Omar Penn tweeted a link to “Salt Street,” a book on piers.",
    "noun after a": "They need help with a VA claim or a letter about the pier.",
    "a direct say": "The act gives Congress a direct say in how the pier is paid for.",
    "noun of another": "How can we take the President's pledges to open the pier?",
    "place of the subject": "The pier was built, and information in Saltby suggests that it is safe.",
}

WRITTEN = {
    "officials of two places": (
        "Several prominent Saltby and Quill County officials said the pier is open.",
        "Several prominent Saltby and Quill County officials",
    ),
    "lawyers for somebody": ("Lawyers for Penn argued that the pier is safe.", "Lawyers for Penn"),
    "officials of a country": (
        "The pier is open, according to a senior Saltish government official.",
        "a senior Saltish government official",
    ),
    "judge of a place": ("A judge in Saltby denied that the pier is safe.", "A judge in Saltby"),
    "study in a journal": (
        "A 2012 study published in the Journal of Salt found that the pier is safe.",
        "A 2012 study published in the Journal of Salt",
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_words_and_speaker(shape: str) -> None:
    paragraphs, expected = SHAPES[shape]
    assert [(" … ".join(said.words), said.speaker) for said in found(*paragraphs)] == expected


@pytest.mark.parametrize("shape", NO_STATEMENTS)
def test_no_statement(shape: str) -> None:
    assert found(NO_STATEMENTS[shape]) == []


@pytest.mark.parametrize("shape", WRITTEN)
def test_unnamed_speaker_is_written_in_full(shape: str) -> None:
    sentence, written = WRITTEN[shape]
    assert [(said.written, said.speaker) for said in found(sentence)] == [(written, "")]
