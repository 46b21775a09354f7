"""Adding and removing over HTTP: by editors only, and written down."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.audit import read_entries
from index.tokens_kept import TOKENS_FILE, Role
from qa.engine import Engine
from qa.tokens import add_token
from tests.unit.api.conftest import SHUT, GatedReader, Serve
from tests.unit.qa.engine_fakes import BRIDGE, engine_of, library_of

ARTICLE = {
    "title": "Ferry stops", "publication": "Coast Courier", "published": "2023-10-11", "authors": ["Bo Ek"],
    "text": "The ferry stopped on Wednesday, the harbor master said, when its engine failed in the morning fog.",
}  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine of its own for each test, as the library changes."""
    engine = engine_of(tmp_path, GatedReader({"on Monday": 9.0}), BRIDGE)
    with engine.library:
        yield engine


@pytest.fixture
def editor(engine: Engine, serve: Serve) -> TestClient:
    return serve(add_token(engine.library.tokens, "desk", Role.EDITOR))


def _added(client: TestClient, name: str, content: bytes) -> list[tuple[str, str]]:
    got = client.post("/v1/articles", params={"name": name}, content=content)
    assert got.status_code == 200, got.text
    return [(result["status"], result["source"]) for result in got.json()["results"]]


def test_an_article_is_added_found_and_removed(engine: Engine, editor: TestClient) -> None:
    line = json.dumps(ARTICLE).encode()
    assert _added(editor, "ferry.jsonl", line) == [("added", "ferry.jsonl:1")]
    assert _added(editor, "again.jsonl", line) == [("already there", "again.jsonl:1")]
    (found,) = editor.get("/v1/articles", params={"search": "fog"}).json()["articles"]
    whole = editor.get(f"/v1/articles/{found['id']}").json()
    assert {key: whole[key] for key in ARTICLE} == ARTICLE
    assert editor.delete(f"/v1/articles/{found['id']}").content == b""
    assert editor.get(f"/v1/articles/{found['id']}").status_code == 404
    assert editor.delete(f"/v1/articles/{found['id']}").status_code == 404
    logged = [(entry.who, entry.how, entry.result) for entry in read_entries(library_of(engine).folder)]
    assert logged[1:] == [("desk", "API", "added"), ("desk", "API", "removed")]


def test_a_page_is_read_as_the_file_it_is(editor: TestClient) -> None:
    page = f"<html><head><title>Ferry</title></head><body><article><p>{ARTICLE['text']}</p></article></body></html>"
    assert _added(editor, "../../ferry.html", page.encode())[0][0] == "added"


def test_one_bad_article_does_not_stop_the_others(editor: TestClient) -> None:
    lines = f"{{}}\n{json.dumps(ARTICLE)}\n".encode()
    assert _added(editor, "two.jsonl", lines) == [("failed", "two.jsonl:1"), ("added", "two.jsonl:2")]


@pytest.mark.parametrize(("name", "content"), [("a.txt", b""), ("a.exe", b"MZ"), ("a.pdf", b"no"), ("a.jsonl", b"{}")])
def test_a_file_of_which_nothing_can_be_added_is_refused(editor: TestClient, name: str, content: bytes) -> None:
    got = editor.post("/v1/articles", params={"name": name}, content=content)
    assert got.status_code == 400
    (wrong,) = got.json()["errors"]
    assert wrong["where"].startswith(name)
    assert wrong["what"] in got.json()["detail"]


def test_readers_may_only_read(engine: Engine, serve: Serve) -> None:
    known = engine.library.articles()[0].id
    reader = serve(add_token(engine.library.tokens, "bot"))
    anybody = serve()
    for client in (reader, anybody):
        for got in (client.post("/v1/articles?name=a.txt", content=b"x"), client.delete(f"/v1/articles/{known}")):
            assert (got.status_code, "--role editor" in got.json()["detail"]) == (403, True)
    (library_of(engine).folder / TOKENS_FILE).unlink()
    assert reader.delete(f"/v1/articles/{known}").status_code == 401
    assert [summary.id for summary in engine.library.articles()] == [known]


def test_files_may_be_larger_than_questions_and_have_a_limit(engine: Engine, serve: Serve) -> None:
    secret = add_token(engine.library.tokens, "desk", Role.EDITOR)
    client = serve(secret, max_file_mb=1)
    assert _added(client, "a.jsonl", json.dumps(ARTICLE).encode() + b"\n" * 1_000_100)[0][0] == "added"
    got = client.post("/v1/articles?name=a.txt", content=b" " * (2**20 + 1))
    assert (got.status_code, "1,048,576 bytes" in got.json()["detail"]) == (413, True)


def test_a_removed_article_is_not_answered_from(engine: Engine, editor: TestClient) -> None:
    assert editor.post("/v1/ask", json={"question": SHUT}).json()["status"] == "answered"
    editor.delete(f"/v1/articles/{engine.library.articles()[0].id}")
    assert (
        editor.post("/v1/ask", json={"question": SHUT}).json()["reason"] == "The library is empty. Add articles first."
    )
