"""A reader in eight bits as weights to train on from."""

from pathlib import Path

import pytest

from index.onnxfile import ONNX_FILE
from training.__main__ import main


def test_a_restored_reader_in_eight_bits_again_is_the_same_file(
    tiny_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once, restored, twice = tmp_path / "once", tmp_path / "restored", tmp_path / "twice"
    assert main(["quantize", str(tiny_model), str(once), "--no-answer", "0.5"]) == 0
    assert main(["restore", str(once), str(restored)]) == 0
    assert f"float32 weights in {restored}" in capsys.readouterr().out
    assert main(["quantize", str(restored), str(twice), "--no-answer", "0.5"]) == 0
    for file in once.iterdir():
        assert (twice / file.name).read_bytes() == file.read_bytes(), file.name


def test_exact_weights_are_restored_as_they_were(tiny_model: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    exact, restored = tmp_path / "exact", tmp_path / "restored"
    assert main(["quantize", str(tiny_model), str(exact), "--float32"]) == 0
    assert main(["restore", str(exact), str(restored)]) == 0
    before, after = (load_file(folder / "model.safetensors") for folder in (tiny_model, restored))
    assert before.keys() == after.keys()
    assert all((before[name] == after[name]).all() for name in before)


def test_a_folder_without_such_a_model_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(tmp_path), str(tmp_path / "out")]) == 2
    assert f"holds no {ONNX_FILE}; name a folder that 'quantize' wrote" in capsys.readouterr().err
