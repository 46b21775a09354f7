"""Statements of the articles that the fake engine knows, and of others."""

from datetime import date

from index.records import StatementKind
from index.statement_store import StatementRow
from tests.app import world


def statement(
    number: int,
    article_id: str,
    words: str,
    speaker: str,
    role: str = "",
    kind: StatementKind = StatementKind.DIRECT,
    published: date | None = date(2023, 10, 2),
    publication: str = "Harbour Times",
) -> StatementRow:
    """Return a statement whose words stand in the article of this name, or are all of it."""
    text = {a.id: a.text for a in (world.BRIDGE, world.FERRY, world.HOSTILE)}.get(article_id, words)
    start = text.index(words)
    return StatementRow(
        number, article_id, f"Headline of {article_id}", publication, published, "", kind, words,
        ((start, start + len(words)),), speaker, speaker, role, "said", (start, start + len(words)),
    )  # fmt: skip
