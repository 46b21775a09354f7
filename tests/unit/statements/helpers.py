"""Articles of made-up sentences."""

from datetime import date

from index.records import Article, Paragraph, ParagraphKind


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
