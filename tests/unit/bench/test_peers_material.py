"""What systems are given, and where peers are installed."""

import json
import lzma
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.peers.environment import peers_python, variables
from bench.peers.material import items, news_pairs, weights
from index.errors import OnRecordError
from tests.unit.index.library_fakes import WordEmbedder, draft, settings


def _file(folder: Path, numbers: range) -> Path:
    file = folder / "articles.jsonl.xz"
    rows = [{"title": one.title, "text": one.text} for one in map(draft, numbers)]
    file.write_bytes(lzma.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return file


def test_articles_are_cut_as_the_library_does_and_given_once(tmp_path: Path) -> None:
    file = _file(tmp_path, range(1, 4))
    some = items([file, file], 3, WordEmbedder(), settings())
    assert [item.title for item in some] == ["Town 1 votes", "Town 2 votes", "Town 3 votes"]
    assert len(some[0].passages) > 1
    assert all(passage.startswith("Town 1 votes\n") for passage in some[0].passages)
    with pytest.raises(OnRecordError, match="There are 3 articles in the data, not 4"):
        items([file, file], 4, WordEmbedder(), settings())


def test_each_question_gets_the_same_passages_every_time(tmp_path: Path) -> None:
    some = items([_file(tmp_path, range(1, 4))], 3, WordEmbedder(), settings())
    questions = tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps({"question": f"Who {n}?"}) + "\n" for n in range(5)), "utf-8")
    pairs = news_pairs(questions, 2, some, 3)
    assert [question for question, _ in pairs] == ["Who 0?", "Who 1?"]
    assert all(len(set(passages)) == 3 for _, passages in pairs)
    assert pairs == news_pairs(questions, 2, some, 3)


def test_weights_must_be_in_the_format_that_all_systems_load(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="holds no reader in transformers format"):
        weights(tmp_path, tmp_path / "work")


def test_an_environment_that_fits_is_left_alone(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("something==1\n", "utf-8")
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "installed.txt").write_text("something==1\n", "utf-8")
    assert peers_python(tmp_path / "peers", requirements) == tmp_path / "peers" / "bin" / "python"


def test_an_environment_that_does_not_fit_is_made_anew(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("# nothing to install\n", "utf-8")
    python = peers_python(tmp_path / "peers", requirements)
    assert python.is_file()
    assert (tmp_path / "peers" / "installed.txt").read_text("utf-8") == "# nothing to install\n"
    requirements.write_text("./no-such-package\n", "utf-8")
    with pytest.raises(OnRecordError, match="could not be installed"):
        peers_python(tmp_path / "peers", requirements)


def test_peers_ask_no_hub_and_report_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}.items() <= variables(0).items()
    assert "OMP_NUM_THREADS" not in variables(0)
    assert variables(3)["OMP_NUM_THREADS"] == "3"


def test_missing_files_are_named_before_anything_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["peers", "--squad", str(tmp_path / "no.jsonl"), "--environment", str(tmp_path / "peers")])
    assert code == 1
    assert "no.jsonl is not there; name what is to be read with --squad" in capsys.readouterr().err
    assert not (tmp_path / "peers").exists()
