"""The shapes in which people follow up: corrections, fragments, other ones, "of them", and new topics among them."""

import pytest

from qa.followup import stand_alone

HOLT = "What did Holt say about trams?"
HOLT_THEN = "What did Holt say about trams last week?"
MUSEUM = "When did the Harbor Museum reopen?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("No, the senator", "What did the senator say about trams?"),
        ("no, Corvane", "What did Corvane say about trams?"),
        ("I meant Corvane.", "What did Corvane say about trams?"),
        ("Sorry, I mean about ferries", "What did Holt say about ferries?"),
        ("Not Holt, Corvane", "What did Corvane say about trams?"),
        ("Corvane, not Holt", "What did Corvane say about trams?"),
        ("no, not trams but ferries", "What did Holt say about ferries?"),
        ("The governor instead", "What did the governor say about trams?"),
        ("No, what did Corvane say?", "What did Corvane say about trams?"),
        ("Actually, who is Agnes Thorvald?", "Who is Agnes Thorvald?"),
    ],
)
def test_a_correction_puts_something_else_into_the_question(question: str, expected: str) -> None:
    assert stand_alone(question, [HOLT]) == expected


def test_a_bare_no_says_nothing_new() -> None:
    assert stand_alone("No", [HOLT]).endswith(f"({HOLT})")


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        (HOLT, "Corvane?", "What did Corvane say about trams?"),
        (HOLT, "the governor?", "What did the governor say about trams?"),
        (HOLT, "Anything from Corvane?", "What did Corvane say about trams?"),
        (HOLT, "And Corvane on ferries?", "What did Corvane say on ferries?"),
        (HOLT, "and Corvane about the ferry fare", "What did Corvane say about the ferry fare?"),
        (HOLT, "In July?", "What did Holt say about trams in July?"),
        (HOLT, "last week?", "What did Holt say about trams last week?"),
        (HOLT_THEN, "And on Monday?", "What did Holt say about trams on Monday?"),
        (HOLT_THEN, "And about ferries?", "What did Holt say about ferries last week?"),
        (HOLT_THEN, "What about this week?", "What did Holt say about trams this week?"),
        (HOLT_THEN, "and the week before?", f"the week before? ({HOLT_THEN})"),
        ("How many died in Arbor last year?", "And in Dellwater?", "How many died in Dellwater last year?"),
        ("How many left in May 2021?", "What about June?", "How many left in June 2021?"),
        ("How many left in May 2021?", "And in June 2022?", "How many left in June 2022?"),
        ("How many left?", "What about June?", "How many left in June?"),
        ("How many left?", "And 3 June?", "How many left on 3 June?"),
    ],
)
def test_a_fragment_takes_the_place_of_its_like(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("How much is a day pass on the ferry?", "And for a single trip?", "How much is a single trip on the ferry?"),
        ("How much does a bus ticket cost?", "And a train ticket?", "How much does a train ticket cost?"),
        ("How tall is the north tower?", "And the south tower?", "How tall is the south tower?"),
        ("When was the museum closed?", "And the library?", "When was the library closed?"),
        (MUSEUM, "What about the Maritime Museum?", "When did the Maritime Museum reopen?"),
        ("How many men were hired?", "And women?", "How many women were hired?"),
        ("When did the tower fall?", "And the old bridge, when did it open?", "When did the old bridge open?"),
    ],
)
def test_a_thing_takes_the_place_of_a_thing(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        (HOLT, "And his wife?", "What did Holt’s wife say about trams?"),
        ("Where was Agnes Thorvald born?", "And her son?", "Where was Agnes Thorvald’s son born?"),
        ("Where was Agnes Thorvald born?", "Corvane?", "Where was Corvane born?"),
        (HOLT, "What about the House version?", "What did Holt say about the House version?"),
        ("What did Holt think of the stadium deal?", "I mean the arena deal", "What did Holt think of the arena deal?"),
        ("Which team won the 2021 Harbor Cup?", "And in 2022?", "Which team won the 2022 Harbor Cup?"),
        ("What caused the fire at the Arbor plant?", "Will the plant reopen?", "Will the Arbor plant reopen?"),
        ("How many were arrested in Arbor?", "And injured?", "How many were injured in Arbor?"),
        ("what did holt say about trams", "who is corvane", "who is corvane"),
    ],
)  # fmt: skip
def test_owners_versions_and_shortened_names(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    "question", ["What did the fire chief say?", "How did the governor react?", "Did Corvane agree?"]
)
def test_words_on_nothing_are_on_what_was_asked_before(question: str) -> None:
    base = "What caused the fire at the Arbor plant?"
    assert stand_alone(question, [base]) == f"{question} ({base})"


@pytest.mark.parametrize("question", ["And the costs?", "What about the dead?", "and the reasons"])
def test_an_aspect_is_asked_of_the_thing_and_not_put_in_its_place(question: str) -> None:
    base = "When was the old bridge shut?"
    assert stand_alone(question, [base]).endswith(f"? ({base})")


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        (MUSEUM, "But why?", "Why did the Harbor Museum reopen?"),
        (MUSEUM, "Where?", "Where did the Harbor Museum reopen?"),
        ("Did the council approve the bridge?", "When?", "When did the council approve the bridge?"),
        ("Was the bridge closed?", "why", "Why was the bridge closed?"),
        ("Who closed the bridge?", "Why?", "Why? (Who closed the bridge?)"),
        (HOLT, "Where?", f"Where? ({HOLT})"),
    ],
)
def test_a_bare_question_word_asks_the_earlier_question_with_it(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "asked"),
    [
        ("How many birds did the storm kill?", "How many of them were wild?", "How many of the birds were wild"),
        ("Which senators voted no?", "and how many of those are new?", "how many of the senators are new"),
        ("Who voted no?", "How many of them are new?", "How many of them are new"),
    ],
)
def test_of_them_names_what_was_counted(base: str, question: str, asked: str) -> None:
    assert stand_alone(question, [base]) == f"{asked}? ({base})"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("And what did Corvane say?", "What did Corvane say about trams?"),
        ("What else did he say?", "What else did Holt say about trams?"),
        ("How did Corvane react?", "How did Corvane react to trams?"),
        ("Does Corvane agree?", f"Does Corvane agree? ({HOLT})"),
        ("Did he meet Corvane in Arbor?", "Did Holt meet Corvane in Arbor?"),
        ("Why did he say that?", f"Why did Holt say that? ({HOLT})"),
    ],
)
def test_what_is_left_out_of_a_question_for_words(question: str, expected: str) -> None:
    assert stand_alone(question, [HOLT]) == expected


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (["What did Holt say about Governor Anne Brandvold?"], "Where does he live?", "Where does Holt live?"),
        (["How many seasons was Thorvald part of Maple Street?"], "When did he die?", "When did Thorvald die?"),
        (["When did the FBI arrest Holt?"], "Where was he caught?", "Where was Holt caught?"),
        (["When did the Harbor Museum honor Holt?"], "How old is he?", "How old is Holt?"),
    ],
)
def test_a_pronoun_means_a_person(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    "question",
    [
        # The pronoun means somebody or something in the question itself.
        "How old was Agnes Thorvald when she died?",
        "What did Brandvold say about his own salary?",
        "What did Brandvold say about her plans?",
        "Where did Agnes Thorvald spend her childhood?",
        "Why did Corvane sell Dellwater after it lost money?",
        "What did people in Arbor say about their homes?",
        # The word is no pronoun, or points at nothing.
        "Was there flooding in Arbor?",
        "How many schools are there in Arbor?",
        "What happened in Arbor this week?",
        "Who said that the Arbor bridge is safe?",
        "What caused the storm that hit Arbor?",
        "Who were those killed in Arbor?",
        "How long does it take to get from Arbor to Dellwater?",
        "Is it true that the bridge in Arbor closed?",
        "Is it raining in Arbor?",
        # A fragment of several words is looked up as it is.
        "Dellwater tram strike",
        "harbor bridge repair costs",
        "How many firefighters fought the fire in Arbor?",
    ],
)
@pytest.mark.parametrize("history", [[HOLT], [MUSEUM], [MUSEUM, "Why?"]])
def test_a_new_topic_is_not_dragged_into_the_old_one(question: str, history: list[str]) -> None:
    assert stand_alone(question, history) == question


@pytest.mark.parametrize(
    "question",
    ["How many people live there?", "What did Corvane say about them?", "Was that bridge safe?",
     "How much of that went to schools?", "And how much was spent in July?"],
)  # fmt: skip
def test_what_is_not_in_the_question_itself_comes_from_the_one_before(question: str) -> None:
    assert stand_alone(question, [MUSEUM]).endswith(f"? ({MUSEUM})")


def test_a_noun_that_tells_nobody_which_one_is_meant() -> None:
    base = "How many jobs does Corvane cut?"
    assert stand_alone("What did the company say about wages?", [base]) == "What did Corvane say about wages?"
    assert stand_alone("What did the driver say about wages?", [base]).endswith(f"({base})")
    assert stand_alone("What did the mayor say about wages?", [base]) == "What did the mayor say about wages?"
    assert stand_alone("Who owns the company behind Dellwater?", [base]) == "Who owns the company behind Dellwater?"
