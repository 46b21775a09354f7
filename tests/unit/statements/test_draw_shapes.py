"""Made-up sentences of the shapes that were read wrongly in the fourteenth labelled draw."""

from dataclasses import replace

import pytest

from index.records import Paragraph, ParagraphKind
from index.statements import statements
from tests.unit.statements.helpers import article, found

# Paragraphs; then words and speaker of each statement.
SHAPES: dict[str, tuple[tuple[str, ...], list[tuple[str, str]]]] = {
    "what a page says to its reader": (
        ("Congresswoman Dora Quill said the pier is safe.", "Follow Dora Quill on Twitter."),
        [("the pier is safe", "Dora Quill")],
    ),
    "credit of a picture": (
        ("Dora Quill, owner of Salt Flowers, says the pier may close. Courtesy Dora Quill",),
        [("the pier may close", "Dora Quill")],
    ),
    "short title": (
        ("Omar Penn said the pier is safe.", "AG Omar Penn will speak again."),
        [("the pier is safe", "Omar Penn")],
    ),
    "chair of a committee on something": (
        ("“The pier is safe,” said Subcommittee on Piers and Harbors Chairwoman Dora Quill (D-MI).",),
        [("The pier is safe", "Dora Quill")],
    ),
    "attorney of somebody": (
        ("The pier is safe, according to Penn's attorney Dora Quill.",),
        [("The pier is safe", "Dora Quill")],
    ),
    "gives the word as a pronoun": (
        (
            "Rep. Dora Quill wrote a column on the pier. She writes:",
            "“The pier is safe for all of us, and it is ours.”",
        ),
        [("The pier is safe for all of us, and it is ours.", "Dora Quill")],
    ),
    "footnote in brackets": (
        ("Omar Penn estimates that 130 piers are missing.[1] In all of Saltland, towns have built more.",),
        [("130 piers are missing", "Omar Penn")],
    ),
    "address after the words": (
        ("Omar Penn alleges that there were faults in the count. https://www.saltby.example/news/pier/1/",),
        [("there were faults in the count", "Omar Penn")],
    ),
    "what the speaker did not provide": (
        ("Omar Penn said they were filing a suit to “stop the tide” but provided no evidence of fraud.",),
        [("they were filing a suit to “stop the tide”", "Omar Penn")],
    ),
    "line broken after a title": (
        ("The pier is safe for everybody here, said Rep.\nQuill.",),
        [("The pier is safe for everybody here", "Quill")],
    ),
    "title of a work": (("Dora Quill wrote a biography of Omar Penn (“Omar Penn: A Life”).",), []),
    "songs": (("The maestro has always maintained an affinity for songs, such as “Cold Pier.”",), []),
    "title of a work in a clause": (
        ("Omar Penn added that he likes to sing “Cold Pier.”",),
        [("he likes to sing “Cold Pier.”", "Omar Penn")],
    ),
    "whenever somebody wants something": (
        ("When Dora Quill wants a new pair of boots, she knows where to go.",),
        [],
    ),
    "caption of a film": (
        ("JUST WATCHED Saltish official describes the crisis MUST WATCH Dora Quill says the pier is late 02:56",),
        [],
    ),
}

# What is given as the source; it is nobody whom the article names.
SOURCES = {
    "agency of an acronym": "the U.N.'s pier agency",
    "office of somebody": "Omar Penn's office",
    "spokespeople of two": "both Salt Trust and Pier Union spokespeople",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_words_and_speaker(shape: str) -> None:
    paragraphs, expected = SHAPES[shape]
    assert [(" … ".join(said.words), said.speaker) for said in found(*paragraphs)] == expected


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_source_that_is_somebodys_is_written_whole(source: str) -> None:
    (said,) = found("The Salt Agency is late.", f"Nearly five gulls have left, according to {source}.")
    assert (said.written, said.speaker, said.words) == (source, "", ("Nearly five gulls have left",))


def test_line_that_ends_in_a_title_goes_on_in_the_next_paragraph() -> None:
    lines = ("The pier is safe for everybody here, said Rep.", "Quill.")
    first, second = (Paragraph(0, 46, ParagraphKind.BODY), Paragraph(47, 53, ParagraphKind.BODY))
    (said,) = statements(replace(article(*lines), text="\n".join(lines), paragraphs=(first, second)))
    assert (said.speaker, said.speaker_text) == ("Quill", "Rep. Quill")
