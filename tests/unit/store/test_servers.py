"""Several servers of the HTTP API on one library in Milvus: they keep nothing, so each shows what another did."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from index.open import open_library
from index.settings import Settings, load_settings
from index.tokens_kept import Role
from qa.tokens import add_token

ROOT = Path(__file__).resolve().parents[3]
FERRY = {
    "title": "Ferry stops", "publication": "Coast Courier", "published": "2023-10-11",
    "text": "The ferry to Lake Corwith stopped on Wednesday because its engine failed in the morning fog.\n\n"
    "“We will run again on Friday,” said Bo Ek, the harbor master.",
}  # fmt: skip
QUESTION = "Why did the ferry to Lake Corwith stop?"


@contextmanager
def _started(address: str, *options: str) -> Iterator[httpx.Client]:
    """Start a server; give a client of it."""
    command = [sys.executable, "-m", "qa", "serve", "--port", "0", "--library", address, *options]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        line = process.stderr.readline()
        assert line.startswith(f"Serving {address} at http://127.0.0.1:"), line + process.stderr.read()
        with httpx.Client(base_url=line.split(" at ")[1].split(";")[0], timeout=60) as client:
            yield client
    finally:
        process.kill()
        process.wait(20)
        process.stderr.close()


@pytest.mark.models
def test_what_one_does_the_other_shows(address: str) -> None:
    with open_library(address, settings=Settings(library=address), create=True) as library:
        desk, bot = add_token(library.tokens, "desk", Role.EDITOR), add_token(library.tokens, "bot")
    with ExitStack() as servers:
        one, two = (servers.enter_context(_started(address)) for _ in range(2))
        one.headers["Authorization"], two.headers["Authorization"] = f"Bearer {desk}", f"Bearer {bot}"
        assert _answers(one) == _answers(two) == []
        added = one.post("/v1/articles?name=ferry.jsonl", content=json.dumps(FERRY)).json()["results"]
        assert [result["status"] for result in added] == ["added"]
        assert _answers(two) == _answers(one) != []
        (article,) = two.get("/v1/articles").json()["articles"]
        assert two.get("/v1/statements?speaker=Ek").json()["statements"][0]["article_id"] == article["id"]
        assert [person["name"] for person in two.get("/v1/speakers").json()["speakers"]] == ["Bo Ek"]
        assert two.get("/health/ready").json()["articles"] == 1
        assert "onrecord_library_articles 1.0" in two.get("/metrics").text
        assert two.delete(f"/v1/articles/{article['id']}").status_code == 403
        assert one.delete(f"/v1/articles/{article['id']}").status_code == 204
        assert _answers(two) == _answers(one) == []
        assert two.get(f"/v1/articles/{article['id']}").status_code == 404
        assert two.get("/v1/articles").json() == {"articles": [], "next_cursor": None}
        assert two.get("/v1/speakers").json()["speakers"] == []
        _a_removed_token_is_refused(address, two)
    with open_library(address, settings=load_settings(library=address), check=False) as library:
        logged = [(entry.who, entry.how, entry.result, entry.article) for entry in library.audit_log()]
    assert logged == [("desk", "API", result, article["id"]) for result in ("added", "removed")]


def _answers(client: httpx.Client) -> list[str]:
    reply = client.post("/v1/ask", json={"question": QUESTION})
    assert reply.status_code == 200, reply.text
    return [answer["text"] for answer in reply.json()["answers"]]


def _a_removed_token_is_refused(address: str, client: httpx.Client) -> None:
    """From a second later on, that is; how long this machine takes for it is another matter."""
    assert client.get("/v1/library").status_code == 200
    with open_library(address, settings=Settings(library=address), check=False) as library:
        library.tokens.remove("bot")
    time.sleep(1.01)
    assert client.get("/v1/library").status_code == 401


def test_without_tokens_in_the_library_nobody_is_served(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    from qa.__main__ import main

    assert main(["serve", "--library", address]) == 1
    assert "python -m index add" in capsys.readouterr().err
    open_library(address, settings=Settings(library=address), create=True).close()
    assert main(["serve", "--library", address]) == 1
    assert "Nobody has a token, so nobody could ask." in capsys.readouterr().err
