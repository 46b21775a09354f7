"""Made-up sentences in the shapes that the labelled sample of real statements showed to be hard."""

import pytest

from index.records import Article
from index.statements import statements
from tests.unit.statements.helpers import article, found

# Paragraphs; then words and speaker of each statement.
SHAPES: dict[str, tuple[tuple[str, ...], list[tuple[str, str]]]] = {
    "several speakers with their parties": (
        ("Senator Ann Tarrow (D-Vt.), Senator Omar Penn (I-Vt.), and Dora Quill (D-Vt.) announced that it is open.",),
        [("it is open", "Ann Tarrow and Omar Penn and Dora Quill")],
    ),
    "both": (
        ("Both Mayor Dora Quill and Sheriff Omar Penn said the pier is open.",),
        [("the pier is open", "Dora Quill and Omar Penn")],
    ),
    "and her colleagues": (
        ("Congresswoman Ann Tarrow and 24 of her Senate colleagues condemned the sale of the pier.",),
        [("the sale of the pier", "Ann Tarrow")],
    ),
    "name, role, who said": (
        ("This was good news to Omar Penn, a manager at First Bank of Saltby, who said that the pier pays.",),
        [("the pier pays", "Omar Penn")],
    ),
    "role without a closing comma": (
        ("“We will build the pier,” Dora Quill, President of Salt Trust (ST) said.",),
        [("We will build the pier", "Dora Quill")],
    ),
    "role in brackets before the verb": (
        ("Omar Penn, Vice President at the National Association of Piers (NAP), said, “We build piers for all.”",),
        [("We build piers for all.", "Omar Penn")],
    ),
    "name and role without a verb": (
        ("“The pier helps all of us,” Omar Penn, director of the Salt Trust.",),
        [("The pier helps all of us", "Omar Penn")],
    ),
    "his son and the name": (
        ("The pier was never paid for, said his son, Omar Penn.",),
        [("The pier was never paid for", "Omar Penn")],
    ),
    "letters after the name": (
        ("In the words of the prosecutor, Omar Penn, QC, “the pier was never safe.”",),
        [("the pier was never safe.", "Omar Penn")],
    ),
    "Jr. after a comma": (("“The pier is open,” Chairman Omar Penn, Jr., said.",), [("The pier is open", "Omar Penn")]),
    "surname that is a title": (("“The pier is open,” Senator Ann King said.",), [("The pier is open", "Ann King")]),
    "body with a title in its name": (
        ("The pier cost $5 million, according to the Association of General Builders of Saltby.",),
        [("The pier cost $5 million", "Association of General Builders of Saltby")],
    ),
    "office": (
        ("The Government Accountability Office reported that the pier is unsafe.",),
        [("the pier is unsafe", "Government Accountability Office")],
    ),
    "office with and": (
        ("The Office of Piers and Budget projected that the pier will pay.",),
        [("the pier will pay", "Office of Piers and Budget")],
    ),
    "body in a place": (
        ("The U.S. Embassy in Saltby warned that the pier is unsafe.",),
        [("the pier is unsafe", "U.S. Embassy in Saltby")],
    ),
    "officials in a region": (
        ("Officials in southwestern Virginia say the pier is gone.",),
        [("the pier is gone", "")],
    ),
    "description of the one spoken of": (
        ("Ann Tarrow, Saltland's top diplomat, said the pier is open.", "“We are glad of it,” the diplomat said."),
        [("the pier is open", "Ann Tarrow"), ("We are glad of it", "Ann Tarrow")],
    ),
    "description after an age": (
        ("Ann Tarrow, 35, a nurse in Saltby, said the pier is open.", "“We are glad of it,” the nurse said."),
        [("the pier is open", "Ann Tarrow"), ("We are glad of it", "Ann Tarrow")],
    ),
    "adverb before that": (
        ("Dora Quill has said repeatedly that the pier is safe, and we believe that she is wrong.",),
        [("the pier is safe", "Dora Quill")],
    ),
    "main clause after a subordinate one": (
        ("Although a survey by Salt Trust found that 95% of all people like the pier, only 10 towns have one.",),
        [("95% of all people like the pier", "Salt Trust")],
    ),
    "number of a footnote": (
        ("According to the Salt Trust, the pier was shut.2 Mr. Penn should be asked why.",),
        [("the pier was shut", "Salt Trust")],
    ),
    "goes on after the source": (
        ("The pier drew 900 people, according to the Salt Trust, accounting for a third of all visitors.",),
        [("The pier drew 900 people … accounting for a third of all visitors", "Salt Trust")],
    ),
    "opening mark forgotten": (
        ('"The pier is open at last," said Dora Quill. We have waited for it long enough. We are proud."',),
        [("The pier is open at last … We have waited for it long enough. We are proud.", "Dora Quill")],
    ),
    "colon in the paragraph before, nobody named": (
        ("In the letter, the members wrote:", "“The pier must be safe for all who walk there.”"),
        [("The pier must be safe for all who walk there.", "")],
    ),
    "line break before the speaker": (
        ('"The pier is open at last," said\nSenator Ann Tarrow. "We are proud of it."',),
        [("The pier is open at last … We are proud of it.", "Ann Tarrow")],
    ),
    "no space before the speaker": (
        ("“The pier is open at last,” saidDora Quill.",),
        [("The pier is open at last", "Dora Quill")],
    ),
}

NO_STATEMENTS = {
    "noun after from": "From all the press reports that I have read, the pier is safe.",
    "noun after despite": "Despite claims to the contrary, this pier is not safe.",
    "noun after a verb": "Omar Penn rejected GOP calls for the pier to be shut.",
    "noun with an adjective": "The board undercut the wild claims Penn was making about the pier.",
    "follows reports": "This legislation follows reports that the pier is unsafe.",
    "an act": "Governor Dora Quill declared a state of emergency on Salt Street.",
    "a majority": "Republicans claimed a majority on the harbour board.",
    "wrote about": "Omar Penn, the first great poet of Saltby, wrote about the pier.",
    "said this before": "Others have said this elsewhere, so it is no news.",
    "a thing called": "We get it done through a process called “reconciliation,” which takes a year.",
    "title of a work": "The “Salt Street” actor posted a short clip on his page.",
    "not English": "La alcaldesa dijo que el muelle de la ciudad abre hoy. “Estamos orgullosos de que el muelle abra”.",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_words_and_speaker(shape: str) -> None:
    paragraphs, expected = SHAPES[shape]
    assert [(" … ".join(said.words), said.speaker) for said in found(*paragraphs)] == expected


@pytest.mark.parametrize("shape", NO_STATEMENTS)
def test_no_statement(shape: str) -> None:
    assert found(NO_STATEMENTS[shape]) == []


def test_unnamed_speaker_is_kept_as_written() -> None:
    first, second = found(
        "“The pier must be safe,” the senators wrote.", "“It must be safe for all who ever walk there.”"
    )
    assert (first.written, second.written) == ("the senators", "the senators")
    assert (first.speaker, second.speaker) == ("", "")


def test_credit_of_a_picture_is_nobody_who_was_spoken_of() -> None:
    only = found("Ann Tarrow walks on the pier. Joan Lens/Getty Images", "“It is a fine pier,” she told reporters.")[-1]
    assert only.speaker != "Joan Lens"


def test_speaker_from_the_title() -> None:
    text = "“The pier is open at last and we are proud of it.”"
    plain = article(text)
    titled = Article(
        id="a1", text=text, paragraphs=plain.paragraphs, title="Rep. Ann Tarrow Statement on the Pier", deck="",
        publication="", authors=(), agency="", place="", section="", published=None, url="", source="test",
    )  # fmt: skip
    (only,) = statements(titled)
    assert (only.speaker, only.speaker_text) == ("Ann Tarrow", "Rep. Ann Tarrow")
