"""Passages: what they hold and where they end."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunk import chunk_spans
from index.records import Article, Paragraph, ParagraphKind
from index.sentences import sentence_spans

BODY, HEADING, CAPTION = ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.CAPTION


def article(*parts: tuple[str, ParagraphKind]) -> Article:
    paragraphs, position = [], 0
    for words, kind in parts:
        paragraphs.append(Paragraph(position, position + len(words), kind))
        position += len(words) + 2
    text = "\n\n".join(words for words, _ in parts)
    return Article("0" * 16, text, tuple(paragraphs), "", "", "", (), "", "", "", None, "", "")


def offsets(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def chunks(of: Article, tokens: int, overlap: int = 0) -> list[str]:
    return [of.text[start:end] for start, end in chunk_spans(of, offsets(of.text), tokens, overlap)]


def test_paragraphs_that_fit_stay_together() -> None:
    assert chunks(article(("One two.", BODY), ("Three four.", BODY)), 6) == ["One two.\n\nThree four."]


def test_a_passage_ends_with_a_paragraph_when_it_is_half_full() -> None:
    assert chunks(article(("A b c d e.", BODY), ("F g h. I j k.", BODY)), 10) == ["A b c d e.", "F g h. I j k."]


def test_a_long_paragraph_is_cut_between_sentences_with_overlap() -> None:
    text = "Aa bb cc. Dd ee ff. Gg hh ii. Jj kk ll."
    assert chunks(article((text, BODY)), 8, 4) == ["Aa bb cc. Dd ee ff.", "Dd ee ff. Gg hh ii.", "Gg hh ii. Jj kk ll."]
    assert chunks(article((text, BODY)), 8, 3) == ["Aa bb cc. Dd ee ff.", "Gg hh ii. Jj kk ll."]


def test_nothing_reaches_over_a_caption_and_captions_are_left_out() -> None:
    parts = ("One two.", BODY), ("A photo.", CAPTION), ("Three four.", BODY)
    assert chunks(article(*parts), 100) == ["One two.", "Three four."]


def test_a_heading_goes_with_what_follows() -> None:
    parts = ("Aa bb cc dd.", BODY), ("Head", HEADING), ("Ee ff gg hh.", BODY)
    assert chunks(article(*parts), 8) == ["Aa bb cc dd.", "Head\n\nEe ff gg hh."]


def test_a_long_sentence_is_cut_before_words() -> None:
    assert chunks(article(("one two three four five six seven", BODY)), 3) == [
        "one two three",
        "four five six",
        "seven",
    ]


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert chunks(article(("a/b/c/d/e", BODY)), 4) == ["a/b/", "c/d/", "e"]


@pytest.mark.parametrize("parts", [(), (("A photo.", CAPTION),)])
def test_nothing_to_search(parts: tuple[tuple[str, ParagraphKind], ...]) -> None:
    assert chunks(article(*parts), 10) == []


_SENTENCE = st.lists(st.sampled_from(["Aa", "bb", "U.S.", "“x”", "1,5", "c-d/e"]), min_size=1, max_size=12).map(
    lambda words: " ".join(words) + "."
)
_PARAGRAPH = st.tuples(
    st.lists(_SENTENCE, min_size=1, max_size=5).map(" ".join), st.sampled_from([BODY, BODY, BODY, HEADING, CAPTION])
)


@given(st.lists(_PARAGRAPH, max_size=8), st.integers(2, 40), st.integers(0, 20))
def test_properties(parts: list[tuple[str, ParagraphKind]], limit: int, overlap: int) -> None:
    of = article(*parts)
    pieces = offsets(of.text)
    spans = chunk_spans(of, pieces, limit, overlap)

    def size(start: int, end: int) -> int:
        return sum(start <= at < end for at, _ in pieces)

    assert all(0 < size(*span) <= limit for span in spans)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(spans))
    assert all(size(b[0], a[1]) <= overlap for a, b in pairwise(spans) if b[0] < a[1])
    for paragraph in of.paragraphs:
        inside = [(s, e) for s, e in spans if s < paragraph.end and e > paragraph.start]
        if paragraph.kind is CAPTION:
            assert not inside
            continue
        covered = {i for s, e in inside for i in range(s, e)}
        assert all(i in covered or of.text[i].isspace() for i in range(paragraph.start, paragraph.end))
        if paragraph.kind is BODY:
            for start, end in sentence_spans(of.text[paragraph.start : paragraph.end]):
                start, end = start + paragraph.start, end + paragraph.start
                assert size(start, end) > limit or any(s <= start and end <= e for s, e in inside)
