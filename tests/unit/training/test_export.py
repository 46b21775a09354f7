"""From a model folder to one for ONNX Runtime, and what the reader makes of it."""

import json
from pathlib import Path

import pytest

from index.onnxfile import ONNX_FILE
from qa.reader import Context, Reader
from qa.spanmodel import OnnxModel
from training.__main__ import main
from training.export import quantize

CONTEXT = Context("The harbor opened on monday. The school opened on friday.")


@pytest.fixture(scope="module", params=["int8", "float32"])
def quantized(request: pytest.FixtureRequest, tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("onnx") / "out"
    more = ["--float32"] if request.param == "float32" else []
    assert main(["quantize", str(tiny_model), str(out), *more]) == 0
    return out


def test_the_folder_is_one_the_reader_loads(quantized: Path, tiny_model: Path) -> None:
    assert {path.name for path in quantized.iterdir()} == {
        ONNX_FILE,
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    reader = Reader.load(str(quantized), threads=1)
    assert isinstance(reader._model, OnnxModel)
    expected = Reader.load(str(tiny_model), threads=1).find(["When did the school open?"], [CONTEXT], 3, 2)
    found = reader.find(["When did the school open?"], [CONTEXT], 3, 2)
    assert len(found) == len(expected) == 2
    assert found[0].span_logit == pytest.approx(expected[0].span_logit, abs=0.05)
    assert found[0].null_logit == pytest.approx(expected[0].null_logit, abs=0.05)


def test_a_context_longer_than_the_model_takes_is_read_in_windows(quantized: Path) -> None:
    long = Context("The harbor opened on monday. " * 40)
    assert len(Reader.load(str(quantized), threads=1).find(["When?"], [long], 3, 1)) > 4


def test_quantize_says_how_large_the_file_is(tiny_model: Path, tmp_path: Path) -> None:
    sizes = [quantize(tiny_model, tmp_path / str(int8), int8=int8) for int8 in (True, False)]
    assert sizes == [(tmp_path / str(int8) / ONNX_FILE).stat().st_size for int8 in (True, False)]
    assert sizes[0] < sizes[1]


def test_evaluate_prints_the_figures_of_a_quantized_reader(
    quantized: Path, tiny_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_THREADS", "1")
    file = tiny_data / "questions.jsonl.xz"
    assert main(["evaluate", str(file), "--model", str(quantized), "--sample", "30", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["questions"] == 30
    assert result["file"] == file.name
    assert result.keys() >= {"em", "f1", "hasans_f1", "noans_f1", "best", "intervals"}
    for name, (low, high) in result["intervals"].items():
        assert 0 <= low <= result[name] <= high <= 100
    assert result["best"]["f1"] >= result["f1"]


def test_other_models_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from transformers import DistilBertConfig

    DistilBertConfig().save_pretrained(tmp_path / "model")
    assert main(["quantize", str(tmp_path / "model"), str(tmp_path / "out")]) == 2
    assert "not distilbert" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
