"""Questions with their context and answers, read from SQuAD-format JSON or JSON lines."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Gold:
    """An answer: ``context[start : start + len(text)] == text``."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Example:
    """One question over one context; ``answers`` is empty where the context does not answer it.

    ``group`` says which contexts belong together (one article); ``title`` is the article's title, or "".
    """

    id: str
    question: str
    context: str
    answers: tuple[Gold, ...]
    title: str = ""
    group: str = ""


def read_examples(path: Path) -> Iterator[Example]:
    """Yield the questions of a file, one at a time where it holds JSON lines.

    Args:
        path: ``*.json`` in SQuAD format (1.1 or 2.0), or ``*.jsonl`` or ``*.jsonl.xz`` with
            ``{id, question, context, answers: [{text, start}], title | group}`` on a line.

    Raises:
        ValueError: The file is of another kind, or an answer does not stand where it says.
    """
    if not path.name.endswith((".json", ".jsonl", ".jsonl.xz")):
        raise ValueError(f"{path}: not a .json, .jsonl or .jsonl.xz file; convert it to one of these.")
    try:
        for row in _squad_rows(path) if path.suffix == ".json" else _line_rows(path):
            yield _example(row)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: not in the expected format ({error!r}); see training/README.md.") from error
    except (lzma.LZMAError, EOFError) as error:
        raise ValueError(f"{path}: damaged ({error}); get it again.") from error


def _squad_rows(path: Path) -> Iterator[dict[str, Any]]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                answers = [] if qa.get("is_impossible") else qa["answers"]
                yield {
                    "id": qa["id"],
                    "title": article.get("title", ""),
                    "question": qa["question"],
                    "context": paragraph["context"],
                    "answers": [{"text": answer["text"], "start": answer["answer_start"]} for answer in answers],
                }


def _line_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stored, lzma.open(stored) if path.suffix == ".xz" else stored as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _example(row: dict[str, Any]) -> Example:
    title = row.get("title") or ""
    example = Example(
        id=str(row["id"]),
        question=row["question"].strip(),
        context=row["context"],
        answers=tuple(Gold(answer["text"], int(answer["start"])) for answer in row["answers"]),
        title=unquote(title).replace("_", " "),
        group=row.get("group") or title,
    )
    for gold in example.answers:
        if example.context[gold.start : gold.start + len(gold.text)] != gold.text:
            raise ValueError(f"Question {example.id}: the context does not read {gold.text!r} at {gold.start}.")
    return example
