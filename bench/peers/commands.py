"""The command ``python -m bench peers``."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.machine import describe
from bench.pages import tell
from bench.peers.environment import peers_python
from bench.peers.material import Item, as_json, items, news_pairs, weights
from bench.peers.measure import fastest, index, read_news, read_squad, started
from bench.peers.systems import haystacks, indexers, readers
from bench.peers.tables import indexing_table, quality_table, reading_table
from index.embed import Embedder
from index.errors import OnRecordError
from index.settings import BUNDLED, load_settings
from qa.squad.evaluate import read_sample

SHARED = Path("../shared")
BUILD = Path("build")
WORK = BUILD / "peers-work"
PASSAGES = 10  # as many as a question is asked of by default
QUICK = {"sample": 20, "asked": 2, "articles": 20}


def add_peers_command(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers."""
    peers = commands.add_parser("peers", help="Haystack, txtai and a plain loop on the same weights and texts")
    peers.add_argument("--weights", type=Path, default=SHARED / "reader-v1", help="reader in transformers format")
    peers.add_argument("--squad", type=Path, default=SHARED / "data/reader/squad-2.0-dev.jsonl.xz", metavar="FILE")
    peers.add_argument("--sample", type=int, default=1000, help="questions of it, drawn at random (1,000)")
    peers.add_argument("--questions", type=Path, default=SHARED / "data/realtimeqa-2022/questions.jsonl")
    peers.add_argument("--asked", type=int, default=40, help="of these, each of ten passages (40)")
    peers.add_argument("--data", type=Path, nargs="+", metavar="FILE", help="articles; default: the press releases")
    peers.add_argument("--articles", type=int, default=2000, help="articles indexed (2,000)")
    peers.add_argument("--only", choices=("reading", "indexing"), help="one of the two")
    peers.add_argument("--quick", action="store_true", help="a few of each, to see that it works")
    peers.add_argument("--environment", type=Path, default=BUILD / "peers", metavar="DIR", help="made if missing")
    peers.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR", help="folder of peers-*.json")
    peers.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, where its marks are")
    peers.set_defaults(run=_peers)


def _peers(options: argparse.Namespace) -> int:
    if options.quick:
        vars(options).update(QUICK)
    files = options.data or sorted((SHARED / "data/congress-press").glob("*.jsonl.xz"))
    _check({"--squad": [options.squad], "--questions": [options.questions], "--data": files})
    settings = load_settings()
    threads = f"; {settings.threads} threads each" if settings.threads else ""
    threads = "; processor time of one thread each" if settings.threads == 1 else threads
    machine = f"{describe()}{threads}"
    python = peers_python(options.environment)
    some = items(files, options.articles, Embedder.load(BUNDLED, settings.threads), settings)
    options.output.mkdir(parents=True, exist_ok=True)
    if options.only != "indexing":
        _reading(options, python, some, machine)
    if options.only != "reading":
        _indexing(options, python, some, machine)
    return 0


def _reading(options: argparse.Namespace, python: Path, some: Sequence[Item], machine: str) -> None:
    pairs = news_pairs(options.questions, options.asked, some, PASSAGES)
    examples = read_sample(options.squad, options.sample)
    wide, narrow = weights(options.weights, WORK)
    systems = readers(python, wide, narrow)
    systems.insert(3, fastest(haystacks(python, wide), pairs[:2], WORK))
    with started(systems, WORK) as workers:
        for worker in workers:
            worker.read(pairs[:1])
        news = read_news(workers, pairs, _progress("news"))
        squad, quality = read_squad(workers, examples, _progress("SQuAD"))
    result = {"machine": machine, "weights": options.weights.name, "asked": len(pairs), "questions": len(examples)}
    lists: dict[str, list[Any]] = {"news": news, "squad": squad, "quality": quality}
    _store(options.output / "peers-reading.json", result, lists)
    head = (
        f"{len(pairs)} questions of {PASSAGES} news passages and {len(examples):,} questions of SQuAD; weights: "
        f"`{options.weights.name}`. {machine}."
    )
    names = [one.system for one in squad]
    tell("peers-reading", f"{head}\n\n{reading_table(news, squad)}\n\n{quality_table(names, quality)}", options.write)


def _indexing(options: argparse.Namespace, python: Path, some: Sequence[Item], machine: str) -> None:
    with started(indexers(python, WORK), WORK) as workers:
        adding = index(workers, as_json(some), _progress("articles"))
    passages = sum(len(item.passages) for item in some)
    result = {"machine": machine, "articles": len(some), "passages": passages}
    _store(options.output / "peers-indexing.json", result, {"indexing": adding})
    head = f"{len(some):,} articles, {passages:,} passages. {machine}."
    tell("peers-indexing", f"{head}\n\n{indexing_table(adding)}", options.write)


def _store(file: Path, result: dict[str, Any], lists: dict[str, list[Any]]) -> None:
    figures = {name: [asdict(one) for one in rows] for name, rows in lists.items()}
    file.write_text(json.dumps(result | figures, indent=1) + "\n", "utf-8")


def _check(files: dict[str, Sequence[Path]]) -> None:
    """Refuse to begin where a file is missing that would be needed much later."""
    for option, paths in files.items():
        missing = [str(path) for path in paths if not path.is_file()] or ([] if paths else ["the default"])
        if missing:
            raise OnRecordError(f"{option}: {missing[0]} is not there; name what is to be read with {option}.")


def _progress(what: str) -> Any:  # noqa: ANN401 - a callable of the bar's own
    def show(done: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what}: {done}   ")

    return show
