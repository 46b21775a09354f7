"""The sample articles can be read, and docs/samples.md tells the truth about them."""

from datetime import date
from pathlib import Path

import pytest

from index.records import Draft, Failure
from index.sources import Limits, read_paths

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
FIRST, LAST = date(2023, 10, 2), date(2023, 10, 22)
NO_ANSWER = "(no answer)"
MEXICO = "2023-10-05-mexico-city-talks.txt"


@pytest.fixture(scope="module")
def read() -> list[Draft | Failure]:
    return list(read_paths([SAMPLES], Limits()))


@pytest.fixture(scope="module")
def drafts(read: list[Draft | Failure]) -> list[Draft]:
    return [item for item in read if isinstance(item, Draft)]


def file_of(draft: Draft) -> str:
    """Name of the file a draft came from: "samples/news.jsonl:3" is news.jsonl."""
    return Path(draft.source).name.split(":")[0]


def table(heading: str) -> list[list[str]]:
    """Cells of the table under a heading of docs/samples.md, without its head."""
    section = (
        (ROOT / "docs" / "samples.md").read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    )
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def questions() -> list[tuple[str, str, str]]:
    return [(question, answer, file) for question, answer, file in table("Questions to try")]


def test_every_sample_is_read(read: list[Draft | Failure]) -> None:
    assert [item for item in read if isinstance(item, Failure)] == []
    assert len(read) == 28


def test_samples_have_title_publication_and_enough_text(drafts: list[Draft]) -> None:
    for draft in drafts:
        assert draft.title and not draft.title.startswith("#"), draft.source
        assert draft.publication, draft.source
        assert len(draft.text.split()) >= 100, draft.source
    assert len({draft.publication for draft in drafts}) == 6  # five outlets, and the sender of a press release


def test_samples_are_dated_within_three_weeks(drafts: list[Draft]) -> None:
    for draft in drafts:
        assert draft.published is not None, draft.source
        assert FIRST <= draft.published <= LAST, draft.source
    days = [draft.published for draft in drafts if draft.published]
    assert (min(days), max(days)) == (FIRST, LAST)


def test_file_table_matches_what_is_read(drafts: list[Draft]) -> None:
    found = sorted((file_of(d), d.publication or "(press release)", str(d.published), d.title) for d in drafts)
    assert sorted(tuple(row) for row in table("Files")) == found


def test_page_furniture_is_not_text(drafts: list[Draft]) -> None:
    for draft in drafts:
        for words in ("pageData", "Front page", "Privacy", "does not exist"):
            assert words not in draft.text, (draft.source, words)


def test_answers_stand_in_the_articles(drafts: list[Draft]) -> None:
    for question, answer, file in questions():
        if answer != NO_ANSWER:
            texts = [draft.text for draft in drafts if file_of(draft) == file]
            assert any(answer in text for text in texts), question


def test_there_are_25_questions_two_without_answer_and_a_follow_up() -> None:
    rows = questions()
    assert len({question for question, _, _ in rows}) >= 25
    assert [answer for _, answer, _ in rows].count(NO_ANSWER) == 2
    assert sum("(after the question before)" in question for question, _, _ in rows) == 1


def test_mexico_city_story_quotes_nobody(drafts: list[Draft]) -> None:
    (text,) = [draft.text for draft in drafts if file_of(draft) == MEXICO]
    assert not set('“”"‘«»') & set(text)
