"""Questions of our own, put beside the articles they are about."""

import json
import lzma
from pathlib import Path

import pytest

from bench.labelled import Row, read_labels
from bench.own_questions import APART, DEVELOPED, QUESTIONS, write_set
from bench.scoring import read_questions

TEXT = "Mayor Ann Holt opened the bridge. “It is safe,” she said."
ROWS: list[Row] = [
    {
        "id": "q1", "set": DEVELOPED, "question": "What did Holt say?", "type": "statement", "data": "town",
        "url": "https://example.org/1", "spans": [[35, 45]], "history": ["Who opened the bridge?"],
    },
    {"id": "q2", "set": DEVELOPED, "question": "What did Penn say?", "type": "unanswerable"},
]  # fmt: skip


def _collection(folder: Path) -> None:
    (folder / "town").mkdir()
    with lzma.open(folder / "town" / "all.jsonl.xz", "wt", encoding="utf-8") as stream:
        for number, text in ((0, "Nobody asks about this."), (1, TEXT)):
            stream.write(json.dumps({"url": f"https://example.org/{number}", "text": text}) + "\n")


def test_answers_are_cut_from_the_article(tmp_path: Path) -> None:
    _collection(tmp_path)
    write_set(ROWS, tmp_path, tmp_path / "out")
    articles = json.loads((tmp_path / "out" / "articles.json").read_text("utf-8"))
    assert [article["url"] for article in articles] == ["https://example.org/1"]  # nothing that is not asked about
    answered, unanswerable = read_questions(tmp_path / "out" / "questions.json")
    assert answered.answers == ("It is safe",)
    assert answered.article == articles[0]["id"]
    assert answered.history == ("Who opened the bridge?",)
    assert (unanswerable.answers, unanswerable.article, unanswerable.history) == ((), None, ())


def test_an_article_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    _collection(tmp_path)
    with pytest.raises(KeyError):
        write_set([ROWS[0] | {"url": "https://example.org/9"}], tmp_path, tmp_path / "out")


def test_the_sets_share_no_article_and_no_question() -> None:
    rows = read_labels([QUESTIONS])
    developed, apart = ([row for row in rows if row["set"] == name] for name in (DEVELOPED, APART))
    assert len(developed) + len(apart) == len(rows) > 0
    for key in ("id", "url", "question"):
        assert not {row[key] for row in developed if key in row} & {row[key] for row in apart if key in row}
