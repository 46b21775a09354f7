"""Nothing that is read can run code: not by the project's own source, nor by a library in its processes."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from index.embed import Embedder
from index.errors import ModelError
from index.pickles import refuse_pickled_weights
from qa.reader import Reader

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("ui", "qa", "index", "bench", "training", "tests")
SOURCES = [ROOT / "app.py", *(file for part in PARTS for file in (ROOT / part).rglob("*.py"))]
MODULES = {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "yaml"}
CALLS = {"eval", "exec", "compile", "__import__"}
# FAISS may crash on a damaged file, so it reads one only where its digest was compared.
ALLOWED = {"index/vector_file.py: faiss.read_index"}
# What these arguments must be wherever they are given.
SAFE = {"allow_pickle": "False", "trust_remote_code": "False", "weights_only": "True", "use_safetensors": "True"}


def test_no_source_runs_what_it_reads() -> None:
    assert len(SOURCES) > 300
    found = {f"{file.relative_to(ROOT)}: {fault}" for file in SOURCES for fault in _faults(file.read_text("utf-8"))}
    assert found == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "import os, marshal as m",
        "from joblib.externals import loky",
        "eval(text)",
        "numpy.load(path, allow_pickle=True)",
        "pandas.read_pickle(path)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "AutoModelForQuestionAnswering.from_pretrained(name)",
        "AutoTokenizer.from_pretrained(name, trust_remote_code=True)",
        "SentenceTransformer(name)",
        "faiss.read_index(path)",
    ],
)
def test_what_may_run_code_is_found(line: str) -> None:
    assert len(list(_faults(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "model.eval()",
        "re.compile(text)",
        "numpy.load(path)",
        "torch.load(path, weights_only=True)",
        "AutoModel.from_pretrained(name, use_safetensors=True)",
        "AutoTokenizer.from_pretrained(name)",
        "SentenceTransformer(name, model_kwargs={'use_safetensors': True})",
    ],
)
def test_what_runs_none_is_let_through(line: str) -> None:
    assert list(_faults(line)) == []


def test_streamlit_keeps_nothing_as_a_pickle() -> None:
    """Its ``cache_data`` pickles what it keeps, and so does a session whose state must be serializable."""
    assert [file.name for file in SOURCES if file.parent.name == "ui" and "cache_data" in file.read_text("utf-8")] == []
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert not config.get("runner", {}).get("enforceSerializableSessionState", False)


def _faults(source: str) -> Iterator[str]:
    """Yield each module that is imported and each function that is called in a way that may run what is read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            function = ast.unparse(node.func)
            if _may_run_code(function, {word.arg or "": ast.unparse(word.value) for word in node.keywords}):
                yield function


def _may_run_code(function: str, said: Mapping[str, str]) -> bool:
    last = function.split(".")[-1]
    return (
        function in CALLS
        or last in ("read_pickle", "read_index")
        or any(said.get(argument, safe) != safe for argument, safe in SAFE.items())
        or (function == "torch.load" and "weights_only" not in said)
        or (last == "from_pretrained" and "Model" in function and "use_safetensors" not in said)
        or (last == "SentenceTransformer" and "'use_safetensors': True" not in said.get("model_kwargs", ""))
    )


def _in_a_process(lines: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", lines]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | environment, check=False)


UNPICKLE = "import datetime, pickle; print(pickle.loads(pickle.dumps(datetime.date(2023, 10, 5))))"


@pytest.mark.parametrize("entry", ["index.__main__", "qa.__main__"])
def test_a_process_of_the_project_refuses_a_pickle(entry: str) -> None:
    """As the guard stays until a process ends, each test of it is one."""
    start = f"import runpy, sys\nsys.argv = ['x', '--help']\ntry: runpy.run_module('{entry}', run_name='__main__')\n"
    done = _in_a_process(start + "except SystemExit: pass\n" + UNPICKLE)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "index.errors.ModelError: A pickled file asked for datetime.date. Such files can run any code and are never "
        "loaded; use a model whose weights are in the format safetensors or ONNX."
    )


def test_the_app_refuses_a_pickle(tmp_path: Path) -> None:
    lines = "from streamlit.testing.v1 import AppTest\nAppTest.from_file('app.py').run(timeout=60)\n"
    done = _in_a_process(lines + UNPICKLE, ONRECORD_LIBRARY=str(tmp_path))
    assert "A pickled file asked for datetime.date" in done.stderr
    assert done.returncode == 1


def test_worker_processes_may_answer_a_guarded_one() -> None:
    done = _in_a_process(
        "import datetime\nfrom concurrent.futures import ProcessPoolExecutor\nfrom multiprocessing import get_context\n"
        "from index.pickles import refuse_pickles\nrefuse_pickles()\n"
        "with ProcessPoolExecutor(1, mp_context=get_context('spawn')) as pool:\n"
        "    print(pool.submit(datetime.date, 2023, 10, 5).result())\n" + UNPICKLE
    )
    assert done.stdout == "2023-10-05\n"
    assert "A pickled file asked for datetime.date" in done.stderr


def test_elsewhere_pickles_are_not_refused() -> None:
    done = _in_a_process("import index.pickles, qa.engine\n" + UNPICKLE)
    assert (done.stdout, done.stderr) == ("2023-10-05\n", "")


def test_models_are_refused_by_the_file_that_is_a_pickle(tmp_path: Path) -> None:
    part = tmp_path / "2_Dense"
    part.mkdir()
    (tmp_path / "model.safetensors").touch()
    (tmp_path / "pytorch_model.bin").touch()
    refuse_pickled_weights(tmp_path)
    (part / "pytorch_model.bin").touch()
    with pytest.raises(ModelError, match=r"2_Dense/pytorch_model.bin is a pickle.*save it again"):
        refuse_pickled_weights(tmp_path)
    refuse_pickled_weights(tmp_path / "no such folder")


@pytest.mark.parametrize("load", [Embedder.load, Reader.load])
def test_both_loaders_refuse_them(tmp_path: Path, load: Callable[[str], object]) -> None:
    (tmp_path / "pytorch_model.bin").touch()
    with pytest.raises(ModelError, match=r"pytorch_model.bin is a pickle"):
        load(str(tmp_path))
