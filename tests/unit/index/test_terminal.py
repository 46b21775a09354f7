"""Nothing that an article, a file or a question holds steers the terminal."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.__main__ import main
from index.embed import Embedder
from index.errors import OnRecordError
from index.terminal import harmless, harmless_output
from tests.unit.index.harm import change
from tests.unit.index.library_fakes import WordEmbedder, draft

CLEAR = "\x1b[2J\x9b31m\x1b]0;mine\x07\r\x08"
SHOWN = "\\u001b[2J\\u009b31m\\u001b]0;mine\\u0007\\u000d\\u0008"


@given(st.text(st.characters(codec=None) | st.sampled_from(CLEAR)))
def test_what_is_left_can_be_written_and_does_not_steer(text: str) -> None:
    shown = harmless(text)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown if sign not in "\t\n")
    shown.encode("utf-8")


@given(st.text())
def test_json_keeps_its_value(text: str) -> None:
    assert json.loads(harmless(json.dumps({"text": text}, ensure_ascii=False))) == {"text": text}


def test_direction_and_what_no_terminal_takes_are_spelled() -> None:
    assert harmless("a\u202eb\u2066c\ud800") == "a\\u202eb\\u2066c\\ud800"
    assert harmless("“é 東京” \u200f\tx\n") == "“é 東京” \u200f\tx\n"


def test_no_command_steers_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Embedder, "load", lambda *_: WordEmbedder("bundled"))
    monkeypatch.chdir(tmp_path)
    row = {"title": CLEAR + draft(1).title, "text": draft(1).text, "url": f"https://x.org/{CLEAR}"}
    Path(f"{CLEAR}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    Path(f"{CLEAR}.txt").write_text("", "utf-8")
    main(["add", f"{CLEAR}.jsonl", f"{CLEAR}.txt", "--library", "lib"])
    # What is read from files holds no such signs any more; a library that others made may.
    change(Path("lib"), f"UPDATE article SET publication = '{CLEAR}'")  # noqa: S608 - our own words
    for arguments in (
        ["list"], ["list", "--json"], ["export"], ["stats"], ["verify"],
        ["show", CLEAR], ["remove", CLEAR], ["export", "--output", f"no{CLEAR}/x"],
    ):  # fmt: skip
        main([*arguments, "--library", "lib"])
    out, err = capsys.readouterr()
    assert (SHOWN in out, SHOWN in err) == (True, True)
    assert not set("\x1b\x9b\x07\r\x08") & set(out + err)


def test_what_an_encoding_lacks_is_spelled(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, shown in (("ascii", "\\u201ccaf\\u00e9\\u201d \\ud83c\\udf89"), ("cp1252", "“café” \\ud83c\\udf89")):
        written = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
        with harmless_output():
            sys.stdout.write("“café” 🎉")
        assert written.getvalue().decode(encoding) == shown
        assert json.loads(f'"{shown}"') == "“café” 🎉"


def test_a_full_disk_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.terminal.end_output", lambda: None)

    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(Full())))
    # A few words stay in the buffer, and are written at the end.
    with pytest.raises(OnRecordError, match="No space left on device"), harmless_output():
        sys.stdout.write("words")


def test_closed_output_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with harmless_output():
        sys.stdout.write("words")
        sys.stderr.write("words")
