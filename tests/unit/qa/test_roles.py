"""Names are taken for holders of an office only where the text says so beside them."""

import pytest

from qa.roles import holder_of_office


def holds(question: str, text: str) -> bool:
    """Ask whether the name between square brackets holds the office."""
    start, end = text.index("["), text.index("]") - 1
    test = holder_of_office(question)
    assert test is not None
    return test(text.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who is mexico's president", "President [Andrés López] of Mexico opposes the wall"),
        ("Who is the president of Mexico?", "Mexican President [Andrés López] said"),
        ("Who is Mexico’s president?", "Mexico’s president, [Andrés López], said"),
        ("Who's Mexico's foreign minister?", "[Ana Ruiz], Mexico's foreign minister, said"),
        ("Who is the mayor of Tolliver Falls?", "[Ruth Castellane], the mayor of Tolliver Falls, said"),
        ("Who was the mayor of Tolliver Falls?", "Tolliver Falls Mayor [Ruth Castellane] said"),
        ("Who is the secretary general of NATO?", "[Jon Berg], the secretary general of NATO, said"),
        ("Who is the attorney general of the United States?", "Attorney General [Ann Reed] of the United States met"),
    ],
)
def test_named_beside_the_office(question: str, text: str) -> None:
    assert holds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "who is mexico's president",
            "MEXICO CITY — President [Biden]’s officials and their Mexican counterparts met",
        ),
        ("who is mexico's president", "President [Biden] met President López of Mexico"),
        ("Who is the mayor of Tolliver Falls?", "[Ruth Castellane], the mayor of Port Ellery, said"),
        ("Who is the mayor of Tolliver Falls?", "[Ruth Castellane] lost in Tolliver Falls"),
        ("Who is Mexico's president?", "Mexico's foreign minister, [Ana Ruiz], said"),
    ],
)
def test_others_do_not_hold_it(question: str, text: str) -> None:
    assert not holds(question, text)


@pytest.mark.parametrize(
    "question", ["Who won?", "What did Garland say?", "Who is Ana Ruiz?", "", "When is Mexico's day?"]
)
def test_other_questions_ask_for_no_office(question: str) -> None:
    assert holder_of_office(question) is None


@pytest.mark.parametrize(
    ("text", "holder", "others"),
    [
        ("said Ana Ruiz of Playa, Corvane, president of the Ferry Guild", "Ana Ruiz", ["Playa", "Corvane"]),
        ("said Ana Ruiz of Playa, the president of the Ferry Guild", "Ana Ruiz", ["Playa"]),
        ("said Dr. Ana Ruiz, MD, PhD, FACS, president of the Ferry Guild", "Ana Ruiz", ["MD", "PhD", "FACS"]),
        ("said Ana Ruiz, 54, president of the Ferry Guild", "Ana Ruiz", ["54"]),
        ("Bo Ek and Ana Ruiz, president of the Ferry Guild", "Ana Ruiz", ["Bo Ek"]),
    ],
)
def test_what_stands_between_name_and_office_holds_none(text: str, holder: str, others: list[str]) -> None:
    holds = holder_of_office("Who is president of the Ferry Guild?")
    assert holds
    for words, right in [(holder, True), *((other, False) for other in others)]:
        assert holds(text, text.index(words), text.index(words) + len(words)) is right, words
