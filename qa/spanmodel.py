"""Models that score the tokens of a window as first and last word of the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.device import torch_device
from index.errors import ModelError
from index.onnxfile import Floats, Session, core_count

Ints = NDArray[np.int32]
Logits = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a model sees of a window: the tokens, and for each whether it is of the question (0) or the passage (1)."""

    ids: Sequence[int]
    types: Sequence[int]


class SpanModel(Protocol):
    """An extractive question-answering model, whatever runs it. Safe to share between threads."""

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest window it takes."""
        ...

    def logits(self, windows: Sequence[Tokens]) -> list[Logits]:
        """Return start and end logits of each window; both have one number for each token."""
        ...


class OnnxModel:
    """A model file that ONNX Runtime runs on the CPU, each window alone.

    On 2,500 questions that gained 0.3 F1 over batches of eight.
    """

    def __init__(self, file: Path, max_tokens: int, threads: int = 0) -> None:
        """Load the file; ``threads`` 0 takes every core.

        Raises:
            ModelError: The file is damaged.
        """
        self._session = Session(file, ("start_logits", "end_logits"), threads)
        self.max_tokens = max_tokens

    def logits(self, windows: Sequence[Tokens]) -> list[Logits]:
        """Return start and end logits of each window; both have one number for each token."""
        longest_first = sorted(range(len(windows)), key=lambda number: -len(windows[number].ids))
        found = self._session.run([_arrays([windows[number]], 0) for number in longest_first])
        by_number = {number: (starts[0], ends[0]) for number, (starts, ends) in zip(longest_first, found, strict=True)}
        return [by_number[number] for number in range(len(windows))]


class TransformersModel:
    """A question-answering model of the transformers library, in float32, on a GPU where PyTorch finds one."""

    def __init__(
        self, name: str, max_tokens: int, takes_types: bool, pad: int = 0, threads: int = 0, device: str = ""
    ) -> None:
        """Load a folder, or a name that the hub knows (then the hub is asked unless it is cached).

        Args:
            name: Folder or name.
            max_tokens: Tokens of the longest window that its tokenizer makes.
            takes_types: Whether it tells question and passage apart by token types.
            pad: The token that fills up the shorter windows of a batch.
            threads: Threads on a CPU; 0 takes every core.
            device: ``cpu`` or ``cuda``; empty for the better one that is there.

        Raises:
            OSError, ValueError: There is no such model, or it is damaged.
            ModelError: It is no extractive reader.
        """
        import torch
        from transformers import AutoModelForQuestionAnswering

        # A pickled checkpoint could run code, and so would a model that brings its own.
        model, report = AutoModelForQuestionAnswering.from_pretrained(
            name, dtype=torch.float32, use_safetensors=True, trust_remote_code=False, output_loading_info=True
        )
        if any(key.startswith("qa_outputs") for key in report["missing_keys"]):
            raise ModelError(
                f"The model '{name}' has no trained question-answering head, so its answers would be random. "
                "Set ONRECORD_READER to a model fine-tuned for extractive question answering (such as on SQuAD 2.0)."
            )
        torch.set_num_threads(threads or core_count())
        self._device = device or torch_device()
        self._model: Any = model.eval().to(self._device)
        # Bigger batches win nothing on a CPU: the matrix products are already large enough to fill it.
        self._batch = 8 if self._device == "cpu" else 64
        self._left_out = () if takes_types else ("token_type_ids",)
        self._pad = pad
        # RoBERTa's position table has two rows more than the tokens it takes; the tokenizer knows the real limit.
        self.max_tokens = min(int(getattr(model.config, "max_position_embeddings", max_tokens)), max_tokens)

    def logits(self, windows: Sequence[Tokens]) -> list[Logits]:
        """Return start and end logits of each window; both have one number for each token."""
        # Windows of like length together: the shorter ones of a batch are padded to the longest.
        by_length = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
        found: dict[int, Logits] = {}
        for begin in range(0, len(windows), self._batch):
            batch = by_length[begin : begin + self._batch]
            starts, ends = self._together([windows[number] for number in batch])
            for number, start, end in zip(batch, starts, ends, strict=True):
                length = len(windows[number].ids)
                found[number] = (start[:length], end[:length])
        return [found[number] for number in range(len(windows))]

    def _together(self, windows: Sequence[Tokens]) -> Logits:
        import torch

        inputs = {
            name: torch.from_numpy(array).to(self._device)
            for name, array in _arrays(windows, self._pad).items()
            if name not in self._left_out
        }
        with torch.inference_mode():
            output = self._model(**inputs)
        return output.start_logits.float().cpu().numpy(), output.end_logits.float().cpu().numpy()


def _arrays(windows: Sequence[Tokens], pad: int) -> dict[str, Ints]:
    """Return what a model takes, each of shape (windows, tokens of the longest)."""
    return {
        "input_ids": _padded([window.ids for window in windows], pad),
        "attention_mask": _padded([[1] * len(window.ids) for window in windows], 0),
        "token_type_ids": _padded([window.types for window in windows], 0),
    }


def _padded(rows: Sequence[Sequence[int]], pad: int) -> Ints:
    """Return the rows as an array of shape (rows, length of the longest), filled up with ``pad``."""
    width = max(map(len, rows))
    return np.array([[*row, *[pad] * (width - len(row))] for row in rows], dtype=np.int32)
