"""One made-up example of every shape in which news gives somebody's words."""

from dataclasses import dataclass

import pytest

from index.records import ParagraphKind
from index.statements import Statement, StatementKind, statements
from tests.unit.statements.helpers import article

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED


@dataclass(frozen=True)
class Said:
    """What a test expects of one statement."""

    kind: StatementKind
    words: tuple[str, ...]
    written: str
    speaker: str
    cue: str
    role: str = ""


def found(*paragraphs: str) -> list[Said]:
    one = article(*paragraphs)
    return [said(one.text, s) for s in statements(one)]


def said(text: str, statement: Statement) -> Said:
    words = tuple(text[start:end] for start, end in statement.spans)
    return Said(statement.kind, words, statement.speaker_text, statement.speaker, statement.cue, statement.role)


INTRODUCTION = "Mayor Dora Quill met Omar Penn, a spokesman for the harbour board, on Tuesday."

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
        'The pier is 6\'2" wide and 5" deep.',
        "The fishermen's union and the players' club met.",
    ],
)
def test_not_a_statement(sentence: str) -> None:
    assert found(sentence) == []


def test_several_in_one_sentence() -> None:
    first, second = found("But Dora Quill has denied the pier is unsafe and has said her town should not be blamed.")
    assert first == Said(INDIRECT, ("the pier is unsafe",), "Dora Quill", "Dora Quill", "denied")
    assert second == Said(INDIRECT, ("her town should not be blamed",), "Dora Quill", "Dora Quill", "said")


def test_participle_after_a_quotation() -> None:
    first, second = found("“We lost a year,” Dora Quill continued, noting that the tide “took half of the pier.”")
    assert first.words == ("We lost a year",)
    assert second == Said(MIXED, ("the tide “took half of the pier.”",), "Dora Quill", "Dora Quill", "noting")


def test_quotation_goes_on_in_the_next_sentence() -> None:
    (only,) = found("“The pier will open in June,” Dora Quill said. “We have waited long enough.”")
    assert only == Said(
        DIRECT, ("The pier will open in June", "We have waited long enough."), "Dora Quill", "Dora Quill", "said"
    )


def test_attribution_in_the_next_sentence() -> None:
    (only,) = found("“The pier will open in June.” Dora Quill said.")
    assert only == Said(DIRECT, ("The pier will open in June.",), "Dora Quill", "Dora Quill", "said")


def test_quotation_over_paragraphs_without_closing_mark() -> None:
    (only,) = found(
        "“The pier will open in June,” Dora Quill said. “We have waited long enough.",
        "“And we have paid long enough.”",
    )
    assert only.words == (
        "The pier will open in June", "We have waited long enough.", "And we have paid long enough."
    )  # fmt: skip
    assert only.speaker == "Dora Quill"


def test_quotation_over_paragraphs_without_second_opening_mark() -> None:
    (only,) = found('Dora Quill said, "The pier is open.', 'It cost us dearly." Then the band played.')
    assert only.words == ("The pier is open.", "It cost us dearly.")


def test_attribution_after_the_second_paragraph() -> None:
    (only,) = found("“The pier will open in June. We have waited.", "“And we have paid,” said Dora Quill.")
    assert only.words == ("The pier will open in June. We have waited.", "And we have paid")
    assert only.speaker == "Dora Quill"


def test_paragraphs_run_together() -> None:
    (only,) = found("Dora Quill said: “The pier is open. “It cost us dearly. “We are proud of it.”")
    assert only.words[0].startswith("The pier is open.")
    assert only.words[-1] == "We are proud of it."


def test_quotation_as_a_paragraph_after_a_colon() -> None:
    (only,) = found(
        "Senator Ann Tarrow issued this statement about the pier:", "“It will open in June, as we promised.”"
    )
    assert (only.speaker, only.cue, only.words) == ("Ann Tarrow", "", ("It will open in June, as we promised.",))


def test_quotation_as_a_paragraph_after_a_dateline_and_a_colon() -> None:
    (only,) = found(
        "Saltby, NJ – Rep. Ann Tarrow released the following statement today on the pier:",
        "“It will open in June, as we promised.”",
    )
    assert (only.speaker, only.words) == ("Ann Tarrow", ("It will open in June, as we promised.",))


def test_particle_before_a_surname() -> None:
    last = found("Mayor Bill de Solo arrived.", "The ban was lifted a day after de Solo said it should stay.")[-1]
    assert (last.written, last.speaker, last.words) == ("de Solo", "Bill de Solo", ("it should stay",))


def test_quotation_as_a_paragraph_of_the_last_speaker() -> None:
    _, second = found(
        "Dora Quill said the pier would open in June.", "“We have waited for it longer than any other town here.”"
    )
    assert (second.speaker, second.cue) == ("Dora Quill", "")


def test_quotation_without_anybody() -> None:
    (only,) = found("“We have waited for it longer than any other town here.”")
    assert only.speaker == ""


def test_surname_means_the_full_name_with_its_role() -> None:
    (only,) = found(INTRODUCTION, "“It is safe,” Penn said.")
    assert only == Said(DIRECT, ("It is safe",), "Penn", "Omar Penn", "said", "a spokesman for the harbour board")


def test_surname_of_two_words_and_accents() -> None:
    (second,) = found("President Álvaro José Núñez Prado opposes the pier.", "“It is ugly,” Núñez Prado said.")
    assert (second.speaker, second.role) == ("Álvaro José Núñez Prado", "President")


def test_surname_means_the_one_who_speaks() -> None:
    last = found(
        "The statue of General A.P. Penn came down.", "Omar Penn told reporters he was glad.", "“At last,” Penn said."
    )[-1]
    assert last.speaker == "Omar Penn"


@pytest.mark.parametrize(("pronoun", "speaker"), [("he", "Omar Penn"), ("she", "Mary Quill")])
def test_pronoun(pronoun: str, speaker: str) -> None:
    last = found(
        "Omar Penn, a spokesman for the board, said the pier was safe.",
        "Mrs. Mary Quill said it was not.",
        f"“Nobody asked me,” {pronoun} said.",
    )[-1]
    assert (last.written, last.speaker) == (pronoun, speaker)


def test_pronoun_means_the_subject_of_the_sentence_before() -> None:
    (only,) = found(INTRODUCTION, "Quill did see one benefit for the town. “Nobody will fall in,” she said.")
    assert (only.speaker, only.role) == ("Dora Quill", "Mayor")


def test_pronoun_that_could_mean_another_is_nobody() -> None:
    last = found("Omar Penn said the pier was safe.", "Karl Brand's sister begged, but he replied “I cannot do that.”")[
        -1
    ]
    assert last.speaker == ""


def test_role_means_its_holder() -> None:
    _, last = found("Sheriff Ann Tarrow said the road was closed.", "“Stay at home,” the sheriff said.")
    assert (last.speaker, last.role) == ("Ann Tarrow", "Sheriff")


def test_spokesman_unnamed_before() -> None:
    _, last = found("A spokesman for the board said the pier was safe.", "“It is,” the spokesman said.")
    assert (last.speaker, last.role) == ("", "A spokesman for the board")


def test_it_means_the_latest_institution() -> None:
    last = found("“No storm is near,” Saltby Weather Service said.", "“Stay calm,” it added.")[-1]
    assert last.speaker == "Saltby Weather Service"


def test_body_by_the_end_of_its_name() -> None:
    (only,) = found("The Marsh County Sheriff's Office closed the road.", "“Stay at home,” the sheriff's office said.")
    assert only.speaker == "Marsh County Sheriff's Office"


def test_acronym_means_the_full_name() -> None:
    (only,) = found("The Saltby Harbour Trust (SHT) owns the pier.", "“It is ours,” SHT said.")
    assert only.speaker == "Saltby Harbour Trust"


def test_two_speakers() -> None:
    (only,) = found("Senators Ann Tarrow and Omar Penn met.", "“We agree,” Tarrow and Penn wrote in a letter.")
    assert (only.written, only.speaker) == ("Tarrow and Penn", "Ann Tarrow and Omar Penn")


def test_captions_and_boilerplate_are_left_out() -> None:
    one = article(
        "“It is safe,” Dora Quill said.",
        "“It is not,” Omar Penn said.",
        kinds=(ParagraphKind.CAPTION, ParagraphKind.BOILERPLATE),
    )
    assert statements(one) == ()


def test_context_holds_the_sentences() -> None:
    one = article("The band played. “It is safe,” Dora Quill said. “Come and see it.” They came.")
    (only,) = statements(one)
    start, end = only.context
    assert one.text[start:end] == "“It is safe,” Dora Quill said. “Come and see it.”"


def test_statements_come_in_text_order() -> None:
    one = article("“It is safe,” Dora Quill said.", "Omar Penn said it was not.", "“It is,” Quill said.")
    starts = [s.spans[0][0] for s in statements(one)]
    assert starts == sorted(starts)
    assert len(starts) == 3
