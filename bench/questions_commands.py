"""Commands that put our own questions beside their articles, and make lines of them to train a reader on."""

import argparse
import sys
from pathlib import Path
from typing import Any

from bench.labelled import read_labels
from bench.news import filled
from bench.own_questions import DEVELOPED, HELD_OUT, SETS, TAUGHT, write_set
from bench.passages import write_passages
from bench.scoring import read_questions


def add_questions_commands(commands: "argparse._SubParsersAction[Any]", data: Path) -> None:
    """Add ``questions`` and ``passages``; ``data`` is where the collections of articles are looked for."""
    own = commands.add_parser("questions", help="put the project's own questions and their articles into a folder")
    own.add_argument("folder", type=Path)
    own.add_argument("--set", choices=SETS, default=DEVELOPED)
    own.add_argument("--data", type=Path, default=data, help="folder with the collections of articles")
    own.set_defaults(run=_questions)
    passages = commands.add_parser("passages", help="the passages that are read for questions, as lines to train on")
    passages.add_argument("folder", type=Path, help="with articles.json and questions.json, as 'questions' writes them")
    passages.add_argument("output", type=Path, help="file to write, JSON lines")
    passages.set_defaults(run=_passages)


def _questions(options: argparse.Namespace) -> int:
    rows = read_labels([SETS[options.set]])
    # Those who are held out are asked among the articles of those who are taught: a library is no smaller in use.
    beside = [row for row in rows if options.set == HELD_OUT and row["set"] == TAUGHT]
    write_set([row for row in rows if row["set"] == options.set], options.data, options.folder, beside)
    return 0


def _passages(options: argparse.Namespace) -> int:
    with filled(options.folder) as (engine, articles):
        count = write_passages(engine, read_questions(options.folder / "questions.json"), articles, options.output)
    sys.stdout.write(f"{count:,} lines in {options.output}\n")
    return 0
