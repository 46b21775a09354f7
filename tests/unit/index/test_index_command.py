"""The library on the command line."""

import getpass
import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from index.__main__ import main
from index.embed import Embedder
from index.library import Library
from tests.unit.index.harm import change
from tests.unit.index.library_fakes import WordEmbedder, draft


@pytest.fixture(autouse=True)
def _small_embedder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = WordEmbedder("bundled")
    monkeypatch.setattr(Embedder, "load", lambda *_: fake)
    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        rows = {"title": draft(number).title, "text": draft(number).text, "publication": "The Daily"}
        Path(f"a{number}.jsonl").write_text(json.dumps(rows) + "\n", "utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    assert main(arguments) == code
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_the_life_of_a_library(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(capsys, "add", "a1.jsonl", "a2.jsonl", "missing.txt", "--library", "lib")
    lines = out.splitlines()
    assert [line[:13].strip() for line in lines[:3]] == ["added", "added", "failed"]
    assert lines[0].endswith("Town 1 votes [a1.jsonl:1]")
    assert lines[3].startswith("2 added, 0 already there, 0 replaced, 1 failed in ")
    assert lines[4] == "The library lib holds 2 articles in 2 passages."
    assert err == ""

    out, _ = run(capsys, "list", "--library", "lib", "--search", "town 2", "--json")
    (summary,) = [json.loads(line) for line in out.splitlines()]
    assert (summary["title"], summary["published"]) == ("Town 2 votes", None)

    out, _ = run(capsys, "show", summary["id"][:6], "--json", "--library", "lib")
    shown = json.loads(out)
    assert shown["text"] == draft(2).text
    assert shown["paragraphs"][0]["kind"] == "body"
    assert shown["text"][shown["paragraphs"][1]["start"] :].startswith("Mayor Ann Reed")

    run(capsys, "export", "--output", "all.jsonl", "--library", "lib")
    assert len(Path("all.jsonl").read_text("utf-8").splitlines()) == 2
    assert run(capsys, "export", "--library", "lib")[0] == Path("all.jsonl").read_text("utf-8")

    assert run(capsys, "remove", summary["id"], "--library", "lib")[0] == f"removed  {summary['id']}\n"
    _, err = run(capsys, "remove", summary["id"], "--library", "lib", code=1)
    assert err.startswith(f"No article has the id '{summary['id']}'.")
    assert run(capsys, "verify", "--library", "lib")[0] == "Nothing is wrong: 1 articles, 1 passages.\n"
    assert run(capsys, "stats", "--library", "lib")[0] == "1 articles, 1 passages\n      1  The Daily\n"


def test_the_list_is_printed_while_it_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "a1.jsonl", "a2.jsonl", "--library", "lib")
    change(Path("lib"), "UPDATE article SET deck = 'harmed' WHERE title = 'Town 1 votes'", sealed=False)
    for form in ([], ["--json"]):
        out, err = run(capsys, "list", *form, "--library", "lib", code=1)
        (line,) = out.splitlines()  # the one before the damaged one
        assert "Town 2 votes" in line
        assert "is damaged on disk" in err


def _rows(*rows: Mapping[str, object]) -> str:
    Path("rows.jsonl").write_text("".join(json.dumps({"text": draft(1).text, **row}) + "\n" for row in rows), "utf-8")
    return "rows.jsonl"


def test_the_list_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    daily: dict[str, object] = {"publication": "The Daily"}
    post: dict[str, object] = {"publication": "The Post"}
    rows = _rows(
        {"title": "One", "authors": ["Zoë Ek"], "section": "World", "published": "2023-01-01", **daily},
        {"title": "Two", "authors": ["Bo Lee"], "section": "Arts", "published": "2023-01-02", **post},
        {"title": "Three", "authors": ["Zoe Ek", "Bo Lee"], "published": "2023-01-03", **post},
    )
    run(capsys, "add", rows, "--library", "lib")
    for options, titles in (
        (["--author", "ek"], ["Three", "One"]),
        (["--author", "ek", "--author", "bo lee"], ["Three", "Two", "One"]),
        (["--section", "world"], ["One"]),
        (["--publication", "the post", "--until", "2023-01-02"], ["Two"]),
        (["--since", "2023-01-02", "--search", "three"], ["Three"]),
    ):
        out, _ = run(capsys, "list", "--library", "lib", *options)
        assert [line.split("  ")[-1] for line in out.splitlines()] == titles
    with pytest.raises(SystemExit) as stopped:
        main(["list", "--since", "May"])
    assert stopped.value.code == 2
    assert "'May' is not a date" in capsys.readouterr().err


def test_an_article_shows_its_versions(capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://example.org/a"
    run(capsys, "add", _rows({"title": "First", "url": url}, {"title": "Other"}), "--library", "lib")
    run(capsys, "add", _rows({"title": "Second", "url": url}), "--library", "lib")
    listed = [json.loads(line) for line in run(capsys, "list", "--library", "lib", "--json")[0].splitlines()]
    ids = {row["title"]: row["id"] for row in listed}
    assert ids.keys() == {"Second", "Other"}
    shown = json.loads(run(capsys, "show", ids["Second"], "--library", "lib", "--json")[0])
    assert [version["title"] for version in shown["versions"]] == ["Second", "First"]
    first = shown["versions"][1]["id"]
    today = shown["versions"][0]["added_at"][:10]
    lines = run(capsys, "show", ids["Second"], "--library", "lib")[0].splitlines()
    at = lines.index("Version 2 of 2, the one that is answered from. The others:")
    assert lines[at + 1] == f"  1  {first}  added {shown['versions'][1]['added_at'][:10]}  First"
    lines = run(capsys, "show", first, "--library", "lib")[0].splitlines()
    at = lines.index(f"Version 1 of 2, replaced on {today}. The others:")
    assert lines[at + 1] == f"  2  {ids['Second']}  added {today}  Second"
    assert "Version" not in run(capsys, "show", ids["Other"], "--library", "lib")[0]


def test_settings_changed_and_rebuilt(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run(capsys, "add", "a1.jsonl", "--library", "lib")
    monkeypatch.setenv("ONRECORD_CHUNK_TOKENS", "40")
    _, err = run(capsys, "add", "a2.jsonl", "--library", "lib", code=1)
    assert "chunk_tokens 200" in err and "chunk_tokens 40" in err and "python -m index rebuild --library lib" in err
    assert err.count("\n") == 1
    run(capsys, "rebuild", "--library", "lib")
    run(capsys, "add", "a2.jsonl", "--library", "lib")


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "missing.txt", "--library", "lib", code=1)
    _, err = run(capsys, "list", "--library", "nowhere", code=1)
    assert err == ("There is no library in nowhere. Make one: python -m index add PATH --library nowhere\n")
    with pytest.raises(SystemExit) as stopped:
        main(["nonsense"])
    assert stopped.value.code == 2


def test_many_items_are_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"title": draft(n).title, "text": draft(n).text} for n in range(60)]
    Path("many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "not json\n", "utf-8")
    out, _ = run(capsys, "add", "many.jsonl", "--library", "lib")
    assert [line.split()[0] for line in out.splitlines()] == ["failed", "60", "The"]
    out, _ = run(capsys, "add", "many.jsonl", "--verbose", "--library", "lib")
    assert sum(line.startswith("already there") for line in out.splitlines()) == 60


def test_the_audit_log_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, "audit", "--library", "lib", code=1)[1]
    assert told == "There is no library in lib. Make one: python -m index add PATH --library lib\n"
    rows = _rows({"title": "One\u001b[2J", "publication": "The Daily"})
    run(capsys, "add", rows, "--library", "lib")
    article = json.loads(run(capsys, "list", "--json", "--library", "lib")[0])["id"]
    run(capsys, "remove", article, "--library", "lib")
    me = getpass.getuser()
    lines = run(capsys, "audit", "--library", "lib")[0].splitlines()
    told = f"{me} (command)  {article}  One[2J [rows.jsonl:1]"
    assert [line[21:] for line in lines] == [f"added  {told}", f"removed  {told}"]
    [added, removed] = map(json.loads, run(capsys, "audit", "--json", "--library", "lib")[0].splitlines())
    assert (added["who"], added["how"], added["result"]) == (me, "command", "added")
    assert (removed["result"], removed["article"], removed["source"]) == ("removed", article, "rows.jsonl:1")
    assert datetime.fromisoformat(added["at"]).utcoffset() == timedelta(0)
    nothing = run(capsys, "audit", "--since", "2999-01-01", "--library", "lib")
    assert nothing == ("", "Nothing is written down in lib for this time.\n")
    Path("lib/catalog.sqlite").unlink()
    assert len(run(capsys, "audit", "--library", "lib")[0].splitlines()) == len(lines)


def test_an_export_leaves_devices_links_and_folders_what_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "a1.jsonl", "--library", "lib")
    whole = run(capsys, "export", "--library", "lib")[0]
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    run(capsys, "export", "--output", "pipe", "--library", "lib")
    assert os.read(reader, 10_000).decode() == whole
    os.close(reader)
    assert Path("pipe").is_fifo()

    Path("kept").mkdir()
    Path("kept/all.jsonl").write_text("older", "utf-8")
    Path("link.jsonl").symlink_to("kept/all.jsonl")
    run(capsys, "export", "--output", "link.jsonl", "--library", "lib")
    assert Path("link.jsonl").is_symlink()
    assert Path("kept/all.jsonl").read_text("utf-8") == whole

    for folder in (".", "kept"):
        _, err = run(capsys, "export", "--output", folder, "--library", "lib", code=1)
        assert err == f"{folder} is a folder. Name a file, such as {Path(folder) / 'articles.jsonl'}\n"
    assert "name another file" in run(capsys, "export", "--output", "no/x", "--library", "lib", code=1)[1]
    assert not list(Path().rglob("*.partial"))


def test_an_export_that_ends_early_leaves_nothing_behind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "add", "a1.jsonl", "--library", "lib")
    Path("all.jsonl").write_text("older", "utf-8")

    def cut_off(*_: object) -> Iterator[object]:
        yield {}
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "export", cut_off)
    run(capsys, "export", "--output", "all.jsonl", "--library", "lib", code=130)
    assert Path("all.jsonl").read_text("utf-8") == "older"
    assert not list(Path().rglob("*.partial"))


def test_an_export_saves_what_is_not_damaged(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "a1.jsonl", "a2.jsonl", "--library", "lib")
    change(Path("lib"), "UPDATE article SET deck = 'harmed' WHERE title = 'Town 1 votes'", sealed=False)
    for output, told in ([], ""), (["--output", "all.jsonl"], "1 articles written to all.jsonl.\n"):
        out, err = run(capsys, "export", "--library", "lib", *output, code=1)
        (row,) = [json.loads(line) for line in (Path("all.jsonl").read_text("utf-8") if output else out).splitlines()]
        assert row["title"] == "Town 2 votes"
        assert out == told or not output
        first, last = err.splitlines()
        assert first.startswith("Article ")
        assert "is damaged on disk" in first
        assert last == "1 articles are damaged and were left out."
