"""A reply as plain text."""

from dataclasses import replace
from datetime import date

from index.records import Filters, LibraryStats
from qa.plain import day, either, plain_text, restricted_to, searched_line, source_line
from qa.records import Answer, AnswerKind, Citation, Passage, Query, Reply, Status

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
        "“17 miles”  (88% likely)",
        "  [1] Border — AP, Ann Lee, Bo Ray, 5 October 2023 (a1)",
        "  [2] Border — AP, Ann Lee, Bo Ray, 5 October 2023 (b2)",
        "      Fencing of 17 miles.",
    ]


def test_sources_are_numbered_on_through_all_answers() -> None:
    text = plain_text(replace(REPLY, answers=REPLY.answers * 2))
    assert [f"[{number}]" in text for number in (1, 2, 3, 4, 5)] == [True, True, True, True, False]


def test_a_statement_names_its_speaker() -> None:
    said = replace(REPLY.answers[0], speaker="Holt")
    assert plain_text(replace(REPLY, answers=(said,))).startswith("Holt: “17 miles”")


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
