"""The recipe from end to end, on a made-up set with a tiny random encoder."""

import csv
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import torch

from training.__main__ import STOPPED, main
from training.train import CHECKPOINT, StopRequest


@pytest.fixture(scope="module")
def prepared(tiny_model: Path, tiny_data: Path, tiny_config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    where = ["--config", str(tiny_config), "--start", str(tiny_model)]
    assert main(["prepare", str(tiny_data), str(folder), *where]) == 0
    return folder


def train(prepared: Path, run: Path, tiny_config: Path, tiny_model: Path, *more: str) -> int:
    return main(["train", str(prepared), str(run), "--config", str(tiny_config), "--start", str(tiny_model), *more])


def state_of(run: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(run / CHECKPOINT, weights_only=True)
    return state


@pytest.fixture
def averaged(tiny_config: Path, tmp_path: Path) -> Path:
    """The tiny configuration with a moving average."""
    path = tmp_path / "averaged.toml"
    path.write_text(tiny_config.read_text("utf-8").replace("[train]", "[train]\naverage = 0.75"), encoding="utf-8")
    return path


@pytest.mark.parametrize("average", [False, True])
def test_a_stopped_run_goes_on_exactly_and_its_reader_is_the_result(
    average: bool, prepared: Path, tiny_config: Path, averaged: Path, tiny_model: Path, tmp_path: Path
) -> None:
    if average:
        tiny_config = averaged
    whole, parts, out = tmp_path / "whole", tmp_path / "parts", tmp_path / "out"
    assert train(prepared, whole, tiny_config, tiny_model) == 0
    for _ in range(2):
        assert train(prepared, parts, tiny_config, tiny_model, "--steps", "3") == STOPPED
    assert train(prepared, parts, tiny_config, tiny_model, "--export", str(out)) == 0

    expected, resumed = state_of(whole), state_of(parts)
    assert expected["position"]["step"] == 12
    assert expected["position"] | {"seconds": 0} == resumed["position"] | {"seconds": 0}
    assert (expected["average"] is not None) == average
    for part in ("model", "average") if average else ("model",):
        assert expected[part].keys() == resumed[part].keys()
        assert all(torch.equal(weights, resumed[part][name]) for name, weights in expected[part].items())
    with (parts / "curve.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["step"]) for row in rows] == list(range(2, expected["position"]["step"] + 1, 2))
    assert float(rows[-1]["lr"]) < float(rows[1]["lr"])

    from safetensors.torch import load_file

    exported = load_file(out / "model.safetensors")
    last = resumed["model"]
    assert exported.keys() == last.keys()
    stored = {name: resumed["average"][f"module.{name}"] for name in last} if average else last
    assert all(torch.equal(weights, stored[name].half()) for name, weights in exported.items())
    moved = "bert.encoder.layer.0.output.dense.weight"
    assert torch.equal(exported[moved], last[moved].half()) != average


def test_the_average_moves_towards_the_weights(
    prepared: Path, averaged: Path, tiny_model: Path, tmp_path: Path
) -> None:
    states = []
    for _ in range(2):
        assert train(prepared, tmp_path / "run", averaged, tiny_model, "--steps", "1") == STOPPED
        states.append(state_of(tmp_path / "run"))
    name = "qa_outputs.weight"
    first, second = (state["model"][name] for state in states)
    assert torch.equal(states[0]["average"][f"module.{name}"], first)
    assert not torch.equal(first, second)
    assert torch.allclose(states[1]["average"][f"module.{name}"], 0.75 * first + 0.25 * second, atol=1e-7)


def test_training_learns_the_set_and_leaves_word_embeddings_alone(
    prepared: Path, tiny_config: Path, tiny_model: Path, tmp_path: Path
) -> None:
    long = tmp_path / "long.toml"
    long.write_text(tiny_config.read_text().replace("epochs = 2", "epochs = 12").replace("1e-3", "5e-3"))
    assert train(prepared, tmp_path / "run", long, tiny_model) == 0
    with (tmp_path / "run" / "curve.csv").open(newline="") as file:
        losses = [float(row["loss"]) for row in csv.DictReader(file)]
    assert sum(losses[-3:]) < 0.7 * sum(losses[:3])
    from safetensors.torch import load_file

    name = "bert.embeddings.word_embeddings.weight"
    trained = state_of(tmp_path / "run")["model"]
    assert torch.equal(trained[name], load_file(tiny_model / "model.safetensors")[name])


def test_the_deadline_ends_a_run_and_the_reader_is_exported(
    prepared: Path, tiny_config: Path, tiny_model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    more = ("--until", "2020-01-01T00:00", "--export", str(out))
    assert train(prepared, tmp_path / "run", tiny_config, tiny_model, *more) == 0
    assert state_of(tmp_path / "run")["position"]["step"] == 0
    assert {path.name for path in out.iterdir()} == {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    assert json.loads((out / "config.json").read_text())["dtype"] == "float16"


def test_export_of_a_checkpoint(prepared: Path, tiny_config: Path, tiny_model: Path, tmp_path: Path) -> None:
    train(prepared, tmp_path / "run", tiny_config, tiny_model, "--steps", "1")
    assert main(["export", str(tmp_path / "run"), str(tmp_path / "out"), "--start", str(tiny_model)]) == 0
    assert (tmp_path / "out" / "model.safetensors").is_file()


def test_a_termination_signal_asks_for_a_stop() -> None:
    before = signal.getsignal(signal.SIGTERM)
    stop = StopRequest()
    with stop.on_signals():
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.asked
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prepare", "nowhere", "out", "--start", "nowhere"], "nowhere holds no model"),
        (["export", "nowhere", "out", "--start", "nowhere"], "nowhere holds no model"),
        (["evaluate", "nothing.json"], "nothing.json"),
        (["quantize", "nowhere", "out"], "nowhere holds no model"),
        (["train", "nowhere", "out", "--until", "soon"], "write HH:MM"),
        (["train", "nowhere", "out"], "nowhere"),
    ],
)
def test_wrong_input_is_told_without_a_traceback(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
