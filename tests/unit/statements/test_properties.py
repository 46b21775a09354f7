"""What holds for the statements of any text."""

import time

from hypothesis import given
from hypothesis import strategies as st

from index.records import StatementKind
from index.statements import same_person, statements
from tests.unit.statements.helpers import article

PIECES = [
    "“", "”", '"', "‘", "’", "'", "``", "''", " ", " ", " ", "\n", ",", ".", ":", "?", " - ", "(", ")", "—",
    "Dora Quill", "Penn", "Sen. Ann Tarrow (D-N.J.)", "the mayor", "a spokesman for Penn", "he", "She", "it",
    "said", "told reporters", "according to", "that", "wrote", "called it", "added", "and has denied", "who said",
    "the pier is open", "We waited", "Salt Street", "in a statement", "on Thursday", "“Pepe”", "\ue000",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
MARKS = '"“”„«»`'


@given(st.lists(TEXTS.filter(lambda t: bool(t.strip())), min_size=1, max_size=4))
def test_words_are_slices_without_marks_around_them(paragraphs: list[str]) -> None:
    one = article(*paragraphs)
    for statement in statements(one):
        assert statement.spans == tuple(sorted(statement.spans))
        for start, end in statement.spans:
            assert 0 <= start < end <= len(one.text)
            words = one.text[start:end]
            assert words == words.strip()
            if statement.kind is StatementKind.DIRECT:
                assert words[0] not in MARKS
                assert words[-1] not in MARKS
        assert statement.context[0] <= statement.spans[0][0]
        assert statement.spans[-1][1] <= statement.context[1]


@given(st.lists(TEXTS.filter(lambda t: bool(t.strip())), min_size=1, max_size=4))
def test_nobody_speaks_who_is_not_named(paragraphs: list[str]) -> None:
    one = article(*paragraphs)
    for statement in statements(one):
        for name in statement.speaker.split(" and "):
            assert name in one.text or all(word in one.text for word in name.split())


@given(st.text(max_size=40), st.lists(TEXTS.filter(lambda t: bool(t.strip())), min_size=1, max_size=2))
def test_any_question_can_be_asked(asked: str, paragraphs: list[str]) -> None:
    for statement in statements(article(*paragraphs)):
        assert same_person(asked, statement) in (True, False)


def test_degenerate_text_takes_linear_time() -> None:
    started = time.process_time()
    for text in ("said " * 40_000, "A" * 200_000, "“" * 50_000, "Quill, " * 30_000, '" said Penn ' * 20_000):
        statements(article(text))
    assert time.process_time() - started < 30


def test_signs_in_place_of_names_are_nobody() -> None:
    (statement,) = statements(article("The pier is open, according to — and …, and nobody told the mayor of it."))
    assert (statement.speaker_text, statement.speaker) == ("— and …", "")
