"""No pickle is ever loaded, as it can run any code. Weights of models are in safetensors or ONNX."""

import sys
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import ModelError

# Processes that belong together send each other pickles: these modules may load them, as both ends are this program.
_BETWEEN_PROCESSES = frozenset({"multiprocessing", "ray"})


@cache
def refuse_pickles() -> None:
    """Make this process refuse, until it ends, any pickle that names a class or function, whoever loads it."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "pickle.find_class":
        loader = str(sys._getframe(1).f_globals.get("__name__", ""))
        if loader.split(".")[0] in _BETWEEN_PROCESSES:
            return
        module, name = arguments
        raise ModelError(
            f"A pickled file asked for {module}.{name}. Such files can run any code and are never loaded; "
            "use a model whose weights are in the format safetensors or ONNX."
        )


def refuse_pickled_weights(folder: Path) -> None:
    """Refuse a model folder of which a part has its weights in a pickle only.

    Raises:
        ModelError: Names the file, and what to do.
    """
    for file in sorted(folder.rglob("pytorch_model*.bin")):
        if not any(file.parent.glob("*.safetensors")):
            raise ModelError(
                f"{file} is a pickle, which can run any code, and is never loaded. Choose a model with safetensors, "
                "or, if you trust this one, load it with the library that made it and save it again."
            )
