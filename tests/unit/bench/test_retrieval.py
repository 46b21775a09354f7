"""What is measured of retrieval, over three articles whose right passages are known."""

import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench.retrieval import (
    SYSTEMS,
    Asked,
    answer_f1,
    articles_of,
    figures,
    fill_once,
    news,
    rank_all,
    realtimeqa,
    table,
    unpacked,
)
from bench.retrieval_constants import sweep
from index.library import Library
from index.records import Article, Chunk
from index.settings import Settings
from qa.engine import Engine
from qa.reader import Place
from qa.records import Hit, Span
from tests.unit.index.library_fakes import WordEmbedder

TEXTS = {
    "bridge": "The old bridge over the river was shut on Monday. Engineers had found cracks in two of its beams.",
    "ferry": "The ferry runs twice an hour from the landing at Quay Street. A crossing is free for people on foot.",
    "mayor": "The mayor opened a library in the former mill. It holds ten thousand books and a reading room.",
}
QUESTIONS = [
    ("When was the old bridge shut?", "Monday", "bridge"),
    ("Where does the ferry run from?", "Quay Street", "ferry"),
]


class _Reader:
    """Finds the accepted answers wherever they stand, surely."""

    name = "fake"

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        max_answer_tokens: int,
        spans_per_hit: int,
        within: Sequence[Place] = (),
    ) -> list[Span]:
        del question, max_answer_tokens, spans_per_hit, within
        found = []
        for hit in hits:
            for _, answer, _ in QUESTIONS:
                if (place := hit.text.find(answer)) >= 0:
                    start = hit.chunk.start + place
                    found.append(Span(hit, start, start + len(answer), 9.0, 0.0))
        return found


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    settings = Settings(library=tmp_path / "library", embedder="fake")
    library = Library.open(Path(settings.library), WordEmbedder(), settings, create=True)
    yield Engine(library, settings, _Reader())
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    rows = [{"url": f"https://example.org/{name}", "title": name, "text": text} for name, text in TEXTS.items()]
    with lzma.open(folder / "articles.jsonl.xz", "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    asked = [
        {"id": str(n), "question": question, "answers": [answer], "gold_urls": [f"https://example.org/{gold}"]}
        for n, (question, answer, gold) in enumerate(QUESTIONS)
    ]
    asked.append({"id": "gone", "question": "Who?", "answers": ["Nobody"], "gold_urls": ["https://example.org/gone"]})
    (folder / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in asked), "utf-8")
    return folder


def _filled(engine: Engine, folder: Path, tmp_path: Path) -> list[Asked]:
    fill_once(engine.library, [unpacked(articles_of(folder), tmp_path)])
    return realtimeqa(engine.library, folder)


def test_only_questions_whose_articles_are_there_are_asked(engine: Engine, folder: Path, tmp_path: Path) -> None:
    asked = _filled(engine, folder, tmp_path)
    assert [one.question for one in asked] == [question for question, _, _ in QUESTIONS]
    assert engine.library.stats().articles == 3


def test_every_system_ranks_and_the_table_has_a_line_for_each(engine: Engine, folder: Path, tmp_path: Path) -> None:
    asked = _filled(engine, folder, tmp_path)
    measured = rank_all(engine, asked, SYSTEMS)
    lines = table(engine.library, asked, measured).splitlines()
    assert len(lines) == 2 + len(SYSTEMS)
    default = lines[-1].split(" | ")
    assert default[0] == "| fused, then by both (default)"
    assert default[1:6] == ["100.0", "100.0", "100.0", "100.0", "1.000"]


def test_each_constant_has_its_value_in_bold(engine: Engine, folder: Path, tmp_path: Path) -> None:
    lines = sweep(engine, _filled(engine, folder, tmp_path)).splitlines()[2:]
    names = [line.split(" | ")[0] for line in lines]
    bold = [line.split(" | ")[0] for line in lines if "**" in line]
    assert bold == list(dict.fromkeys(names))
    assert all(len(line.split(" | ")) == 7 for line in lines)


def test_a_sure_reader_answers_and_the_plain_pipeline_with_it_too(engine: Engine, folder: Path, tmp_path: Path) -> None:
    plain, ours = answer_f1(engine, _filled(engine, folder, tmp_path))
    assert 0 < plain <= 1
    assert 0 < ours <= 1


def test_figures_by_hand() -> None:
    # First, third, sixth and nowhere; ranks beyond ten count nothing for the reciprocal rank.
    rows = [[True, False], [False, False, True], [False] * 5 + [True], [False], [], [False] * 12 + [True]]
    assert figures(rows) == ["16.7", "33.3", "50.0", "66.7", f"{(1 + 1 / 3 + 1 / 6) / 6:.3f}"]


def test_a_passage_is_right_with_its_evidence_or_an_answer() -> None:
    text = "On Monday, the bridge was shut. It stays so."
    article = Article.__new__(Article)
    object.__setattr__(article, "id", "a")
    object.__setattr__(article, "text", text)
    whole, rest = Chunk(1, "a", 0, len(text)), Chunk(2, "a", 32, len(text))
    by_answer = Asked("1", "When?", (), ("monday",), frozenset({"a"}))
    assert by_answer.is_right(whole, article)
    assert not by_answer.is_right(rest, article)
    assert not Asked("1", "When?", (), ("Mon",), frozenset()).is_right(whole, article)
    assert not Asked("1", "When?", (), ("Monday",), frozenset({"b"})).is_right(whole, article)
    by_evidence = Asked("1", "When?", (), ("Monday",), frozenset(), "It stays so.")
    assert by_evidence.is_right(rest, article)


def test_news_takes_answerable_questions_with_their_sentence(engine: Engine, tmp_path: Path) -> None:
    entries = [
        {"id": name, "url": f"https://example.org/{name}", "title": name, "text": text} for name, text in TEXTS.items()
    ]
    (tmp_path / "articles.json").write_text(json.dumps(entries), "utf-8")
    rows = [
        {"id": "1", "question": "When was it shut?", "history": [], "answers": ["Monday"], "article": "bridge",
         "sentence": "The old bridge over the river was shut on Monday."},
        {"id": "2", "question": "Who sang?", "history": [], "answers": [], "article": "bridge", "sentence": ""},
    ]  # fmt: skip
    (tmp_path / "questions.json").write_text(json.dumps(rows), "utf-8")
    fill_once(engine.library, [articles_of(tmp_path)])
    (asked,) = news(engine.library, tmp_path)
    assert asked.evidence.startswith("The old bridge")
    (article,) = engine.library.articles_by_id(asked.articles).values()
    assert article.title == "bridge"


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no articles"):
        articles_of(tmp_path)
