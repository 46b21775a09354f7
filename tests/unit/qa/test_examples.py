"""Questions to click: each has a statement that answers it."""

import pytest

from index.records import Article
from index.statements import same_person, statements
from qa.examples import example_questions
from qa.query import understand
from tests.unit.qa.conftest import make_article


def _article(title: str, *paragraphs: str, id: str = "a1") -> Article:
    return make_article(*paragraphs, title=title, id=id)


BRIDGE = _article(
    "Old bridge shut after flood",
    "Mayor Ruth Castellane said that the bridges would open again in the spring.",
    "“Nobody could know what the flood would do,” said engineer Amos Liddell.",
    id="bridge",
)
FERRY = _article(
    "Ferry takes over from bridge",
    "“The ferry runs twice an hour,” Ruth Castellane said. Amos Liddell said that the ferry was full.",
    id="ferry",
)


def test_a_question_joins_speaker_and_the_last_word_of_the_headline_that_was_said() -> None:
    # "flood" is the last word of the headline, but Castellane speaks of bridges, and comes first.
    assert example_questions([BRIDGE], 4) == ["What did Ruth Castellane say about the bridges?"]


def test_the_last_word_of_the_headline_comes_first() -> None:
    article = _article(
        "Bridge shut for repair", "Ruth Castellane said that repair of the bridge would begin on Monday."
    )
    assert example_questions([article], 4) == ["What did Ruth Castellane say about repair?"]


def test_one_question_for_each_article_and_speaker() -> None:
    # In the second article Castellane was asked about already, so Liddell is taken.
    assert example_questions([BRIDGE, FERRY], 4) == [
        "What did Ruth Castellane say about the bridges?",
        "What did Amos Liddell say about the ferry?",
    ]
    assert example_questions([BRIDGE, BRIDGE, BRIDGE], 4) == [
        "What did Ruth Castellane say about the bridges?",
        "What did Amos Liddell say about the flood?",
    ]


@pytest.mark.parametrize("count", [0, 1])
def test_no_more_than_were_asked_for(count: int) -> None:
    assert len(example_questions([BRIDGE, FERRY], count)) == count


def test_no_more_articles_are_read_than_are_needed() -> None:
    articles = iter([BRIDGE, FERRY, FERRY])
    example_questions(articles, 1)
    assert list(articles) in ([FERRY, FERRY], [FERRY])


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Old bridge shut", "The bridge was shut on Monday."),  # nothing said
        ("Old bridge shut", "The bridge is safe, she said."),  # by nobody with a name
        ("Old bridge shut", "The bridge is safe, Castellane said."),  # one name may be a town
        ("Old bridge shut", "The harbor is safe, Ruth Castellane said."),  # not about the headline
        ("Castellane speaks", "Ruth Castellane said that a Castellane never gives up."),  # about the speaker's own name
        ("Bus line to end", "The bus will end in May, Ruth Castellane said."),  # short words say little
        ("Two dead after crash", "Ruth Castellane said that nothing would be as before after Monday."),
        ("", "The bridge is safe, Ruth Castellane said."),
    ],
)
def test_articles_without_such_a_statement_give_no_question(title: str, text: str) -> None:
    assert example_questions([_article(title, text)], 4) == []


def test_nothing_in_the_library_gives_no_questions() -> None:
    assert example_questions([], 4) == []


def test_a_question_is_understood_and_its_speaker_is_quoted() -> None:
    for question in example_questions([BRIDGE, FERRY], 4):
        query = understand(question)
        assert query.topic
        said = [s for article in (BRIDGE, FERRY) for s in statements(article) if same_person(query.speaker, s)]
        assert said
