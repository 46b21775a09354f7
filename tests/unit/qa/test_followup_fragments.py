"""Fragments and corrections: which part of the earlier question they take the place of."""

import pytest

from qa.followup import stand_alone

HOLT = "What did Holt say about trams?"
SACO = "What did the mayor of Saco say about the flood?"


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        # Whoever has an office speaks, however long it is; what belongs to somebody is spoken about.
        (HOLT, "And the head of the Arbor Farm Bureau?", "What did the head of the Arbor Farm Bureau say about trams?"),
        (HOLT, "And the lawyer for the families?", "What did the lawyer for the families say about trams?"),
        (HOLT, "no, the center fielder", "What did the center fielder say about trams?"),
        (HOLT, "sorry, the deputy mayor", "What did the deputy mayor say about trams?"),
        (HOLT, "And the mayor's brother?", "What did the mayor's brother say about trams?"),
        (HOLT, "And the mayor's plan?", "What did Holt say about the mayor's plan?"),
        # Who writes no capitals may mean somebody by any word that nothing marks as a thing.
        (HOLT, "and corvane?", "What did corvane say about trams?"),
        (HOLT, "corvane?", "What did corvane say about trams?"),
        (HOLT, "and ferries?", "What did Holt say about ferries?"),
        (HOLT, "and inflation?", "What did Holt say about inflation?"),
        (HOLT, "and the tower?", "What did Holt say about the tower?"),
        (HOLT, "ok, and Corvane?", "What did Corvane say about trams?"),
        (HOLT, "And fentanyl?", "What did Holt say about fentanyl?"),
        # Somebody's answer to it is no topic.
        (HOLT, "And Corvane's view?", "What is Corvane's view about trams?"),
        (HOLT, "And Corvane's response?", "What was Corvane's response to trams?"),
        (HOLT, "And Corvane's response to that?", f"What was Corvane's response to that? ({HOLT})"),
    ],
)
def test_who_speaks_and_what_is_spoken_about(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize("question", ["really?", "source?", "thanks", "more details?"])
def test_an_aside_is_nobodys_name(question: str) -> None:
    assert stand_alone(question, [HOLT]).endswith(f"({HOLT})")


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("What did the senator from Ohio say about it?", "no, I mean the one from Maine",
         "What did the senator from Maine say about it?"),
        (SACO, "No, the one from Arbor", "What did the mayor from Arbor say about the flood?"),
        (SACO, "the one in Arbor", "What did the mayor in Arbor say about the flood?"),
        (HOLT, "No, the one from Arbor", f"the one from Arbor? ({HOLT})"),
        ("Where is the National Storm Center?", "And the Pacific one?", "Where is the Pacific Storm Center?"),
        ("How tall is the north tower?", "And the south one?", "How tall is the south tower?"),
        ("When was the red bridge closed?", "and the blue one?", "When was the blue bridge closed?"),
        ("How many seats does the new stadium have?", "and the old one?", "How many seats does the old stadium have?"),
        ("How tall is the north tower?", "And the other one?", "the other one? (How tall is the north tower?)"),
        ("Did the senator from Ohio vote?", "And the ones from Maine?",
         "the ones from Maine? (Did the senator from Ohio vote?)"),
        ("How tall is it?", "And the south one?", "the south one? (How tall is it?)"),
    ],
)  # fmt: skip
def test_one_is_another_of_the_kind(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("Who came second in the Arbor race?", "And third?", "Who came third in the Arbor race?"),
        ("What was the first bridge over the Saco?", "And the second?", "What was the second bridge over the Saco?"),
        ("Who won the Arbor race?", "And third?", "third? (Who won the Arbor race?)"),
    ],
)
def test_a_rank_takes_the_place_of_a_rank(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("When does the ferry leave?", "And if it rains?", "When does the ferry leave if it rains?"),
        ("Will Corvane pay?", "Even if he loses?", "Will Corvane pay even if he loses?"),
        ("Will Corvane pay?", "If not, who will?", "If not, who will? (Will Corvane pay?)"),
        (HOLT, "and if it rains?", f"if it rains? ({HOLT})"),
        ("Why did Holt sue Corvane?", "And unless he pays?", "unless he pays? (Why did Holt sue Corvane?)"),
    ],
)
def test_a_condition_goes_with_what_is_still_to_come(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("Did Holt resign?", "Why not?", "Why didn't Holt resign?"),
        ("Is there a plan for the school?", "why not?", "Why isn't there a plan for the school?"),
        ("Can the council ban cars?", "Why not?", "Why can't the council ban cars?"),
        ("Was Holt ever charged?", "but why not?", "Why was Holt never charged?"),
        ("Is it true that Holt left?", "Why?", "Why? (Is it true that Holt left?)"),
        (HOLT, "To whom?", f"To whom? ({HOLT})"),
        ("How much did the club have to pay?", "What for?", "Why did the club have to pay?"),
        ("Which bridge did the town close?", "Why?", "Why did the town close the bridge?"),
        ("Which of his books did Arbor ban?", "When?", "When did Arbor ban one of his books?"),
    ],
)
def test_a_bare_adverb_asks_the_question_again(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (["Who won the prize?", "Which of his books did Arbor ban?"], "why?",
         "Why did Arbor ban one of his books? (Who won the prize?)"),
        (["Is the Arbor ferry running?", "And what does Corvane say?"], "holt?",
         "What does holt say? (Is the Arbor ferry running?)"),
        (["Who won the race in Arbor?", "Who came second in the voting?"], "And third?",
         "Who came third in the voting? (Who won the race in Arbor?)"),
        (["How many died in the Arbor crash?", "Was the driver charged?"], "Why not?",
         "Why wasn't the driver charged? (How many died in the Arbor crash?)"),
        # "Who said that?" has nothing in it that could be meant.
        (["Did the Saco flood in May?", "Who said that?"], "How many people died in that one?",
         "How many people died in that one? (Did the Saco flood in May?)"),
        # What the newest question has no place for is asked of the one before it.
        (["How many died in Arbor?", "Who announced it?"], "And in Dellwater?", "How many died in Dellwater?"),
    ],
)  # fmt: skip
def test_a_fragment_is_of_the_newest_question(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


def test_a_correction_may_ask_anew() -> None:
    base = "How old was Anne Holt when she was elected?"
    expected = "How old was Corvane when Anne Holt was elected?"
    assert stand_alone("no, Corvane - how old was he that day?", [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("How many cars did Corvane recall?", "how many trucks?", "How many trucks did Corvane recall?"),
        ("How much solar power does Corvane expect in 2018?", "And how many electric cars?",
         "How many electric cars does Corvane expect in 2018?"),
        ("When did the ferry sink?", "How many people?", "How many people? (When did the ferry sink?)"),
        ("How many cars were recalled?", "How many of them?", "How many of the cars? (How many cars were recalled?)"),
    ],
)  # fmt: skip
def test_a_number_of_other_things_is_asked_for_alike(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("What did Holt say about Corvane?", "no, about Liddell I mean", "What did Holt say about Liddell?"),
        ("What did Holt say about Corvane?", "sorry, about Liddell", "What did Holt say about Liddell?"),
        (HOLT, "I was asking about Corvane", "What did Corvane say about trams?"),
        ("How well did it work in the first two months?", "and after a year?", "How well did it work after a year?"),
        (
            "How many left in May 2021?",
            "and in the first two weeks?",
            "How many left in May 2021 in the first two weeks?",
        ),
        ("When does the FDA's advisory panel meet?", "I meant the CDC's", "When does the CDC's advisory panel meet?"),
        ("How tall is the mayor's tree in Arbor?", "and Dellwater's?", "How tall is the mayor's tree in Dellwater?"),
        ("How many Harbor Vans were recalled?", "I meant the Harbor Bus", "How many Harbor Bus were recalled?"),
        (HOLT, "And the other champion?", "What did the other champion say about trams?"),
        (HOLT, "and their former drummer?", "What did their former drummer say about trams?"),
        ("What did Holt do in Arbor College?", "And the biographer?", "What did the biographer do in Arbor College?"),
        ("When did the US team play Trinidad & Tobago?", "I meant Venezuela", "When did the US team play Venezuela?"),
    ],
)
def test_who_or_what_is_meant_instead(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected
