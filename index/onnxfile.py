"""Model folders for ONNX Runtime: a graph with its weights, and a tokenizer. Neither needs PyTorch."""

import json
import os
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError, first_line

if TYPE_CHECKING:
    from tokenizers import Tokenizer

ONNX_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
TOKENIZER_CONFIG_FILE = "tokenizer_config.json"
MODEL_FILES = (ONNX_FILE, TOKENIZER_FILE, TOKENIZER_CONFIG_FILE)
# Fusing a sum with the layer norm after it makes both take seven times as long (ONNX Runtime 1.32, on a CPU).
_SLOWER = ["SkipLayerNormFusion"]
Arrays = Mapping[str, NDArray[np.int32]]
Floats = NDArray[np.float32]


class Session:
    """A graph that ONNX Runtime runs on the CPU, each input alone. Safe to share between threads.

    Alone, nothing is padded, and eight-bit models round activations in steps that fit this input: its results do not
    depend on neighbours. Inputs are spread over the cores instead of the work on each: cores then need not wait for
    each other within it, those who ask at once are served in turn, and no more threads run than there are cores.
    """

    # Evidence, ten passages read on two cores: 90 ms, and 134 ms where both cores share the work on each passage. Where
    # four ask at once, 95 of 100 wait at most 361 and 469 ms.

    # Inputs of one caller that are queued at a time. Who embeds thousands of passages lets others in between.
    _AT_ONCE = 16

    def __init__(self, file: Path, outputs: Sequence[str], threads: int = 0) -> None:
        """Load the file.

        Args:
            file: The graph.
            outputs: Names of the outputs that are wanted.
            threads: Most inputs at a time; 0 for one on every core.

        Raises:
            ModelError: The file is missing, damaged, or has other outputs.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
        except Exception as error:  # ONNX Runtime's exceptions share no narrower class
            raise ModelError(f"{file} is damaged or not for this version: {first_line(error)}.") from error
        named = {output.name: output.shape for output in self._session.get_outputs()}
        if missing := [name for name in outputs if name not in named]:
            raise ModelError(f"{file} has no output {' or '.join(missing)}; choose another model.")
        self._outputs = list(outputs)
        self.output_shape: list[int | str] = named[outputs[0]]
        self._pool = ThreadPoolExecutor(threads or core_count(), thread_name_prefix=file.parent.name)

    def run(self, inputs: Sequence[Arrays]) -> list[list[Floats]]:
        """Return the outputs for each of the inputs, in their order.

        Args:
            inputs: Arrays by name, whose first dimension is 1. Given longest first they keep all cores busy to the end.
        """
        if len(inputs) == 1:
            return [self._run_one(inputs[0])]
        found: list[list[Floats]] = []
        queued: deque[Future[list[Floats]]] = deque()
        for arrays in inputs:
            if len(queued) == self._AT_ONCE:
                found.append(queued.popleft().result())
            queued.append(self._pool.submit(self._run_one, arrays))
        return found + [one.result() for one in queued]

    def _run_one(self, arrays: Arrays) -> list[Floats]:
        outputs: list[Floats] = self._session.run(self._outputs, arrays)
        return outputs


def core_count() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_tokenizer(folder: Path) -> tuple["Tokenizer", int]:
    """Return the tokenizer of a folder, which neither cuts nor pads, and the most tokens that its model takes.

    Raises:
        ModelError: A file of it is missing or damaged.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        limit = int(json.loads((folder / TOKENIZER_CONFIG_FILE).read_text("utf-8"))["model_max_length"])
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelError(f"The tokenizer of {folder} is missing or damaged: {first_line(error)}.") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, limit
