"""The extractive reader: scores every span of every passage against the question."""

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.settings import BUNDLED
from qa.records import Hit, Span
from qa.spans import decode_spans

if TYPE_CHECKING:
    import torch

BUNDLED_FOLDER = Path(__file__).resolve().parent.parent / "models" / "reader"
# Bigger batches win nothing on a CPU: the matrix products are already large enough to fill it.
BATCH_WINDOWS = 8
# Passages are cut to fit the bundled reader; only a reader with shorter windows ever needs the overlap.
STRIDE_TOKENS = 96


class ReaderProtocol(Protocol):
    """What the engine needs of a reader."""

    @property
    def name(self) -> str:
        """Name or folder of the model."""
        ...

    def read(self, question: str, hits: Sequence[Hit], max_answer_tokens: int, spans_per_hit: int) -> list[Span]:
        """Return candidate spans of all hits, in no particular order."""
        ...


@dataclass(frozen=True, slots=True)
class _Window:
    """One window of one passage: what the model sees, and where its tokens stand in the passage."""

    hit_index: int
    input_ids: list[int]
    type_ids: list[int]
    offsets: list[tuple[int, int]]
    answerable: NDArray[np.bool_]


class Reader:
    """A question-answering model of the transformers library with its tokenizer. Safe to share between threads."""

    def __init__(self, name: str, model: Any, tokenizer: Any) -> None:  # noqa: ANN401 - transformers is untyped here
        """Wrap a loaded model; use ``Reader.load``."""
        self.name = name
        self._model = model
        self._tokenizer = tokenizer
        limit = int(getattr(model.config, "max_position_embeddings", 512))
        # RoBERTa's position table has two rows more than the tokens it takes; the tokenizer knows the real limit.
        self._max_tokens = min(limit, int(tokenizer.model_max_length), 512)
        self._takes_types = "token_type_ids" in tokenizer.model_input_names
        # The fast tokenizer's truncation settings are shared state, so two threads must not set them at once.
        self._tokenizer_lock = threading.Lock()

    @classmethod
    def load(cls, name: str = BUNDLED, threads: int = 0) -> "Reader":
        """Load a reader: ``bundled``, a folder, or a hub name (then the hub is asked unless it is cached).

        Raises:
            ModelError: There is no such model, it is no extractive reader, or it is damaged.
        """
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        source = str(BUNDLED_FOLDER) if name == BUNDLED else name
        try:
            tokenizer = AutoTokenizer.from_pretrained(source, use_fast=True)
            # safetensors only: a pickled checkpoint could run code.
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                source, dtype=torch.float32, use_safetensors=True, output_loading_info=True
            )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(
                f"The reader '{name}' could not be loaded: {_first_line(error)}. Set ONRECORD_READER to 'bundled', "
                "to a folder in transformers format, or to the name of an extractive question-answering model."
            ) from error
        if any(key.startswith("qa_outputs") for key in report["missing_keys"]):
            raise ModelError(
                f"The model '{name}' has no trained question-answering head, so its answers would be random. "
                "Set ONRECORD_READER to a model fine-tuned for extractive question answering (such as on SQuAD 2.0)."
            )
        torch.set_num_threads(threads or os.cpu_count() or 1)
        return cls(name, model.eval(), tokenizer)

    def read(self, question: str, hits: Sequence[Hit], max_answer_tokens: int, spans_per_hit: int) -> list[Span]:
        """Score all spans of all hits and return the best of each hit.

        The model sees the question, then headline and passage; answers lie in the passage only. Passages longer
        than the model takes are read in overlapping windows, each with its own no-answer logit.

        Args:
            question: The question, able to stand alone.
            hits: Passages to read.
            max_answer_tokens: Longest answer in tokens of this reader.
            spans_per_hit: Non-overlapping candidates wanted of each window.
        """
        windows = self._windows(question, hits)
        windows.sort(key=lambda window: len(window.input_ids))
        spans: list[Span] = []
        for begin in range(0, len(windows), BATCH_WINDOWS):
            batch = windows[begin : begin + BATCH_WINDOWS]
            starts, ends = self._logits(batch)
            for window, start, end in zip(batch, starts, ends, strict=True):
                spans += _spans_of(window, hits[window.hit_index], start, end, max_answer_tokens, spans_per_hit)
        return spans

    def _windows(self, question: str, hits: Sequence[Hit]) -> list[_Window]:
        if not hits:
            return []
        prefixes = [f"{hit.article.title}\n" if hit.article.title else "" for hit in hits]
        contexts = [prefix + hit.text for prefix, hit in zip(prefixes, hits, strict=True)]
        with self._tokenizer_lock:
            encoded = self._tokenizer(
                [self._shortened(question)] * len(hits),
                contexts,
                truncation="only_second",
                max_length=self._max_tokens,
                stride=min(STRIDE_TOKENS, self._max_tokens // 4),
                return_overflowing_tokens=True,
                return_offsets_mapping=True,
            )
        windows = []
        for number, hit_index in enumerate(encoded["overflow_to_sample_mapping"]):
            shift = len(prefixes[hit_index])
            offsets = [(start - shift, end - shift) for start, end in encoded["offset_mapping"][number]]
            sequence = encoded.sequence_ids(number)
            answerable = np.array(
                [part == 1 and start >= 0 and end > start for part, (start, end) in zip(sequence, offsets, strict=True)]
            )
            input_ids = encoded["input_ids"][number]
            type_ids = encoded["token_type_ids"][number] if self._takes_types else [0] * len(input_ids)
            windows.append(_Window(hit_index, input_ids, type_ids, offsets, answerable))
        return windows

    def _shortened(self, question: str) -> str:
        """Return the question, cut where it would leave a passage less than half of what the model takes."""
        pieces = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
        limit = self._max_tokens // 2
        return question if len(pieces) <= limit else question[: pieces[limit - 1][1]]

    def _logits(self, batch: Sequence[_Window]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        import torch

        width = max(len(window.input_ids) for window in batch)
        pad = self._tokenizer.pad_token_id
        inputs = {
            "input_ids": _padded([window.input_ids for window in batch], width, pad),
            "attention_mask": _padded([[1] * len(window.input_ids) for window in batch], width, 0),
        }
        if self._takes_types:
            inputs["token_type_ids"] = _padded([window.type_ids for window in batch], width, 0)
        with torch.inference_mode():
            output = self._model(**inputs)
        return output.start_logits.float().numpy(), output.end_logits.float().numpy()


def _padded(rows: Sequence[Sequence[int]], width: int, pad: int) -> "torch.Tensor":
    import torch

    return torch.tensor([[*row, *[pad] * (width - len(row))] for row in rows])


def _spans_of(
    window: _Window,
    hit: Hit,
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    max_answer_tokens: int,
    count: int,
) -> list[Span]:
    length = len(window.input_ids)
    decoded = decode_spans(start[:length], end[:length], window.answerable, max_answer_tokens, count)
    base = hit.chunk.start
    # Unanswerable is the span of the first token with itself, as SQuAD 2.0 readers are trained.
    null_logit = float(start[0] + end[0])
    return [
        Span(hit, base + window.offsets[span.first][0], base + window.offsets[span.last][1], span.logit, null_logit)
        for span in decoded
    ]


def weights_digest(folder: Path = BUNDLED_FOLDER) -> str:
    """Return the sha256 of a reader's weights, in hex."""
    return hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
