"""Whose words a question asks for, and where in the passages they stand: known before anything is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.records import Article, Statement
from index.sentences import sentence_spans
from qa.proper_names import proper_name
from qa.records import Hit, Query, Span
from qa.speakers import asked_speaker, asks_for_fact, asks_for_words, theirs

# A quoted fragment of fewer words ("historic") is part of a sentence of the reporter's and says little alone.
FEWEST_WORDS = 3

StatementsOf = Callable[[Article], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a statement: ``hit.article.text[start:end]``."""

    hit: Hit
    statement: Statement
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.hit.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What the passages hold of the words that a question asks for.

    Attributes:
        speaker: Who was asked for, as the question writes it; "" where it asks for nobody's words.
        said: Their sentences.
        places: Where their statements lie, fragments and all: article id, start and end.
        sure: Whether the form of the question tells so; else it only names somebody who is quoted.
        fact: Whether a name, number, time or place in them is asked for.
        named: Whether the question gives a name ("Merrick Garland"), rather than describing somebody ("her lawyer").
    """

    speaker: str = ""
    said: tuple[Said, ...] = ()
    places: frozenset[tuple[str, int, int]] = frozenset()
    sure: bool = True
    fact: bool = False
    named: bool = False

    def hold(self, span: Span) -> bool:
        """Return whether a span lies in one of the statements."""
        return any(
            article == span.hit.article.id and start <= span.start and span.end <= end
            for article, start, end in self.places
        )


def asked_words(query: Query, hits: Sequence[Hit], statements_of: StatementsOf) -> AskedWords:
    """Find whose words a question asks for, and those words in the passages.

    Args:
        query: The question.
        hits: The passages that are read.
        statements_of: Gives the statements of an article.
    """
    stated = _statements_in(hits, statements_of)
    speaker = asked_speaker(query, stated)
    own = theirs(speaker, stated)
    said = tuple(piece for hit, statement in own for piece in _sentences(hit, statement))
    places = frozenset((hit.article.id, start, end) for hit, statement in own for start, end in statement.spans)
    named = proper_name(speaker) is not None
    return AskedWords(speaker, said, places, asks_for_words(query), asks_for_fact(query), named)


def _statements_in(hits: Sequence[Hit], statements_of: StatementsOf) -> list[tuple[Hit, Statement]]:
    """Return the statements that lie in the hits, each with the first hit that holds it."""
    found: dict[tuple[str, int], tuple[Hit, Statement]] = {}
    for hit in hits:
        for statement in statements_of(hit.article):
            start, end = statement.spans[0][0], statement.spans[-1][1]
            if hit.chunk.start < end and start < hit.chunk.end:
                found.setdefault((hit.article.id, start), (hit, statement))
    return list(found.values())


def _sentences(hit: Hit, statement: Statement) -> list[Said]:
    """Return the sentences of a statement; fragments too short to say anything are left out unless all are."""
    text = hit.article.text
    places = [
        (start + first, start + last)
        for start, end in statement.spans
        for first, last in sentence_spans(text[start:end])
    ]
    long_enough = [place for place in places if len(text[place[0] : place[1]].split()) >= FEWEST_WORDS]
    return [Said(hit, statement, start, end) for start, end in long_enough or places]
