"""Bundled models are used only as they were delivered."""

import random
import shutil
from pathlib import Path

import pytest

from index import embed
from index.bundled import MODELS, SUMS_FILE, check_bundled, sha256
from index.embed import Embedder
from index.errors import ModelError
from qa import confidence, reader
from qa.confidence import CALIBRATION_FILE, Calibration
from qa.reader import Reader


def test_every_file_that_can_be_loaded_has_its_digest() -> None:
    files = {str(file.relative_to(MODELS)) for file in MODELS.glob("*/*") if file.suffix in (".onnx", ".json")}
    lines = (MODELS / SUMS_FILE).read_text("utf-8").splitlines()
    assert sorted(lines) == sorted(f"{sha256(MODELS / name)}  {name}" for name in files), (
        f"after a change of a model: cd models && sha256sum */*.onnx */*.json > {SUMS_FILE}"
    )


def test_a_file_is_as_it_was_delivered_or_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    (tmp_path / SUMS_FILE).write_text(f"{sha256(folder / 'config.json')}  reader/config.json\n", "utf-8")
    check_bundled(folder, "config.json")
    (folder / "config.json").write_text("[]", "utf-8")
    with pytest.raises(ModelError, match=r"config.json is missing or not the file.*git checkout -- models"):
        check_bundled(folder, "config.json")
    (folder / "config.json").unlink()
    with pytest.raises(ModelError, match="missing"):
        check_bundled(folder, "config.json")


def test_a_file_without_a_digest_is_refused(tmp_path: Path) -> None:
    (tmp_path / SUMS_FILE).write_text("", "utf-8")
    with pytest.raises(ModelError, match="not the file that was delivered"):
        check_bundled(tmp_path / "reader", "config.json")


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"no digest\n"])
def test_digests_that_cannot_be_read_are_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / SUMS_FILE).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{SUMS_FILE} is missing or damaged.*git checkout -- models"):
        check_bundled(tmp_path / "reader", "config.json")


READER = ["reader/model.onnx", "reader/tokenizer.json", "reader/tokenizer_config.json", "reader/calibration.json"]
EMBEDDER = ["embedder/model.onnx", "embedder/tokenizer.json", "embedder/tokenizer_config.json"]


@pytest.mark.parametrize("name", READER + EMBEDDER)
def test_one_flipped_bit_keeps_a_bundled_model_from_being_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / Path(name).parent
    shutil.copytree(MODELS / folder.name, folder)
    shutil.copy(MODELS / SUMS_FILE, tmp_path)
    for module in (reader, embed, confidence):
        monkeypatch.setattr(module, "BUNDLED_FOLDER", folder)
    _load(name)
    data = bytearray((tmp_path / name).read_bytes())
    data[random.Random(name).randrange(len(data))] ^= 1  # noqa: S311
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name} is missing or not the file that was delivered"):
        _load(name)


def _load(name: str) -> object:
    if name.endswith(CALIBRATION_FILE):
        return Calibration.load(reader.BUNDLED_FOLDER)
    return Reader.load() if name.startswith("reader") else Embedder.load()
