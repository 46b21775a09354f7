"""A folder and Milvus give the same first answers to the development questions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.news import ask_all, fill
from bench.scoring import read_questions
from bench.stores import same_first
from index.settings import Settings
from qa.engine import Engine

pytestmark = [pytest.mark.models, pytest.mark.quality, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

LEAST_IDENTICAL = 0.99


def test_first_answers_are_identical(open_engine: Callable[[str], Engine], shared: Path, tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite", reason="pymilvus and milvus-lite are not installed (requirements-scale.txt)")
    data = shared / "data" / "news-dev"
    engines = [open_engine("news-dev-folder"), Engine.open(Settings(library=tmp_path / "milvus.db"), create=True)]
    questions = read_questions(data / "questions.json")
    replies = []
    for engine in engines:
        fill(engine.library, data / "articles.json")
        replies.append(ask_all(engine, questions))
    engines[1].library.close()
    same = [same_first(one, other) for one, other in zip(*replies, strict=True)]
    differing = [q.question for q, fits in zip(questions, same, strict=True) if not fits]
    assert sum(same) >= LEAST_IDENTICAL * len(same), differing
