"""The weighted mean of readers."""

from pathlib import Path

import numpy as np
import pytest

from training.__main__ import main
from training.mix import WEIGHTS


def _twice(model: Path, out: Path) -> Path:
    """The model with every weight doubled."""
    from safetensors.numpy import load_file, save_file

    out.mkdir()
    for file in model.iterdir():
        (out / file.name).write_bytes(file.read_bytes())
    save_file(
        {name: values * 2 for name, values in load_file(model / WEIGHTS).items()}, out / WEIGHTS, {"format": "pt"}
    )
    return out


def test_each_weight_is_the_mean_by_the_shares(tiny_model: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    twice = _twice(tiny_model, tmp_path / "twice")
    assert main(["mix", str(tmp_path / "out"), f"{tiny_model}=0.25", f"{twice}=0.75"]) == 0
    before, mean = load_file(tiny_model / WEIGHTS), load_file(tmp_path / "out" / WEIGHTS)
    assert before.keys() == mean.keys()
    assert all(np.allclose(mean[name], before[name] * 1.75) for name in before)
    assert main(["quantize", str(tmp_path / "out"), str(tmp_path / "out8")]) == 0  # a whole model folder


@pytest.mark.parametrize(
    ("shares", "message"),
    [(("0.5", "0.4"), "make 0.9; they have to make 1"), (("1", "0"), "holds no model.safetensors")],
)
def test_what_has_no_mean_is_refused(
    shares: tuple[str, str], message: str, tiny_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = [f"{tiny_model}={shares[0]}", f"{tmp_path}={shares[1]}"]
    assert main(["mix", str(tmp_path / "out"), *models]) == 2
    assert message in capsys.readouterr().err


def test_readers_of_different_architectures_are_refused(
    tiny_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from transformers import BertConfig, BertForQuestionAnswering

    sizes = {"hidden_size": 32, "num_attention_heads": 2, "intermediate_size": 64, "vocab_size": 20}
    BertForQuestionAnswering(BertConfig(num_hidden_layers=1, **sizes)).save_pretrained(tmp_path / "other")
    assert main(["mix", str(tmp_path / "out"), f"{tiny_model}=0.5", f"{tmp_path / 'other'}=0.5"]) == 2
    assert "different architectures" in capsys.readouterr().err
