"""An article with three statements, and the candidates that questions on it have."""

from collections.abc import Sequence

from index.records import Article, Statement, StatementKind
from qa.answers import Candidate
from qa.asked_words import StatementsOf, asked_words
from qa.candidates import Similarity, candidates
from qa.records import Hit, Query, Span
from tests.unit.qa.conftest import make_article

WATER = make_article(
    "Mayor Ruth Castellane spoke on Tuesday. “This is a precaution and nothing more. We have tested every well,” "
    "she said.",
    "The wells will be back within days, Castellane said. The solvent came from a laundry, Amos Liddell said.",
    id="water",
    title="Tap water unsafe",
)
FIRST, SECOND = WATER.text.split("\n\n")


def statement_of(speaker: str, *words: str, article: Article = WATER) -> Statement:
    spans = tuple((article.text.index(part), article.text.index(part) + len(part)) for part in words)
    return Statement(
        article_id=article.id,
        kind=StatementKind.DIRECT,
        spans=spans,
        speaker_text=speaker.split()[-1] if speaker else "the spokeswoman",
        speaker=speaker,
        role="",
        cue="said",
        context=(spans[0][0], spans[-1][1]),
    )


PRECAUTION = statement_of("Ruth Castellane", "This is a precaution and nothing more. We have tested every well")
BACK = statement_of("Ruth Castellane", "The wells will be back within days")
LAUNDRY = statement_of("Amos Liddell", "The solvent came from a laundry")
THEIRS = ["This is a precaution and nothing more", "We have tested every well", "The wells will be back within days"]

ASKED = Query(
    "What did Castellane say?", "What did Castellane say about the wells?", speaker="Castellane", topic="the wells"
)
OFF_TOPIC = Query(
    "What did Castellane say?", "What did Castellane say about trams?", speaker="Castellane", topic="trams"
)


def said(article: Article) -> Sequence[Statement]:
    return (PRECAUTION, BACK, LAUNDRY) if article.id == "water" else ()


def alike(*cosines: float) -> Similarity:
    """Give these cosines, in order, whatever the texts."""
    return lambda texts: list(cosines[: len(texts)])


EVEN = alike(0.5, 0.5, 0.5)


def find(
    query: Query,
    hits: Sequence[Hit],
    spans: Sequence[Span],
    similarity: Similarity = EVEN,
    statements_of: StatementsOf = said,
) -> list[Candidate]:
    words = asked_words(query, hits, statements_of)
    return sorted(candidates(hits, spans, words, similarity), key=lambda candidate: candidate.start)


def plain(question: str) -> Query:
    return Query(question, question)


def not_asked(texts: Sequence[str]) -> Sequence[float]:
    raise AssertionError(f"similarity of {texts} was asked")
