"""Understanding a question: what is refused, and whose words are asked for."""

from datetime import date

import pytest

from index.errors import QuestionError
from index.records import Filters
from qa.query import MAX_CHARACTERS, read_as, speaker_and_topic, understand
from qa.records import Query


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?", "?!…", "—", "“”", "$ % &"])
def test_a_question_without_words_is_refused_with_an_example(question: str) -> None:
    with pytest.raises(QuestionError, match=r"no question.*for example"):
        understand(question)


def test_a_far_too_long_question_is_refused_with_both_numbers() -> None:
    assert understand("a" * MAX_CHARACTERS).question == "a" * MAX_CHARACTERS
    with pytest.raises(QuestionError, match="1,001 characters; 1,000 is the limit"):
        understand("a" * (MAX_CHARACTERS + 1))


def test_length_is_counted_without_needless_white_space() -> None:
    assert understand("Who" + " " * 2000 + "won?").question == "Who won?"


def test_line_breaks_and_tabs_become_spaces() -> None:
    assert understand("  Who\n\twon? ").question == "Who won?"


def test_half_a_surrogate_pair_is_made_storable() -> None:
    query = understand("Who won \ud83d?", ["What \udc00 happened in Saco?"])
    query.question.encode("utf-8")
    query.interpreted_as.encode("utf-8")
    assert query.question.startswith("Who won ")


def test_a_question_in_another_script_is_a_question() -> None:
    assert understand("谁赢了？").question == "谁赢了？"


def test_without_history_a_question_stays_as_typed() -> None:
    filters = Filters(("AP",), date(2023, 1, 1), None)
    assert understand("Who won?", (), filters) == Query("Who won?", "Who won?", filters)


def test_the_preference_for_newer_articles_is_kept() -> None:
    assert understand("Who won?", prefer_recent=True) == Query("Who won?", "Who won?", prefer_recent=True)
    assert understand("Who won?").prefer_recent is False


def test_speaker_and_topic_come_from_the_completed_question() -> None:
    query = understand("And Blinken?", ["What did Garland say about fentanyl?"])
    assert query.question == "And Blinken?"
    assert query.interpreted_as == "What did Blinken say about fentanyl?"
    assert (query.speaker, query.topic) == ("Blinken", "fentanyl")


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("What did Garland say about fentanyl?", "Garland", "fentanyl"),
        ("what did garland say about fentanyl", "garland", "fentanyl"),
        ("What did the mayor say about the bridge?", "mayor", "the bridge"),
        ("What did Garland tell reporters about fentanyl?", "Garland", "fentanyl"),
        ("What has López Obrador said about the wall?", "López Obrador", "the wall"),
        ("What has the mayor had to say about trams?", "mayor", "trams"),
        ("How does Blinken feel about the talks?", "Blinken", "the talks"),
        ("What does the governor of Ohio think of the law?", "governor of Ohio", "the law"),
        ("Why did Holt say the bridge closed?", "Holt", ""),
        ("What did Prime Minister Giorgia Meloni say on migration?", "Prime Minister Giorgia Meloni", "migration"),
        ("What did Garland say?", "Garland", ""),
        ("How has the mayor responded to the strike?", "mayor", "the strike"),
        ("What is Brandvold's view on trams?", "Brandvold", "trams"),
        ("What is Brandvold’s view on trams?", "Brandvold", "trams"),
        ("What are the doctors’ views on the vaccine?", "doctors", "the vaccine"),
        ("What was the mayor’s reaction to the vote?", "mayor", "the vote"),
        ("What was Corvane's response to the bid?", "Corvane", "the bid"),
        ("What is the mayor's opinion?", "mayor", ""),
    ],
)
def test_speaker_and_topic(question: str, speaker: str, topic: str) -> None:
    assert speaker_and_topic(question) == (speaker, topic)


@pytest.mark.parametrize(
    "question",
    [
        "How many people died?",
        "Who said the bridge is safe?",
        "When did the Harbor Museum reopen?",
        "What is said about trams?",
        "What was the address of the house?",
        "What is the meaning of the law?",
        "Where was Biggie Smalls shot?",
        "What did he say about the border?",
        "What did they want?",
        "How long would the full amount extend the tax credit?",
    ],
)
def test_a_question_that_names_no_speaker_has_none(question: str) -> None:
    assert speaker_and_topic(question) == ("", "")


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        # A bare "why" is still about the one who was asked for.
        ("Why? (What did Garland say about fentanyl?)", "Garland", "fentanyl"),
        ("What else? (What did Garland say about fentanyl?)", "Garland", "fentanyl"),
        # A pronoun stands for the earlier speaker; the topic is the new one.
        ("What did he say about the border? (what did garland say about fentanyl?)", "garland", "the border"),
        ("What did Holt say about that? (What did Garland say about fentanyl?)", "Holt", "fentanyl"),
        ("What did Holt say about that plan? (What did Garland say about fentanyl?)", "Holt", "fentanyl"),
        # "This party" is nobody's name, "this senator" may be said of one who speaks.
        ("Why does this party mean so much? (Who leads the Greens?)", "", ""),
        ("What does this senator say about trams? (Who leads the Greens?)", "this senator", "trams"),
        # A question of its own is not answered with the earlier speaker's words.
        ("How much was paid for it? (What did Garland say about the bridge?)", "", ""),
        ("What do they want? (Who wrote to Garland and Blinken?)", "", ""),
    ],
)
def test_a_pointing_question_takes_from_the_earlier_one_only_what_it_lacks(
    question: str, speaker: str, topic: str
) -> None:
    assert speaker_and_topic(question) == (speaker, topic)


@pytest.mark.parametrize(
    ("outer", "alone"),
    [
        ("Who founded the contest", True),
        ("Where is his sister protesting", True),
        ("In which town did it begin", True),
        ("When was it", False),
        ("What was the score", False),
        ("What is it supposed to do", False),
        ("Does it plan to stop them", False),
        ("the other tower", False),
        ("Why", False),
    ],
)
def test_the_reader_is_asked_the_earlier_question_only_where_the_later_tells_too_little(
    outer: str, alone: bool
) -> None:
    question = f"{outer}? (When did the contest begin?)"
    assert read_as(question) == (f"{outer}?" if alone else question)


def test_the_reader_is_asked_a_whole_question_as_it_is() -> None:
    assert read_as("Who founded the contest (in Saco)?") == "Who founded the contest (in Saco)?"
