"""Interviews printed as questions and answers: the answers are the words of the one who was asked."""

import re
from collections.abc import Iterator, Sequence

from index.names import NAME, split_title
from index.records import Article, Paragraph, ParagraphKind

# Questions of an article that is an interview; one whose headline does not say so needs more.
FEWEST_NAMED, FEWEST_UNNAMED = 3, 4
# Share of the answers in which somebody says "I" or "we": in answers to a reader's questions nobody does.
FIRST_PERSON = 0.4
# An interviewer's remark is shorter than most answers.
_LONGEST_REMARK = 30
_IN_HEADLINE = (
    re.compile(rf"\b(?i:interviews?|q ?& ?a) (?:(?:with|of|by) )?(?:the )?(?!Transcript)({NAME})(?P<more> and [A-Z])?"),
    re.compile(rf"^({NAME})(?P<more> and [A-Z])?.*\b(?i:interview|q ?& ?a)\b"),
    re.compile(
        rf"\b(?i:(?:\d+|five|ten) questions) (?:with|for) (?:the )?(?:[a-z-]+ ){{0,3}}({NAME})(?P<more> and [A-Z])?"
    ),
)
# "A: I grew up there."
_LETTER = re.compile(r"(?:[AQ]|Answer)[:.]\s*(?=\S)")
_FIRST = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Mm]y|[Oo]ur|me)\b")
_SECOND = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?[”\"’')\]]*$")
# "Tell me about that.", "You have a long career in poetry."
_REMARK = re.compile(
    r"^(?:(?:please )?(?:tell|describe|explain|talk)\b|you(?:['’](?:ve|re)|r)? |and you )", re.IGNORECASE
)

Spans = tuple[tuple[int, int], ...]


def interview(article: Article, quoted: Sequence[str] = ()) -> tuple[str, list[tuple[int, Spans]]]:
    """Return who was interviewed and what they said; ("", []) for an article that is no interview.

    Args:
        article: The article.
        quoted: Names of those to whom it attributes words; who alone is quoted is the one whom a headline without a
            name means.

    Returns:
        The name, and for each question that was answered where it begins and the paragraphs of the answer.
    """
    text = article.text
    exchanges = list(_exchanges(text, article.paragraphs))
    name, names = _interviewee(article.title), {one for one in quoted if one}
    if name is None and len(names) == 1 and len(exchanges) >= FEWEST_UNNAMED:
        (name,) = names
    answers = [text[start:end] for _, spans in exchanges for start, end in spans]
    said_i = sum(bool(_FIRST.search(answer)) for answer in answers)
    if not name or len(exchanges) < FEWEST_NAMED or said_i < FIRST_PERSON * len(answers):
        return "", []
    addressed = sum(bool(_SECOND.search(text[at : spans[0][0]])) for at, spans in exchanges)
    return (name, exchanges) if 3 * addressed >= len(exchanges) else ("", [])


def _interviewee(title: str) -> str | None:
    """Return the name that the headline of an interview gives, "" where it gives several; None where it gives none."""
    for pattern in _IN_HEADLINE:
        if match := pattern.search(title):
            return "" if match["more"] else split_title(match[1])[1] or match[1]
    return None


def _exchanges(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, Spans]]:
    """Yield where each question begins, with the paragraphs up to the next question."""
    asked, spans = -1, list[tuple[int, int]]()
    for paragraph in paragraphs:
        if paragraph.kind not in (ParagraphKind.BODY, ParagraphKind.HEADING):
            continue
        words = text[paragraph.start : paragraph.end]
        asks = bool(_QUESTION.search(words))
        if asks or paragraph.kind is ParagraphKind.HEADING or _is_remark(words):
            if asked >= 0 and spans:
                yield asked, tuple(spans)
            # What a heading or a remark leads to was asked as well, once questions have begun.
            asked, spans = paragraph.start if asks or asked >= 0 else -1, []
        elif asked >= 0:
            letter = None if spans else _LETTER.match(words)
            spans.append((paragraph.start + (letter.end() if letter else 0), paragraph.end))
    if asked >= 0 and spans:
        yield asked, tuple(spans)


def _is_remark(words: str) -> bool:
    return bool(_REMARK.match(words)) and len(words.split()) <= _LONGEST_REMARK
