"""A quotation laid against an article."""

from hypothesis import assume, given
from hypothesis import strategies as st

from qa.quote_align import Alignment, PieceKind, align, highest_similarity
from qa.quote_words import readings, wording
from tests.app.fakes import article

BRIDGE = article(
    "bridge",
    "",
    [
        "The bridge will close on 16 October, the city said.",
        "“We waited too long,” said Mayor Ruth Okafor, asking for patience, “and now the steel decides for us.”",
        "She would not say more.",
    ],
)


def _aligned(pasted: str) -> Alignment:
    found = align(readings(pasted)[0], wording(BRIDGE))
    assert found is not None
    return found


def _pieces(pasted: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in _aligned(pasted).pieces]


def test_verbatim_across_the_attribution() -> None:
    found = _aligned("we waited too long, and now the steel decides for us")
    assert found.verbatim
    assert found.quoted
    assert [BRIDGE.text[a:b] for a, b in found.spans] == ["We waited too long", "and now the steel decides for us"]
    assert BRIDGE.text[found.start : found.end].endswith("for us.")
    assert [piece.kind for piece in found.pieces] == [PieceKind.SAME, PieceKind.ATTRIBUTION, PieceKind.SAME]
    assert found.pieces[1].text == "said Mayor Ruth Okafor, asking for patience,"


def test_altered_words_are_told_one_by_one() -> None:
    found = _aligned("We never waited long, and the iron decides for us.")
    assert _pieces("We never waited long, and the iron decides for us.") == [
        ("same", "We"), ("added", "never"), ("same", "waited"), ("dropped", "too"), ("same", "long,"),
        ("attribution", "said Mayor Ruth Okafor, asking for patience,"), ("same", "and"), ("dropped", "now"),
        ("same", "the"), ("dropped", "steel"), ("added", "iron"), ("same", "decides for us."),
    ]  # fmt: skip
    assert (found.kept, found.added, found.dropped) == (8, 2, 3)
    assert found.share_kept == 0.8
    assert found.similarity == 16 / 21
    assert not found.verbatim


def test_ellipsis_and_brackets_account_for_words() -> None:
    assert _pieces("We waited … the [metal] decides for us") == [
        ("same", "We waited"), ("omitted", "too long,” said Mayor Ruth Okafor, asking for patience, “and now"),
        ("same", "the"), ("omitted", "steel"), ("inserted", "[metal]"), ("same", "decides for us."),
    ]  # fmt: skip
    assert _aligned("We waited … the [metal] decides for us").verbatim


def test_a_bracket_stands_for_a_few_words_only() -> None:
    found = _aligned("The bridge will close [and] now the steel decides for us")
    assert not found.verbatim


def test_words_outside_of_marks_are_not_skipped_where_they_are_quoted_too() -> None:
    found = _aligned("too long said Mayor Okafor asking for patience")
    assert ("dropped", "Ruth") in [(piece.kind.value, piece.text) for piece in found.pieces]
    assert not found.quoted


def test_the_quoted_one_of_two_places() -> None:
    twice = article("a", "", ["Now the steel decides for us: so it sounds.", "“Now the steel decides for us.”"])
    found = align(readings("now the steel decides for us")[0], wording(twice))
    assert found is not None
    assert found.quoted
    assert found.start == twice.text.rindex("Now")


def test_words_that_are_not_there() -> None:
    assert align(readings("zebra crossing")[0], wording(BRIDGE)) is None
    assert align(readings("zebra")[0], wording(article("a", "", ["…"]))) is None


_WORDS = st.lists(st.sampled_from("we waited too long said “a b” c. … [d] not".split()), min_size=1, max_size=25)


@given(_WORDS, _WORDS.map(lambda words: " ".join(word for word in words if word[0] not in "“[b…")))
def test_the_pieces_give_back_both_texts(quotation: list[str], text: str) -> None:
    held = wording(article("a", "", [text]))
    assume(any(word.isalnum() for word in quotation))
    asked = readings(" ".join(quotation))[0]
    found = align(asked, held)
    if found is None:
        assert not {token.key for token in asked if token.key} & {word.key for word in held.words}
        return
    assert found.kept + found.added == sum(bool(token.key) for token in asked)
    assert found.similarity <= highest_similarity(asked, held) + 1e-9
    for start, end in found.spans:
        assert found.start <= start < end <= found.end
    of_article = (PieceKind.SAME, PieceKind.DROPPED, PieceKind.OMITTED, PieceKind.ATTRIBUTION)
    shown = "".join(piece.text for piece in found.pieces if piece.kind in of_article)
    letters = [c for c in held.text[found.start : found.end] if c.isalpha()]
    assert [c for c in shown if c.isalpha()] == letters


@given(st.integers(0, 60), st.integers(1, 20))
def test_any_piece_of_an_article_is_verbatim(first: int, count: int) -> None:
    words = BRIDGE.text.replace("“", "").replace("”", "").split()
    piece = " ".join(words[first % len(words) :][:count])
    assert _aligned(piece).verbatim
