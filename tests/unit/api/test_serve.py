"""``python -m qa serve``: a process of its own, with the bundled models, until it is told to end."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.embed import Embedder
from index.library import Library
from index.settings import load_settings
from index.sources import Limits, read_paths
from index.tokens_kept import Role, TokensInFolder
from qa import __main__ as command
from qa.tokens import add_token
from tests.unit.index.library_fakes import open_library

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = [ROOT / "samples" / name for name in ("2023-10-18-council-harbor-fee.txt", "2023-10-16-tram-strike-ends.txt")]
QUESTION = "What did the council decide about the harbor fee?"
SERVED = "http://127.0.0.1:8600"
START = [sys.executable, "-m", "qa", "serve", "--port", "0", "--library"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the samples, with the bundled embedder."""
    folder = tmp_path_factory.mktemp("serve") / "library"
    settings = load_settings(library=folder)
    with Library.open(folder, Embedder.load(threads=1), settings, create=True) as library:
        assert all(result.article_id for result in library.add(read_paths(SAMPLES, Limits())))
    return folder


@contextmanager
def _started(library: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start a server; give the process and its address."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
    process = subprocess.Popen(
        [*START, str(library), *options], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    try:
        line = process.stderr.readline()
        assert line.startswith(f"Serving {library} at http://127.0.0.1:"), line + process.stderr.read()
        yield process, line.split(" at ")[1].split(";")[0]
    finally:
        process.kill()
        process.wait(20)
        process.stderr.close()


@pytest.mark.models
def test_it_answers_as_the_command_until_it_is_told_to_end(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["ask", QUESTION, "--json", "--library", str(library)]) == 0
    expected = json.loads(capsys.readouterr().out)
    token = add_token(TokensInFolder(library), "test")
    with _started(library) as (process, address), httpx.Client(base_url=address, timeout=60) as client:
        assert client.get("/health/ready").json() == {"status": "ready", "generation": 1, "articles": 2}
        assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 401
        client.headers["Authorization"] = f"Bearer {token}"
        reply = client.post("/v1/ask", json={"question": QUESTION}).json()
        assert reply["status"] == "answered"
        assert _untimed(reply) == _untimed(expected)
        assert 'onrecord_questions_total{status="answered"} 1.0' in client.get("/metrics").text
        lines = _batch_that_is_cut_short(client, process)
        assert [json.loads(line)["status"] for line in lines] == ["answered"] * 20
        assert process.wait(30) == 0
        assert process.stderr
        log = process.stderr.read()
    assert "Traceback" not in log
    assert "POST /v1/batch 200" in log
    assert "harbor" not in log


def _batch_that_is_cut_short(client: httpx.Client, process: "subprocess.Popen[str]") -> list[str]:
    """Ask many questions, and tell the server to end once the first is answered; return all lines that still come."""
    batch = [{"question": QUESTION}] * 20
    with client.stream("POST", "/v1/batch", json=batch) as response:
        lines = response.iter_lines()
        first = next(lines)
        process.send_signal(signal.SIGTERM)
        return [first, *lines]


def _untimed(reply: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in reply.items() if key != "timings_ms"}


@pytest.mark.models
def test_ten_clients_at_once_are_all_answered(library: Path) -> None:
    with _started(library, "--without-tokens") as (_, address):
        replies: list[httpx.Response] = []

        def ask() -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                replies.extend(client.post("/v1/ask", json={"question": QUESTION}) for _ in range(3))

        clients = [threading.Thread(target=ask) for _ in range(10)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    assert [reply.status_code for reply in replies] == [200] * 30
    assert len({json.dumps(_untimed(reply.json())) for reply in replies}) == 1


@pytest.mark.models
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_examples_of_the_page_work(library: Path, tmp_path: Path) -> None:
    library = shutil.copytree(library, tmp_path / "library")  # one of them adds an article
    shell, python = (_example(language) for language in ("bash", "python"))
    shell = shell.split("\n", 1)[1]  # without the line that sets a token
    environment = os.environ | {"TOKEN": add_token(TokensInFolder(library), "examples", Role.EDITOR)}
    with _started(library) as (_, address):
        commands = [
            ["bash", "-c", shell.replace(SERVED, address)],
            [sys.executable, "-W", "error", "-c", python.replace(SERVED, address)],
        ]
        told, answers = (
            subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
            for command in commands
        )
    assert "about:blank" not in told
    replies = list(_objects(told))
    assert [sorted(reply)[0] for reply in replies] == [
        "answers", "answers", "asked_speaker", "next_cursor", "articles", "results",
    ]  # fmt: skip
    assert replies[0]["status"] == replies[1]["status"] == "answered"
    assert replies[3]["statements"]
    assert replies[4]["articles"]
    assert replies[5]["results"][0]["status"] == "added"
    assert "–" in answers


def _example(language: str) -> str:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    (example,) = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert isinstance(example, str)
    return example


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Read JSON objects that follow one another."""
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        found, at = decoder.raw_decode(text, at)
        yield found


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "Nobody has a token, so nobody could ask. Make one: python -m qa tokens add NAME."),
        (["--host", "::", "--without-tokens"], "can be reached from other machines, which takes tokens"),
        (["--host", "192.0.2.1", "--without-tokens"], "can be reached from other machines, which takes tokens"),
        (["--host", "no such host", "--without-tokens"], "can be reached from other machines"),
    ],
)
def test_it_does_not_start_for_nobody_or_for_anybody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    open_library(tmp_path).close()
    assert command.main(["serve", "--library", str(tmp_path), *options]) == 1
    assert told in capsys.readouterr().err


def test_an_address_that_cannot_be_had_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_library(tmp_path).close()
    add_token(TokensInFolder(tmp_path), "desk")
    where = ["serve", "--library", str(tmp_path)]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert command.main([*where, "--port", str(port)]) == 1
    assert f"127.0.0.1 port {port} cannot be listened on (Address already in use)." in capsys.readouterr().err
    assert command.main([*where, "--host", "192.0.2.1"]) == 1
    assert "Name another with --port or --host." in capsys.readouterr().err


def test_without_a_library_nothing_is_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["serve", "--library", str(tmp_path), "--without-tokens", "--port", "0"]) == 1
    assert "There is no library in" in capsys.readouterr().err
