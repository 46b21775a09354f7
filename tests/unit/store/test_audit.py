"""Who changed what is written down in every kind of library, and listed by one command."""

import json
import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from index.__main__ import main
from index.audit import Actor, Change, this_user
from index.milvus import audit as module
from index.milvus.audit import MilvusAudit
from index.milvus.client import Tables
from index.milvus.schema import AUDIT
from index.milvus.store import MilvusLibrary
from index.store import Store
from tests.unit.index.library_fakes import WordEmbedder, draft, settings
from tests.unit.store.conftest import Opener

ANN, DESK = Actor("ann \ud800", "app"), Actor("desk", "API")
URL = "https://paper.example/a"


def test_it_tells_what_was_added_replaced_and_removed_and_by_whom(
    store: Store, opened: Opener, where: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    [first, again] = store.add([draft(1, url=URL), draft(1, url=URL)], ANN)
    [second] = opened().add([draft(2, url=URL)])
    opened().remove(second.article_id[:8], DESK)
    [back] = store.add([draft(2, url=URL)], DESK)
    entries = list(store.audit_log())
    assert (again.status, back.article_id) == ("already there", second.article_id)
    assert [(e.who[:3], e.how, e.result, e.article, e.title, e.source, e.reason) for e in entries] == [
        ("ann", "app", "added", first.article_id, "Town 1 votes", "file1.txt", ""),
        (this_user("").name[:3], "Python", "replaced", second.article_id, "Town 2 votes", "file2.txt",
         "the version from file1.txt"),
        ("des", "API", "removed", second.article_id, "Town 2 votes", "file2.txt", ""),
        ("des", "API", "added", second.article_id, "Town 2 votes", "file2.txt", ""),
    ]  # fmt: skip
    assert all(timedelta() <= datetime.now(UTC) - e.at < timedelta(minutes=5) for e in entries)
    assert main(["audit", "--json", "--library", str(where)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["result"] for line in lines] == ["added", "replaced", "removed", "added"]
    assert list(lines[0]) == ["at", "who", "how", "result", "article", "title", "source", "reason"]
    assert list(store.audit_log(date.today() + timedelta(1))) == []
    assert list(store.audit_log(date(1, 1, 1))) == entries
    assert list(store.audit_log(date(9999, 12, 31))) == []


def test_what_is_reported_as_added_is_already_written_down(store: Store) -> None:
    for result in store.add(draft(number) for number in range(40)):
        assert result.article_id in {entry.article for entry in store.audit_log()}


def test_a_long_log_in_milvus_is_read_in_parts(address: str) -> None:
    MilvusLibrary.open(address, WordEmbedder(), settings(), create=True).close()
    tables = Tables(address, create=False)
    audit = MilvusAudit(tables, at_once=3)
    ids = [f"{number:016x}" for number in range(10)]
    for first in range(0, 10, 5):
        some = ids[first : first + 5]
        audit.write(
            DESK, [Change("added", i, "T" * 100_000, "s") for i in some], {i: {"id": i, "added": 7} for i in some}
        )
    assert [entry.article for entry in audit.entries(None)] == ids
    assert {len(entry.title) for entry in audit.entries(None)} == {15_000}
    tables.close()


def test_a_day_is_one_of_local_time(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MilvusLibrary.open(address, WordEmbedder(), settings(), create=True).close()
    tables = Tables(address, create=False)
    audit = MilvusAudit(tables)
    audit.write(DESK, [Change("added", "1", "", "")], {"1": {"id": "1", "added": 7}})
    (row,) = tables.scan(AUDIT, "", ["*"])
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    tables.put(AUDIT, [row | {"at": int(at.timestamp()) * 1_000_000_000}])
    try:
        monkeypatch.setitem(os.environ, "TZ", "Pacific/Auckland")
        time.tzset()
        found = [len(list(audit.entries(date(2026, 3, day)))) for day in (1, 2, 3)]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found == [1, 1, 0]
    assert [entry.at for entry in audit.entries(None)] == [at]
    tables.close()


def test_a_library_of_an_earlier_version_gets_its_log(address: str) -> None:
    MilvusLibrary.open(address, WordEmbedder(), settings(), create=True).close()
    tables = Tables(address, create=False)
    tables.drop(AUDIT)
    tables.close()
    with MilvusLibrary.open(address, WordEmbedder(), settings()) as library:
        (added,) = library.add([draft(1)])
        assert [entry.article for entry in library.audit_log()] == [added.article_id]


def test_no_day_is_beyond_what_milvus_counts() -> None:
    assert (
        0 < module._midnight(date(1, 1, 1)) < module._midnight(date(2300, 1, 1)) == module._midnight(date.max) < 2**63
    )
