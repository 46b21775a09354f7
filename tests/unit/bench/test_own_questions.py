"""Questions of our own, put beside the articles they are about."""

import json
import lzma
from pathlib import Path

import pytest

from bench.labelled import Row, read_labels
from bench.own_questions import DEVELOPED, SETS, TRAINING, write_set
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


def test_articles_of_other_questions_stand_beside(tmp_path: Path) -> None:
    _collection(tmp_path)
    beside = [ROWS[0] | {"id": "q9", "url": "https://example.org/0"}]
    write_set(ROWS, tmp_path, tmp_path / "out", beside)
    articles = json.loads((tmp_path / "out" / "articles.json").read_text("utf-8"))
    assert [article["url"] for article in articles] == ["https://example.org/0", "https://example.org/1"]
    assert [one.id for one in read_questions(tmp_path / "out" / "questions.json")] == ["q1", "q2"]


def test_the_sets_share_no_article_and_no_question() -> None:
    rows = read_labels(sorted(set(SETS.values())))
    assert {row["set"] for row in rows} == set(SETS)
    asked = [row | {"question": [*row.get("history", []), row["question"]]} for row in rows]  # "Why?" is of many
    for key in ("id", "url", "question"):
        owners: dict[str, set[str]] = {}
        for row in asked:
            owners.setdefault(str(row.get(key, row["id"])), set()).add(row["set"])
        assert [value for value, sets in owners.items() if len(sets) > 1] == []


def test_every_question_to_teach_by_names_its_article_and_its_answers() -> None:
    rows = read_labels([TRAINING])
    assert all(row["data"] and row["url"] for row in rows)
    assert all(bool(row["spans"]) == (row["type"] != "unanswerable") for row in rows)
    assert all(0 <= start < end for row in rows for start, end in row["spans"])


def test_nothing_is_taught_that_is_measured_by() -> None:
    """Neither an article of ``news-dev`` nor one that a question of the quiz is answered by."""
    shared = Path("../shared/data")
    if not shared.is_dir():
        pytest.skip("the articles are not beside the checkout")
    measured = {article["url"] for article in json.loads((shared / "news-dev/articles.json").read_text("utf-8"))}
    for line in (shared / "realtimeqa-2022/questions.jsonl").read_text("utf-8").splitlines():
        measured |= set(json.loads(line)["gold_urls"])
    assert measured
    assert not measured & {row["url"] for row in read_labels([TRAINING])}
