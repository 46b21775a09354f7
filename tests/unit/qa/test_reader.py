"""The bundled reader: offsets, windows, threads; what it finds and what it refuses to answer."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from index.records import Article
from qa.reader import BUNDLED_FOLDER, Context, Reader, weights_digest
from qa.records import Hit, Span
from tests.unit.qa.conftest import best, make_article, make_hit
from tests.unit.qa.reader_articles import FILLER, MILES, WALL, WATER

pytestmark = pytest.mark.models


def _read(reader: Reader, question: str, hits: Sequence[Hit], tokens: int = 30, count: int = 3) -> list[Span]:
    return reader.read(question, hits, tokens, count)


@pytest.mark.parametrize(
    ("question", "article", "expected"),
    [
        (MILES, WALL, "17"),
        ("Who opposes a border wall?", WALL, "López Obrador"),
        ("How many micrograms per liter were measured?", WATER, "19"),
        ("What is the name of the mayor?", WATER, "Ruth Castellane"),
    ],
)
def test_it_finds_the_words(reader: Reader, question: str, article: Article, expected: str) -> None:
    found = best(_read(reader, question, [make_hit(article)]))
    assert expected in found.text
    assert len(found.text) < len(expected) + 25
    assert found.margin > 0


def test_spans_lie_in_their_passage_and_begin_and_end_with_whole_words(reader: Reader) -> None:
    passage = WALL.text[WALL.text.index("López") :]
    hit = make_hit(WALL, passage)
    spans = _read(reader, "What did López Obrador say about the wall?", [hit])
    assert len(spans) == 3
    for span in spans:
        assert span.hit is hit
        assert hit.chunk.start <= span.start < span.end <= hit.chunk.end
        assert WALL.text[span.start : span.end] == span.text
        assert span.text == span.text.strip()


def test_spans_of_one_passage_do_not_overlap(reader: Reader) -> None:
    spans = sorted(_read(reader, MILES, [make_hit(WALL)], count=5), key=lambda span: span.start)
    assert len(spans) == 5
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_no_answer_is_preferred_where_there_is_none(reader: Reader) -> None:
    unanswerable = best(_read(reader, MILES, [make_hit(WATER)]))
    assert unanswerable.margin < 0 < best(_read(reader, MILES, [make_hit(WALL)])).margin


def test_a_batch_gives_what_single_passages_give(reader: Reader) -> None:
    passages = [WALL.text, WATER.text, *WALL.text.split("\n\n"), *WATER.text.split("\n\n")]
    hits = [
        make_hit(article, passage, id=number)
        for number, (article, passage) in enumerate(
            (article, passage) for _ in range(3) for article in (WALL, WATER) for passage in passages
            if passage in article.text
        )
    ]  # fmt: skip
    assert len(hits) > 16  # more than two batches, of passages of unequal length
    together = {(s.hit.chunk.id, s.start, s.end): (s.span_logit, s.null_logit) for s in _read(reader, MILES, hits)}
    apart = {
        (s.hit.chunk.id, s.start, s.end): (s.span_logit, s.null_logit)
        for hit in hits
        for s in _read(reader, MILES, [hit])
    }
    assert together.keys() == apart.keys()
    assert len(together) == 3 * len(hits)
    for key, logits in together.items():
        assert logits == pytest.approx(apart[key], abs=1e-3)


def test_each_question_is_asked_of_its_own_context(reader: Reader) -> None:
    contexts = [Context(WALL.text, WALL.title), Context(WATER.text), Context(WALL.text)]
    questions = [MILES, "What is the name of the mayor?", "Who opposes a border wall?"]
    found = reader.find(questions, contexts, 30, 1)
    assert [one.context for one in sorted(found, key=lambda one: one.context)] == [0, 1, 2]
    texts = {one.context: contexts[one.context].text[one.start : one.end] for one in found}
    assert "17" in texts[0]
    assert "Castellane" in texts[1]
    assert "Obrador" in texts[2]


def test_the_best_words_of_each_place_are_found_too(reader: Reader) -> None:
    text = "The harbor opened on Monday. The ferry, which was late, returned on Friday evening."
    context = Context(text)
    begin = text.index("The ferry")
    whole = reader.find(["When did the harbor open?"], [context], 30, 1)
    assert [text[one.start : one.end] for one in whole] == ["Monday"]
    places = [(0, begin, len(text)), (0, 0, begin), (0, 0, 3)]
    found = reader.find(["When did the harbor open?"], [context], 30, 1, places)[1:]
    assert [text[one.start : one.end] for one in found][1:] == ["Monday", "The"]
    assert found[1].margin == whole[0].margin > found[0].margin
    assert begin <= found[0].start < found[0].end <= len(text)


def test_no_hits_give_no_spans(reader: Reader) -> None:
    assert _read(reader, MILES, []) == []


def test_an_answer_at_the_end_of_a_long_passage_is_found(reader: Reader) -> None:
    end = "The administration has waived laws so that 17 miles of border fencing can be built in Texas."
    long = make_article(" ".join([FILLER] * 60 + [end]), id="long", title="Council meets")
    found = best(_read(reader, MILES, [make_hit(long)]))
    assert "17" in found.text
    assert found.start >= long.text.index(end)
    assert long.text[found.start : found.end] == found.text


def test_an_answer_at_the_start_of_a_long_passage_is_found(reader: Reader) -> None:
    begin = "The administration has waived laws so that 17 miles of border fencing can be built in Texas."
    long = make_article(" ".join([begin] + [FILLER] * 60), id="long", title="Council meets")
    found = best(_read(reader, MILES, [make_hit(long)]))
    assert "17" in found.text
    assert found.end <= len(begin)


def test_the_headline_helps_and_is_never_the_answer(reader: Reader) -> None:
    article = make_article("It was shut on Tuesday. Nobody was hurt.", title="17 miles of fencing built in Texas")
    spans = _read(reader, MILES, [make_hit(article)], count=5)
    assert spans
    for span in spans:
        assert 0 <= span.start < span.end <= len(article.text)
        assert "17" not in span.text


def test_a_headline_longer_than_a_window_leaves_the_passage_readable(reader: Reader) -> None:
    article = make_article("It was shut on Tuesday.", title="word " * 700)
    spans = _read(reader, "When was it shut?", [make_hit(article)])
    assert "Tuesday" in best(spans).text


def test_no_span_is_longer_than_allowed(reader: Reader) -> None:
    assert all(" " not in span.text for span in _read(reader, "Who opposes a wall?", [make_hit(WALL)], tokens=1))


def test_a_passage_of_emoji_and_odd_spaces_keeps_its_offsets(reader: Reader) -> None:
    article = make_article("🙂🙂 Café  naïve e\u0301\u00a0“17 miles” 🙂 of fencing.", id="odd")
    spans = _read(reader, MILES, [make_hit(article)], count=9)
    assert best(spans).text == "17"
    assert all(0 <= span.start < span.end <= len(article.text) for span in spans)


def test_two_threads_at_once_get_what_one_gets(reader: Reader) -> None:
    questions = [MILES, "Who opposes a border wall?", "What is the federal limit?", "Where was fencing built?"] * 4
    hits = [make_hit(WALL, id=1), make_hit(WATER, id=2)]

    def found(question: str) -> list[tuple[int, int, int]]:
        return [(span.hit.chunk.id, span.start, span.end) for span in _read(reader, question, hits)]

    expected = [found(question) for question in questions]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(found, questions)) == expected


@pytest.mark.parametrize("question", ["how many miles " + "?" * 900, "1 " * 490 + "?", "how many miles " + "?" * 480])
def test_a_question_that_fills_the_window_does_not_break_the_reader(reader: Reader, question: str) -> None:
    assert len(question) <= 1000  # within the limit of characters, beyond that of the model
    spans = _read(reader, question, [make_hit(WALL)])
    assert all(WALL.text[span.start : span.end] == span.text for span in spans)


def test_the_digest_is_that_of_the_weights() -> None:
    assert len(weights_digest()) == 64
    assert weights_digest() == weights_digest(BUNDLED_FOLDER)


def test_the_bundled_reader_has_the_head_it_says(reader: Reader) -> None:
    config = json.loads((BUNDLED_FOLDER / "config.json").read_text("utf-8"))
    assert config["architectures"] == ["BertForQuestionAnswering"]
    assert reader.name == "bundled"
