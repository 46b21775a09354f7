"""Candidate answers of a question: spans the reader found, and statements of the one who was asked for."""

from collections.abc import Callable, Iterable, Sequence

from index.records import Article
from index.statements import Statement
from qa.answers import Candidate, tidy
from qa.records import AnswerKind, Hit, Query, Span
from qa.words import content_stems, stem, tokens

# The reader keeps its best spans only; a statement none of them touches has less than the least of them.
UNREAD_MARGIN = -8.0

StatementsOf = Callable[[Article], Sequence[Statement]]


def candidates(
    query: Query, hits: Sequence[Hit], spans: Sequence[Span], statements_of: StatementsOf
) -> list[Candidate]:
    """Return all candidates of a question, in no particular order.

    Where the question asks for somebody's words, a span inside a statement of that person gives way to the whole
    statement, and other spans are marked as not theirs.
    """
    theirs = _statements_by(query.speaker, hits, statements_of) if query.speaker else []
    asked = content_stems(query.interpreted_as)
    found = [_from_statement(query, hit, statement, spans, asked) for hit, statement in theirs]
    rest = (span for span in spans if not any(_touches(statement, span) for _, statement in theirs))
    return found + [_from_span(query, span, asked) for span in rest]


def _from_span(query: Query, span: Span, asked: Sequence[str]) -> Candidate:
    """Make a candidate of a span.

    Features:
        margin: logit by which the reader prefers the span to "no answer here"
        coverage: share (0 to 1) of the question's content words that headline or passage have
        echo: share (0 to 1) of the span's words that the question has already; an answer adds something
        not_theirs: 1 where somebody's words are asked for and these are not known to be theirs
    """
    article = span.hit.article
    start, end = tidy(article.text, span.start, span.end)
    said = _stems(span.text)
    features = {
        "margin": span.margin,
        "coverage": _share(asked, _stems(f"{article.title} {span.hit.text}")),
        "echo": len(said.intersection(asked)) / len(said) if said else 1.0,
        "not_theirs": float(bool(query.speaker)),
    }
    return Candidate(article, start, end, AnswerKind.SPAN, features)


def _from_statement(
    query: Query, hit: Hit, statement: Statement, spans: Sequence[Span], asked: Sequence[str]
) -> Candidate:
    """Make a candidate of a statement by the one who was asked for.

    Features:
        margin: highest margin of the reader's spans in it
        coverage: share (0 to 1) of the question's content words that headline or passage have
        topic: share (0 to 1) of the topic's content words that the statement's own sentences have
    """
    article = hit.article
    margins = [span.margin for span in spans if _touches(statement, span)]
    start, end = statement.spans[0][0], statement.spans[-1][1]
    context = article.text[statement.context[0] : statement.context[1]]
    features = {
        "margin": max(margins, default=UNREAD_MARGIN),
        "coverage": _share(asked, _stems(f"{article.title} {hit.text}")),
        "topic": _share(content_stems(query.topic), _stems(context)),
    }
    return Candidate(article, start, end, AnswerKind.STATEMENT, features, statement.speaker or statement.speaker_text)


def _statements_by(speaker: str, hits: Sequence[Hit], statements_of: StatementsOf) -> list[tuple[Hit, Statement]]:
    """Return the statements of ``speaker`` that lie in the hits, each with the first hit that holds it."""
    found: dict[tuple[str, int], tuple[Hit, Statement]] = {}
    for hit in hits:
        for statement in statements_of(hit.article):
            start, end = statement.spans[0][0], statement.spans[-1][1]
            inside = hit.chunk.start < end and start < hit.chunk.end
            if inside and same_person(speaker, statement):
                found.setdefault((hit.article.id, start), (hit, statement))
    return list(found.values())


def _touches(statement: Statement, span: Span) -> bool:
    if statement.article_id != span.hit.article.id:
        return False
    return any(span.start < end and start < span.end for start, end in statement.spans)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in tokens(text)}


def _share(wanted: Iterable[str], there: set[str]) -> float:
    """Return the share of ``wanted`` that is in ``there``; 1 where nothing is wanted."""
    words = list(wanted)
    return sum(word in there for word in words) / len(words) if words else 1.0


def same_person(asked: str, statement: Statement) -> bool:  # TEMPORARY until index.statements has it
    names = set(tokens(statement.speaker + " " + statement.speaker_text + " " + statement.role))
    words = tokens(asked)
    return bool(words) and words[-1] in names
