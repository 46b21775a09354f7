"""Questions of our own over articles that are not part of the project.

Each line has ``id``, ``set``, ``question``, ``type``, and where there is an answer ``data`` and ``url`` of its article
and the ``spans`` (start, end) of that article's text that are right; ``history`` has earlier questions. They were
written by reading, without asking the program. ``tests/quality/questions.jsonl`` has a set to develop on and one that
is kept apart, and two sets of follow-ups alone, of which the second was asked later. ``training/questions.jsonl`` has
those the reader is taught by, and, over other articles, those that are held out from that, to fit its probabilities on.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from bench.labelled import Row, records

DEVELOPED, APART = "developed", "apart"
FOLLOW_UPS, FOLLOW_UPS_LATER = "follow-ups", "follow-ups-later"
TAUGHT, HELD_OUT = "taught", "held-out"
QUESTIONS, TRAINING = Path("tests/quality/questions.jsonl"), Path("training/questions.jsonl")
SETS = {
    DEVELOPED: QUESTIONS,
    APART: QUESTIONS,
    FOLLOW_UPS: QUESTIONS,
    FOLLOW_UPS_LATER: QUESTIONS,
    TAUGHT: TRAINING,
    HELD_OUT: TRAINING,
}


def write_set(rows: Sequence[Row], data: Path, folder: Path, beside: Sequence[Row] = ()) -> None:
    """Write one set as ``articles.json`` and ``questions.json``, as the other commands read them.

    Args:
        rows: Its questions.
        data: The folder with a folder for each collection of articles.
        folder: Where to write; it is made.
        beside: Questions that are not written, but whose articles are.

    Raises:
        OSError: A file cannot be read or written.
        KeyError: An article is not in the data.
    """
    wanted = {(row["data"], row["url"]) for row in [*rows, *beside] if "url" in row}
    articles = {
        record["url"]: record | {"id": f"{name}-{number:02d}"}
        for name in sorted({name for name, _ in wanted})
        for number, record in enumerate(r for r in records(data / name) if (name, r["url"]) in wanted)
    }
    questions = [
        {
            "id": row["id"],
            "question": row["question"],
            "type": row["type"],
            "article": articles[row["url"]]["id"] if "url" in row else None,
            "answers": [articles[row["url"]]["text"][start:end] for start, end in row.get("spans", ())],
            "history": row.get("history", []),
        }
        for row in rows
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for name, entries in (("articles.json", list(articles.values())), ("questions.json", questions)):
        (folder / name).write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
