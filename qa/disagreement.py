"""Independent sources that give different numbers, dates or names. Silent where it is not certain that they do.

Sources disagree where the question can have one answer only, each speaks of what the question names, both answers
are about as probable, their values cannot both be right (17 miles and 20 miles; not "17" and "about twenty"), and
neither article has the other's value as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.duplicates import names_in
from index.records import Article
from index.sentences import sentence_spans
from qa.answers import Candidate, answer_of, story_of
from qa.expected import Expected, expectation, expected
from qa.moments import Moment, moment, moments_agree, moments_differ
from qa.proper_names import ProperName, in_text, names_differ, proper_name
from qa.quantities import Quantity, numbers_agree, numbers_differ, quantities
from qa.records import Answer, AnswerKind, Disagreement
from qa.words import answer_key, content_stems, stem, tokens

# A second answer counts if it is this likely by itself, and this likely for each 1 of the first.
LEAST = 0.25
COMPARABLE = 0.5
MOST_SIDES = 3
# Share of the question's content words that the text around an answer must have.
COVERAGE = 0.6
# Characters on either side that count as around it.
AROUND = 500
# Questions for a name that more than one can be a right answer to ("Who was hurt?", "Where ...?") are left out.
_ONE_NAME = re.compile(
    r"^\W*(?:and |but )?(?:who(?:se)? (?:won|wins|will win|is the|was the|became|becomes|will be the|will become|wrote|"
    r"directed|leads|led|heads|founded|invented|owns|succeeds|succeeded|replaces|replaced|will succeed|will replace|"
    r"(?:is|was|has been) (?:named|elected|appointed|chosen|picked|nominated|sworn in))|"
    r"(?:in |at |on )?which \w+ (?!did|do|does|were|are|have)\w+|in which (?:city|town|state|country))\b",
    re.IGNORECASE,
)  # fmt: skip
# What repeats has several right answers.
_MANY_VALUES = re.compile(r"^\W*(?:and |but )?how often\b", re.IGNORECASE)

_Value = Quantity | Moment | ProperName


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one story says: its most probable words that have a value."""

    probability: float
    candidate: Candidate
    value: _Value
    story: str


def settle(
    question: str,
    scored: Sequence[tuple[float, Candidate]],
    answers: Sequence[Answer],
    copies: Mapping[str, Sequence[Article]] | None = None,
) -> tuple[tuple[Answer, ...], Disagreement | None]:
    """Return the answers with those that disagree first and with shares of one as their probabilities.

    Args:
        question: The question, made to stand alone.
        scored: Candidates, each with the probability that it answers the question, as if it stood alone.
        answers: What was assembled of them, best first, after ``temper``.
        copies: For each article that has near-duplicates all of them, itself included, first publication first.

    Returns:
        ``answers`` as they were and None; or those that disagree, as many of the others as there is room for, and the
        disagreement. The first has the same words as before and is at most two thirds probable.
    """
    near = copies or {}
    sides = _sides(question, scored, near)
    if not sides or not answers or answer_key(answers[0].text) != answer_key(sides[0][0].candidate.text):
        return tuple(answers), None
    whole = max(1.0, sum(side[0].probability for side in sides))
    disputed = tuple(
        answer_of([claim.candidate for claim in side], side[0].probability / whole, near) for side in sides
    )
    said = {answer_key(claim.candidate.text) for side in sides for claim in side}
    rest = [answer for answer in answers if answer_key(answer.text) not in said]
    room = max(0, len(answers) - len(disputed))
    least = disputed[-1].probability
    # What is left over is less likely than any side.
    further = [replace(answer, probability=min(answer.probability, least)) for answer in rest[:room]]
    return (*disputed, *further), Disagreement(disputed)


def _sides(
    question: str, scored: Sequence[tuple[float, Candidate]], copies: Mapping[str, Sequence[Article]]
) -> list[list[_Claim]]:
    """Return the claims by value, the most probable first; empty where sources do not disagree."""
    kind = expected(question)
    if kind is None or (kind is Expected.NAME and not _ONE_NAME.match(question)) or _MANY_VALUES.match(question):
        return []
    asked = _Asked(kind, question)
    claims = _claims(asked, scored, copies)
    best = max((probability for probability, _ in scored), default=0.0)
    # The likeliest words of all must be one of the claims: else the question was taken for another.
    if not claims or claims[0].probability < best:
        return []
    sides: list[list[_Claim]] = [[claims[0]]]
    for claim in claims[1:]:
        apart = [all(_differ(claim.value, other.value) for other in side) for side in sides]
        if all(apart):
            sides.append([claim])
        elif apart.count(False) == 1 and _agree(claim.value, (side := sides[apart.index(False)])[0].value):
            side.append(claim)
    least = max(LEAST, COMPARABLE * best)
    likely = [side for side in sides if side[0].probability >= least]
    if any(_holds_both(asked, one[0], other[0]) for i, one in enumerate(likely) for other in likely[i + 1 :]):
        return []
    return likely[:MOST_SIDES] if len(likely) > 1 else []


class _Asked:
    """What the question wants, and what the text around its answers must have."""

    def __init__(self, kind: Expected, question: str) -> None:
        self.kind = kind
        self.fits = expectation(question)
        self.names = names_in(question)
        self.stems = content_stems(question)
        self.telling = frozenset(self.stems) - {stem(name) for name in self.names}

    def value(self, candidate: Candidate) -> _Value | None:
        """Return what the words say, read together with the words next to them."""
        text, start, end = candidate.article.text, candidate.start, candidate.end
        before, after = text[max(0, start - 30) : start], text[end : end + 30]
        before, after = re.split(r"[.;!?\n]\s", before)[-1], re.split(r"[.;!?,\n]", after)[0]
        if self.kind is Expected.NUMBER:
            return next(iter(quantities(candidate.text, before, after)), None)
        if self.kind is Expected.DATE:
            return moment(candidate.text, candidate.article.published, before)
        return proper_name(candidate.text)

    def speaks_of_it(self, candidate: Candidate) -> bool:
        """Return whether the article has the names of the question, and the text around the words most other words."""
        article = candidate.article
        whole = f"{article.title}\n{article.deck}\n{article.text}"
        if not {stem(name) for name in self.names} <= {stem(word) for word in tokens(whole)} | names_in(whole):
            return False
        around = article.text[max(0, candidate.start - AROUND) : candidate.end + AROUND]
        there = {stem(word) for word in tokens(f"{article.title} {around}")}
        return sum(word in there for word in self.stems) >= COVERAGE * len(self.stems)


def _differ(one: _Value, other: _Value) -> bool:
    """Return whether two values cannot both be right."""
    match one, other:
        case Quantity(), Quantity():
            return numbers_differ(one, other)
        case Moment(), Moment():
            return moments_differ(one, other)
        case ProperName(), ProperName():
            return names_differ(one, other)
    return False


def _agree(one: _Value, other: _Value) -> bool:
    """Return whether two values are the same, as far as both tell; what cannot be compared does neither."""
    match one, other:
        case Quantity(), Quantity():
            return numbers_agree(one, other) and one.dimension == other.dimension
        case Moment(), Moment():
            return moments_agree(one, other)
        case ProperName(), ProperName():
            return not one.words.isdisjoint(other.words)
    return False


def _claims(
    asked: _Asked, scored: Sequence[tuple[float, Candidate]], copies: Mapping[str, Sequence[Article]]
) -> list[_Claim]:
    """Return what each story says, the most probable first; stories without a value are left out."""
    claims: dict[str, _Claim] = {}
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1].article.id, pair[1].start, pair[1].end))
    for probability, candidate in ordered:
        story = story_of(candidate.article, copies)
        # A story counts with its likeliest words, or not at all.
        if story in claims or candidate.kind is not AnswerKind.SPAN or not asked.fits(candidate.text):
            continue
        value = asked.value(candidate)
        if value is not None and asked.speaks_of_it(candidate):
            claims[story] = _Claim(probability, candidate, value, story)
    return list(claims.values())


def _holds_both(asked: _Asked, one: _Claim, other: _Claim) -> bool:
    """Return whether one of two articles gives the value of the other as well."""
    return _has(asked, one.candidate.article, other) or _has(asked, other.candidate.article, one)


def _has(asked: _Asked, article: Article, claim: _Claim) -> bool:
    value = claim.value
    if isinstance(value, ProperName):
        return in_text(value, f"{article.title} {article.text}")
    # Only where the matter is spoken of: a number stands in many sentences.
    sentences = [article.title, *(article.text[start:end] for start, end in sentence_spans(article.text))]
    related = [s for s in sentences if asked.telling & {stem(word) for word in tokens(s)}]
    if isinstance(value, Quantity):
        return any(_is_said(value, found) for sentence in related for found in quantities(sentence))
    words = set(tokens(claim.candidate.text))
    return any(words <= set(tokens(sentence)) for sentence in related)


def _is_said(value: Quantity, found: Quantity) -> bool:
    return found.dimension == value.dimension and numbers_agree(value, found)
