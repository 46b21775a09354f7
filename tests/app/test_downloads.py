"""What is taken away: names of files, cells of spreadsheets, and documents that hold hostile texts."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.browser import payload_world as world
from tests.browser.payloads import PAYLOADS
from ui import downloads, statements, transcript

WINDOWS_KEEPS = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
Document = Callable[[list[world.Text]], str]
HOSTILE, HARMLESS = world.hostile(PAYLOADS), world.harmless(PAYLOADS)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ruth Okafor", "ruth-okafor-statements.csv"),
        ('../../x"\r\nSet-Cookie: a=b', "x-set-cookie-a-b-statements.csv"),
        ("con", "con-statements.csv"),
        ("Łukasz Żółć, 東京", "łukasz-żółć-東京-statements.csv"),
        ("…/\\\0\u202e", "statements.csv"),
        ("", "statements.csv"),
        ("a" * 300, f"{'a' * 60}-statements.csv"),
    ],
)
def test_names_of_files(name: str, file: str) -> None:
    assert downloads.file_name(name, "csv") == file


@given(st.text() | st.sampled_from([*PAYLOADS, *WINDOWS_KEEPS]))
def test_every_name_gives_a_sane_file(name: str) -> None:
    file = downloads.file_name(name, "csv")
    assert re.fullmatch(r"[\w-]+\.csv", file)
    assert file.split(".")[0] not in WINDOWS_KEEPS
    assert not file.startswith("-")
    assert len(file.encode()) <= 255


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@x", "\t=1", "\rx", "\nx", " =1", "\ufeff=1", "\u200b \u00a0=1", "＝1"]
)
def test_formulas_become_words(cell: str) -> None:
    assert downloads.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ann Lee", "1+1=2", "'=1+1", "“=1”", "a\n=1"])
def test_words_stay_as_they_are(cell: str) -> None:
    assert downloads.harmless(cell) == cell


def test_a_table_of_hostile_texts_has_no_formula_and_no_cell_more() -> None:
    rows = world.engine(HOSTILE).library.said
    _, *table = csv.reader(io.StringIO(statements.as_csv(rows, "=Eve").decode("utf-8-sig"), newline=""))
    assert len(table) == len(rows)
    assert {len(row) for row in table} == {len(statements.COLUMNS)}
    assert [cell for row in table for cell in row if downloads.harmless(cell) != cell] == []
    words = statements.COLUMNS.index("words")
    assert [row[words].removeprefix("'") for row in table] == [row.text.removeprefix("'") for row in rows]


def _conversation(texts: list[world.Text]) -> str:
    return transcript.as_markdown(transcript.exchanges(world.turns(texts)))


def _statements(texts: list[world.Text]) -> str:
    said = statements.once_each(world.engine(texts).library.said)
    return statements.as_markdown(said, texts[0].words, texts[1].words)


@pytest.mark.parametrize("document", [_conversation, _statements])
def test_a_document_of_hostile_texts_is_made_of_what_plain_words_make(document: Document) -> None:
    hostile, harmless = (_made_of(document(texts)) for texts in (HOSTILE, HARMLESS))
    assert hostile[0] == harmless[0]
    wanted = [harmless[1].count(_flat(text.words)) for text in HARMLESS]
    assert min(wanted) > 0
    seen = zip(PAYLOADS, (hostile[1].count(_flat(text.words)) for text in HOSTILE), wanted, strict=True)
    assert [(payload, found, times) for payload, found, times in seen if found != times] == []


def test_a_document_that_is_not_escaped_is_found_out() -> None:
    plain, bold = _made_of("# words\n\nwords"), _made_of("# words\n\n**words**")
    assert plain[0] != bold[0]


def _made_of(document: str) -> tuple[Counter[str], str]:
    """Return what a reader of Markdown makes of a document: its elements but the lines of a quotation, and its text."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    kinds, text = Counter[str](), []
    for block in reader.parse(document):
        for token in (block, *(block.children or ())):
            if token.type not in ("inline", "text", "softbreak", "paragraph_open", "paragraph_close"):
                kinds[f"{token.type} {token.tag}"] += 1
            text.append(token.content if token.type in ("text", "code_inline") else " ")
    return kinds, _flat("".join(text))


def _flat(text: str) -> str:
    return " ".join(text.replace("\u2060", "").replace("\0", "\ufffd").split())


def test_json_gives_the_texts_back() -> None:
    [asked, *_] = json.loads(transcript.as_json(transcript.exchanges(world.turns(HOSTILE))))
    assert asked["question"] == HOSTILE[0].words
    assert asked["interpreted_as"] == HOSTILE[1].words
