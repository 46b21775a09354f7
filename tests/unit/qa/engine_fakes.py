"""An engine with a reader that finds what it is told to, in a library without a model, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from index.library import Library
from index.records import AddStatus, Draft
from index.settings import Settings
from qa.engine import Engine
from qa.reader import Place
from qa.records import Hit, Span
from tests.unit.index.library_fakes import WordEmbedder

BRIDGE = Draft(
    "The old bridge over the river was shut on Monday after engineers found cracks in two of its beams. Repairs will "
    "cost $5 million, the county reckons, and traffic goes over the northern bridge until they are done.",
    "bridge.txt",
    title="Old bridge shut",
    publication="Harbour Times",
    published=date(2023, 10, 5),
)
FERRY = Draft(
    "The ferry runs twice an hour while the old bridge is shut. A crossing is free for people on foot, and a car pays "
    "$5 million less than nothing, as the joke goes at the landing, where the queue was long on Monday.",
    "ferry.txt",
    title="Ferry takes over",
    publication="Coast Courier",
    published=date(2023, 10, 9),
)


@dataclass
class FakeReader:
    """Finds each of ``words`` wherever it stands, with its margin."""

    words: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, list[str], int, int]] = field(default_factory=list)
    within: list[list[str]] = field(default_factory=list)
    name: str = "fake"

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        max_answer_tokens: int,
        spans_per_hit: int,
        within: Sequence[Place] = (),
    ) -> list[Span]:
        """Keep what was asked, and return the spans."""
        self.within.append([hits[at].article.text[start:end] for at, start, end in within])
        self.asked.append((question, [hit.article.title for hit in hits], max_answer_tokens, spans_per_hit))
        spans = []
        for hit in hits:
            for words, margin in self.words.items():
                place = hit.text.find(words)
                if place >= 0:
                    start = hit.chunk.start + place
                    spans.append(Span(hit, start, start + len(words), margin, 0.0))
        return spans


def settings_of(tmp_path: Path, least: float = 0.5) -> Settings:
    """A reader folder without calibration, so a margin of 0 is a probability of one half."""
    return Settings(
        library=tmp_path / "library", embedder="fake", reader=str(tmp_path / "reader"), chunk_tokens=64,
        chunk_overlap=8, min_probability=least,
    )  # fmt: skip


def engine_of(tmp_path: Path, reader: FakeReader | None, *drafts: Draft, least: float = 0.5) -> Engine:
    settings = settings_of(tmp_path, least)
    library = Library.open(Path(settings.library), WordEmbedder(dimension=64), settings, create=True)
    results = list(library.add(drafts))
    assert all(result.status is AddStatus.ADDED for result in results)
    return Engine(library, settings, reader)


def library_of(engine: Engine) -> Library:
    """Return the library of an engine, which is in a folder."""
    assert isinstance(engine.library, Library)
    return engine.library
