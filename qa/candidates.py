"""Candidate answers of a question: spans the reader found, and statements of the one who was asked for."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.records import StatementKind
from qa.answers import Candidate, tidy
from qa.asked_words import AskedWords, Said
from qa.expected import expectation
from qa.records import AnswerKind, Hit, Span
from qa.roles import holder_of_office
from qa.spans import whole_words
from qa.words import content_stems, stem, tokens

# Of a sentence that lies in no window of the reader.
UNREAD_MARGIN = -8.0
# Cosine of question and sentence under which a sentence without a word of the topic is on something else. On
# news-dev the likest such sentence had at most 0.30 where nothing was said on the topic, and 0.35 where something was.
UNLIKE = 0.33
# Where the text itself gives a name the office that was asked for, no reader's doubt counts for more.
OFFICE_MARGIN = 8.0
# "What did X say" promises X's words. What is written beside them is to come first only where it is likelier by far.
OTHERS_WORDS = 2.25
# Margins this far apart, in logits, make one passage count e times as much as another: the reader is surer than right.
SUPPORT_SCALE = 5.0

# The features of each kind of candidate; a calibration may weigh these and no others.
_COMMON = ("margin", "behind", "coverage", "rank", "words")
FEATURES = {
    AnswerKind.SPAN: (*_COMMON, "fits", "not_theirs", "unsaid", "anothers", "support"),
    AnswerKind.STATEMENT: (*_COMMON, "off_topic", "topic", "similarity", "told", "named", "fact", "asks"),
}

Similarity = Callable[[Sequence[str]], Sequence[float]]


def candidates(
    hits: Sequence[Hit], spans: Sequence[Span], words: AskedWords, similarity: Similarity
) -> list[Candidate]:
    """Return all candidates of a question, in no particular order.

    Where the question asks for somebody's words, each sentence of that person's statements is a candidate, and a
    span inside one gives way to it; not so where the question only names that person.

    Args:
        hits: The passages that were read.
        spans: What the reader found in them, and in each sentence of ``words.said``.
        words: The question, and the words that it asks for.
        similarity: Gives the cosine (-1 to 1) of each text with the question.
    """
    question = words.query.interpreted_as
    best = max((span.margin for span in spans), default=UNREAD_MARGIN)
    asked = _Asked(words, content_stems(question), expectation(question), holder_of_office(question), hits, best)
    alike = similarity([piece.text for piece in words.said]) if words.said else []
    found = [_from_statement(asked, piece, spans, cosine) for piece, cosine in zip(words.said, alike, strict=True)]
    if found and all(c.features["off_topic"] for c in found) and max(alike) < UNLIKE:
        found = []  # the one who was asked for is quoted, but on other things
    rest = [span for span in spans if not (words.sure and any(_touches(piece, span) for piece in words.said))]
    backed = support(spans)
    return found + [
        _from_span(asked, span, whose, backed(span))
        for span, whose in ((span, _whose(span, words, bool(found))) for span in rest)
        # Who is asked for by name and says nothing on it is not answered for by what another says by name.
        if any(map(str.isalnum, span.text)) and not (whose["unsaid"] and whose["anothers"])
    ]


def _whose(span: Span, words: AskedWords, on_topic: bool) -> dict[str, float]:
    """Return the features that tell how far a span is from the words of the one who is asked for.

    All are 0 where the form of the question asks for nobody's words, and in a statement of that person.

    not_theirs: 1 where nothing of theirs is on the topic. Else 0.5 for a fact, which may stand beside such words, and
        ``OTHERS_WORDS`` for anything else.
    unsaid: 1 where nothing is on the topic of what somebody says who is asked for by name; who is only described may
        be quoted under a name or a description that was not recognised. 0 too where a wish or feeling is asked for.
    anothers: 1 where somebody else says it, who is named as the one who is asked for is.
    """
    if not (words.speaker and words.sure) or words.are_theirs(span):
        return {"not_theirs": 0.0, "unsaid": 0.0, "anothers": 0.0}
    anothers = float(words.only_said and words.are_anothers(span))
    if not on_topic:
        return {"not_theirs": 1.0, "unsaid": float(words.only_said), "anothers": anothers}
    return {"not_theirs": 0.5 if words.fact else OTHERS_WORDS, "unsaid": 0.0, "anothers": anothers}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the features of all candidates of a question need of it."""

    words: AskedWords
    stems: Sequence[str]
    fits: Callable[[str], bool]
    holds_office: Callable[[str, int, int], bool] | None
    hits: Sequence[Hit]
    best_margin: float

    def common(self, hit: Hit, words: str, margin: float) -> dict[str, float]:
        """Return the features of every candidate.

        margin: logit by which the reader prefers its best span there to "no answer here"
        behind: by how much that falls short of the highest margin in all passages. Where one passage answers well,
            a mediocre margin elsewhere means little; where none does, it may be the answer.
        coverage: share (0 to 1) of the question's content words that headline or passage have
        rank: ln(1 + the number of passages that retrieval put before this one)
        words: ln(1 + the number of words)
        """
        return {
            "margin": margin,
            "behind": max(0.0, self.best_margin - margin),
            "coverage": _share(self.stems, _stems(f"{hit.article.title} {hit.text}")),
            "rank": math.log1p(self.hits.index(hit)),
            "words": math.log1p(len(words.split())),
        }


def support(spans: Sequence[Span]) -> Callable[[Span], float]:
    """Return the function that gives how much the other articles that were read say the same as a span.

    Each article counts with its best span: the likeness of the words (Dice coefficient, 0 to 1) times
    ``exp(-behind / 5)``. The logarithm of one plus the sum is what choosing the answer of least expected error
    (minimum Bayes risk; Kumar and Byrne 2004) adds to a margin.
    """
    best = max((span.margin for span in spans), default=0.0)
    weighed = [
        (span.hit.article.id, frozenset(tokens(span.text)), math.exp((span.margin - best) / SUPPORT_SCALE))
        for span in spans
    ]

    def backed(span: Span) -> float:
        words = frozenset(tokens(span.text))
        most: dict[str, float] = {}
        for article, others, weight in weighed:
            if article != span.hit.article.id and (shared := len(words & others)):
                value = weight * 2 * shared / (len(words) + len(others))
                most[article] = max(most.get(article, 0.0), value)
        return math.log1p(sum(most.values()))

    return backed


def _from_span(asked: _Asked, span: Span, whose: dict[str, float], backed: float) -> Candidate:
    """Make a candidate of a span.

    Features beside the common ones and those of ``_whose``:
        fits: 1 where the words are of the kind the question asks for (a number, a date, a name), else 0
        support: how much other articles say the same, from 0
    """
    article = span.hit.article
    start, end = tidy(article.text, *whole_words(article.text, span.start, span.end))
    in_office = asked.holds_office and asked.holds_office(article.text, start, end)
    features = asked.common(span.hit, span.text, max(span.margin, OFFICE_MARGIN) if in_office else span.margin)
    features |= {"fits": float(asked.fits(span.text)), **whose, "support": backed}
    return Candidate(article, start, end, AnswerKind.SPAN, features)


def _from_statement(asked: _Asked, piece: Said, spans: Sequence[Span], cosine: float) -> Candidate:
    """Make a candidate of a sentence that was said by the one who was asked for.

    Features beside the common ones:
        off_topic: how unlike (1 - similarity) the sentence is where neither headline nor passage has any content
            word of the topic, else 0
        topic: share of the topic's content words that the sentence has
        similarity: cosine of question and sentence
        told: 1 where the words are the reporter's (indirect speech), 0 where they are the speaker's own
        named: 1 where the question only names the speaker, 0 where it asks for the speaker's words
        fact: 1 where it asks for a name, number, time or place, 0 where it does not
        asks: 1 where the sentence is itself a question
    """
    article, statement = piece.hit.article, piece.statement
    margin = max((span.margin for span in spans if _touches(piece, span)), default=UNREAD_MARGIN)
    topic = content_stems(asked.words.query.topic)
    on_topic = _share(topic, _stems(f"{article.title} {piece.hit.text}")) > 0
    features = asked.common(piece.hit, piece.text, margin)
    features |= {
        "off_topic": 0.0 if on_topic else 1 - cosine,
        "topic": _share(topic, _stems(piece.text)),
        "similarity": cosine,
        "told": float(statement.kind is StatementKind.INDIRECT),
        "named": float(not asked.words.sure),
        "fact": float(asked.words.fact),
        "asks": float(piece.text.rstrip("”’\"' ").endswith("?")),
    }
    start, end = tidy(article.text, piece.start, piece.end)
    speaker = statement.speaker or statement.speaker_text
    direct = statement.kind is StatementKind.DIRECT
    return Candidate(article, start, end, AnswerKind.STATEMENT, features, speaker, statement.role, direct)


def _touches(piece: Said, span: Span) -> bool:
    return piece.hit.article.id == span.hit.article.id and span.start < piece.end and piece.start < span.end


def _stems(text: str) -> set[str]:
    return {stem(word) for word in tokens(text)}


def _share(wanted: Iterable[str], there: set[str]) -> float:
    """Return the share of ``wanted`` that is in ``there``; 1 where nothing is wanted."""
    words = list(wanted)
    return sum(word in there for word in words) / len(words) if words else 1.0
