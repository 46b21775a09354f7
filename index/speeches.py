"""What is said in interviews and transcripts, beside what is quoted in prose."""

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
    whose = [(statement.speaker, span) for statement in said for span in statement.spans]
    # Who is told of without a name is somebody else, but for "It", which names nobody.
    others = [
        s
        for s in found
        if not any((s.speaker or s.speaker_text) in (who, "It") and meet(s.spans[0], one) for who, one in whose)
    ]
    return tuple(sorted([*others, *said], key=lambda statement: statement.spans[0]))


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two places have characters in common."""
    return one[0] < other[1] and other[0] < one[1]
