"""The reader: offsets, batches, windows, threads, and models that are refused."""

import json
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.onnxfile import ONNX_FILE
from index.records import Article
from qa.reader import BUNDLED_FOLDER, Context, Reader, weights_digest
from qa.records import Hit, Span
from tests.unit.qa.conftest import best, make_article, make_hit

pytestmark = pytest.mark.models

WALL = make_article(
    "MEXICO CITY — The administration has waived laws so that 17 miles of border fencing can be built in Texas.",
    "López Obrador opposes a border wall. “It won’t resolve the problem,” he said on Thursday — naïvely, critics said.",
    id="wall",
    title="Officials meet in Mexico City",
)
WATER = make_article(
    "Mayor Ruth Castellane told residents that there was no reason for alarm.",
    "The solvent was measured at 19 micrograms per liter in well No. 3. The federal limit is 5.",
    id="water",
    title="Tolliver Falls told not to drink its tap water",
)
FILLER = "The council met in the old hall and talked at length about the budget of the coming year."
MILES = "How many miles of fencing can be built?"


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


def test_logits_are_those_of_the_model_itself(tmp_path: Path) -> None:
    """Ask the model directly, with the tokenizer's own tensors, and look the span up by its offsets."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    _tiny_model(tmp_path, with_head=True, positions=256)
    tokenizer = AutoTokenizer.from_pretrained(str(tmp_path))
    model = AutoModelForQuestionAnswering.from_pretrained(str(tmp_path), dtype=torch.float32).eval()
    headline = f"{WALL.title}\n"
    inputs = tokenizer(MILES, headline + WALL.text, return_tensors="pt", return_offsets_mapping=True)
    offsets = inputs.pop("offset_mapping")[0].tolist()
    passage = inputs.sequence_ids(0)
    with torch.inference_mode():
        output = model(**inputs)
    found = best(_read(Reader.load(str(tmp_path), threads=1), MILES, [make_hit(WALL)]))
    shift = len(headline)
    first = next(n for n, (start, _) in enumerate(offsets) if passage[n] == 1 and start == found.start + shift)
    last = next(n for n, (_, end) in enumerate(offsets) if passage[n] == 1 and end == found.end + shift)
    expected = float(output.start_logits[0, first] + output.end_logits[0, last])
    assert found.span_logit == pytest.approx(expected, abs=1e-4)
    assert found.null_logit == pytest.approx(float(output.start_logits[0, 0] + output.end_logits[0, 0]), abs=1e-4)


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


def test_a_missing_folder_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        Reader.load(str(tmp_path / "missing"))
    message = str(caught.value)
    assert str(tmp_path / "missing") in message
    assert "Set ONRECORD_READER to 'bundled'" in message
    assert "\n" not in message


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Set ONRECORD_READER"):
        Reader.load(str(tmp_path))


@pytest.mark.parametrize("kept", [0, 100_000])
def test_a_damaged_onnx_file_is_refused(tmp_path: Path, kept: int) -> None:
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copy(BUNDLED_FOLDER / name, tmp_path / name)
    (tmp_path / ONNX_FILE).write_bytes((BUNDLED_FOLDER / ONNX_FILE).read_bytes()[:kept])
    with pytest.raises(ModelError, match=rf"{ONNX_FILE} is damaged") as caught:
        Reader.load(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    _tiny_model(tmp_path, with_head=True)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100_000])
    with pytest.raises(ModelError, match="Set ONRECORD_READER") as caught:
        Reader.load(str(tmp_path))
    assert "\n" not in str(caught.value)


def _tiny_model(folder: Path, with_head: bool, positions: int = 64) -> None:
    """Save a random BERT with the tokenizer of the bundled reader."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertModel

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=positions,
    )  # fmt: skip
    model = BertForQuestionAnswering(config) if with_head else BertModel(config)
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(BUNDLED_FOLDER / name, folder / name)


def test_a_model_without_a_trained_head_is_refused(tmp_path: Path) -> None:
    _tiny_model(tmp_path, with_head=False)
    with pytest.raises(ModelError, match=r"no trained question-answering head.*ONRECORD_READER"):
        Reader.load(str(tmp_path))


def test_a_reader_without_a_fast_tokenizer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import transformers

    class Slow:
        model_max_length = 64
        model_input_names = ("input_ids", "attention_mask")
        pad_token_id = None

    _tiny_model(tmp_path, with_head=True)
    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", lambda *_, **__: Slow())
    with pytest.raises(ModelError, match="no fast tokenizer"):
        Reader.load(str(tmp_path))


def test_windows_are_those_of_the_tokenizer_of_transformers(tmp_path: Path) -> None:
    """Byte pairs as in RoBERTa, with two separators, other numbers for them, and passages of several windows."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import AutoTokenizer, RobertaConfig, RobertaForQuestionAnswering, RobertaTokenizerFast

    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained = ByteLevelBPETokenizer()
    trained.train_from_iterator([WALL.text, WATER.text, FILLER], vocab_size=500, special_tokens=special)
    trained.save_model(str(tmp_path))
    RobertaTokenizerFast(
        vocab=str(tmp_path / "vocab.json"), merges=str(tmp_path / "merges.txt"), model_max_length=64
    ).save_pretrained(tmp_path)
    RobertaForQuestionAnswering(
        RobertaConfig(vocab_size=500, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    ).save_pretrained(tmp_path)
    reader = Reader.load(str(tmp_path), threads=1)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    texts = [WALL.text, WATER.text, "Sí."]
    expected = tokenizer(
        [MILES] * 3, texts, truncation="only_second", max_length=64, stride=16, return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )  # fmt: skip
    windows = reader._windows([MILES] * 3, [Context(text) for text in texts])
    assert len(windows) > 5
    assert [window.tokens.ids for window in windows] == expected["input_ids"]
    assert [window.offsets for window in windows] == expected["offset_mapping"]
    assert [window.context for window in windows] == expected["overflow_to_sample_mapping"]


def test_a_pickled_checkpoint_is_refused(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    _tiny_model(tmp_path, with_head=True)
    weights = tmp_path / "model.safetensors"
    torch.save(load_file(weights), tmp_path / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(ModelError, match="Set ONRECORD_READER"):
        Reader.load(str(tmp_path))


def test_a_reader_with_a_small_window_reads_all_of_a_passage(tmp_path: Path) -> None:
    _tiny_model(tmp_path, with_head=True, positions=64)
    small = Reader.load(str(tmp_path), threads=1)
    assert small.name == str(tmp_path)
    article = make_article(" ".join(f"Word{number}" for number in range(150)), title="Headline")
    spans = _read(small, "Which word?", [make_hit(article)], count=4)
    covered = np.zeros(len(article.text), dtype=bool)
    for span in spans:
        assert article.text[span.start : span.end] == span.text
        covered[span.start : span.end] = True
    # Every window proposes something, so no tenth of the passage is left unread.
    tenths = np.array_split(covered, 5)
    assert all(part.any() for part in tenths)


def test_the_bundled_reader_has_the_head_it_says(reader: Reader) -> None:
    config = json.loads((BUNDLED_FOLDER / "config.json").read_text("utf-8"))
    assert config["architectures"] == ["BertForQuestionAnswering"]
    assert reader.name == "bundled"
