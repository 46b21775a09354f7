"""A tiny encoder with random weights, and a tiny made-up set of questions."""

import json
import lzma
from pathlib import Path

import pytest

PLACES = ("harbor", "school", "bridge", "market", "station", "library")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "opened", "on", "when", "did", "open", "?", ".", "news")
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz") + tuple(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a two-layer BERT of 32 dimensions and its tokenizer."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    vocabulary = (*WORDS, *PLACES, *DAYS, *LETTERS)
    BertTokenizer(vocab={word: place for place, word in enumerate(vocabulary)}).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``questions.jsonl.xz``: 36 questions over two articles, every sixth unanswerable."""
    folder = tmp_path_factory.mktemp("data")
    with lzma.open(folder / "questions.jsonl.xz", "wt", encoding="utf-8") as file:
        for number in range(36):
            place, day = PLACES[number % 6], DAYS[(number // 6 + number) % 6]
            context = f"The {place} opened on {day}."
            row = {
                "id": f"made-up-{number}",
                "title": f"News_{number % 2}",
                "question": f"When did the {place} open?",
                "context": context,
                "answers": [{"text": day, "start": context.index(day)}] if number % 6 else [],
            }
            file.write(json.dumps(row) + "\n")
    return folder


@pytest.fixture(scope="session")
def tiny_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration for ``tiny_data``: six batches a pass, two passes."""
    path = tmp_path_factory.mktemp("config") / "tiny.toml"
    path.write_text(
        """
seed = 3
[augment]
title_line = 0.5
no_question_mark = 0.5
misspelt = 0.2
[train]
learning_rate = 1e-3
warmup_steps = 2
batch_tokens = 200
max_tokens = 40
stride = 4
epochs = 2
log_steps = 2
[[source]]
file = "questions.jsonl.xz"
negatives = 6
titles = true
""",
        encoding="utf-8",
    )
    return path
