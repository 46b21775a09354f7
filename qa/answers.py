"""From scored candidates to answers: tidy the ends, merge what says the same, keep every source."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.records import Article
from qa.records import Answer, AnswerKind, Citation
from qa.words import answer_key

_OPENING = "“\"‘'(["
_CLOSING = "”\"’')]"
_ENDS = ",;:. \n\t–—-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may answer: ``article.text[start:end]``, and what speaks for them.

    Attributes:
        features: What the calibration weighs, by name (see ``qa.confidence``).
    """

    article: Article
    start: int
    end: int
    kind: AnswerKind
    features: dict[str, float]
    speaker: str = ""

    @property
    def text(self) -> str:
        """The words."""
        return self.article.text[self.start : self.end]


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space, stray punctuation and unpaired quotation marks at its ends.

    >>> tidy('He said “yes, indeed.” Then', 8, 23)
    (9, 20)
    """
    changed = True
    while changed and start < end:
        before = (start, end)
        span = text[start:end]
        if span[0] in _ENDS and not _is_sign(text, start, end):
            start += 1
        elif span[-1] in _ENDS and not _is_abbreviation(span):
            end -= 1
        elif span[0] in "”)]" or (span[0] == "’" and not span[1:2].isalnum()):  # closes what lies before
            start += 1
        elif span[-1] in "“‘([":  # opens what comes after
            end -= 1
        elif _is_quoted(span):
            start, end = start + 1, end - 1
        elif span[0] in _OPENING and _unpaired(span, 0):
            start += 1
        elif span[-1] in _CLOSING and _unpaired(span, -1):
            end -= 1
        changed = before != (start, end)
    return start, end


def _unpaired(span: str, place: int) -> bool:
    """Return whether the mark at one end of ``span`` lacks its partner inside, or pairs with the other end."""
    mark = span[place]
    position = _OPENING.find(mark) if place == 0 else _CLOSING.find(mark)
    partner = _CLOSING[position] if place == 0 else _OPENING[position]
    rest = span[1:] if place == 0 else span[:-1]
    if mark == "'" and place == 0 and span[1:2].isdigit():
        return False  # an apostrophe: "'90s"
    if mark in "'’" and place == -1 and span[-2:-1].isalpha() and "‘" not in rest and "'" not in rest:
        return False  # an apostrophe: "the cartels’"
    if mark in "([" or mark in ")]":
        return partner not in rest
    # Quotation marks go unless they enclose a part of the span only.
    return partner not in rest


def _is_quoted(span: str) -> bool:
    """Return whether one pair of quotation marks encloses the whole span."""
    opening, closing, inner = span[0], span[-1], span[1:-1]
    if len(span) == 1 or opening in "([" or opening not in _OPENING or closing != _CLOSING[_OPENING.index(opening)]:
        return False
    return opening not in inner and (closing not in inner or closing == "’")


def _is_sign(text: str, start: int, end: int) -> bool:
    """Return whether the span opens with a sign or point that belongs to its number: "–5", ".22"; not in "2–1"."""
    follows_word = start > 0 and text[start - 1].isalnum()
    return text[start] in "–—-." and text[start + 1 : end][:1].isdigit() and not follows_word


def _is_abbreviation(span: str) -> bool:
    """Return whether the final full stop belongs to the last word: "Sr.", "U.S.", "a.m."."""
    last = span.split()[-1] if span.split() else ""
    return span.endswith(".") and (last.count(".") > 1 or last.lower() in {"sr.", "jr.", "inc.", "co.", "corp.", "st."})


def assemble(scored: Sequence[tuple[float, Candidate]], top: int, least: float) -> tuple[Answer, ...]:
    """Return the ``top`` best distinct answers with at least probability ``least``, best first.

    Candidates that overlap in one article are one answer; the same words in other articles are its further sources.

    Args:
        scored: Candidates, each with the probability that it answers the question.
        top: How many answers at most.
        least: Least probability.
    """
    groups: list[list[Candidate]] = []
    probabilities: list[float] = []
    for probability, candidate in sorted(scored, key=_best_first):
        if probability < least:
            break
        key = answer_key(candidate.text)
        same = next((group for group in groups if answer_key(group[0].text) == key), None)
        if same is not None:
            if all(source.article.id != candidate.article.id for source in same):
                same.append(candidate)
        elif key and len(groups) < top and not any(_overlap(candidate, source) for group in groups for source in group):
            groups.append([candidate])
            probabilities.append(probability)
    return tuple(
        Answer(
            text=group[0].text,
            probability=probability,
            kind=group[0].kind,
            speaker=group[0].speaker,
            citation=citation(group[0]),
            also_in=tuple(citation(other) for other in group[1:]),
        )
        for group, probability in zip(groups, probabilities, strict=True)
    )


def temper(answers: Sequence[Answer], least: float) -> tuple[Answer, ...]:
    """Return the answers with the probabilities of all but the first lowered by those before; drop the unlikely.

    A fact mostly has one answer, so a second one counts by what the first leaves over. Several statements may all
    answer. On news-dev second answers came out at 0.15 (spans) and 0.40 (statements), third at 0.12 and 0.22; right
    were 0.13, 0.39, 0.10 and 0.17.

    Args:
        answers: Best first, each with its probability as if it stood alone.
        least: Least probability of an answer after the first.
    """
    if not answers:
        return ()
    first = answers[0].probability
    further = [
        replace(
            answer,
            probability=answer.probability * (1 - first if answer.kind is AnswerKind.SPAN else (1 - first / 2) ** rank),
        )
        for rank, answer in enumerate(answers[1:], start=1)
    ]
    likely = sorted((a for a in further if a.probability >= least), key=lambda answer: -answer.probability)
    return (answers[0], *likely)


def _best_first(scored: tuple[float, Candidate]) -> tuple[float, str, int, int]:
    probability, candidate = scored
    return -probability, candidate.article.id, candidate.start, candidate.end


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end


def citation(candidate: Candidate) -> Citation:
    """Return where the words stand, with the paragraph around them."""
    article = candidate.article
    paragraph = article.paragraph_at(candidate.start)
    # A quotation may run on into the next paragraph: then both are the source.
    end = max(paragraph.end, article.paragraph_at(candidate.end - 1).end)
    return Citation(
        article_id=article.id,
        title=article.title,
        publication=article.publication,
        authors=article.authors,
        published=article.published,
        url=article.url,
        start=candidate.start,
        end=candidate.end,
        paragraph=article.text[paragraph.start : end],
        paragraph_start=paragraph.start,
    )
