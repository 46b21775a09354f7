"""A reply as plain text."""

from dataclasses import replace
from datetime import date

import pytest

from index.records import Filters, LibraryStats, StatementKind
from index.statement_store import SpeakerName
from qa.plain import day, either, plain_text, restricted_to, said, searched_line, source_line, with_role
from qa.records import Answer, AnswerKind, Citation, Disagreement, Instead, Passage, Query, Reply, Status
from tests.unit.qa.rows import row

CITED = Citation("a1", "Border", "AP", ("Ann Lee", "Bo Ray"), date(2023, 10, 5), "", 11, 19, "Fencing\nof 17 miles.", 0)
REPLY = Reply(
    query=Query("How many?", "How many?"),
    status=Status.ANSWERED,
    reason="",
    answers=(Answer("17 miles", 0.876, AnswerKind.SPAN, "", CITED, (replace(CITED, article_id="b2"),)),),
    passages=(),
    searched=LibraryStats(1, 2, ("AP",), date(2023, 10, 5), date(2023, 10, 5)),
)


def test_an_answer_with_numbered_sources() -> None:
    assert plain_text(REPLY).splitlines() == [
        "17 miles  (88% likely)",
        "  [1] Border — AP, Ann Lee, Bo Ray, 5 October 2023 (a1)",
        "  [2] Border — AP, Ann Lee, Bo Ray, 5 October 2023 (b2)",
        "      Fencing of 17 miles.",
    ]


def test_sources_are_numbered_on_through_all_answers() -> None:
    text = plain_text(replace(REPLY, answers=REPLY.answers * 2))
    assert [f"[{number}]" in text for number in (1, 2, 3, 4, 5)] == [True, True, True, True, False]


def test_a_statement_names_its_speaker() -> None:
    said = replace(REPLY.answers[0], speaker="Holt")
    assert plain_text(replace(REPLY, answers=(said,))).startswith("Holt: 17 miles  (")


def test_a_statement_names_the_role_of_its_speaker() -> None:
    answer = replace(REPLY.answers[0], speaker="Holt", role="Senator")
    assert plain_text(replace(REPLY, answers=(answer,))).startswith("Holt, Senator: 17 miles  (")
    assert with_role("the mayor of Saco", "Mayor") == "the mayor of Saco"
    assert with_role("Holt", "") == "Holt"
    assert with_role("Holt", "word " * 40) == "Holt, " + "word " * 11 + "word …"


@pytest.mark.parametrize(
    ("paragraph", "words", "shown"),
    [
        ("Holt said the pier was shut.", "the pier was shut", "the pier was shut"),
        ("“The pier is shut,” Holt said.", "The pier is shut", "“The pier is shut”"),
        ("Holt said the pier was “shut for good.”", "shut for good", "“shut for good”"),
        ("Holt said the pier was “shut for good.”", "the pier was “shut for good.”", "the pier was “shut for good.”"),
        ("“The pier is shut", "The pier is shut", "“The pier is shut”"),
        ('Of the "old" pier she said little.', "pier she said little", "pier she said little"),
    ],
)
def test_only_words_that_are_quoted_in_the_source_stand_in_quotation_marks(
    paragraph: str, words: str, shown: str
) -> None:
    at = paragraph.index(words)
    cited = replace(CITED, start=500 + at, end=500 + at + len(words), paragraph=paragraph, paragraph_start=500)
    answer = Answer(words, 0.5, AnswerKind.STATEMENT, "Holt", cited)
    assert plain_text(replace(REPLY, answers=(answer,))).startswith(f"Holt: {shown}  (")


def test_a_direct_quotation_without_marks_is_shown_in_them() -> None:
    answer = replace(REPLY.answers[0], kind=AnswerKind.STATEMENT, speaker="Holt", direct=True)
    assert plain_text(replace(REPLY, answers=(answer,))).startswith("Holt: “17 miles”  (")


def test_all_statements_come_after_the_answers() -> None:
    first = row(1, "Ann Holt", "It is\nshut", date(2023, 10, 1), role="Senator")
    second = replace(row(2, "", "it will open", None), kind=StatementKind.INDIRECT, publication="")
    lines = plain_text(replace(REPLY, statements=(first, second))).splitlines()
    assert lines[lines.index("All 2 statements, oldest first:") :] == [
        "All 2 statements, oldest first:",
        "  Ann Holt, Senator: “It is shut”",
        "      1 October 2023, Harbour Times, Title of a1 (a1)",
        "  the spokesman: it will open",
        "      Title of a2 (a2)",
    ]
    assert "statements" not in plain_text(replace(REPLY, statements=(first,)))
    many = plain_text(replace(REPLY, statements=(first,) * 23))
    assert (many.count("“It is shut”"), "… and 3 more; python -m qa statements lists them." in many) == (20, True)


def test_what_is_offered_instead_of_an_answer() -> None:
    other = SpeakerName("Anne Reed", "Mayor", 3, 1, None, None)
    offered = Instead("", "Ann Holt", "trams", 1, (row(1, "Ann Holt", "It is shut"),), (other,))
    reply = replace(REPLY, status=Status.NO_ANSWER, answers=(), reason="Ann Holt is quoted.", instead=offered)
    assert plain_text(reply).splitlines() == [
        "Ann Holt is quoted.",
        "Searched 1 article from 1 publication, 5 October 2023 to 5 October 2023.",
        "",
        "What Ann Holt said:",
        "  Ann Holt: “It is shut”",
        "      5 October 2023, Harbour Times, Title of a1 (a1)",
        "",
        "Who spoke about trams:",
        "  Anne Reed, Mayor: 3 statements in 1 article",
    ]
    nothing = replace(reply, instead=Instead("", "Ann Holt", ""))
    assert "said:" not in plain_text(nothing) and "spoke" not in plain_text(nothing)


def test_a_disagreement_is_said_before_the_answers() -> None:
    other = replace(REPLY.answers[0], text="20 miles")
    reply = replace(REPLY, answers=(REPLY.answers[0], other), disagreement=Disagreement((REPLY.answers[0], other)))
    assert plain_text(reply).startswith("Sources here give different answers:\n\n17 miles  (")
    assert "different" not in plain_text(REPLY)


def test_only_direct_quotations_have_quotation_marks() -> None:
    words = [said(replace(row(1, "A", "It is"), kind=kind)) for kind in StatementKind]
    assert words == ["“It is”", "It is", "It is"]


def test_a_follow_up_shows_what_was_understood() -> None:
    reply = replace(REPLY, query=Query("And Biggs?", "What did Biggs say?"))
    assert plain_text(reply).splitlines()[:2] == ["Understood as: What did Biggs say?", ""]


def test_no_answer_says_what_was_searched_and_shows_the_closest_passages() -> None:
    passages = tuple(Passage("a1", title, publication, None, "", "word " * 200, 0, 9, 0.1) for title, publication in (
        ("Border", "AP"), ("", ""), ("Third", "AP"), ("Fourth", "AP")))  # fmt: skip
    reply = replace(
        REPLY, status=Status.NO_ANSWER, answers=(), reason="No article here answers that.", passages=passages
    )
    lines = plain_text(reply).splitlines()
    assert lines[:4] == [
        "No article here answers that.",
        "Searched 1 article from 1 publication, 5 October 2023 to 5 October 2023.",
        "",
        "Closest passages:",
    ]
    assert [line for line in lines[4:] if not line.startswith("      ")] == [
        "  Border (AP)",
        "  Untitled",
        "  Third (AP)",
    ]
    assert all(len(line) <= 308 for line in lines)
    assert lines[5].endswith("word …")


def test_what_is_unknown_is_left_out_of_a_source() -> None:
    assert source_line(replace(CITED, publication="", authors=(), published=None)) == "Border (a1)"
    assert source_line(replace(CITED, title="", authors=(), published=None)) == "Untitled — AP (a1)"


def test_numbers_of_what_was_searched() -> None:
    assert (
        searched_line(LibraryStats(1234, 9, ("A", "B"), None, None)) == "Searched 1,234 articles from 2 publications."
    )
    assert searched_line(LibraryStats(0, 0, (), None, None)) == "Searched 0 articles."


def test_how_many_of_all_were_searched() -> None:
    assert searched_line(LibraryStats(1, 9, (), None, None), 1234) == "Searched 1 of 1,234 articles."
    assert searched_line(LibraryStats(0, 0, (), None, None), 1) == "Searched 0 of 1 article."
    assert searched_line(LibraryStats(7, 9, (), None, None), 7) == "Searched 7 articles."


def test_filters_and_preference_are_said_with_the_answer() -> None:
    query = Query("How many?", "How many?", Filters(authors=("Lee",)), prefer_recent=True)
    lines = plain_text(replace(REPLY, query=query, held=28)).splitlines()
    assert lines[:2] == ["Only by Lee; newer articles preferred.", ""]
    assert lines[-1] == "Searched 1 of 28 articles from 1 publication, 5 October 2023 to 5 October 2023."
    assert plain_text(replace(REPLY, query=Query("A?", "A?", prefer_recent=True))).startswith("Newer articles pref")


def test_restricted_to() -> None:
    filters = Filters(("Times", "", "Post"), date(2023, 10, 2), date(2023, 10, 3), ("Lee", "Ek"), ("World", ""))
    assert restricted_to(filters) == (
        "Only in Times, articles without a publication or Post, by Lee or Ek, section World or none, "
        "from 2 October 2023, until 3 October 2023"
    )
    assert restricted_to(Filters()) == ""
    assert either(["A"]) == "A"
    assert either([]) == ""


def test_day() -> None:
    assert day(date(2023, 1, 2)) == "2 January 2023"
    assert day(None) == ""
