"""Starting: what is imported, and what loads side by side."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.errors import ModelError
from index.library import Library
from qa import __main__ as command
from qa.engine import Engine
from qa.reader import Reader
from tests.unit.index.library_fakes import WordEmbedder
from tests.unit.qa.engine_fakes import BRIDGE, FakeReader, engine_of, settings_of

ROOT = Path(__file__).resolve().parents[3]
ADD_AND_ASK = """
import sys
from index.__main__ import main as index
from qa.__main__ import main as qa
folder, article = sys.argv[1:]
assert index(["add", article, "--library", folder]) == 0
assert qa(["ask", "When was the bridge shut?", "--library", folder]) == 0
heavy = "torch transformers sentence_transformers onnx fastapi uvicorn prometheus_client pymilvus grpc ray".split()
print("imported:", *sorted(set(heavy) & sys.modules.keys()))
"""
STOPPED = """
import runpy, sys
class Stop:
    def find_spec(self, name, *_):
        if name == "index.settings":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


@pytest.mark.models
def test_adding_and_asking_with_the_bundled_models_imports_neither_pytorch_nor_a_server(tmp_path: Path) -> None:
    article = tmp_path / "bridge.txt"
    article.write_text(f"{BRIDGE.title}\n\n{BRIDGE.text}\n", "utf-8")
    command = [sys.executable, "-c", ADD_AND_ASK, str(tmp_path / "library"), str(article)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "Monday" in told
    assert told.splitlines()[-1] == "imported:"


def test_models_load_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=20)

    def load_reader(_name: str, _threads: int) -> FakeReader:
        both.wait()
        return FakeReader({"on Monday": 9.0})

    def load_embedder() -> WordEmbedder:
        both.wait()
        return WordEmbedder(dimension=64)

    monkeypatch.setattr(Reader, "load", load_reader)
    engine_of(tmp_path, FakeReader(), BRIDGE).library.close()
    settings = settings_of(tmp_path)
    engine = Engine(Library.open(Path(settings.library), load_embedder, settings), settings)
    engine.warm_up()
    assert engine.ask("When was the bridge shut?").answers[0].text == "on Monday"


def test_a_model_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, None, BRIDGE)
    with pytest.raises(ModelError, match="could not be loaded"):
        engine.warm_up()


def test_stopping_while_models_load_is_one_line_and_exit_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> Engine:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "open", stop)
    assert command.main(["ask", "Who won?"]) == 130
    assert capsys.readouterr() == ("", "Stopped.\n")


@pytest.mark.parametrize("package", ["index", "qa"])
def test_stopping_while_modules_are_imported_says_nothing_and_exits_130(package: str) -> None:
    ended = subprocess.run([sys.executable, "-c", STOPPED, package, "--help"], capture_output=True, text=True, cwd=ROOT)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
