"""Words that run on over sentences and paragraphs, and who is meant by a surname, a pronoun or a role."""

import pytest

from index.records import ParagraphKind, StatementKind
from index.statements import statements
from tests.unit.statements.helpers import Said, article, found

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED
INTRODUCTION = "Mayor Dora Quill met Omar Penn, a spokesman for the harbour board, on Tuesday."


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
    assert (only.speaker, only.written) == ("Ann Tarrow", "Senator Ann Tarrow")
    assert (only.cue, only.words) == (
        "issued this statement about the pier",
        ("It will open in June, as we promised.",),
    )


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
    assert found("“We have waited for it longer than any other town here.”") == []


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


def test_courtesy_title_tells_father_from_daughter() -> None:
    last = found(
        "Peter Quill sang. His daughter Mary Quill sang too.",
        "Mary Quill said she was glad.",
        "“So am I,” Mr. Quill said.",
    )[-1]
    assert last.speaker == "Peter Quill"


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
