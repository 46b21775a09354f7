"""The measurement of near-duplicates: what copies are made, and what is counted."""

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bench.copies import KINDS, body_sentences, make_copy, reorder, rewrite
from bench.duplicates import _Known, _pairs, measure
from index.article import article_from
from tests.unit.index.stories import LOCK, from_sentences, made_up, sentences, story

ARTICLE = article_from(story(LOCK, "Lock at Ashford closes for nine weeks", "Ashford Mail", date(2024, 2, 6)))
SENTENCES = body_sentences(ARTICLE)


def seeded(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311


def test_halves_are_halves_of_the_sentences() -> None:
    assert len(SENTENCES) == 12
    expected = {"first half": SENTENCES[:6], "middle half": SENTENCES[3:9]}
    for kind in ("first half", "middle half", "random half"):
        kept = body_sentences(article_from(make_copy(ARTICLE, kind, 0, seeded())))
        assert len(kept) == 6
        assert kept == expected.get(kind, [sentence for sentence in SENTENCES if sentence in kept])


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_another_article_and_the_same_for_the_same_seed(kind: str) -> None:
    copy = make_copy(ARTICLE, kind, 7, seeded())
    assert copy == make_copy(ARTICLE, kind, 7, seeded())
    assert copy.title != ARTICLE.title and set(copy.title.split()) < set(ARTICLE.title.split())
    assert copy.publication != ARTICLE.publication
    assert article_from(copy).id != ARTICLE.id


def test_reordering_keeps_every_sentence() -> None:
    shuffled = reorder(SENTENCES, seeded())
    assert shuffled != SENTENCES
    assert Counter(shuffled) == Counter(SENTENCES)


def test_rewriting_changes_words_numbers_marks_and_clauses() -> None:
    given = ["The board announced “1,200 jobs” for Senator Holt, who chairs it, and $5 million (more or less)."]
    written = {" ".join(rewrite(given, seeded(seed))) for seed in range(30)}
    for changed in ("unveiled", '"1200', "positions", "Sen. Holt", "$5m"):
        assert any(changed in text for text in written)
    assert all("more or less" not in text and "“" not in text for text in written)
    assert any("chairs" not in text for text in written) and any("chairs" in text for text in written)


def test_pairs_of_families() -> None:
    assert _pairs([5, 1, 5, 5, 2]) == {(0, 2), (0, 3), (2, 3)}


def test_real_copies_are_known_by_their_sentences() -> None:
    parts = sentences(LOCK)
    texts = [
        LOCK,
        from_sentences(parts[:7]) + " " + made_up(1, 5),
        made_up(2, 12),
        from_sentences(parts[:2]) + " " + made_up(3, 8),
    ]
    known = _Known([article_from(story(text)) for text in texts])
    assert known.share(0, 1) == pytest.approx(6 / 11)  # "Skippers were less pleased" is too short to count
    assert (known.judge(0, 1), known.judge(0, 2), known.judge(0, 3), known.judge(2, 2)) == (True, False, None, True)
    assert list(known.copies()) == [(0, 1)]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    rows = [
        {
            "url": f"u{n}",
            "publication": f"Office {n % 5}",
            "title": f"On the matter {n} of today",
            "published": "2024-02-06",
            "text": made_up(n),
        }
        for n in range(66)
    ]
    rows.append(rows[0] | {"publication": "Office 9", "text": made_up(0) + " " + made_up(500, 2)})
    rows.append(rows[1] | {"text": " "})
    (tmp_path / "2024-02.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return tmp_path


def test_measuring_counts_copies_pairs_and_time(releases: Path) -> None:
    report = measure(releases, 100, seed=1)
    for kind in KINDS:
        assert f"| {kind} | 2 |" in report
    assert "| all | 22 | | 1.000 | 1.000 |" in report
    assert "Among 67 real articles 1 pairs share" in report
    assert "1 of them are in one group" in report
    assert "Of 1 pairs of real articles in one group 1 share that much, 0 less, 0 under 10%" in report
    assert "at 89 articles" in report
    assert measure(releases, 100, seed=1).split("Grouping took")[0] == report.split("Grouping took")[0]


def test_measuring_takes_no_more_articles_than_asked_for(releases: Path) -> None:
    assert "Among 30 real articles" in measure(releases, 30, seed=2)
