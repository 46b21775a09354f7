"""Interviews: what follows a question is said by the one who was asked."""

from dataclasses import replace

from index.interviews import interview
from index.records import Article, ParagraphKind, StatementKind
from index.statements import statements
from tests.unit.qa.conftest import make_article

ASKED = (
    "How did you come to study tides?",
    "I grew up by the harbour. My father kept the lock.",
    "We watched the water every night.",
    "Did you expect a flood?",
    "I did not, and I was wrong.",
    "You must have been afraid.",
    "My hands shook. I still went out.",
    "What will you do now?",
    "I will write it down.",
)
HEADLINE = "High water: Quay Post interviews Ruth Castellane on the flood"


def _article(title: str, *paragraphs: str) -> Article:
    return replace(make_article(*paragraphs), title=title)


def _said(article: Article) -> list[tuple[str, list[str]]]:
    return [(s.speaker, [article.text[start:end] for start, end in s.spans]) for s in statements(article)]


def test_each_answer_is_one_statement_over_its_paragraphs() -> None:
    article = _article(HEADLINE, *ASKED)
    assert _said(article) == [
        ("Ruth Castellane", [ASKED[1], ASKED[2]]),
        ("Ruth Castellane", [ASKED[4]]),
        ("Ruth Castellane", [ASKED[6]]),  # the remark before it is the interviewer's
        ("Ruth Castellane", [ASKED[8]]),
    ]
    first = statements(article)[0]
    assert (first.kind, first.cue, first.speaker_text) == (StatementKind.DIRECT, "", "")
    assert article.text[slice(*first.context)].startswith(ASKED[0])


def test_the_name_may_stand_at_the_beginning_or_under_a_title() -> None:
    for title in ("Ruth Castellane: An interview", "Q&A with Mayor Ruth Castellane, on tides"):
        assert interview(_article(title, *ASKED))[0] == "Ruth Castellane"


def test_a_number_of_questions_is_an_interview_and_letters_before_answers_are_not_said() -> None:
    asked = [f"Q: {words}" if words.endswith("?") else f"A:{words}" for words in ASKED if words != ASKED[2]]
    article = _article("5 questions with dike warden Ruth Castellane", *asked)
    assert _said(article)[0] == ("Ruth Castellane", [ASKED[1]])


def test_who_alone_is_quoted_was_asked() -> None:
    article = _article("High water", *ASKED)
    assert interview(article, ["Ruth Castellane", "", "Ruth Castellane"])[0] == "Ruth Castellane"
    assert interview(article, ["Ruth Castellane", "Amos Liddell"]) == ("", [])
    assert interview(article) == ("", [])


def test_several_who_were_asked_are_not_told_apart() -> None:
    assert interview(_article("Quay Post interviews Ruth Castellane and Bo Ek", *ASKED), ["Bo Ek"]) == ("", [])


def test_questions_of_readers_are_no_interview() -> None:
    answers = ["It opens at nine.", "It costs five dollars.", "It closes in May.", "The council pays."]
    questions = ["When does the pool open?", "What does it cost?", "When does it close?", "Who pays?"]
    paragraphs = [part for pair in zip(questions, answers, strict=True) for part in pair]
    assert interview(_article("The new pool: Q&A", *paragraphs), ["Ruth Castellane"]) == ("", [])


def test_two_questions_are_too_few() -> None:
    assert interview(_article(HEADLINE, *ASKED[:5])) == ("", [])


def test_captions_belong_to_nobody() -> None:
    article = _article(HEADLINE, *ASKED)
    *body, last = article.paragraphs
    article = replace(article, paragraphs=(*body, replace(last, kind=ParagraphKind.CAPTION)))
    assert ASKED[-1] not in [words for _, parts in _said(article) for words in parts]


def test_words_of_others_in_an_answer_stay_theirs() -> None:
    told = "I asked him. “The lock will hold,” Amos Liddell said, and I believed him."
    article = _article(HEADLINE, *ASKED[:4], told, *ASKED[5:])
    assert ("Amos Liddell", ["The lock will hold"]) in _said(article)


def test_words_of_somebody_unnamed_in_an_answer_stay_theirs() -> None:
    told = "I asked her. She said, “The lock will hold,” and I believed her."
    article = _article(HEADLINE, *ASKED[:4], told, *ASKED[5:])
    assert ("", ["The lock will hold"]) in _said(article)
