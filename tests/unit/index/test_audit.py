"""Who added, replaced or removed which article is written down, whole and in order."""

import json
import logging
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.audit import AUDIT_FILE, Actor, Audit, Change, read_entries, this_user
from index.errors import LibraryError
from tests.unit.index.library_fakes import draft, open_library

ANN = Actor("ann", "app")


def _write(folder: Path, *changes: Change, by: Actor = ANN) -> None:
    Audit(folder).record(by, changes)


def test_a_library_tells_what_was_added_replaced_and_removed_and_by_whom(tmp_path: Path) -> None:
    url = "https://paper.example/a"
    with open_library(tmp_path) as library:
        [first, again] = library.add([draft(1, url=url), draft(1, url=url)], by=ANN)
        [second] = library.add([draft(2, url=url)])
        library.remove(second.article_id[:8], by=Actor("desk", "API"))
    entries = list(read_entries(tmp_path))
    me = this_user("Python")
    assert again.status == "already there"
    assert [(e.who, e.how, e.result, e.article, e.title, e.source, e.reason) for e in entries] == [
        ("ann", "app", "added", first.article_id, "Town 1 votes", "file1.txt", ""),
        (me.name, "Python", "replaced", second.article_id, "Town 2 votes", "file2.txt", "the version from file1.txt"),
        ("desk", "API", "removed", second.article_id, "Town 2 votes", "file2.txt", ""),
    ]
    assert all(datetime.now(UTC) - e.at < timedelta(minutes=5) for e in entries)


def test_what_is_reported_as_added_is_already_written_down(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        for result in library.add(draft(number) for number in range(40)):
            assert result.article_id in {entry.article for entry in read_entries(tmp_path)}


def test_without_its_log_a_library_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / AUDIT_FILE).mkdir()
    with open_library(tmp_path) as library:
        with pytest.raises(LibraryError, match="nothing was changed"):
            list(library.add([draft(1)]))
        assert library.stats().articles == 0
        (tmp_path / AUDIT_FILE).rmdir()
        [added] = library.add([draft(1)])
        (tmp_path / AUDIT_FILE).unlink()
        (tmp_path / AUDIT_FILE).mkdir()
        with pytest.raises(LibraryError, match="nothing was changed"):
            library.remove(added.article_id)
        assert library.stats().articles == 1


def test_what_a_full_disk_keeps_out_goes_to_the_programs_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / AUDIT_FILE).symlink_to("/dev/full")
    with caplog.at_level(logging.ERROR):
        _write(tmp_path, Change("added", "id1", "A title", "a.txt"))
    assert "No space left" in caplog.text
    assert '"article": "id1"' in caplog.text


def test_a_line_that_was_cut_off_spoils_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _write(tmp_path, Change("added", "id1", "One", "a.txt"))
    with (tmp_path / AUDIT_FILE).open("a") as file:
        file.write('{"at": "2026-01-0')
    _write(tmp_path, Change("added", "id2", "Two", "b.txt"))
    assert [entry.article for entry in read_entries(tmp_path)] == ["id1", "id2"]
    assert "line 2 is no entry" in caplog.text


@pytest.mark.parametrize("line", ["[]", "1", "null", '{"at": "2026-01-01"}', '{"at": 3}', "{}", '{"at": "x"}', "\x00"])
def test_what_is_no_entry_is_passed_over(tmp_path: Path, line: str) -> None:
    (tmp_path / AUDIT_FILE).write_text(line + "\n")
    assert list(read_entries(tmp_path)) == []


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1, max_size=5))
def test_no_text_can_make_a_line_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("audit")
    texts = [*texts, ('"}\n{"at": "2026-01-01T00:00:00+00:00", "who": "eve', "\r\n\u2028\x85\x1b[2J", "\ud800")]
    for who, title, source in texts:
        _write(folder, Change("added", "id", title, source), by=Actor(who, "API"))
    data = (folder / AUDIT_FILE).read_bytes()
    assert data.count(b"\n") == len(texts)
    assert all(byte == 10 or 32 <= byte < 127 for byte in data)
    assert [(e.who, e.title, e.source) for e in read_entries(folder)] == texts


def test_a_day_is_one_of_local_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    line = {"at": "2026-03-01T12:30:00.000+00:00", "who": "ann", "how": "app", "result": "added", "article": "id1"}
    (tmp_path / AUDIT_FILE).write_text(json.dumps(line | {"title": "One", "source": "a.txt"}) + "\n")
    found = [len(list(read_entries(tmp_path, date(2026, 3, day)))) for day in (1, 2, 3)]
    monkeypatch.undo()
    time.tzset()
    assert found == [1, 1, 0]


_MANY = """
import sys
from pathlib import Path
from index.audit import Actor, Audit, Change
audit = Audit(Path(sys.argv[1]))
for number in range(300):
    audit.record(Actor(sys.argv[2], "app"), [Change("added", f"{number}", "t" * 3000, "s") for _ in range(2)])
"""


def test_lines_of_several_processes_never_mix(tmp_path: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", _MANY, str(tmp_path), name]) for name in ("a", "b", "c")]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    entries = list(read_entries(tmp_path))
    for name in ("a", "b", "c"):
        assert [e.article for e in entries if e.who == name] == [str(n) for n in range(300) for _ in range(2)]


def test_a_log_that_is_moved_away_is_begun_anew(tmp_path: Path) -> None:
    _write(tmp_path, Change("added", "id1", "One", "a.txt"))
    (tmp_path / AUDIT_FILE).rename(tmp_path / "audit.jsonl.1")
    _write(tmp_path, Change("added", "id2", "Two", "b.txt"))
    assert [entry.article for entry in read_entries(tmp_path)] == ["id2"]
    assert (tmp_path / AUDIT_FILE).stat().st_mode & 0o007 == 0
