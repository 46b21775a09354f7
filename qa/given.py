"""What answered the question before is no answer to a follow-up."""

from collections.abc import Sequence

from qa.answers import Candidate
from qa.records import AnswerKind, Span


def without_given(found: Sequence[Candidate], earlier: Sequence[Span], *, both: bool = False) -> list[Candidate]:
    """Leave out the words that answer the earlier question, where they answer it better than the follow-up.

    "How many gulls came?" and "And how many of them stayed?": beside the first number the second is easily overlooked.

    Args:
        found: Candidates for the follow-up.
        earlier: What the reader finds for the earlier question in the same passages.
        both: Whether the reader was asked both questions at once. The best answer to the earlier one is then left out
            however well it seems to answer.
    """
    given = max(earlier, key=lambda span: span.margin, default=None)
    if given is None:
        return list(found)
    words = given.hit.article.text[given.start : given.end]
    return [one for one in found if not (_is_given(one, given, words) or (both and _says(one, words)))]


def _is_given(one: Candidate, given: Span, words: str) -> bool:
    if given.margin <= 0 or one.kind is not AnswerKind.SPAN or one.features["margin"] >= given.margin:
        return False
    inside = one.article.id == given.hit.article.id and given.start <= one.start and one.end <= given.end
    return inside or one.text == words


def _says(one: Candidate, words: str) -> bool:
    return one.kind is AnswerKind.SPAN and one.text == words
