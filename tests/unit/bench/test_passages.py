"""Lines to train a reader on: the passages that are read for a question, marked where they hold the answer."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.news import fill
from bench.passages import ALL_REFUSED, REFUSED, write_passages
from bench.scoring import Question
from index.library import Library
from index.settings import Settings
from qa.engine import Engine
from tests.unit.index.library_fakes import WordEmbedder

BRIDGE = (
    "The harbor bridge cost 12 million, said nobody in 1990. Mayor Ann Holt opened the bridge on Monday. "
    "The new bridge cost 12 million and the old one 3 million."
)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[tuple[Engine, dict[str, str]]]:
    """An engine on eight articles of one passage each; the first is ``BRIDGE``, the last has its number, too."""
    texts = [
        BRIDGE,
        *(f"The bridge in town {number} is still closed." for number in range(6)),
        "Bread cost 12 million.",
    ]
    articles = [
        {"id": f"a{number}", "url": f"https://example.org/{number}", "title": f"Bridge {number}", "text": text}
        for number, text in enumerate(texts)
    ]
    (tmp_path / "articles.json").write_text(json.dumps(articles), "utf-8")
    settings = Settings(library=tmp_path / "library", embedder="fake")
    with Library.open(Path(settings.library), WordEmbedder(), settings, create=True) as library:
        yield Engine(library, settings), fill(library, tmp_path / "articles.json")


def _lines(asked: tuple[Engine, dict[str, str]], question: Question, output: Path) -> list[dict[str, object]]:
    count = write_passages(asked[0], [question], asked[1], output)
    lines = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert count == len(lines)
    assert all(line["group"] == asked[1]["a0"] for line in lines)
    return lines


def test_the_preferred_answer_is_marked_beside_the_words_of_the_question(
    asked: tuple[Engine, dict[str, str]], tmp_path: Path
) -> None:
    question = Question("q", "What did the new bridge cost?", "number", "a0", ("12 million", "million"), ())
    marked, *refused = sorted(_lines(asked, question, tmp_path / "out.jsonl"), key=lambda line: not line["answers"])
    start = marked["answers"][0]["start"]  # type: ignore[index]
    assert marked["context"] == f"Bridge 0\n{BRIDGE}"
    assert str(marked["context"])[start:].startswith("12 million")
    assert len(refused) == REFUSED
    assert not any(line["answers"] for line in refused)
    assert not any("12 million" in str(line["context"]) for line in refused)  # bread may be a right answer


def test_what_nothing_answers_is_refused_in_more_passages(asked: tuple[Engine, dict[str, str]], tmp_path: Path) -> None:
    lines = _lines(asked, Question("q", "Who drew the bridge?", "unanswerable", "a0", (), ()), tmp_path / "out.jsonl")
    assert len(lines) == ALL_REFUSED
    assert not any(line["answers"] for line in lines)


def test_a_follow_up_is_written_as_the_reader_is_asked(asked: tuple[Engine, dict[str, str]], tmp_path: Path) -> None:
    question = Question("q", "When did she open it?", "followup", "a0", ("Monday",), ("What did Ann Holt open?",))
    lines = _lines(asked, question, tmp_path / "out.jsonl")
    assert all("Holt" in str(line["question"]) for line in lines)
