"""What pronouns of a follow-up mean: the one, the thing or the time that the earlier question tells of."""

import pytest

from qa.antecedents import person_described, person_meant, thing_meant, time_meant
from qa.followup import stand_alone
from qa.pronouns import free_thing
from qa.verbs import past

BOUGHT = "Who bought the Arbor Eagles in 2022?"


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        # Who somebody is stands in the question that asks for the name.
        (["Who is the mayor of Saco?"], "What did he say about guns?", "What did the mayor of Saco say about guns?"),
        (["Who is the oldest player on the team?"], "How old is he?", "How old is the oldest player on the team?"),
        (["Who resigned as mayor of Saco in May?"], "Why did he resign?", "Why did the mayor of Saco resign?"),
        (["Who shot Thomas Holt?"], "When did he die?", "When did Thomas Holt die?"),
        # A body is neither he nor she.
        (["Did the House Ethics Committee fine Anne Holt?"], "Was she elected?", "Was Anne Holt elected?"),
        (["What did the jury award Anne Holt?"], "When was she hurt?", "When was Anne Holt hurt?"),
        # A given name tells who is he and who is she.
        (["What did Anne Holt say about Tom Corvane?"], "Where does he live?", "Where does Tom Corvane live?"),
        (["What did Anne Holt say about Tom Corvane?"], "Where does she live?", "Where does Anne Holt live?"),
    ],
)  # fmt: skip
def test_a_person_is_named_or_described(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("Who is the mayor of Saco?", "And her husband?", "Who is the mayor of Saco’s husband?"),
        ("Who resigned as mayor of Saco?", "And his deputy?", "his deputy? (Who resigned as mayor of Saco?)"),
        ("Did Holt resign?", "Why didn't he?", "Why didn't Holt? (Did Holt resign?)"),
        ("What did Holt say about trams?", "Was he right?", "Was Holt right? (What did Holt say about trams?)"),
    ],
)
def test_somebody_may_not_be_all_that_is_missing(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("When was Norland's new president elected?", "Is he married?", "Is Norland's new president married?"),
        ("Why did Anne Holt's lawyer resign?", "How old is she?", "How old is Anne Holt's lawyer?"),
        ("Why did Anne Holt's husband resign?", "How old is she?", "How old is Anne Holt?"),
        ("What did Anne Holt's dog eat?", "How old is she?", "How old is Anne Holt?"),
    ],
)
def test_somebody_may_be_named_as_anothers(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        (
            "How many people does Harbor Steel plan to hire in 2022?",
            "How many did it take on the year before?",
            "How many people did Harbor Steel take on the year before?",
        ),
        ("Who was AB/CD's first singer?", "what did he die of?", "what did AB/CD's first singer die of?"),
        (
            "What rebel group did Norland's new president lead?",
            "How many people died when it attacked the court?",
            "How many people died when the rebel group attacked the court? "
            "(What rebel group did Norland's new president lead?)",
        ),
    ],
)
def test_what_is_counted_and_what_it_means(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


def test_him_beside_she_is_the_other_one() -> None:
    base = "What did Anne Holt tell the Arbor Times about her work with Tom Corvane?"
    question = "And what had she told the Dellwater Post about him in May?"
    expected = "What had Anne Holt told the Dellwater Post about Tom Corvane in May?"
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize("question", ["How old was he?", "When was she born?"])
@pytest.mark.parametrize("base", ["Who killed the mayor of Saco?", "Who founded Corvane?", "Who plays Batman?"])
def test_the_one_who_was_asked_for_is_nobody_else_named_before(base: str, question: str) -> None:
    assert stand_alone(question, ["Who is Agnes Thorvald?", base]) == f"{question} ({base})"


def test_a_name_before_an_office_tells_which_and_is_nobody() -> None:
    assert person_meant(["Did Sudanese prime minister resign?"], "he") == ""
    assert person_described("Who resigned as Sudanese prime minister in May?") == "the Sudanese prime minister"


@pytest.mark.parametrize(
    "base", ["Who shot the mayor?", "Who is Agnes Thorvald?", "Who is known as her?", "When did Holt resign?"]
)
def test_not_every_question_describes_somebody(base: str) -> None:
    assert person_described(base) == ""


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        ("Who introduced the Harbor Act?", "What would it ban?", "What would the Harbor Act ban?"),
        ("Where is the Harbor Museum?", "When did it open?", "When did the Harbor Museum open?"),
        ("Where is Saco?", "How many people live there?", "How many people live in Saco?"),
        ("When is the 2021 Harbor Fair?", "Who speaks there?", "Who speaks at the 2021 Harbor Fair?"),
        ("Who founded Corvane?", "How much did they invest?", "How much did those who founded Corvane invest?"),
        ("What did Holt say about trams?", "What did Corvane say about it?", "What did Corvane say about trams?"),
    ],
)
def test_a_thing_is_named(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected


@pytest.mark.parametrize(
    ("base", "question", "asked"),
    [
        ("Which bill on ferries did Holt introduce?", "What became of it?", "What became of the bill on ferries?"),
        ("Which law did the court strike down?", "What did that one ban?", "What did the law ban?"),
        ("Who closed the bridge?", "When will it reopen?", "When will the bridge reopen?"),
        ("Who won the Harbor Prize for poetry?", "When was it founded?", "When was the Harbor Prize founded?"),
        (BOUGHT, "What had Corvane paid for them?", "What had Corvane paid for the Arbor Eagles?"),
    ],
)
def test_what_tells_too_little_keeps_the_earlier_question(base: str, question: str, asked: str) -> None:
    assert stand_alone(question, [base]) == f"{asked} ({base})"


@pytest.mark.parametrize(
    ("base", "question"),
    [
        # Either of two may be meant.
        ("Which city did Corvane choose for its plant?", "How much will it invest?"),
        (BOUGHT, "Where do they play?"),
        ("When did Corvane open the museum?", "What did it cost?"),
        ("What is the capital of Maine?", "How many people live there?"),
        ("What is the name of Tom Holt's band?", "When did it break up?"),
        # A person is no thing.
        ("Which senator did Holt call?", "What became of it?"),
        ("Who shot the mayor?", "When did it happen?"),
    ],
)
def test_what_is_not_certain_is_left_as_it_is(base: str, question: str) -> None:
    pronoun = free_thing(question)
    assert pronoun is not None
    assert thing_meant(question, pronoun, base) == ""
    assert stand_alone(question, [base]) == f"{question} ({base})"


@pytest.mark.parametrize(
    ("base", "time"),
    [
        ("How old was Anne Holt when she was elected?", "when Anne Holt was elected"),
        ("Where did Holt live when the bridge fell?", "when the bridge fell"),
        ("When did Holt resign?", "when Holt resigned"),
        ("When did Holt first meet Corvane?", "when Holt first met Corvane"),
        ("When did the Arbor plant explode?", "when the Arbor plant exploded"),
        ("When did the Harbor Museum open in Saco?", "when the Harbor Museum opened in Saco"),
        ("When was the Arbor bridge closed?", "when the Arbor bridge was closed"),
        ("When was Holt born in Saco?", "when Holt was born in Saco"),
        ("When was the fair in Saco?", ""),
        ("Where does Holt live?", ""),
        ("How old were Holt and Anne Corvane when she left?", ""),
    ],
)
def test_then_is_when_what_was_asked_about_happened(base: str, time: str) -> None:
    assert time_meant(base) == time


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (["When did Holt resign?"], "Who was governor then?", "Who was governor when Holt resigned?"),
        (["How old was Anne Holt when she won?"], "And how old was Corvane that day?",
         "And how old was Corvane when Anne Holt won?"),
        (["Whom did Anne Holt marry?", "When did they marry?"], "How old was she then?",
         "How old was Anne Holt when they married? (Whom did Anne Holt marry?)"),
        # Without such a time the earlier question stays; and "then" may mean what came next.
        (["Where does Anne Holt live?"], "Where did she live then?",
         "Where did Anne Holt live then? (Where does Anne Holt live?)"),
        (["When did Holt resign?"], "What happened then?", "What happened then? (When did Holt resign?)"),
    ],
)  # fmt: skip
def test_a_question_about_then_is_about_that_time(history: list[str], question: str, expected: str) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [("open", "opened"), ("close", "closed"), ("marry", "married"), ("play", "played"), ("stop", "stopped"),
     ("win", "won"), ("cut", "cut"), ("visit", "visited"), ("rain", "rained"), ("fix", "fixed")],
)  # fmt: skip
def test_the_past_of_verbs(verb: str, expected: str) -> None:
    assert past(verb) == expected


@pytest.mark.parametrize(
    ("base", "question", "expected"),
    [
        # A participle before a preposition is no part of the thing.
        ("Where is the film produced by Anne Holt?", "who directed it",
         "who directed the film? (Where is the film produced by Anne Holt?)"),
        ("Who wrote the play performed in Arbor?", "When was it shown?",
         "When was the play shown? (Who wrote the play performed in Arbor?)"),
        # A stretch of time is no thing, and what has no article may be one.
        ("How much more did bacon cost than a year before?", "Why might it cost more?",
         "Why might bacon cost more? (How much more did bacon cost than a year before?)"),
        # These point back without a pronoun.
        ("When is the tram line closing?", "What should people use instead?",
         "What should people use instead? (When is the tram line closing?)"),
        ("What is wrong with the Harbor Van?", "Which Corvane has the same fault?",
         "Which Corvane has the same fault? (What is wrong with the Harbor Van?)"),
        ("Who gives out free maps in Arbor?", "How do I get one?",
         "How do I get one? (Who gives out free maps in Arbor?)"),
        # Who was asked for, unless somebody else is named.
        ("Which senator from Ohio called for the Harbor Bill?", "What does he say of the ferry?",
         "What does the senator from Ohio say of the ferry?"),
        ("Which Democrat did Anne Holt support?", "Where does she live?", "Where does Anne Holt live?"),
        ("Who wrote the Harbor Bill?", "Where does he live?", "Where does he live? (Who wrote the Harbor Bill?)"),
    ],
)  # fmt: skip
def test_what_is_meant_by_what_stands_around_it(base: str, question: str, expected: str) -> None:
    assert stand_alone(question, [base]) == expected
