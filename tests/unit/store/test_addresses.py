"""A library's address: what it leads to, what goes wrong, and the commands on it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.__main__ import main as index_main
from index.errors import LibraryError
from index.milvus import client
from index.open import open_library
from index.settings import load_settings, location, shown
from qa.__main__ import main as qa_main
from tests.unit.index.library_fakes import WordEmbedder, draft, settings

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = "milvus://127.0.0.1:1"


def test_an_address_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert location("milvus://one:19530/news") == "milvus://one:19530/news"
    assert location("news/library") == Path("news/library")
    assert load_settings(library="milvus://one").library == "milvus://one"
    monkeypatch.setenv("ONRECORD_LIBRARY", "milvus://two/news")
    assert load_settings().library == "milvus://two/news"
    monkeypatch.setenv("ONRECORD_LIBRARY", "three")
    assert load_settings().library == Path("three")


def test_no_password_is_told() -> None:
    assert shown("milvus://ann:pass@word@one:19530/news") == "milvus://one:19530/news"
    assert shown("milvus://one/news") == "milvus://one/news"
    assert shown(Path("a@b")) == "a@b"


def test_a_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pymilvus")
    monkeypatch.setattr(client, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(LibraryError, match=r"^No Milvus server answers at http://127\.0\.0\.1:1 .*Start one"):
        open_library(NOWHERE, WordEmbedder(), settings(), create=True)
    with pytest.raises(LibraryError, match=r"is no address"):
        open_library("milvus://one:many", WordEmbedder(), settings())
    with pytest.raises(LibraryError, match=r"is no address \(it names no host\)\. Write milvus://host:port"):
        open_library("milvus:///news", WordEmbedder(), settings())


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(LibraryError, match=r"Install them: pip install -r requirements-scale\.txt"):
        open_library(NOWHERE, WordEmbedder(), settings())


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    file = tmp_path / "notes.db"
    file.write_text("mine", "utf-8")
    with pytest.raises(LibraryError, match=r"notes\.db is a file of another program"):
        open_library(file, WordEmbedder(), settings(), create=True)
    assert file.read_text("utf-8") == "mine"


def test_a_file_of_milvus_lite(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    file = tmp_path / "new" / "archive.db"
    with pytest.raises(LibraryError, match=r"There is no library in .*archive\.db"):
        open_library(file, WordEmbedder(), settings())
    with open_library(file, WordEmbedder(), settings(), create=True) as library:
        list(library.add([draft(1, "a bridge")]))
    # Another process has to load what this one has in memory.
    asked = (
        "from pathlib import Path; from index.open import open_library; import sys; "
        "print(len(open_library(Path(sys.argv[1]), check=False).search_keyword('bridge', 5)))"
    )
    told = subprocess.run([sys.executable, "-c", asked, str(file)], capture_output=True, text=True, cwd=ROOT)
    assert "One process can have it open at a time" in told.stderr, told
    release(file)
    told = subprocess.run([sys.executable, "-c", asked, str(file)], capture_output=True, text=True, cwd=ROOT)
    assert told.stdout == "1\n", told


def release(file: Path) -> None:
    """End the server of a file, as the end of this process would."""
    from milvus_lite import server_manager_instance

    server_manager_instance.release_server(str(file.resolve()))


def test_a_folder_of_that_name_stays_a_folder(tmp_path: Path) -> None:
    from index.library import Library

    Library.open(tmp_path / "old.db", WordEmbedder(), settings(), create=True).close()
    with open_library(tmp_path / "old.db", WordEmbedder(), settings()) as library:
        assert isinstance(library, Library)


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        (["backup", "copy"], "Back it up with the tools of Milvus"),
        (["restore", "copy"], "Add what `python -m index export` wrote to it"),
    ],
)
@pytest.mark.parametrize("where", ["milvus://ann:secret@127.0.0.1:1", "archive.db"])
def test_what_needs_a_folder_says_so(
    command: list[str], instead: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert index_main([*command, "--library", where]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert f"{where.replace('ann:secret@', '')} is in Milvus. " in told.err and instead in told.err


def test_commands_take_an_address(address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert index_main(["stats", "--library", address]) == 1
    assert "python -m index add" in capsys.readouterr().err
    with open_library(address, WordEmbedder(), settings(), create=True) as library:
        one, _ = (result.article_id for result in library.add([draft(1), draft(2, "a bridge")]))

    def told(*command: str) -> str:
        main = qa_main if command[0] in ("statements", "check-quote") else index_main
        assert main([*command, "--library", address]) == 0
        return capsys.readouterr().out

    assert told("stats").startswith("2 articles, 6 passages")
    assert "Town 1 votes" in told("list", "--search", "harbour")
    assert "The council of town 1" in told("show", one[:6])
    assert json.loads(told("statements", "--speaker", "Reed", "--limit", "1", "--json"))["speaker"] == "Ann Reed"
    assert told("check-quote", "the vote number 1 was fair").startswith("Word for word.")
    assert told("verify").startswith("Nothing is wrong: 2 articles, 6 passages.")
    told("export", "--output", str(tmp_path / "all.jsonl"))
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 2
    assert told("remove", one) == f"removed  {one}\n"
    assert told("stats").startswith("1 articles, 3 passages")
