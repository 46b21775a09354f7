"""Articles of made-up sentences."""

from dataclasses import dataclass
from datetime import date

from index.records import Article, Paragraph, ParagraphKind, Statement, StatementKind
from index.statements import statements


def article(*paragraphs: str, kinds: tuple[ParagraphKind, ...] = ()) -> Article:
    """Return an article of these paragraphs, all of them body unless ``kinds`` says otherwise."""
    spans = []
    position = 0
    for index, text in enumerate(paragraphs):
        kind = kinds[index] if kinds else ParagraphKind.BODY
        spans.append(Paragraph(position, position + len(text), kind))
        position += len(text) + 2
    return Article(
        id="a1",
        text="\n\n".join(paragraphs),
        paragraphs=tuple(spans),
        title="",
        deck="",
        publication="",
        authors=(),
        agency="",
        place="",
        section="",
        published=date(2024, 5, 1),
        url="",
        source="test",
    )


@dataclass(frozen=True)
class Said:
    """What a test expects of one statement."""

    kind: StatementKind
    words: tuple[str, ...]
    written: str
    speaker: str
    cue: str
    role: str = ""


def found(*paragraphs: str) -> list[Said]:
    """Return what is said in an article of these paragraphs."""
    one = article(*paragraphs)
    return [said(one.text, s) for s in statements(one)]


def said(text: str, statement: Statement) -> Said:
    """Return a statement with its words."""
    words = tuple(text[start:end] for start, end in statement.spans)
    return Said(statement.kind, words, statement.speaker_text, statement.speaker, statement.cue, statement.role)
