"""From scored candidates to answers: tidy the ends, merge what says the same, keep every source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.duplicates import names_in
from index.records import Article, ParagraphKind
from index.sentences import sentence_spans
from qa.records import Answer, AnswerKind, Citation
from qa.words import answer_key, content_stems, tokens

_OPENING = "“\"‘'(["
_CLOSING = "”\"’')]"
_ENDS = ",;:. \n\t–—-"
# Rewritten sentences of copies keep more of their words than this.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may answer: ``article.text[start:end]``, and what speaks for them.

    Attributes:
        features: What the calibration weighs, by name (see ``qa.confidence``).
        speaker: Who said the words; "" for a span.
        role: The role of the speaker, or "".
        direct: They are a statement in the speaker's own words.
    """

    article: Article
    start: int
    end: int
    kind: AnswerKind
    features: dict[str, float]
    speaker: str = ""
    role: str = ""
    direct: bool = False

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


def assemble(
    scored: Sequence[tuple[float, Candidate]],
    top: int,
    least: float,
    copies: Mapping[str, Sequence[Article]] | None = None,
) -> tuple[Answer, ...]:
    """Return the ``top`` best distinct answers with at least probability ``least``, best first.

    Candidates that overlap in one article are one answer, and so are those at the same place of near-duplicates. The
    same words in other articles are further sources of an answer; near-duplicates are one source, which names the
    first publication that has the words.

    Args:
        scored: Candidates, each with the probability that it answers the question.
        top: How many answers at most.
        least: Least probability.
        copies: For each article that has near-duplicates all of them, itself included, first publication first.
    """
    near = copies or {}
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
        elif key and len(groups) < top and not any(_overlap(candidate, s, near) for group in groups for s in group):
            groups.append([candidate])
            probabilities.append(probability)
    return tuple(answer_of(group, probability, near) for group, probability in zip(groups, probabilities, strict=True))


def answer_of(group: Sequence[Candidate], probability: float, copies: Mapping[str, Sequence[Article]]) -> Answer:
    """Make one answer of candidates that say the same in different articles, best first."""
    best = group[0]
    stories: dict[str, list[Candidate]] = {}
    for candidate in group:
        stories.setdefault(story_of(candidate.article, copies), []).append(candidate)
    cited: list[Citation] = []
    for candidates in stories.values():
        first, *others = _places(candidates, copies)
        cited += [citation(first), *(replace(citation(other), copy=True) for other in others)]
    further = tuple(cited[1:])
    return Answer(best.text, probability, best.kind, best.speaker, cited[0], further, best.role, best.direct)


def story_of(article: Article, copies: Mapping[str, Sequence[Article]]) -> str:
    """Return what near-duplicates have in common: the id of the first publication."""
    family = copies.get(article.id)
    return family[0].id if family else article.id


def _places(candidates: Sequence[Candidate], copies: Mapping[str, Sequence[Article]]) -> list[Candidate]:
    """Return where near-duplicates have the words of the best candidate, first publication first.

    Copies that do not have these very words, or have them in another sentence only, are left out; where one of them
    was a candidate by itself, it comes last.
    """
    best = candidates[0]
    places = [place for article in copies.get(best.article.id, ()) if (place := _place_in(article, best))]
    found = {place.article.id for place in places}
    return places + [candidate for candidate in candidates if candidate.article.id not in found]


def _place_in(article: Article, candidate: Candidate) -> Candidate | None:
    """Return where ``article`` has the words of ``candidate`` in a sentence like its own, or None.

    The sentence must have all names and numbers of the candidate's: "open from 10 to noon" is said of Millbrook here
    and of Ashford there where a notice is filled in again and again.
    """
    if article.id == candidate.article.id:
        return candidate
    words = rf"(?<!\w)(?<!\d[.,]){re.escape(candidate.text)}(?!\w)(?![.,]\d)"
    places = [
        replace(candidate, article=article, start=match.start(), end=match.end())
        for match in re.finditer(words, article.text)
        if article.paragraph_at(match.start()).kind in (ParagraphKind.BODY, ParagraphKind.HEADING)
    ]
    names = names_in(_sentence(candidate))
    same = [p for p in places if _likeness(p, candidate) >= ALIKE and names <= _words_of(_sentence(p))]
    return max(same, key=lambda place: _likeness(place, candidate), default=None)


def _words_of(sentence: str) -> frozenset[str]:
    return names_in(sentence).union(re.findall(r"\w+", sentence.lower()))


def _likeness(one: Candidate, other: Candidate) -> float:
    """Return how many words (0 to 1) the sentences around two candidates have in common (Dice's coefficient)."""
    first, second = set(tokens(_sentence(one))), set(tokens(_sentence(other)))
    return 2 * len(first & second) / max(1, len(first) + len(second))


def _sentence(candidate: Candidate) -> str:
    """Return the sentence, or the sentences, in which a candidate stands."""
    text, offset = candidate.article.text, candidate.article.paragraph_at(candidate.start).start
    end = max(candidate.article.paragraph_at(candidate.end - 1).end, candidate.end)
    spans = [(s + offset, e + offset) for s, e in sentence_spans(text[offset:end])]
    touched = [(s, e) for s, e in spans if s < candidate.end and candidate.start < e] or [(offset, end)]
    return text[touched[0][0] : touched[-1][1]]


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


def _overlap(one: Candidate, other: Candidate, copies: Mapping[str, Sequence[Article]]) -> bool:
    """Return whether two candidates say the same at one place, of an article or of its near-duplicates."""
    if one.article.id == other.article.id:
        return one.start < other.end and other.start < one.end
    if story_of(one.article, copies) != story_of(other.article, copies):
        return False
    common = set(content_stems(one.text)) & set(content_stems(other.text))
    return bool(common) and _likeness(one, other) >= ALIKE


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
