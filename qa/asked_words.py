"""Whose words a question asks for, and where in the passages they stand: known before anything is read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index import cues
from index.records import Article, Statement, StatementKind
from index.sentences import sentence_spans
from qa.authors import is_author
from qa.proper_names import proper_name
from qa.query import speaker_and_topic
from qa.records import Hit, Query, Span
from qa.shorthand import spelled_out
from qa.speakers import asked_speaker, asks_for_fact, asks_for_words, theirs

# A quoted fragment of fewer words ("historic") is part of a sentence of the reporter's and says little alone.
FEWEST_WORDS = 3

# What is told with these verbs says little without them: "called the pier a joy", "denied the charges".
_TAKE_OBJECT = (cues.STANCE | cues.WITH_QUOTE) - frozenset(
    "believes believe believed argued argues argue insisted insists insist hopes expects predicted predicts alleged "
    "alleges claim claimed claims warn warned warns".split()
)
# "And the other lawyer?": not the one who was asked for before.
_OTHER = re.compile(r"(?:the )?other\s", re.IGNORECASE)
# Of somebody else's equals articles seldom say whose they are, so that the reader would look for that other name.
_COLLEAGUE = re.compile(
    r"[A-ZÀ-Þ].*(?:['’]s|(?<=s)['’])\s+(?:[\w-]+\s+)?"
    r"(?:colleague|co-?authors?|co-?sponsor|counterpart|rival|opponent|running mate|teammate)\b",
)
_INFINITIVE = re.compile(r"(?:not )?to [a-z]")
# Right behind who is asked for: a plan may also be what was spoken about.
_WISHES = re.compile(
    r"\s+(?:[a-z]+ly\s+)?(?:(?:want|wish|plan|intend|prefer|need|fear)(?:e?s|e?d|ned|red)?|hope[sd]?|feels?|felt)\b",
    re.IGNORECASE,
)

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
        query: The question, with speaker and topic too where it is shorthand for "What did X say about Y?".
        speaker: Who was asked for, as the question writes it; "" where it asks for nobody's words.
        said: Their sentences.
        places: Where their statements lie, fragments and all: article id, start and end.
        sure: Whether the form of the question tells so; else it only names somebody who is quoted.
        fact: Whether a name, number, time or place in them is asked for.
        only_said: Whether nothing but what is said can answer: the question gives a name ("Merrick Garland"), no
            description ("her lawyer"), and asks for no wish or feeling, which articles also tell by themselves.
        wrote: The articles that the one who was asked for wrote, by id, each with the places of what others say in it.
        others: Where the words of others lie whom the article names: article id, start and end.
    """

    query: Query
    speaker: str = ""
    said: tuple[Said, ...] = ()
    places: frozenset[tuple[str, int, int]] = frozenset()
    sure: bool = True
    fact: bool = False
    only_said: bool = False
    wrote: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    others: frozenset[tuple[str, int, int]] = frozenset()

    def are_theirs(self, span: Span) -> bool:
        """Return whether a span is in the words, or else in what the one who was asked for wrote."""
        if _lies_in(span, self.places):
            return True
        others = self.wrote.get(span.hit.article.id)
        return others is not None and not any(first < span.end and span.start < last for first, last in others)

    def with_name(self, question: str) -> str:
        """Return a question with the name of the one whom it describes as somebody's equal, for the reader to look for.

        "What did Holt's colleague from Maine say?" becomes "What did Ada Penn say?" where all that was found is hers.
        """
        names = {piece.statement.speaker for piece in self.said}
        name = names.pop() if len(names) == 1 else ""
        if not name or not _COLLEAGUE.match(self.speaker):
            return question
        return question.replace(self.speaker, name, 1)

    def are_anothers(self, span: Span) -> bool:
        """Return whether a span is in what somebody else says, by name."""
        return _lies_in(span, self.others)


def _lies_in(span: Span, places: frozenset[tuple[str, int, int]]) -> bool:
    article = span.hit.article.id
    return any(article == of and first <= span.start and span.end <= last for of, first, last in places)


def asked_words(query: Query, hits: Sequence[Hit], statements_of: StatementsOf) -> AskedWords:
    """Find whose words a question asks for, and those words in the passages.

    Args:
        query: The question.
        hits: The passages that are read.
        statements_of: Gives the statements of an article.
    """
    stated = _statements_in(hits, statements_of)
    query = spelled_out(query, stated)
    speaker = asked_speaker(query, stated)
    own = theirs(speaker, stated)
    if _OTHER.match(speaker) and query.earlier:
        before = theirs(speaker_and_topic(query.earlier)[0], stated)
        own = [one for one in own if one not in before]
    said = tuple(piece for hit, statement in own for piece in _sentences(hit, statement))
    wrote = {
        hit.article.id: [span for statement in statements_of(hit.article) for span in statement.spans]
        for hit in hits
        if speaker and not said and is_author(speaker, hit.article)
    }
    places = _places(own)
    return AskedWords(
        query,
        speaker,
        said,
        places=places,
        sure=asks_for_words(query),
        fact=asks_for_fact(query),
        only_said=proper_name(speaker) is not None and not _asks_for_wish(query.interpreted_as, speaker),
        wrote=wrote,
        others=_places(one for one in stated if one[1].speaker) - places,
    )


def _places(stated: Iterable[tuple[Hit, Statement]]) -> frozenset[tuple[str, int, int]]:
    return frozenset((hit.article.id, start, end) for hit, statement in stated for start, end in statement.spans)


def _asks_for_wish(question: str, speaker: str) -> bool:
    _, _, after = question.partition(speaker)
    return _WISHES.match(after) is not None


def _statements_in(hits: Sequence[Hit], statements_of: StatementsOf) -> list[tuple[Hit, Statement]]:
    """Return the statements that lie in the hits, each with the first hit that holds it."""
    found: dict[tuple[str, int], tuple[Hit, Statement]] = {}
    for hit in hits:
        for statement in statements_of(hit.article):
            start, end = statement.spans[0][0], statement.spans[-1][1]
            if hit.chunk.start < end and start < hit.chunk.end:
                found.setdefault((hit.article.id, start), (hit, statement))
    return list(found.values())


def _with_verb(text: str, statement: Statement) -> int:
    """Return where the words of a statement begin, with the verb where they are its object: "praised the crew"."""
    start = statement.spans[0][0]
    if statement.kind is StatementKind.DIRECT:
        return start
    verb = text.rfind(statement.cue, statement.context[0], start) if statement.cue else -1
    takes_object = statement.cue.split(" ")[0] in _TAKE_OBJECT or _INFINITIVE.match(text, start)
    beside = verb >= 0 and not text[verb + len(statement.cue) : start].strip()
    return verb if beside and takes_object else start


def _sentences(hit: Hit, statement: Statement) -> list[Said]:
    """Return the sentences of a statement; fragments too short to say anything are left out unless all are."""
    text = hit.article.text
    begins = _with_verb(text, statement)
    spans = [(begins, statement.spans[0][1]), *statement.spans[1:]]
    places = [(start + first, start + last) for start, end in spans for first, last in sentence_spans(text[start:end])]
    long_enough = [place for place in places if len(text[place[0] : place[1]].split()) >= FEWEST_WORDS]
    return [Said(hit, statement, start, end) for start, end in long_enough or places]
