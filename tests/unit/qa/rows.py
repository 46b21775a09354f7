"""Stored statements for tests, and a library that holds nothing else."""

from dataclasses import dataclass, field
from datetime import date

from index.identity import same_speaker
from index.records import Filters, StatementKind
from index.statement_store import StatementRow


def row(
    id: int,
    speaker: str,
    text: str,
    published: date | None = date(2023, 10, 5),
    article: str = "",
    role: str = "",
    spans: tuple[tuple[int, int], ...] = (),
    publication: str = "Harbour Times",
) -> StatementRow:
    """Return a statement; each has an article of its own unless ``article`` says which."""
    article = article or f"a{id}"
    return StatementRow(
        id=id,
        article_id=article,
        title=f"Title of {article}",
        publication=publication,
        published=published,
        url=f"https://example.org/{article}",
        kind=StatementKind.DIRECT,
        text=text,
        spans=spans or ((0, len(text)),),
        speaker_text=speaker.split()[-1] if speaker else "the spokesman",
        speaker=speaker,
        role=role,
        cue="said",
        context=(0, len(text) + 20),
    )


@dataclass
class FakeStatements:
    """Finds statements as a library does: by the speaker, and by words that all stand in the text; oldest first."""

    rows: list[StatementRow]
    asked: list[tuple[Filters, str, str]] = field(default_factory=list)

    def statements(self, filters: Filters = Filters(), speaker: str = "", about: str = "") -> list[StatementRow]:
        """Return the statements that pass."""
        self.asked.append((filters, speaker, about))
        found = [
            r
            for r in self.rows
            if (not speaker or same_speaker(speaker, r.speaker, r.role, r.speaker_text))
            and all(word in r.text.lower().split() for word in about.lower().split() if word != "the")
            and (not filters.publications or r.publication in filters.publications)
        ]
        return sorted(found, key=lambda r: (r.published is None, r.published or date.max, r.id))
