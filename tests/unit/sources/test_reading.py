"""Files, folders, archives, limits, and whatever else may be offered."""

import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.records import Draft, Failure
from index.settings import Settings
from index.sources import SUFFIXES, Limits, count_items, read_bytes, read_pasted, read_paths
from index.sources.given import read_given

LIMIT = 1_000_000
LIMITS = Limits(file_bytes=LIMIT)
STORY = "The council voted on Monday to rebuild the harbour wall, which two storms in one winter had broken."
TEXT = f"Council votes to rebuild wall\n\n{STORY}"
LINE = '{"title": "T", "text": "It was a wall."}\n'


def reasons(items: list[Draft | Failure]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Failure)]


def make_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "photo.jpg").write_bytes(b"x")
    (tmp_path / "news" / ".hidden.txt").write_text(TEXT, "utf-8")
    (failure,) = read_paths([tmp_path / "news"], LIMITS)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.reason[:45]) == ("news", "The folder holds no file of a known kind (.at")


def test_an_empty_name_is_not_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    empty, there = read_given(["", "a.txt"], Settings())
    assert isinstance(empty, Failure)
    assert empty.reason == "The name is empty. Name a file, a folder or an address."
    assert isinstance(there, Draft)


def test_folder(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    files = {
        "b.txt": TEXT,
        "a.md": TEXT,
        "sub/c.jsonl": LINE * 2,
        "photo.jpg": "x",
        ".hidden/x.txt": TEXT,
        ".y.txt": TEXT,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "bad.pdf").write_bytes(b"nothing of the kind")
    items = list(read_paths([folder], LIMITS))
    assert [item.source for item in items] == [
        "news/a.md",
        "news/b.txt",
        "news/bad.pdf",
        "news/sub/c.jsonl:1",
        "news/sub/c.jsonl:2",
    ]
    assert [isinstance(item, Draft) for item in items] == [True, True, False, True, True]
    assert count_items([folder]) == 5
    assert count_items([folder / "a.md", folder / "sub"]) == 3


def test_single_files(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (tmp_path / "big.txt").write_text("word " * 300_000)
    (tmp_path / "bytes.txt").write_bytes(bytes(range(256)) * 9 + b"\0" * 2000)
    names = ("empty.txt", "photo.jpg", "big.txt", "bytes.txt", "missing.txt")
    items = list(read_paths([tmp_path / name for name in names], LIMITS))
    empty, unknown, big, binary, missing = reasons(items)
    assert "is empty" in empty
    assert ".jsonl" in unknown
    assert "1 MB" in big
    assert "max_file_mb" in big
    assert "binary" in binary
    assert "no such file" in missing


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(LINE * 1000, "utf-8")
    reader = read_paths([path], LIMITS)
    first = next(reader)
    assert first.source == "a.jsonl:1"
    assert count_items([path]) == 1000


@pytest.mark.parametrize(
    "name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.pdf", "a.docx", "a.eml", "a.xml", "a.zip", "a.html"]
)
@pytest.mark.parametrize("data", [b"", b"  \n \n"])
def test_empty_uploads(name: str, data: bytes) -> None:
    assert ["empty" in reason for reason in reasons(list(read_bytes(name, data, LIMITS)))] == [True]


def test_upload_over_the_limit() -> None:
    (failure,) = read_bytes("a.txt", b"x" * 11, Limits(file_bytes=10))
    assert isinstance(failure, Failure)
    assert "max_file_mb" in failure.reason


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.xz", "a.csv.gz"])
def test_compressed_bombs(name: str) -> None:
    pack = gzip.compress if name.endswith("gz") else lzma.compress
    items = list(read_bytes(name, pack(b"title,text\n" + b" " * 5 * LIMIT), LIMITS))
    assert "max_file_mb" in reasons(items)[-1]


def test_damaged_compression() -> None:
    whole = gzip.compress(TEXT.encode() * 50)
    for data in (whole[:-20], b"nothing of the kind", lzma.compress(b"x" * 999)[:-30]):
        for name in ("a.txt.gz", "a.txt.xz"):
            assert len(reasons(list(read_bytes(name, data, LIMITS)))) == 1


def test_zip() -> None:
    inner = make_zip({"deep.txt": TEXT.encode(), "deeper.zip": make_zip({"x.txt": TEXT.encode()})})
    members = {
        "b.jsonl": (LINE * 2).encode(),
        "../../a.txt": TEXT.encode(),
        "photo.jpg": b"x",
        "__MACOSX/._a.txt": b"x",
        "inner.zip": inner,
        "z.txt": b"\0" * 90,
    }
    items = list(read_bytes("n.zip", make_zip(members), LIMITS))
    assert [item.source for item in items] == [
        "n.zip/../../a.txt",
        "n.zip/b.jsonl:1",
        "n.zip/b.jsonl:2",
        "n.zip/inner.zip/deep.txt",
        "n.zip/inner.zip/deeper.zip",
        "n.zip/z.txt",
    ]
    assert [isinstance(item, Draft) for item in items] == [True] * 4 + [False] * 2
    assert "max_archive_depth" in reasons(items)[0]


def test_zips_that_cannot_be_read() -> None:
    assert "no file of a known kind" in reasons(list(read_bytes("a.zip", make_zip({"x.jpg": b"x"}), LIMITS)))[0]
    assert "damaged" in reasons(list(read_bytes("a.zip", b"PK\x03\x04 nothing", LIMITS)))[0]
    bomb = make_zip({"a.txt": b"a" * 50 * LIMIT, "b.txt": TEXT.encode()})
    items = list(read_bytes("a.zip", bomb, LIMITS))
    assert "bomb" in reasons(items)[0]
    assert isinstance(items[1], Draft)
    encrypted = bytearray(make_zip({"a.txt": TEXT.encode()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(mark) + offset] |= 1
    assert "encrypted" in reasons(list(read_bytes("a.zip", bytes(encrypted), LIMITS)))[0]


def test_packed_zip() -> None:
    (draft,) = read_bytes("a.zip.gz", gzip.compress(make_zip({"a.txt": TEXT.encode()})), LIMITS)
    assert isinstance(draft, Draft)
    assert "max_file_mb" in reasons(list(read_bytes("a.zip.gz", gzip.compress(b"0" * 5 * LIMIT), LIMITS)))[0]


def test_pasted() -> None:
    draft = read_pasted(TEXT)
    assert isinstance(draft, Draft)
    assert draft.source == "pasted text"
    for text in ("", " \n\u200b ", "---\ntitle: x\n---\n"):
        assert isinstance(read_pasted(text), Failure)


def test_known_suffixes() -> None:
    expected = ".txt .md .text .html .htm .pdf .docx .eml .xml .rss .atom .jsonl .ndjson .json .csv .tsv .gz .xz .zip"
    assert frozenset(expected.split()) == SUFFIXES


SEEDS = [
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    make_zip({"a.txt": TEXT.encode(), "word/document.xml": b"<x/>", "[Content_Types].xml": b"<Types/>"}),
    gzip.compress(TEXT.encode()),
    b"From: a\nSubject: =?utf-8?q?=ff?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi",
    b"<rss><channel><item><title>t</title><description>d</description></item></channel></rss>",
    b"<html><head><meta charset=utf-7><title>x</title><p>hello<script>",
    b'title,text\n"a,b\n',
    b'{"title": 1, "text": {"text": [["x"]]}, "authors": {"name": null}, "published": 1e300, "url": "http://["}',
    b"\xff\xfeb\xdcx",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([*sorted(SUFFIXES), ".jsonl.gz", ".txt.xz", ".zip.gz", ".doc", ""]),
    st.one_of(st.binary(max_size=200), st.sampled_from(SEEDS)),
    st.integers(0, 400),
    st.binary(max_size=4),
)
def test_nothing_is_raised_for_any_bytes(suffix: str, data: bytes, place: int, junk: bytes) -> None:
    data = data[:place] + junk + data[place + len(junk) :]
    for item in read_bytes(f"file{suffix}", data, Limits(file_bytes=100_000)):
        assert isinstance(item, Draft | Failure)
        assert item.source
        if isinstance(item, Draft):
            assert item.text.strip()
            assert item.title
        else:
            assert item.reason.endswith(".")


@given(st.text(max_size=300))
def test_nothing_is_raised_for_any_paste(text: str) -> None:
    item = read_pasted(text)
    assert isinstance(item, Draft | Failure)
