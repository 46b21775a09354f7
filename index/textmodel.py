"""Models that turn texts into vectors."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.device import torch_device
from index.errors import ModelError
from index.onnxfile import ONNX_FILE, Floats, Session, open_tokenizer

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer


class TextModel(Protocol):
    """A model that embeds texts, whatever runs it. Safe to share between threads."""

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        ...

    @property
    def tokenizer(self) -> "Tokenizer":
        """Its tokenizer, which neither cuts nor pads."""
        ...

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return one vector for each text, shape (texts, dimension); texts too long for it are cut."""
        ...


class OnnxTextModel:
    """A model folder that ONNX Runtime runs on the CPU."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Load the folder; ``threads`` 0 takes every core.

        Raises:
            ModelError: A file of it is missing or damaged.
        """
        self.tokenizer, limit = open_tokenizer(folder)
        self._cutter = type(self.tokenizer).from_str(self.tokenizer.to_str())
        self._cutter.enable_truncation(limit)
        self._session = Session(folder / ONNX_FILE, ("vectors",), threads)
        self.dimension = int(self._session.output_shape[1])

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return one vector for each text, shape (texts, dimension); texts too long for it are cut."""
        rows = [np.array([encoding.ids], dtype=np.int32) for encoding in self._cutter.encode_batch(list(texts))]
        longest_first = sorted(range(len(rows)), key=lambda number: -rows[number].size)
        found = self._session.run(
            [{"input_ids": rows[number], "attention_mask": np.ones_like(rows[number])} for number in longest_first]
        )
        vectors = np.zeros((len(rows), self.dimension), dtype=np.float32)
        for number, (vector,) in zip(longest_first, found, strict=True):
            vectors[number] = vector[0]
        return vectors


class SentenceTransformersModel:
    """A model of the sentence-transformers library, on a GPU where PyTorch finds one."""

    def __init__(self, source: str, threads: int = 0, device: str = "") -> None:
        """Load a folder, or a name that the hub knows (then the hub is asked unless it is cached).

        Args:
            source: Folder or name.
            threads: Threads for one batch; 0 leaves the choice to PyTorch.
            device: ``cpu`` or ``cuda``; empty for the better one that is there.

        Raises:
            OSError, ValueError, RuntimeError, KeyError, ImportError, SafetensorError: It cannot be loaded.
            ModelError: It is no model of the kind that is needed.
        """
        import torch
        from sentence_transformers import SentenceTransformer
        from tokenizers import Tokenizer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        if threads:
            torch.set_num_threads(threads)
        device = device or torch_device()
        model: Any = SentenceTransformer(
            source, device=device, model_kwargs={"dtype": _dtype(device), "use_safetensors": True}
        )
        backend = getattr(model.tokenizer, "backend_tokenizer", None)
        dimension = model.get_embedding_dimension()
        if backend is None or dimension is None:
            raise ModelError(
                f"The embedder '{source}' has no fast tokenizer or no fixed vector length; choose another."
            )
        self.dimension = int(dimension)
        # Sequences of similar length. More gain little on a CPU, and a question waits for the batch at hand.
        self._batch = 32 if device == "cpu" else 256
        self._lock = threading.Lock()
        # A copy of its own: encoding switches truncation on in the model's tokenizer.
        self.tokenizer = Tokenizer.from_str(backend.to_str())
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self._model = model.eval()

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return one vector for each text, shape (texts, dimension); texts too long for it are cut."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Texts of like length are computed together: the shorter ones of a batch are padded to the longest.
        by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for begin in range(0, len(texts), self._batch):
            batch = by_length[begin : begin + self._batch]
            vectors[batch] = self._together([texts[number] for number in batch])
            if begin + self._batch < len(texts):
                # A lock is not fair: without a pause, a question would wait until a whole pile of articles is done.
                time.sleep(0.001)
        return vectors

    def _together(self, texts: list[str]) -> Floats:
        import torch

        with self._lock, torch.inference_mode():
            tensor = self._model.encode(texts, batch_size=self._batch, convert_to_tensor=True, show_progress_bar=False)
            vectors: Floats = tensor.float().cpu().numpy()
        return vectors

    def weights(self) -> dict[str, Floats]:
        """Return the weights as they were loaded."""
        return {name: values.float().cpu().contiguous().numpy() for name, values in self._model.state_dict().items()}


def _dtype(device: str) -> "torch.dtype":
    """Choose bfloat16 where the CPU computes with it.

    On 400 passages of news its vectors kept a cosine above 0.9999 to those of float32 at about 1.5 times the speed, so
    both may share a library. A GPU is fast enough in float32.
    """
    import torch

    able = torch.cpu.get_capabilities()
    fast = device == "cpu" and (able.get("avx512_bf16") or able.get("amx_bf16"))
    return torch.bfloat16 if fast else torch.float32


def weight_files(folder: Path) -> list[Path]:
    """Return the weight files of a folder, in the order in which they are digested."""
    return sorted(folder.rglob("*.safetensors")) + sorted(folder.rglob("pytorch_model*.bin"))
