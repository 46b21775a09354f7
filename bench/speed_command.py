"""The command ``python -m bench speed``."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench.machine import describe
from bench.pages import tell
from bench.recalled import RecalledVectors
from bench.retrieval import unpacked
from bench.speed import Cost, Work, grow, measure
from bench.speed_picture import draw_speed
from bench.speed_tables import sizes_table, stages_table, users_table
from index.embed import Embedder, EmbedderProtocol
from index.errors import QuestionError
from index.library import Library
from index.settings import load_settings
from index.sources import limits_of, read_paths

SHARED = Path("../shared/data")
DATA = (SHARED / "realtimeqa-2022/articles.jsonl.xz", SHARED / "congress-press")
SIZES = (1000, 5000, 10_000, 20_000, 40_000)
USERS = (1, 2, 4, 8)


def add_speed_command(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers."""
    speed = commands.add_parser("speed", help="time, throughput and memory by the size of a library")
    speed.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PASSAGES", help="1,000 to 40,000")
    speed.add_argument("--library", type=Path, metavar="DIR", help="measure only this library, as large as it is")
    speed.add_argument("--recall", type=Path, metavar="DIR", help="library of the same articles, to take vectors from")
    speed.add_argument("--data", type=Path, nargs="+", default=DATA, metavar="PATH", help="articles, also .jsonl.xz")
    speed.add_argument("--questions", type=Path, default=SHARED / "realtimeqa-2022/questions.jsonl", metavar="FILE")
    speed.add_argument("--count", type=int, default=80, help="questions asked at each size and by all users (80)")
    speed.add_argument("--users", type=int, nargs="+", default=USERS, help="at once (1 2 4 8)")
    speed.add_argument("--articles", type=int, default=100, help="articles added at each size (100)")
    speed.add_argument("--quick", action="store_true", help="a few of each, to see that it works")
    speed.add_argument(
        "--work", type=Path, default=Path("build/speed"), metavar="DIR", help="the libraries are kept here"
    )
    speed.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR", help="folder of speed.json and .svg")
    speed.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, where its marks are")
    speed.set_defaults(run=_speed)


def _speed(options: argparse.Namespace) -> int:
    questions = read_questions(options.questions)
    if options.quick:
        work = Work(questions[:4], (1, 2), 5, 1)
    else:
        work = Work(questions[: options.count], options.users, options.articles, 3)
    options.output.mkdir(parents=True, exist_ok=True)
    machine, costs = describe(), []
    for folder in _libraries(options):
        costs.append(measure(folder, work))
        _store(machine, costs, options.output)
        sys.stderr.write(f"{folder}: {costs[-1].chunks:,} passages measured\n")
    head = f"{machine}. {len(work.questions)} questions at each size."
    tables = (sizes_table(costs), stages_table(costs), users_table(costs))
    tell("speed", "\n\n".join((head, *tables)), options.write)
    return 0


def read_questions(file: Path) -> list[str]:
    """Read questions, one a line: plain, or JSON objects with a 'question'.

    Raises:
        QuestionError: The file cannot be read, or holds none.
    """
    try:
        lines = [line for line in file.read_text("utf-8").split("\n") if line.strip()]
        questions = [json.loads(line)["question"] if line.startswith("{") else line.strip() for line in lines]
    except (OSError, ValueError, KeyError) as error:
        raise QuestionError(f"{file} cannot be read as questions ({error!r}); name a file with --questions.") from error
    if not questions:
        raise QuestionError(f"{file} holds no question.")
    return questions


def _libraries(options: argparse.Namespace) -> Iterator[Path]:
    """Yield the folders of what is measured, each once it is there."""
    if options.library:
        yield options.library
        return
    with tempfile.TemporaryDirectory() as folder:
        files = [unpacked(file, Path(folder)) for path in options.data for file in _files(path)]
        items = read_paths(files, limits_of(load_settings()))
        yield from grow(options.work, options.sizes, items, partial(_opened, embedder=_embedder(options.recall)))


def _embedder(recall: Path | None) -> EmbedderProtocol | None:
    """Return the embedder that libraries are grown with, None for that of the settings."""
    settings = load_settings()
    return RecalledVectors(recall, Embedder.load(settings.embedder, settings.threads)) if recall else None


def _opened(folder: Path, embedder: EmbedderProtocol | None) -> Library:
    return Library.open(folder, embedder, load_settings(library=folder), create=True)


def _files(path: Path) -> list[Path]:
    """Return the compressed files of a folder where it holds such, else the path itself."""
    return (sorted(path.glob("*.jsonl.xz")) if path.is_dir() else []) or [path]


def _store(machine: str, costs: Sequence[Cost], output: Path) -> None:
    result = {"machine": machine, "sizes": [asdict(cost) for cost in costs]}
    (output / "speed.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    draw_speed(costs, output / "speed.svg")
