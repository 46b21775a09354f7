"""The command ``python -m bench stores``."""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench.machine import describe
from bench.pages import tell
from bench.retrieval import articles_of, fill_once, unpacked
from bench.stores import compare
from index.open import open_library
from index.settings import load_settings

SHARED = Path("../shared/data")


def add_stores_command(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers."""
    stores = commands.add_parser("stores", help="whether a folder and Milvus answer alike, and what each costs")
    stores.add_argument("--data", type=Path, default=SHARED / "news-dev", help="articles and questions of a set")
    stores.add_argument("--milvus", metavar="ADDRESS", help="an empty database; default: a milvus-lite file")
    stores.add_argument(
        "--vectors", type=Path, metavar="DIR", help="a library of the same articles, so that none is embedded again"
    )
    stores.add_argument("--work", type=Path, metavar="DIR", help="folder for the temporary libraries")
    stores.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, where its marks are")
    stores.set_defaults(run=_stores)


def _stores(options: argparse.Namespace) -> int:
    machine = describe()
    with tempfile.TemporaryDirectory(dir=options.work) as temporary:
        folder = Path(temporary)
        articles = unpacked(articles_of(options.data), folder)
        questions = folder / "questions.jsonl"
        questions.write_text("".join(f"{json.dumps(one)}\n" for one in _questions(options.data)), "utf-8")
        vectors = options.vectors or folder / "vectors"
        if not options.vectors:
            with open_library(vectors, settings=load_settings(library=vectors), create=True) as library:
                fill_once(library, [articles])
        milvus = options.milvus or str(folder / "milvus.db")
        places = {"folder": str(folder / "folder"), "milvus" if options.milvus else "milvus-lite": milvus}
        report = compare(places, articles, questions, vectors)
    tell(f"stores-{options.data.resolve().name}", f"{machine}.\n\n{report}", options.write)
    return 0


def _questions(data: Path) -> list[dict[str, Any]]:
    lines = data / "questions.jsonl"
    if lines.is_file():
        return [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    questions: list[dict[str, Any]] = json.loads((data / "questions.json").read_text("utf-8"))
    return questions
