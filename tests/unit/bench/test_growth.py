"""The cost of growing, on a handful of articles."""

import json
import lzma
from pathlib import Path

import pytest

from bench.growth import made_up, measure

TEXTS = ["One two three four.\n\nFive six.", "Seven eight nine ten eleven."]


def test_made_up_articles_have_the_lengths_and_words_of_real_ones() -> None:
    drafts = list(made_up(TEXTS, 4))
    assert [[len(p.split()) for p in d.text.split("\n\n")] for d in drafts] == [[4, 2], [5], [4, 2], [5]]
    real = {word for text in TEXTS for word in text.split()}
    assert {word for d in drafts for word in d.text.split()} <= real
    assert len({d.text for d in drafts}) == 4
    assert [d.text for d in made_up(TEXTS, 4)] == [d.text for d in drafts]


def test_the_table_has_a_row_for_each_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [" ".join(f"word{number * 50 + n}" for n in range(50)) for number in range(8)]
    file = tmp_path / "articles.jsonl.xz"
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in words)
    monkeypatch.setattr("bench.growth._BATCH", 5)
    rows = measure(file, [6, 3], ["Who won?", "What is word7?"], tmp_path / "library").splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| 3", "| 6"]
    assert all(float(cell) >= 0 for row in rows for cell in row.strip("| ").split(" | ")[2:])
