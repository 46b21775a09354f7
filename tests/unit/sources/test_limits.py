"""Each limit refuses what is over it, names its setting, and lets through what is not."""

import gzip
import lzma
import threading
import time
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from index.errors import SourceError
from index.records import Draft, Failure
from index.settings import Settings, load_settings
from index.sources import Limits, limits_of, read_bytes
from index.sources.dispatch import MOST_FAILURES
from index.sources.watching import watched
from tests.reliability.hostile.archives import nested, overlapping, zipped
from tests.reliability.hostile.documents import page, pdf, stream
from tests.reliability.hostile.texts import STORY

PAGE = b"BT /F1 12 Tf 14 TL 72 720 Td " + b"(The council voted on Monday.) Tj T* " * 9 + b"ET"
PAGES = pdf(page(stream(PAGE)) | {2: b"<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3 >>"})
MEMBERS = zipped({f"{number}.txt": STORY.encode() for number in range(3)})
WALLS = b"wall " * 300
LIMITS = Limits()


def reasons(name: str, data: bytes, limits: Limits) -> list[str]:
    return [item.reason for item in read_bytes(name, data, limits) if isinstance(item, Failure)]


@pytest.mark.parametrize(
    ("name", "data", "limits", "setting"),
    [
        ("a.txt", STORY.encode() * 9, replace(LIMITS, file_bytes=1000), "max_file_mb"),
        ("a.txt.gz", gzip.compress(STORY.encode() * 9), replace(LIMITS, file_bytes=1000), "max_file_mb"),
        ("a.zip", MEMBERS, replace(LIMITS, unpacked_bytes=len(STORY.encode()) * 2), "max_unpacked_mb"),
        ("a.zip", MEMBERS, replace(LIMITS, archive_files=2), "max_archive_files"),
        ("a.zip", nested(2), replace(LIMITS, archive_depth=1), "max_archive_depth"),
        ("a.txt", STORY.encode() * 9, replace(LIMITS, article_characters=100), "max_article_characters"),
        ("a.jsonl", b'{"text": "%s"}' % WALLS, replace(LIMITS, article_characters=100), "max_article_characters"),
        ("a.csv", b"title,text\na," + WALLS, replace(LIMITS, article_characters=100), "max_article_characters"),
        ("a.pdf", PAGES, replace(LIMITS, article_characters=50), "max_article_characters"),
        ("a.pdf", PAGES, replace(LIMITS, pdf_pages=2), "max_pdf_pages"),
    ],
)  # fmt: skip
def test_what_is_over_a_limit_is_refused_by_the_name_of_the_setting(
    name: str, data: bytes, limits: Limits, setting: str
) -> None:
    found = reasons(name, data, limits)
    assert found
    assert setting in found[-1]
    assert setting in Settings.model_fields
    assert not reasons(name, data, LIMITS)


def test_the_limits_are_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits_of(load_settings()) == Limits()
    monkeypatch.setenv("ONRECORD_MAX_PDF_PAGES", "7")
    monkeypatch.setenv("ONRECORD_ALLOW_PRIVATE_ADDRESSES", "true")
    limits = limits_of(load_settings(max_file_mb=3))
    assert (limits.pdf_pages, limits.private_addresses, limits.file_bytes) == (7, True, 3 * 2**20)
    names = [name for name in Settings.model_fields if name.startswith("max_") or name == "allow_private_addresses"]
    assert len(names) == len(fields(Limits))


def test_overlapping_files_of_an_archive() -> None:
    data = overlapping(50, STORY.encode() * 100)
    assert "bomb" in reasons("a.zip", data, LIMITS)[0]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_streams_one_after_the_other(pack: type[bytes]) -> None:
    name = "a.txt.gz" if pack is gzip.compress else "a.txt.xz"
    (draft,) = read_bytes(name, pack(STORY[:50].encode()) + pack(b"") + pack(STORY[50:].encode()) + bytes(9), LIMITS)
    assert isinstance(draft, Draft)
    assert "“It is too late,”" in draft.text
    assert "parts" in reasons(name, pack(b"") * 20_000, LIMITS)[0]
    assert reasons(name, pack(STORY.encode()) + b"more", LIMITS)[0].startswith("The compressed file is ")


def test_rows_that_cannot_be_read_do_not_go_on_for_ever() -> None:
    good, bad = b'{"text": "The wall stands."}\n', b"{}\n"
    items = list(read_bytes("a.jsonl", good + bad * (MOST_FAILURES - 1) + good, LIMITS))
    assert isinstance(items[-1], Draft)
    items = list(read_bytes("a.jsonl", good + bad * MOST_FAILURES + good, LIMITS))
    assert isinstance(items[-1], Failure)
    assert "passed over" in items[-1].reason
    assert len(items) == MOST_FAILURES + 2


def _thinking(*seconds: float) -> Iterator[int]:
    for number, wait in enumerate(seconds):
        begun = time.process_time()
        while time.process_time() - begun < wait:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001, S112 - as parsers do
                continue
        yield number


def test_a_parser_that_thinks_too_long_is_ended() -> None:
    items = watched(_thinking(0.0, 0.0, 60.0), 0.2)
    assert [next(items), next(items)] == [0, 1]
    begun = time.process_time()
    with pytest.raises(SourceError, match="max_file_seconds"):
        next(items)
    assert time.process_time() - begun < 30
    sum(range(10_000_000))  # nothing is left that would be raised later


def test_time_between_items_is_not_counted() -> None:
    items = watched(_thinking(0.0, 0.0), 0.2)
    next(items)
    list(_thinking(0.5))
    assert list(items) == [1]


def test_readers_leave_no_thread_behind() -> None:
    before = threading.active_count()
    for _ in range(20):
        list(read_bytes("a.txt", STORY.encode(), LIMITS))
        next(read_bytes("a.jsonl", b'{"text": "The wall stands."}\n' * 9, LIMITS))
    deadline = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() <= before
