"""Tables and JSON."""

import gzip
import json
import lzma
from datetime import date

import pytest

from index.records import Draft, Failure
from tests.unit.sources.reading_back import ROW, STORY, draft_of, read, reason_of


def check_row(draft: Draft | Failure) -> None:
    assert isinstance(draft, Draft)
    assert (draft.url, draft.title, draft.publication) == (ROW["url"], ROW["title"], ROW["publication"])
    assert (draft.published, draft.authors, draft.text) == (date(2022, 5, 16), ("Ann Example",), STORY)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", json.dumps(ROW).encode()),
        ("a.ndjson", b"\xef\xbb\xbf" + json.dumps(ROW).encode()),
        ("a.jsonl", (json.dumps(ROW) + "\n").encode("utf-16")),
        ("a.json", json.dumps([ROW]).encode()),
        ("a.json", json.dumps({"articles": [ROW]}).encode()),
        ("a.json", json.dumps(ROW).encode()),
        ("a.jsonl.gz", gzip.compress(json.dumps(ROW).encode())),
        ("a.jsonl.xz", lzma.compress(json.dumps(ROW).encode())),
        ("a.JSON.GZ", gzip.compress(json.dumps(ROW).encode())),
        ("a.csv", (",".join(ROW) + "\n" + ",".join(f'"{v}"' for v in ROW.values())).encode()),
        ("a.tsv", ("\t".join(ROW) + "\r\n" + "\t".join(ROW.values()) + "\r\n").encode()),
        ("a.csv", (";".join(ROW) + "\n" + ";".join(ROW.values())).encode("utf-8-sig")),
    ],
)
def test_one_row_in_every_container(name: str, data: bytes) -> None:
    (item,) = read(name, data)
    check_row(item)


def test_synonyms() -> None:
    row = {
        "Headline": "Council votes",
        "source": {"name": "The Post"},
        "publishedAt": "2022-05-16T10:00:00Z",
        "authors": [{"name": "Ann Example"}],
        "link": ROW["url"],
        "content": f"<p>{STORY}</p><p></p>",
    }
    check_row(draft_of("a.json", json.dumps(row).encode()))


def test_an_export_of_our_own_keeps_its_empty_publication() -> None:
    row: dict[str, object] = {
        "publication": "",
        "source": "file.txt",
        "title": "T",
        "text": STORY,
        "authors": [],
        "published": None,
    }
    draft = draft_of("a.json", json.dumps(row).encode())
    assert (draft.publication, draft.authors, draft.published) == ("", (), None)


def test_publication_falls_back_to_the_site() -> None:
    row = {"url": "https://www.post.example/a", "text": STORY}
    assert draft_of("a.json", json.dumps(row).encode()).publication == "post.example"


def test_bad_rows_do_not_stop_the_rest() -> None:
    lines = [json.dumps(ROW), "{broken", "", "[1]", json.dumps({"title": "no text"}), "[" * 5000, json.dumps(ROW)]
    items = read("a.jsonl", "\n".join(lines).encode())
    assert [type(item) for item in items] == [Draft, Failure, Failure, Failure, Failure, Draft]
    assert [item.source for item in items] == [f"a.jsonl:{n}" for n in (1, 2, 4, 5, 6, 7)]
    assert all(
        "Traceback" not in item.reason and item.reason.endswith(".") for item in items if isinstance(item, Failure)
    )


def test_bad_json() -> None:
    assert "not valid JSON" in reason_of("a.json", b"{oops")
    assert "nested" in reason_of("a.json", b"[" * 100_000)
    assert "empty list" in reason_of("a.json", b"[]")


def test_csv_of_prose() -> None:
    long = "word " * 40_000
    data = f'title,text\r\n"A ""quoted"" title","line one\nline two, with a comma"\r\nlong,"{long}"\r\nno text,\r\n'
    first, second, third = read("a.csv", data.encode("cp1252"))
    assert isinstance(first, Draft)
    assert (first.title, first.text) == ('A "quoted" title', "line one\nline two, with a comma")
    assert isinstance(second, Draft)
    assert len(second.text) == len(long) - 1
    assert isinstance(third, Failure)
    assert "no column" in reason_of("a.csv", b"alpha,beta\n1,2\n")
    assert "no rows" in reason_of("a.csv", b"title,text\n")
