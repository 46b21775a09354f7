"""Articles, statements and speakers over HTTP: what the library holds, page by page."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.people import merge
from index.records import Filters
from qa.engine import Engine
from qa.statements_command import statement_json


def _pages(client: TestClient, path: str, key: str, **params: Any) -> Iterator[list[dict[str, Any]]]:  # noqa: ANN401
    cursor: str | None = ""
    while cursor is not None:
        got = client.get(path, params={**params, "cursor": cursor})
        assert got.status_code == 200, got.text
        yield got.json()[key]
        cursor = got.json()["next_cursor"]


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_articles(engine: Engine, client: TestClient, limit: int) -> None:
    pages = list(_pages(client, "/v1/articles", "articles", limit=limit))
    listed = [article for page in pages for article in page]
    assert [article["id"] for article in listed] == [summary.id for summary in engine.library.articles()]
    assert listed[0] == asdict(engine.library.articles()[0]) | {"published": "2023-10-09", "authors": []}
    assert max(map(len, pages)) == min(limit, 3)


def test_articles_that_filters_leave(client: TestClient) -> None:
    def titles(**params: Any) -> list[str]:  # noqa: ANN401
        return [article["title"] for article in client.get("/v1/articles", params=params).json()["articles"]]

    assert titles(publication=["quay post", "Coast Courier"]) == ["Ferry takes over", "Bridge to stay shut"]
    assert titles(author="lee", section="local", since="2023-10-07", until="2023-10-07") == ["Bridge to stay shut"]
    assert titles(search="engineers") == ["Old bridge shut"]
    assert titles(search="\x00%_'\"") == []


def test_an_article(engine: Engine, client: TestClient) -> None:
    summary = engine.library.articles()[1]
    got = client.get(f"/v1/articles/{summary.id}").json()
    article = engine.library.article(summary.id)
    assert got["text"] == article.text
    assert [article.text[p["start"] : p["end"]] for p in got["paragraphs"]] == article.text.split("\n\n")
    assert {p["kind"] for p in got["paragraphs"]} == {"body"}
    assert (got["published"], got["authors"], got["section"]) == ("2023-10-07", ["Ann Lee"], "Local")
    assert [(version["id"], version["replaced_by"], version["replaced_at"]) for version in got["versions"]] == [
        (summary.id, "", None)
    ]
    assert set(got) == {*asdict(article), "versions"}


@pytest.mark.parametrize(
    ("path", "status"),
    [("0123456789abcdef", 404), ("0123456789ABCDEF", 422), ("short", 422), ("..%2F..%2Fetc", 404), ("%00" * 16, 422)],
)
def test_articles_that_are_not_there(client: TestClient, path: str, status: int) -> None:
    got = client.get(f"/v1/articles/{path}")
    assert (got.status_code, got.json()["status"]) == (status, status)
    assert "python -m" not in got.json()["detail"]


def test_statements_are_those_of_the_command(engine: Engine, client: TestClient) -> None:
    for params in (
        {},
        {"speaker": "Okafor"},
        {"about": "ferry"},
        {"speaker": "Bell", "about": "night"},
        {"about": "x y"},
    ):
        rows = engine.library.statements(Filters(), params.get("speaker", ""), params.get("about", ""))
        found = [said for page in _pages(client, "/v1/statements", "statements", limit=1, **params) for said in page]
        assert found == [statement_json(row) for row in rows]
    only = client.get("/v1/statements", params={"publication": "Coast Courier"}).json()["statements"]
    assert only == [statement_json(row) for row in engine.library.statements(Filters(("Coast Courier",)))]
    assert len(engine.library.statements()) >= 3


def test_speakers(engine: Engine, client: TestClient) -> None:
    people = merge(engine.library.speakers()).everyone
    found = [one for page in _pages(client, "/v1/speakers", "speakers", limit=1) for one in page]
    assert {one["name"] for one in found} == {person.name for person in people} >= {"Ruth Okafor", "Leo Bell"}
    assert [one["statements"] for one in found] == sorted((one["statements"] for one in found), reverse=True)
    (bell,) = client.get("/v1/speakers", params={"search": "HARBOR"}).json()["speakers"]
    assert bell == {
        "id": "Leo Bell", "name": "Leo Bell", "role": "the harbor master", "other_names": [], "statements": 1,
        "first": "2023-10-07", "last": "2023-10-07",
    }  # fmt: skip


def test_the_library(engine: Engine, client: TestClient) -> None:
    assert client.get("/v1/library").json() == {
        "generation": engine.library.generation, "articles": 3, "passages": engine.library.stats().chunks,
        "publications": {"Coast Courier": 1, "Harbour Times": 1, "Quay Post": 1}, "sections": {"Local": 1},
        "first": "2023-10-05", "last": "2023-10-09",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/statements", "/v1/speakers"])
@pytest.mark.parametrize(
    ("params", "status", "told"),
    [
        ({"cursor": "x"}, 400, "Begin the list again"),
        ({"cursor": "W10="}, 400, "Begin the list again"),
        ({"limit": 0}, 422, "query.limit: "),
        ({"limit": 201}, 422, "query.limit: "),
        ({"limit": "many"}, 422, "query.limit: "),
    ],
)
def test_what_a_list_does_not_take(
    client: TestClient, path: str, params: dict[str, Any], status: int, told: str
) -> None:
    got = client.get(path, params=params)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert told in got.json()["detail"]


def test_days_are_written_in_one_way(client: TestClient) -> None:
    for day in ("20231005", "2023-10-5", "1696464000", "2023-10-05T00:00:00", "yesterday"):
        assert client.get("/v1/articles", params={"since": day}).status_code == 422
