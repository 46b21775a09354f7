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
