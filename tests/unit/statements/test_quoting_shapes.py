"""Made-up sentences that quote somebody in a way that was not seen as such."""

import pytest

from tests.unit.statements.helpers import found

# Paragraphs; then words and speaker of each statement.
SHAPES: dict[str, tuple[tuple[str, ...], list[tuple[str, str]]]] = {
    "verb of answering": (
        ("“Who asked Dora Quill ‘Why do you swim?’” answered Omar Penn.",),
        [("Who asked Dora Quill ‘Why do you swim?’", "Omar Penn")],
    ),
    "verb of advising": (
        ("Dora Quill is a doctor. “I don’t recommend the pier to anybody,” she advised.",),
        [("I don’t recommend the pier to anybody", "Dora Quill")],
    ),
    "verb of advising with that": (
        ("Omar Penn advised that the pier be shut.",),
        [("the pier be shut", "Omar Penn")],
    ),
    "what is answered is not said": (("The crew answered the “call of the sea” in May.",), []),
    "party and state after a comma": (
        ("“The pier is open,” Rep. Dora Quill, D-Colo., said Thursday. “Go and see.”",),
        [("The pier is open … Go and see.", "Dora Quill")],
    ),
    "party and state before indirect speech": (
        ("Sen. Omar Penn, R-N.Y., said the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "description before a name that follows": (
        ("“The pier is open,” said Saltby ferryman Omar Penn.",),
        [("The pier is open", "Omar Penn")],
    ),
    "kind of outlet before its name": (
        ("“The pier is open,” said Saltish magazine Tidewater.",),
        [("The pier is open", "Tidewater")],
    ),
    "age before a name that follows": (
        ("“The pier is open,” said 85-year-old Omar Penn, who with Dora Quill was the first on it.",),
        [("The pier is open", "Omar Penn")],
    ),
    "department before a name that follows": (
        ("“The pier is open,” said Saltland Department of Piers spokeswoman Dora Quill.",),
        [("The pier is open", "Dora Quill")],
    ),
    "determiner before a description": (
        ("“The pier is open,” the company’s chief builder Dora Quill told the Star in a recent interview.",),
        [("The pier is open", "Dora Quill")],
    ),
    "head of something": (
        ("“The pier is open,” Dora Quill, head of the harbor staff at Salt Trust, said during a visit.",),
        [("The pier is open", "Dora Quill")],
    ),
    "party and town after a comma": (
        ("“The pier is open,” Omar Penn, D-Saltby Heights, said in a statement.",),
        [("The pier is open", "Omar Penn")],
    ),
    "words before a quotation of two sentences": (
        ("The right to swim “comes from the sea. It is ours,” Dora Quill, a lawyer, told the Star in court.",),
        [("The right to swim “comes from the sea. It is ours,”", "Dora Quill")],
    ),
    "introduction that quotes": (
        ("Saying he had studied the pier “closely,” Omar Penn said on Monday that it is safe.",),
        [("it is safe", "Omar Penn")],
    ),
    "body with a small word in its name": (
        ("“The pier is open,” said the National Center for Piers and Harbors (NCPH)",),
        [("The pier is open", "National Center for Piers and Harbors")],
    ),
    "description between a quotation and the name": (
        ("“The pier is open,’’ Saltby left fielder Omar Penn said about the vote. “It’s cool.’’",),
        [("The pier is open … It’s cool.", "Omar Penn")],
    ),
    "description with and": (
        ("“The pier is open,” Quill’s friend and bandmate Omar Penn said.",),
        [("The pier is open", "Omar Penn")],
    ),
    "age between a quotation and the name": (
        ("“The pier is open,” 44-year-old Omar Penn told reporters.",),
        [("The pier is open", "Omar Penn")],
    ),
    "quoted as saying": (
        ("The Star quoted Omar Penn as saying that the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "cited as saying after an aside": (
        ("The Star, which spoke to Omar Penn on Monday, cited the activist as saying the pier is open.",),
        [("the pier is open", "")],
    ),
    "quoted by somebody": (
        ("Omar Penn was quoted by the Star as saying: “The pier is open.”",),
        [("The pier is open.", "Omar Penn")],
    ),
    "quoted by a pronoun": (
        ("Dora Quill left in May. The Star quoted her as saying that the pier is open.",),
        [("the pier is open", "Dora Quill")],
    ),
    "signature with what the speaker is": (
        (
            "The pier loses a plank a day, according to a new analysis.",
            "“The pier is so old that those who have never walked on it can fall through it.”",
            "– Dr. Omar Penn, chief of piers and harbors at Saltby’s Hall for Boats.",
        ),
        [
            ("The pier loses a plank a day", ""),
            ("The pier is so old that those who have never walked on it can fall through it.", "Omar Penn"),
        ],
    ),
    "order of a headline before a name": (
        ("Watch Dora Quill sing above.", "“I sing all day long,” Quill said."),
        [("I sing all day long", "Dora Quill")],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_words_and_speakers(shape: str) -> None:
    paragraphs, expected = SHAPES[shape]
    assert [(" … ".join(said.words), said.speaker) for said in found(*paragraphs)] == expected


DOCUMENTS: dict[str, tuple[tuple[str, ...], str]] = {
    "of a body": (
        ("The Salt Trust paid tribute to the pier in a thread on Twitter.", "“It stood for us,” the statement read."),
        "Salt Trust",
    ),
    "of somebody who was said to say so": (
        ("Omar Penn said in a statement that it is open.", "“It stood for us,” the statement said."),
        "Omar Penn",
    ),
    "that somebody issued": (
        ("Omar Penn issued a statement on Monday.", "The pier is old.", "“It stood for us,” the statement said."),
        "Omar Penn",
    ),
    "from somebody without a name": (
        ("Dora Quill has left, a statement from her agent confirmed.", "“It stood for us,” the statement read."),
        "her agent",
    ),
    "from a department": (
        ("That is in a letter from the Saltby Department of Piers.", "“It stood for us,” the letter read."),
        "Saltby Department of Piers",
    ),
    "by several": (
        ("Dozens of Saltish officials put together a letter to the mayor.", "“It stood for us,” the letter said."),
        "Dozens of Saltish officials",
    ),
    "of somebody else": (
        ("Omar Penn issued a statement on Monday.", "“It stood for us,” the family statement said."),
        "",
    ),
    "called by a word of the name": (
        ("Salt Palace said in a statement that it is open.", "“It stood for us,” the palace statement said."),
        "Salt Palace",
    ),
    "of another kind": (
        ("Omar Penn issued a statement on Monday.", "“It stood for us,” the letter said."),
        "",
    ),
}


@pytest.mark.parametrize("shape", DOCUMENTS)
def test_whose_document_is_quoted(shape: str) -> None:
    paragraphs, whose = DOCUMENTS[shape]
    said = found(*paragraphs)[-1]
    assert (said.words, said.speaker, said.role) == (("It stood for us",), "", whose)


@pytest.mark.parametrize(
    ("sentence", "speaker", "role"),
    [
        ("“It stood for us,” said fiancée Dora Quill, of Saltby.", "Dora Quill", "fiancée"),
        ("“It stood for us,” Omar Penn from Saltby's Tide College told the Quay Post.", "Omar Penn", ""),
        ("“It stood for us,” Omar Penn at the Department of Piers said.", "Omar Penn", ""),
        ("“It stood for us,” Omar Penn from Saltby's Department of Tides and Piers said.", "Omar Penn", ""),
    ],
)
def test_who_is_named_beside_the_words(sentence: str, speaker: str, role: str) -> None:
    (said,) = found(sentence)
    assert (said.words, said.speaker, said.role) == (("It stood for us",), speaker, role)
