"""Reading questions from files."""

import json
from pathlib import Path

import pytest

from qa.squad.examples import Example, Gold, read_examples

SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Harbor_Bridge%21",
            "paragraphs": [
                {
                    "context": "It opened in 1932.",
                    "qas": [
                        {
                            "id": "a",
                            "question": " When did it open?",
                            "is_impossible": False,
                            "answers": [{"text": "1932", "answer_start": 13}],
                        },
                        {
                            "id": "b",
                            "question": "Who paid?",
                            "is_impossible": True,
                            "answers": [],
                            "plausible_answers": [{"text": "1932", "answer_start": 13}],
                        },
                    ],
                }
            ],
        }
    ],
}


def test_squad_json_gives_answers_and_unanswerable_questions(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(SQUAD), encoding="utf-8")
    context, title, group = "It opened in 1932.", "Harbor Bridge!", "Harbor_Bridge%21"
    assert list(read_examples(path)) == [
        Example("a", "When did it open?", context, (Gold("1932", 13),), title, group),
        Example("b", "Who paid?", context, (), title, group),
    ]


def test_json_lines_are_grouped_by_group_where_they_have_no_title(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": 7, "question": "q?", "context": "c", "answers": [], "group": "g"}\n\n', encoding="utf-8")
    assert list(read_examples(path)) == [Example("7", "q?", "c", (), "", "g")]


def test_an_answer_that_stands_elsewhere_is_refused(tmp_path: Path) -> None:
    row = {"id": "x", "question": "q?", "context": "one two", "answers": [{"text": "two", "start": 3}]}
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ValueError, match="Question x: the context does not read 'two' at 3"):
        list(read_examples(path))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("set.csv", b"", "not a .json, .jsonl or .jsonl.xz file"),
        ("set.json", b'{"version": "v2.0"}', "not in the expected format"),
        ("set.jsonl", b"{broken", "not in the expected format"),
        ("set.jsonl.xz", b"no archive", "damaged"),
    ],
)
def test_files_of_another_kind_are_refused_by_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        list(read_examples(path))
    assert name in str(caught.value)
