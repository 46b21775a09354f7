"""Models that score the tokens of a window as first and last word of the answer."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.device import torch_device
from index.errors import ModelError

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
ONNX_FILE = "model.onnx"


class SpanModel(Protocol):
    """An extractive question-answering model, whatever runs it. Safe to share between threads."""

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest window it takes."""
        ...

    @property
    def batch_windows(self) -> int:
        """Windows it is best given at a time."""
        ...

    def logits(self, input_ids: Ints, attention_mask: Ints, token_type_ids: Ints) -> tuple[Floats, Floats]:
        """Return start and end logits; all arrays have the shape (windows, tokens)."""
        ...


class OnnxModel:
    """A model file that ONNX Runtime runs on the CPU."""

    # Eight-bit models round activations in steps that fit all they are given at once. Alone, a window's scores do not
    # depend on its neighbours, and the steps are finer: on 2,500 questions that gained 0.3 F1 over batches of eight.
    batch_windows = 1

    def __init__(self, file: Path, max_tokens: int, threads: int = 0) -> None:
        """Load the file; ``threads`` 0 takes every core.

        Raises:
            ModelError: The file is damaged.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        # Threads that spin while they wait would take the cores from search and from the page.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime's exceptions share no narrower class
            raise ModelError(f"{file} is damaged or not for this version: {first_line(error)}.") from error
        self.max_tokens = max_tokens

    def logits(self, input_ids: Ints, attention_mask: Ints, token_type_ids: Ints) -> tuple[Floats, Floats]:
        """Return start and end logits; all arrays have the shape (windows, tokens)."""
        inputs = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": token_type_ids}
        starts, ends = self._session.run(["start_logits", "end_logits"], inputs)
        return starts, ends


class TransformersModel:
    """A question-answering model of the transformers library, in float32, on a GPU where PyTorch finds one."""

    def __init__(self, name: str, max_tokens: int, takes_types: bool, threads: int = 0, device: str = "") -> None:
        """Load a folder, or a name that the hub knows (then the hub is asked unless it is cached).

        Args:
            name: Folder or name.
            max_tokens: Tokens of the longest window that its tokenizer makes.
            takes_types: Whether it tells question and passage apart by token types.
            threads: Threads on a CPU; 0 takes every core.
            device: ``cpu`` or ``cuda``; empty for the better one that is there.

        Raises:
            OSError, ValueError: There is no such model, or it is damaged.
            ModelError: It is no extractive reader.
        """
        import torch
        from transformers import AutoModelForQuestionAnswering

        # safetensors only: a pickled checkpoint could run code.
        model, report = AutoModelForQuestionAnswering.from_pretrained(
            name, dtype=torch.float32, use_safetensors=True, output_loading_info=True
        )
        if any(key.startswith("qa_outputs") for key in report["missing_keys"]):
            raise ModelError(
                f"The model '{name}' has no trained question-answering head, so its answers would be random. "
                "Set ONRECORD_READER to a model fine-tuned for extractive question answering (such as on SQuAD 2.0)."
            )
        torch.set_num_threads(threads or os.cpu_count() or 1)
        self._device = device or torch_device()
        self._model: Any = model.eval().to(self._device)
        # Bigger batches win nothing on a CPU: the matrix products are already large enough to fill it.
        self.batch_windows = 8 if self._device == "cpu" else 64
        self._takes_types = takes_types
        # RoBERTa's position table has two rows more than the tokens it takes; the tokenizer knows the real limit.
        self.max_tokens = min(int(getattr(model.config, "max_position_embeddings", max_tokens)), max_tokens)

    def logits(self, input_ids: Ints, attention_mask: Ints, token_type_ids: Ints) -> tuple[Floats, Floats]:
        """Return start and end logits; all arrays have the shape (windows, tokens)."""
        import torch

        arrays = {"input_ids": input_ids, "attention_mask": attention_mask}
        if self._takes_types:
            arrays["token_type_ids"] = token_type_ids
        with torch.inference_mode():
            output = self._model(**{name: torch.from_numpy(array).to(self._device) for name, array in arrays.items()})
        return output.start_logits.float().cpu().numpy(), output.end_logits.float().cpu().numpy()


def padded(rows: Sequence[Sequence[int]], width: int, pad: int) -> Ints:
    """Return the rows as an array of shape (rows, width), filled up with ``pad``."""
    return np.array([[*row, *[pad] * (width - len(row))] for row in rows], dtype=np.int32)


def first_line(error: Exception) -> str:
    """Return what an error says, in one line without the full stop."""
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
