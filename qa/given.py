"""What answered the question before is no answer to a follow-up."""

from collections.abc import Sequence

from qa.answers import Candidate
from qa.records import AnswerKind, Span


def without_given(found: Sequence[Candidate], earlier: Sequence[Span]) -> list[Candidate]:
    """Leave out the words that answer the earlier question, where they answer it better than the follow-up.

    "How many gulls came?" and "And how many of them stayed?": beside the first number the second is easily overlooked.

    Args:
        found: Candidates for the follow-up.
        earlier: What the reader finds for the earlier question in the same passages.
    """
    given = max(earlier, key=lambda span: span.margin, default=None)
    if given is None or given.margin <= 0:
        return list(found)
    words = given.hit.article.text[given.start : given.end]
    return [one for one in found if not _is_given(one, given, words)]


def _is_given(one: Candidate, given: Span, words: str) -> bool:
    if one.kind is not AnswerKind.SPAN or one.features["margin"] >= given.margin:
        return False
    inside = one.article.id == given.hit.article.id and given.start <= one.start and one.end <= given.end
    return inside or one.text == words
