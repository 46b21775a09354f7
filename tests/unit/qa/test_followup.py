"""Follow-up questions made to stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup import stand_alone

GARLAND = "What did Garland say about fentanyl?"
LOWER = "what did the mayor say about the bridge in june?"
MAYOR = "What did the mayor say about the bridge?"
MUSEUM = "When did the Harbor Museum reopen?"
THORVALD = "Who is Agnes Thorvald?"


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        # Pronouns
        (["Who is Merrick Garland?"], "What did he say about guns?", "What did Merrick Garland say about guns?"),
        ([THORVALD], "Was she hurt?", "Was Agnes Thorvald hurt?"),
        ([THORVALD], "Should she have stayed?", "Should Agnes Thorvald have stayed?"),
        (["Does Garland own guns?"], "Has he ever used one?", "Has Garland ever used one?"),
        ([THORVALD], "Where was she born?", "Where was Agnes Thorvald born?"),
        ([THORVALD], "What is her age?", "What is Agnes Thorvald’s age?"),
        ([THORVALD], "What did reporters ask her about?", "What did reporters ask Agnes Thorvald about?"),
        ([THORVALD], "What about her husband?", "Who is Agnes Thorvald’s husband?"),
        (["Who is James Jones?"], "What are his plans?", "What are James Jones’ plans?"),
        ([MAYOR], "Where does she live?", "Where does the mayor live?"),
        (["What did the mayor say about Saco?"], "Where does she live?", "Where does the mayor live?"),
        # Another one, another time, another topic
        ([GARLAND], "And Biggs?", "What did Biggs say about fentanyl?"),
        ([GARLAND], "and Biggs", "What did Biggs say about fentanyl?"),
        ([GARLAND], "What about Andy Biggs?", "What did Andy Biggs say about fentanyl?"),
        ([MAYOR], "And the governor?", "What did the governor say about the bridge?"),
        ([GARLAND], "And about taxes?", "What did Garland say about taxes?"),
        ([GARLAND], "What about taxes?", "What did Garland say about taxes?"),
        ([GARLAND], "And the economy?", "What did Garland say about the economy?"),
        ([GARLAND], "What about the president?", "What did the president say about fentanyl?"),
        (["How many jobs were added in November?"], "What about December?", "How many jobs were added in December?"),
        (["How many died in 2021?"], "How about 2022?", "How many died in 2022?"),
        (["What happened on March 4, 2023?"], "What about March 5?", "What happened on March 5, 2023?"),
        (["How many left on Monday?"], "And on Tuesday?", "How many left on Tuesday?"),
        (["How many people live in Ohio?"], "What about Iowa?", "How many people live in Iowa?"),
        (["How common is BA.4 in New York?"], "And BA.5?", "How common is BA.5 in New York?"),
        (["What is Brandvold’s view on trams?"], "And Thompson?", "What is Thompson’s view on trams?"),
        (["Where does Mayor Brandvold live?"], "What about the mayor's wife?", "Where does the mayor's wife live?"),
    ],
)  # fmt: skip
def test_what_is_missing_is_filled_in(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        ([LOWER], "and in july?", "what did the mayor say about the bridge in july?"),
        ([LOWER], "and the governor?", "what did the governor say about the bridge in june?"),
        (["what did garland say about fentanyl?"], "what about blinken?", "what did blinken say about fentanyl?"),
        (["what did garland say about fentanyl?"], "who is he?", "who is garland?"),
        (["what did garland say about fentanyl?"], "what did he say about guns?", "what did garland say about guns?"),
    ],
)  # fmt: skip
def test_questions_typed_in_lower_case(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    "question",
    ["Why not?", "When?", "How many?", "And then?", "What else?", "Anything else?", "Really?",
     "Is that true?", "So what happened?", "More?", "Was it?"],
)  # fmt: skip
def test_what_only_points_back_keeps_the_earlier_question_beside_it(question: str) -> None:
    bare = question.rstrip("?")
    assert stand_alone(question, [MUSEUM]) == f"{bare}? ({MUSEUM})"


def test_a_long_phrase_is_not_put_in_the_place_of_a_name() -> None:
    base = "Where does Mayor Brandvold live?"
    assert stand_alone("And the people who lost their houses?", [base]) == (
        f"the people who lost their houses? ({base})"
    )


def test_two_pronouns_are_both_taken_care_of() -> None:
    assert stand_alone("When did he start it?", ["Who is Frank Messina?"]) == (
        "When did Frank Messina start it? (Who is Frank Messina?)"
    )


def test_him_beside_a_name_is_somebody_else() -> None:
    assert stand_alone("Did Biggs agree with him?", [GARLAND]) == f"Did Biggs agree with Garland? ({GARLAND})"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Rovers match?",
        "What did Corvane bid for Dellwater?",
        "Where is Saco?",
        "how long did the tram strike last?",
        "What did the mayor of Springfield say about taxes?",
        "And what did Holt say about the tram strike?",
    ],
)
@pytest.mark.parametrize("history", [[GARLAND], [GARLAND, "Why?"], [MUSEUM, "And Biggs?"]])
def test_a_new_topic_is_not_dragged_into_the_old_one(question: str, history: list[str]) -> None:
    assert stand_alone(question, history) == question


@pytest.mark.parametrize("history", [[], [""], ["", "  "]])
@pytest.mark.parametrize("question", ["why?", "And Biggs?", "What did he say?", MUSEUM])
def test_without_history_nothing_changes(question: str, history: list[str]) -> None:
    assert stand_alone(question, history) == question


def test_empty_strings_in_the_history_are_passed_over() -> None:
    assert stand_alone("And Biggs?", ["", GARLAND, "  "]) == "What did Biggs say about fentanyl?"


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        # The base of each follow-up is the completed question before it.
        ([GARLAND, "And Holt?"], "Why?", "Why? (What did Holt say about fentanyl?)"),
        ([GARLAND, "And Holt?"], "And about taxes?", "What did Holt say about taxes?"),
        ([GARLAND, "And Holt?", "And about taxes?"], "And Biggs?", "What did Biggs say about taxes?"),
        # A question that only points back is no base itself.
        ([GARLAND, "Why?"], "When?", f"When? ({GARLAND})"),
        ([GARLAND, "Why?"], "And Biggs?", "What did Biggs say about fentanyl?"),
        # A new topic becomes the base.
        ([GARLAND, MUSEUM], "Why?", "Why did the Harbor Museum reopen?"),
        # A pronoun means the one of the completed question.
        ([LOWER, "and the governor?"], "where does he live?", "where does the governor live?"),
        # A name may be further back than the last question.
        ([THORVALD, "How old was she?"], "Who announced her death?", "Who announced Agnes Thorvald’s death?"),
    ],
)  # fmt: skip
def test_longer_conversations(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


_questions = st.one_of(
    st.sampled_from(
        [GARLAND, MAYOR, "And Biggs?", "why?", "What about July?", "Who is he?", "And?", "(", "?", "and in"]
    ),
    st.text(max_size=40),
)


@given(_questions, st.lists(_questions, max_size=4))
def test_any_conversation_gives_a_question(question: str, history: list[str]) -> None:
    completed = stand_alone(question, history)
    assert completed == stand_alone(question, [*history, " "])
    assert completed.strip() or not question.strip()
