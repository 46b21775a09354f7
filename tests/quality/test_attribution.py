"""Who said what in real articles, against labels made by reading: pinned floors that only rise.

Each line of ``attribution.jsonl`` is a statement that was drawn at random from what was found at the time, with what is
right: the spans of its words in the article's text, and the names that are right for its speaker ("" where the article
names nobody; ``written`` then tells who it is), or no speaker where nothing should have been found at all. A statement
that is not found counts as wrong. The rules were mended after each draw was labelled, by classes of error; what each
draw showed while it was fresh is the unbiased figure, and stands in the documentation. ``references.jsonl`` holds more
statements whose speaker is a pronoun or a description: they were drawn to fit whom those mean, not to measure.
"""

from collections import Counter
from pathlib import Path

import pytest

from bench.labelled import Row, labelled_articles, read_labels
from index.records import Article, Statement
from index.statements import statements

pytestmark = [pytest.mark.quality]

LABELS = Path(__file__).with_name("attribution.jsonl")
# Right speakers and right words, of 200, 1,200 and 1,060 statements: one less than measured, or what they were before.
FLOORS = {
    "news-dev": {"speaker": 194, "words": 195},
    "congress-press": {"speaker": 1147, "words": 1156},
    "realtimeqa-2022": {"speaker": 968, "words": 1012},
}
_EDGES = " \t\n.,;:\"“”‘’'`"
_SAME = 0.3


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_labels([LABELS])


@pytest.fixture(scope="module")
def articles(shared: Path, rows: list[Row]) -> dict[str, Article]:
    return labelled_articles(rows, shared / "data")


@pytest.fixture(scope="module")
def right(rows: list[Row], articles: dict[str, Article]) -> Counter[tuple[str, str]]:
    found = {key: statements(articles[key]) for key in {row["article"] for row in rows}}
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        speaker, words = judge(row, found[row["article"]], articles[row["article"]].text)
        counts[row["set"], "speaker"] += speaker
        counts[row["set"], "words"] += words
    return counts


def judge(row: Row, found: tuple[Statement, ...], text: str) -> tuple[bool, bool]:
    """Say whether speaker and words of a labelled statement are right in what is found."""
    gold = [(start, end) for start, end in row["spans"]]
    likeness, best = max(((_likeness(s.spans, gold), i) for i, s in enumerate(found)), default=(0.0, 0))
    if row["speaker"] is None:
        return likeness < _SAME, likeness < _SAME
    if likeness == 0:
        return False, False
    said = found[best]
    speaker = said.speaker in row["speaker"] and (said.speaker != "" or said.speaker_text == row["written"])
    return speaker, _words(text, said.spans) == _words(text, gold)


def _likeness(one: tuple[tuple[int, int], ...], other: list[tuple[int, int]]) -> float:
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return common / (sum(b - a for a, b in one) + sum(b - a for a, b in other) - common)


def _words(text: str, spans: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> list[str]:
    return [" ".join(text[start:end].strip(_EDGES).split()) for start, end in spans]


def test_every_labelled_article_is_there(rows: list[Row], articles: dict[str, Article]) -> None:
    assert {row["article"] for row in rows} <= set(articles)


@pytest.mark.parametrize(
    ("source", "figure"), [(source, figure) for source in FLOORS for figure in ("speaker", "words")]
)
def test_figure_does_not_fall(right: Counter[tuple[str, str]], source: str, figure: str) -> None:
    assert right[source, figure] >= FLOORS[source][figure]


def test_words_are_slices_and_speakers_are_named(articles: dict[str, Article]) -> None:
    for article in articles.values():
        named = f"{article.title}\n{article.text}"
        for said in statements(article):
            for start, end in said.spans:
                assert article.text[start:end].strip()
            for name in said.speaker.split(" and "):
                assert all(word in named for word in name.split()), (article.url, name)
