"""Where PyTorch computes; and that a GPU finds what the CPU finds. Imports only what the models themselves need."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForQuestionAnswering, BertModel, PreTrainedTokenizerFast

from index.device import gpu_at_hand, torch_device
from index.textmodel import SentenceTransformersModel
from qa.spanmodel import Tokens, TransformersModel
from qa.spans import decode_spans

WORDS = "the mayor opened a harbor bridge on friday and nobody else came before noon".split()
TEXTS = [" ".join(WORDS[first:] + WORDS[:first] * (1 + first % 4)) for first in range(len(WORDS))]
on_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch finds no CUDA GPU on this machine")


def _save(folder: Path, kind: type[BertModel | BertForQuestionAnswering]) -> str:
    """Save a BERT with random weights, large enough that its outputs differ well, and a tokenizer of whole words."""
    vocabulary = {word: place for place, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a token of a vocabulary
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"  # noqa: S106
    )  # fmt: skip
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=128,
        max_position_embeddings=64,
    )  # fmt: skip
    model = kind(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    model.save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _save(tmp_path_factory.mktemp("reader"), BertForQuestionAnswering)


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _save(tmp_path_factory.mktemp("embedder"), BertModel)


def _windows() -> list[Tokens]:
    """Five windows of 20 to 60 random tokens, the first eight of the question."""
    random = np.random.default_rng(0)
    return [
        Tokens(random.integers(4, 4 + len(WORDS), length).tolist(), [0] * 8 + [1] * (length - 8))
        for length in (30, 60, 20, 50, 40)
    ]


@pytest.mark.parametrize(("found", "device"), [(True, "cuda"), (False, "cpu")])
def test_a_gpu_is_chosen_where_there_is_one(monkeypatch: pytest.MonkeyPatch, found: bool, device: str) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: found)
    assert torch_device() == device


def test_pytorch_is_asked_only_where_there_is_a_driver_and_all_that_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def is_available() -> bool:
        asked.append(True)
        return True

    monkeypatch.setattr(torch.cuda, "is_available", is_available)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert not gpu_at_hand()
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/nvidia-smi")
    assert not gpu_at_hand("a_package_that_is_not_there")
    assert asked == []
    assert gpu_at_hand("tokenizers")
    assert asked == [True]


def test_a_reader_is_moved_to_the_device_that_is_chosen(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    to = BertForQuestionAnswering.to

    def record(model: BertForQuestionAnswering, device: str) -> BertForQuestionAnswering:
        moved.append(device)
        return to(model, "cpu")  # as here there may be no GPU

    monkeypatch.setattr(BertForQuestionAnswering, "to", record)
    for found in (True, False):
        monkeypatch.setattr(torch.cuda, "is_available", lambda found=found: found)
        TransformersModel(reader, 64, takes_types=True)
    assert moved == ["cuda", "cpu"]


def test_both_models_can_be_kept_on_the_cpu(reader: str, embedder: str) -> None:
    logits = TransformersModel(reader, 64, takes_types=True, device="cpu").logits(_windows())
    assert [(starts.shape, ends.shape) for starts, ends in logits] == [
        ((len(window.ids),), (len(window.ids),)) for window in _windows()
    ]
    vectors = SentenceTransformersModel(embedder, device="cpu").vectors(TEXTS)
    assert vectors.shape == (len(TEXTS), 64)
    assert {logits[0][0].dtype, logits[0][1].dtype, vectors.dtype} == {np.dtype(np.float32)}


@on_gpu
def test_a_reader_on_a_gpu_finds_what_it_finds_on_the_cpu(reader: str) -> None:
    cpu = TransformersModel(reader, 64, takes_types=True, device="cpu")
    gpu = TransformersModel(reader, 64, takes_types=True)
    assert {parameter.device.type for parameter in gpu._model.parameters()} == {"cuda"}
    for window, here, there in zip(_windows(), cpu.logits(_windows()), gpu.logits(_windows()), strict=True):
        for one, other in zip(here, there, strict=True):
            assert other.dtype == np.float32
            assert np.ptp(one) > 1
            assert np.abs(one - other).max() < 1e-3
        answerable = np.array(window.types, dtype=bool)
        spans = [decode_spans(starts, ends, answerable, 10, 1) for starts, ends in (here, there)]
        assert [(span.first, span.last) for span in spans[0]] == [(span.first, span.last) for span in spans[1]] != []


@on_gpu
def test_an_embedder_on_a_gpu_gives_the_vectors_of_the_cpu(embedder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gpu = SentenceTransformersModel(embedder)
    assert gpu._model.device.type == "cuda"
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)  # no bfloat16: this is about the device
    here, there = (_unit(model.vectors(TEXTS)) for model in (SentenceTransformersModel(embedder, device="cpu"), gpu))
    assert there.dtype == np.float32
    assert (here @ here.T).min() < 0.9
    assert np.abs(here - there).max() < 1e-3


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
