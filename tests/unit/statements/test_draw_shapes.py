"""Made-up sentences of the shapes that were read wrongly in the fourteenth to sixteenth labelled draw."""

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
    "title that is an abbreviation": (
        ("“The pier is safe for all of us,” said Sec. Quill in response to Omar Penn's question. “It is ours.”",),
        [("The pier is safe for all of us … It is ours.", "Quill")],
    ),
    "statement that was shared": (
        (
            "SALTBY — Mayor Dora Quill shared the below statement on the first year of the pier.",
            "“One year ago, nobody believed in the pier.”",
        ),
        [("One year ago, nobody believed in the pier.", "Dora Quill")],
    ),
    "one of a list": (
        ("--Salt Airlines said it is hiring sixty pilots a month, and it has bought two more of the boats.",),
        [("it is hiring sixty pilots a month, and it has bought two more of the boats", "Salt Airlines")],
    ),
    "title with a body": (
        ("Chair of the House Tide Task Force Rep. Omar Penn warned that the pier is late.",),
        [("the pier is late", "Omar Penn")],
    ),
    "source that tells of others": (
        ("According to The Saltby Times, officials said the boat, near the pier, hit a wall.",),
        [("officials said the boat, near the pier, hit a wall", "Saltby Times")],
    ),
    "whom somebody asked": (
        ("Dora Quill, chair of the Pier Committee, asked Secretary Omar Penn in May for answers on the tide.",),
        [],
    ),
    "what the writer adds": (
        ("Omar Penn declared that ten boats would be enough, yet many piers remain without any.",),
        [("ten boats would be enough", "Omar Penn")],
    ),
    "source within a clause": (
        ("The pier is late because, according to the contract, nobody paid the crew.",),
        [("The pier is late because … nobody paid the crew", "")],
    ),
    "remarks that stand below": (
        (
            "“We are committed to it,” said Sec. Penn. See Rep. Quill's remarks as written below:",
            "“Secretary, thank you for coming to see our famous old pier.”",
        ),
        [
            ("We are committed to it", "Penn"),
            ("Secretary, thank you for coming to see our famous old pier.", "Quill"),
        ],
    ),
    "party before the role": (
        ("Rep. Dora Quill, D-Salt., chair of the Pier Committee, said a review of the tide is late.",),
        [("a review of the tide is late", "Dora Quill")],
    ),
    "whom a question is put to": (
        ("Saltby Correspondent Omar Penn asked Quill, “Would you take a question on piers?”",),
        [("Would you take a question on piers?", "Omar Penn")],
    ),
    "exactly according to a plan": (("It all played out exactly according to the mayor's playbook.",), []),
    "no questions asked": (("Whenever I lay there for a week they let her in, no questions asked.",), []),
    "those of a place": (
        ("Omar Penn's allies on Gull Hill argued that the tide can be a virtue.",),
        [("the tide can be a virtue", "")],
    ),
    "people who are not named": (
        ("“The pier is safe for all of us,” a protester from Saltby's famous Tide College told STV.",),
        [("The pier is safe for all of us", "")],
    ),
    "opening of the speaker after and": (
        ("And when the water heats up, Dora Quill said, many gulls leave.",),
        [("when the water heats up … many gulls leave", "Dora Quill")],
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


def test_lines_broken_within_a_quotation_are_one() -> None:
    lines = ("“The pier is safe,” said", "Dora Quill. “The", "Saltish people sent us to open", "it for all.”")
    text = "\n ".join(lines)
    places = [Paragraph(text.index(line), text.index(line) + len(line), ParagraphKind.BODY) for line in lines]
    (said,) = statements(replace(article(*lines), text=text, paragraphs=tuple(places)))
    assert said.speaker == "Dora Quill"
    assert [" ".join(text[a:b].split()) for a, b in said.spans] == [
        "The pier is safe",
        "The Saltish people sent us to open it for all.",
    ]
