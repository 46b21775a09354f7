"""The bundled embedder is what the command makes of the published weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.bundled import sha256
from index.embed import BUNDLED_FOLDER, FLOAT_SHA256, _float_folder
from index.onnxfile import ONNX_FILE
from index.textmodel import OnnxTextModel, SentenceTransformersModel
from training.__main__ import main


def test_the_folder_is_one_the_embedder_loads(tiny_model: Path, tmp_path: Path) -> None:
    assert main(["embedder", str(tmp_path), "--start", str(tiny_model), "--float32"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {ONNX_FILE, "tokenizer.json", "tokenizer_config.json"}
    texts = ["The harbor opened on monday.", "when?", "The school opened. " * 40]
    theirs = SentenceTransformersModel(str(tiny_model), device="cpu").vectors(texts)
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
    ours = OnnxTextModel(tmp_path, threads=1).vectors(texts)
    # The other model may compute in bfloat16.
    assert float((ours * theirs).sum(axis=1).min()) > 0.999


def test_a_text_longer_than_the_model_takes_is_cut(tiny_model: Path, tmp_path: Path) -> None:
    assert main(["embedder", str(tmp_path), "--start", str(tiny_model)]) == 0
    assert json.loads((tmp_path / "tokenizer_config.json").read_text("utf-8")) == {"model_max_length": 64}
    model = OnnxTextModel(tmp_path, threads=1)
    words = "harbor " * 62  # two of the 64 tokens begin and end the text
    cut, whole = model.vectors([words + "school " * 100, words])
    assert np.array_equal(cut, whole)
    assert not np.array_equal(whole, model.vectors(["harbor " * 61])[0])


@pytest.mark.models
def test_the_command_makes_the_bundled_weights(tmp_path: Path) -> None:
    assert sha256(_float_folder() / "model.safetensors") == FLOAT_SHA256
    assert main(["embedder", str(tmp_path)]) == 0
    for name in (ONNX_FILE, "tokenizer.json", "tokenizer_config.json"):
        assert (tmp_path / name).read_bytes() == (BUNDLED_FOLDER / name).read_bytes()
