"""The fit of who is meant, on made-up articles in which the rule is known: the last of the sex is meant."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.labelled import labelled_articles, read_labels
from bench.referents import fit
from index.errors import QuestionError
from index.records import Article
from index.statements import statements
from tests.unit.statements.helpers import article

_MEN, _WOMEN = ("Peter", "Paul", "Mark", "Brian"), ("Mary", "Linda", "Laura", "Helen")


def _world() -> tuple[list[dict[str, object]], dict[str, Article]]:
    rows: list[dict[str, object]] = []
    articles = {}
    for number, (man, woman) in enumerate((m, w) for m in _MEN for w in _WOMEN):
        she = number % 2 == 0
        pronoun, name = ("she", f"{woman} Quill") if she else ("he", f"{man} Hall")
        text = f"{woman} Quill met {man} Hall. “The pier is open,” {pronoun} said."
        one = replace(article(text), id=f"a{number}")
        (said,) = statements(one)
        articles[one.id] = one
        spans = [list(span) for span in said.spans]
        rows.append({"article": one.id, "spans": spans, "speaker": [name], "written": pronoun})
    return rows, articles


def test_fit_learns_the_rule_and_reports_it(tmp_path: Path) -> None:
    rows, articles = _world()
    report = fit(rows, articles, tmp_path / "weights.json")
    weights = json.loads((tmp_path / "weights.json").read_text("utf-8"))
    assert weights["person"]["gender fits"] > 0 > weights["person"]["gender differs"]
    assert "| person | 16 | 100.0% |" in report


def test_labels_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text("{", "utf-8")
    with pytest.raises(QuestionError, match=r"labels\.jsonl cannot be read as labels"):
        read_labels([tmp_path / "labels.jsonl"])


def test_labelled_articles_are_those_of_the_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    records = [
        {"url": f"https://a.example/{n}", "title": f"Pier {n}", "text": "The pier in Saltby is open again. " * 9}
        for n in (1, 2)
    ]
    (folder / "articles.json").write_text(json.dumps(records), "utf-8")
    found = labelled_articles([{"set": "some", "url": "https://a.example/2"}], tmp_path)
    assert [one.url for one in found.values()] == ["https://a.example/2"]
