"""Made-up sentences in which words were taken for words said that are not, or were left out."""

import pytest

from tests.unit.statements.helpers import found

# Paragraphs; then words and speaker of each statement.
SHAPES: dict[str, tuple[tuple[str, ...], list[tuple[str, str]]]] = {
    "next act of the speaker after a state": (
        ("Omar Penn said the pier was safe and thanked the crew that mended it.",),
        [("the pier was safe", "Omar Penn")],
    ),
    "next act with but": (
        ("Omar Penn said he is glad the pier stands but expressed doubts about the harbor.",),
        [("he is glad the pier stands", "Omar Penn")],
    ),
    "what the speaker left undone": (
        ("Omar Penn said he wanted to move ahead and didn't address the storm.",),
        [("he wanted to move ahead", "Omar Penn")],
    ),
    "next act after an object": (
        ("Omar Penn criticized the sale of the pier and negotiated with the council for a delay.",),
        [("the sale of the pier", "Omar Penn")],
    ),
    "acts that are told of": (
        ("Omar Penn said the mayor came to the pier and thanked the crew that mended it.",),
        [("the mayor came to the pier and thanked the crew that mended it", "Omar Penn")],
    ),
    "two that are told of": (
        ("Omar Penn said the boats will be checked by a pilot and offered for sale.",),
        [("the boats will be checked by a pilot and offered for sale", "Omar Penn")],
    ),
    "another clause of the speaker's after a day": (
        ("Omar Penn said the pier was safe, and on Sunday, he announced that it is open to all.",),
        [("the pier was safe", "Omar Penn"), ("it is open to all", "Omar Penn")],
    ),
    "another speaker without a comma": (
        ("Omar Penn has denied any wrongdoing and his attorney said last month that the pier was never sold.",),
        [("any wrongdoing", "Omar Penn"), ("the pier was never sold", "")],
    ),
    "another speaker with but": (
        ("Omar Penn said the pier is safe, but the mayor of Saltby said it will be closed.",),
        [("the pier is safe", "Omar Penn"), ("it will be closed", "")],
    ),
    "who reports it": (
        ("Omar Penn said the crew “found no fault” in the pier, the Saltby Tribune reports.",),
        [("the crew “found no fault” in the pier", "Omar Penn")],
    ),
    "the writer's gloss": (
        ("Omar Penn accused the mayor of being “a friend of the tide,” a reference to the storm of May.",),
        [("the mayor of being “a friend of the tide,”", "Omar Penn")],
    ),
    "for example": (
        ("Omar Penn criticized the sale of the pier, for example, saying it was never voted on.",),
        [("the sale of the pier", "Omar Penn"), ("it was never voted on", "Omar Penn")],
    ),
    "aside between dashes": (
        ("The vote -- which came just weeks after Omar Penn said the pier would close -- ended a week of storms.",),
        [("the pier would close", "Omar Penn")],
    ),
    "subordinate clause after and": (
        ("And while Omar Penn says the pier has stood for a century, there are fears that it will fall.",),
        [("the pier has stood for a century", "Omar Penn")],
    ),
    "hearers who begin like a pronoun": (
        ("Omar Penn told members of the Salt Trust that the pier is safe.",),
        [("the pier is safe", "Omar Penn")],
    ),
    "hearers without an article": (
        ("Omar Penn has told fishers they can come back to the pier.",),
        [("they can come back to the pier", "Omar Penn")],
    ),
    "hearers in a list": (
        ("Omar Penn told Mayors Ann Tarrow and Dora Quill and Sheriff Ben Hall, Al Dale and Ed Reed that it is open.",),
        [("it is open", "Omar Penn")],
    ),
    "press release": (
        ("Omar Penn said in a press release that the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "adverb before the channel": (
        ("Omar Penn declared publicly in a message to the crew that the pier is open.",),
        [("the pier is open", "Omar Penn")],
    ),
    "measures of a day": (
        ("Omar Penn hinted at more repairs, saying Friday’s works were “just the start” for the pier.",),
        [("Friday’s works were “just the start” for the pier", "Omar Penn")],
    ),
    "channel after quoted words": (
        ('Omar Penn said that keeping the pier was "the honor of my life" in a speech in front of his house.',),
        [('keeping the pier was "the honor of my life"', "Omar Penn")],
    ),
    "neither confirm nor deny": (
        ("The Salt Trust told the Star in a statement that it cannot confirm or deny if the pier is sold.",),
        [("it cannot confirm or deny if the pier is sold", "Salt Trust")],
    ),
    "who is warned": (
        ('Omar Penn has warned Saltland that "the pier can fall at any time."',),
        [("the pier can fall at any time.", "Omar Penn")],
    ),
    "what the channel announces": (
        ("Omar Penn stated in the release announcing the closing of the pier that it will be sold.",),
        [("it will be sold", "Omar Penn")],
    ),
    "opening of the speaker's": (
        ("For young children, Omar Penn said, the pier can be a place to swim.",),
        [("For young children … the pier can be a place to swim", "Omar Penn")],
    ),
    "opening of the writer's": (
        ("In a statement, Omar Penn said, the pier is safe.",),
        [("the pier is safe", "Omar Penn")],
    ),
    "show of an outlet": (
        ("“It is not hers,” Omar Penn told STV’s “Good Morning Saltland” on Friday. “It is ours,” he said.",),
        [("It is not hers", "Omar Penn"), ("It is ours", "Omar Penn")],
    ),
    "even said": (
        ("Omar Penn has claimed that the pier could be sold and even said it had been sold before.",),
        [("the pier could be sold", "Omar Penn")],
    ),
    "it depends": (
        ("It depends, Omar Penn said, on how far the tide goes out.",),
        [("It depends … on how far the tide goes out", "Omar Penn")],
    ),
    "next clause after a when": (
        (
            "Ann Hall said she would rather sleep on the pier, but when she came to Saltby on Monday, she said crews "
            "told her it was full.",
        ),
        [("she would rather sleep on the pier", "Ann Hall"), ("crews told her it was full", "Ann Hall")],
    ),
    "place and agency before the first words": (
        ("Saltby (CNN) A majority of fishers now say no to the pier, according to a new poll.",),
        [("A majority of fishers now say no to the pier", "")],
    ),
    "paragraphs within open marks": (
        (
            "Omar Penn released the following statement:",
            "“The pier is ours.",
            "It is a place for all of us to swim in the sea.",
            "We will not sell it.”",
            "It was built in 1901.",
        ),
        [("The pier is ours. … It is a place for all of us to swim in the sea. … We will not sell it.", "Omar Penn")],
    ),
    "marks that are never closed": (
        (
            "Omar Penn released the following statement:",
            "“The pier is ours.",
            "Omar Penn said it was built in 1901.",
        ),
        [("The pier is ours.", "Omar Penn"), ("it was built in 1901", "Omar Penn")],
    ),
    "analysts of a firm": (
        ("“A higher tide moved the boats,” said Quill Sachs analysts on Friday.",),
        [("A higher tide moved the boats", "")],
    ),
    "the university after the verb": (
        ("“It is a talk, not a race,” stated the university.",),
        [("It is a talk, not a race", "")],
    ),
    "long role before said to": (
        (
            "“Fishers forget, and that is it,” Joe Penn, publisher of the popular Joe Sent Me salt-trade newsletter, "
            "said to the Observer.",
        ),
        [("Fishers forget, and that is it", "Joe Penn")],
    ),
    "found as a participle": (
        ("The salt bee, a rare species found only on the pier, lost its home this year, according to Omar Penn.",),
        [("The salt bee, a rare species found only on the pier, lost its home this year", "Omar Penn")],
    ),
    "that could": (
        ("According to the Salt Trust, that could apply to all fishers.",),
        [("that could apply to all fishers", "Salt Trust")],
    ),
    "I quote": (
        ("Omar Penn said, and I quote, The pier is a danger to us all.",),
        [("The pier is a danger to us all", "Omar Penn")],
    ),
    "next clause about the speaker": (
        ("Omar Penn announced that the pier is open, and the Congressman encouraged fishers to come.",),
        [("the pier is open", "Omar Penn")],
    ),
    "agency before the first words": (
        ("(CNN) The pier of Saltby has burned down, according to Omar Penn.",),
        [("The pier of Saltby has burned down", "Omar Penn")],
    ),
    "day before the first words": (
        ("April 15: The pier of Saltby now has 142 boats, according to Omar Penn.",),
        [("The pier of Saltby now has 142 boats", "Omar Penn")],
    ),
    "verb in a relative clause with whose": (
        ("Omar Penn, who calls the mayor “a friend of the tide” and embraces the storm, will speak.",),
        [("the mayor “a friend of the tide”", "Omar Penn")],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_words_are_those_said_and_nothing_else(shape: str) -> None:
    paragraphs, expected = SHAPES[shape]
    assert [(" … ".join(said.words), said.speaker) for said in found(*paragraphs)] == expected


def test_the_cue_has_no_words_of_a_show() -> None:
    (said,) = found("“It is not hers,” Omar Penn told STV’s “Good Morning Saltland” on Friday.")
    assert said.cue == "told STV’s"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Salt Nation declared a state of emergency on Monday, and the fire group has been called to the pier.",
        "Omar Penn told us stories about the pier that could not be built.",
        "Omar Penn argued Quill v. Salt Trust before the Saltby Court and won.",
        "The Supreme Court denied the city's request to close the pier.",
        "Omar Penn wants to see what is beyond the pier.",
        "Those who say the pier should be closed were generally glad of the storm.",
        "LOWELL, Saltland – Ann Tarrow and Dora Quill, wrote a letter to the Salt Agency (SA) asking for a pier.",
        "It is so because believe me, she has seen the pier.",
        "Numerous states have introduced bills that would close the pier.",
        "She studied the pier in school, wrote a paper on boats and found the sea.",
        "He should pay for his false claim that the pier was a hoax.",
        "She did not agree with the view that the pier is safe.",
        "Some took issue with her representing accused fishers from the pier.",
        "One Friday night, meatless according to Saltish tradition, they ate on the pier.",
    ],
)
def test_what_reports_no_speech_is_left_out(sentence: str) -> None:
    assert found(sentence) == []
