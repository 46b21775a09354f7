"""Transcripts: each paragraph says by a label who speaks."""

from dataclasses import replace

from index.records import Article, ParagraphKind, StatementKind
from index.statements import statements
from tests.unit.qa.conftest import make_article

LEAD = "Mayor Ruth Castellane was asked about the flood by Councilman Bo Ekholm on Monday."
HEARING = (
    "EKHOLM: Did you expect it?",
    "CASTELLANE: “I did not. We were told that the lock would hold.”",
    "It held for a week.",
    "EKHOLM: Who told you?",
    "MAYOR CASTELLANE: Amos Liddell said that the lock would hold. I believed him.",
    "EKHOLM: I see.",
)


def _article(*paragraphs: str, title: str = "Hearing on the flood") -> Article:
    return replace(make_article(*paragraphs), title=title)


def _said(article: Article) -> list[tuple[str, list[str]]]:
    return [(s.speaker, [article.text[start:end] for start, end in s.spans]) for s in statements(article)]


def test_each_speech_has_its_speaker_by_full_name() -> None:
    article = _article(LEAD, *HEARING)
    assert _said(article) == [
        ("Bo Ekholm", ["Did you expect it?"]),
        ("Ruth Castellane", ["I did not. We were told that the lock would hold.", "It held for a week."]),
        ("Bo Ekholm", ["Who told you?"]),
        ("Ruth Castellane", ["Amos Liddell said that the lock would hold. I believed him."]),
        ("Amos Liddell", ["the lock would hold"]),
        ("Bo Ekholm", ["I see."]),
    ]
    second = statements(article)[1]
    assert (second.kind, second.speaker_text, second.cue) == (StatementKind.DIRECT, "CASTELLANE", "")
    assert article.text[second.context[0] :].startswith("CASTELLANE: ")


def test_who_is_nowhere_named_in_full_is_left_out() -> None:
    article = _article("The hearing on the flood began on Monday.", *HEARING)
    assert not {"Bo Ekholm", "Ruth Castellane"} & {speaker for speaker, _ in _said(article)}
    questions = ("Q: Did you expect it?", "Q: Who told you?")
    said = _said(_article(LEAD, questions[0], HEARING[1], questions[1], HEARING[4]))
    assert {speaker for speaker, _ in said} == {"Ruth Castellane", "Amos Liddell"}


def test_what_follows_the_last_speech_is_the_reporter_s() -> None:
    article = _article(LEAD, *HEARING, "The council meets again on Friday.")
    assert all("Friday" not in words for _, parts in _said(article) for words in parts)


def test_lists_of_places_are_no_transcripts() -> None:
    news = [f"{city}: {what}" for city in ("Port Sabine", "Virginia Beach") for what in ("We won.", "A bridge shut.")]
    assert _said(_article(LEAD, *news, *(f"{city}: You can swim there." for city in ("Elm City", "Oak City")))) == []


def test_headings_of_a_live_blog_are_no_transcript() -> None:
    posts = [
        part
        for label in ("Castellane: I was not told", "Ekholm: We waited") * 2
        for part in (label, *("The committee heard more of it." for _ in range(6)))
    ]
    assert "Ruth Castellane" not in {speaker for speaker, _ in _said(_article(LEAD, *posts))}


def test_labels_of_what_is_no_speech_are_left_alone() -> None:
    rows = ["Project name: Lock repairs", "Amount: $2 million", "Project name: Harbour wall", "Amount: $1 million"]
    assert _said(_article(LEAD, *rows)) == []


def test_two_labelled_paragraphs_are_too_few() -> None:
    assert _said(_article(LEAD, *HEARING[:2])) == []


def test_captions_are_nobody_s() -> None:
    article = _article(LEAD, *HEARING)
    paragraphs = [replace(p, kind=ParagraphKind.CAPTION) if p.start else p for p in article.paragraphs]
    assert _said(replace(article, paragraphs=tuple(paragraphs))) == []
