"""What is said in interviews and transcripts, beside what is quoted in prose."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.interviews import interview
from index.records import Article, Statement, StatementKind
from index.transcripts import transcript


def with_speeches(article: Article, found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Add what is said in an interview or a transcript, in place of what was found in it without another's name."""
    name, answers = interview(article, [statement.speaker for statement in found])
    speeches = [(name, "", at, spans) for at, spans in answers] or transcript(article)
    said = [
        Statement(article.id, StatementKind.DIRECT, spans, label, who, "", "", (at, spans[-1][1]))
        for who, label, at, spans in speeches
    ]
    whose = [(span, statement.speaker) for statement in said for span in statement.spans]
    # Who is told of without a name is somebody else, but for "It", which names nobody.
    others = [s for s in found if not any((s.speaker or s.speaker_text) in (who, "It") for who in _within(s, whose))]
    return tuple(sorted([*others, *said], key=lambda statement: statement.spans[0]))


def _within(statement: Statement, whose: Sequence[tuple[tuple[int, int], str]]) -> Iterator[str]:
    """Name whose speeches, which are in order and do not overlap, a statement begins in."""
    start, end = statement.spans[0]
    at = bisect_left(whose, ((end, 0), ""))
    while at and whose[at - 1][0][1] > start:
        at -= 1
        yield whose[at][1]


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two places have characters in common."""
    return one[0] < other[1] and other[0] < one[1]
