"""All that the one who was asked for said on the topic, beside the sentences that were chosen as answers."""

from collections.abc import Sequence

from index.statement_store import StatementRow
from qa.instead import SaidIn
from qa.records import Answer, AnswerKind, Citation, Query
from qa.words import tokens


def all_said(library: SaidIn, query: Query, answers: Sequence[Answer]) -> tuple[StatementRow, ...]:
    """Return the statements of the speaker on the topic, oldest first; of repeated words only the oldest.

    A statement that holds an answer is always among them, whatever its words.

    Args:
        library: Where statements are looked up.
        query: The question.
        answers: Its answers, best first.

    Returns:
        Nothing where the best answer is not somebody's statement.
    """
    if not answers or answers[0].kind is not AnswerKind.STATEMENT:
        return ()
    speaker = query.speaker or answers[0].speaker
    theirs = library.statements(query.filters, speaker=speaker)
    if not theirs:  # who was asked for by a description, which only the article at hand explains
        speaker, cited = answers[0].speaker, answers[0].citation.article_id
        theirs = [row for row in library.statements(query.filters, speaker=speaker) if row.article_id == cited]
    chosen = {row.id for row in theirs if any(_holds(row, answer) for answer in answers)}
    if query.topic:
        chosen |= {row.id for row in library.statements(query.filters, speaker=speaker, about=query.topic)}
    elif query.speaker:  # "What did Garland say?" asks for everything
        chosen |= {row.id for row in theirs}
    once: dict[tuple[str, ...], StatementRow] = {}
    for row in theirs:
        if row.id in chosen:
            once.setdefault(tuple(tokens(row.text)), row)
    return tuple(once.values())


def _holds(row: StatementRow, answer: Answer) -> bool:
    """Return whether an answer, at any of its places, stands in a statement."""
    return answer.kind is AnswerKind.STATEMENT and any(_meets(row, c) for c in (answer.citation, *answer.also_in))


def _meets(row: StatementRow, cited: Citation) -> bool:
    return row.article_id == cited.article_id and any(s < cited.end and cited.start < e for s, e in row.spans)
