"""Readers in other formats: models of the transformers library, and what is refused."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.onnxfile import ONNX_FILE
from qa.reader import BUNDLED_FOLDER, Context, Reader
from tests.unit.qa.conftest import best, make_article, make_hit
from tests.unit.qa.reader_articles import FILLER, MILES, WALL, WATER

pytestmark = pytest.mark.models


def test_logits_are_those_of_the_model_itself(tmp_path: Path) -> None:
    """Ask the model directly, with the tokenizer's own tensors, and look the span up by its offsets."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    _tiny_model(tmp_path, with_head=True, positions=256)
    tokenizer = AutoTokenizer.from_pretrained(str(tmp_path))
    model = AutoModelForQuestionAnswering.from_pretrained(tmp_path, dtype=torch.float32, use_safetensors=True).eval()
    headline = f"{WALL.title}\n"
    inputs = tokenizer(MILES, headline + WALL.text, return_tensors="pt", return_offsets_mapping=True)
    offsets = inputs.pop("offset_mapping")[0].tolist()
    passage = inputs.sequence_ids(0)
    with torch.inference_mode():
        output = model(**inputs)
    found = best(Reader.load(str(tmp_path), threads=1).read(MILES, [make_hit(WALL)], 30, 3))
    shift = len(headline)
    first = next(n for n, (start, _) in enumerate(offsets) if passage[n] == 1 and start == found.start + shift)
    last = next(n for n, (_, end) in enumerate(offsets) if passage[n] == 1 and end == found.end + shift)
    expected = float(output.start_logits[0, first] + output.end_logits[0, last])
    assert found.span_logit == pytest.approx(expected, abs=1e-4)
    assert found.null_logit == pytest.approx(float(output.start_logits[0, 0] + output.end_logits[0, 0]), abs=1e-4)


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
    with pytest.raises(ModelError, match=r"pytorch_model.bin is a pickle.*Choose a model with safetensors"):
        Reader.load(str(tmp_path))


def test_a_reader_with_a_small_window_reads_all_of_a_passage(tmp_path: Path) -> None:
    _tiny_model(tmp_path, with_head=True, positions=64)
    small = Reader.load(str(tmp_path), threads=1)
    assert small.name == str(tmp_path)
    article = make_article(" ".join(f"Word{number}" for number in range(150)), title="Headline")
    spans = small.read("Which word?", [make_hit(article)], 30, 4)
    covered = np.zeros(len(article.text), dtype=bool)
    for span in spans:
        assert article.text[span.start : span.end] == span.text
        covered[span.start : span.end] = True
    # Every window proposes something, so no tenth of the passage is left unread.
    tenths = np.array_split(covered, 5)
    assert all(part.any() for part in tenths)
