"""The commands ``python -m bench retrieval``, ``duplicates`` and ``vectors``."""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench.duplicates import measure as measure_duplicates
from bench.growth import measure as measure_growth
from bench.pages import tell
from bench.retrieval import SYSTEMS, answer_f1, articles_of, fill_once, news, rank_all, realtimeqa, table, unpacked
from bench.retrieval_constants import sweep
from bench.vectors import run as measure_vectors
from index.keywords import KEYWORDS_FOLDER
from index.settings import load_settings
from index.vectors import VECTORS_FILE
from qa.engine import Engine

SHARED = Path("../shared/data")
QUESTIONS = SHARED / "realtimeqa-2022" / "questions.jsonl"


def add_retrieval_commands(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the commands to a parser's subparsers."""
    retrieval = commands.add_parser("retrieval", help="how often the right passage comes first, by kind of search")
    retrieval.add_argument("--data", type=Path, default=SHARED / "news-dev", help="articles and questions of the set")
    retrieval.add_argument("--library", type=Path, metavar="DIR", help="keep the set's library here for the next time")
    retrieval.add_argument("--answers", action="store_true", help="also compare first answers with a plain pipeline")
    retrieval.add_argument("--constants", action="store_true", help="also what other values of the constants do")
    _add_write(retrieval)
    retrieval.set_defaults(run=_retrieval)
    duplicates = commands.add_parser("duplicates", help="precision and recall of grouped near-duplicates")
    duplicates.add_argument("--folder", type=Path, default=SHARED / "congress-press")
    duplicates.add_argument("--articles", type=int, default=4000)
    duplicates.add_argument("--seed", type=int, default=1)
    _add_write(duplicates)
    duplicates.set_defaults(run=_duplicates)
    growth = commands.add_parser("growth", help="cost of adding and removing by number of articles, on made-up ones")
    growth.add_argument("sizes", type=int, nargs="+", metavar="ARTICLES")
    growth.add_argument("--file", type=Path, help="articles to imitate; default: one of the press releases")
    growth.add_argument("--questions", type=Path, default=QUESTIONS, help="JSON lines with a 'question'")
    growth.add_argument("--work", type=Path, metavar="DIR", help="folder for the temporary library, 25 kB an article")
    _add_write(growth)
    growth.set_defaults(run=_growth)
    vectors = commands.add_parser("vectors", help="cost of searching by number of passages, on made-up vectors")
    vectors.add_argument("sizes", type=int, nargs="+", metavar="PASSAGES")
    vectors.add_argument("--library", type=Path, required=True, metavar="DIR", help="whose vectors are imitated")
    vectors.add_argument("--questions", type=Path, default=QUESTIONS, help="JSON lines with a 'question'")
    vectors.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR")
    vectors.add_argument("--work", type=Path, metavar="DIR", help="folder for temporary libraries, 0.9 kB a passage")
    _add_write(vectors)
    vectors.set_defaults(run=_vectors)


def _add_write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, where its marks are")


def _retrieval(options: argparse.Namespace) -> int:
    name = options.data.resolve().name
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(load_settings(library=options.library or Path(folder) / "library"), create=True)
        try:
            fill_once(engine.library, [unpacked(articles_of(options.data), Path(folder))])
            read = realtimeqa if (options.data / "questions.jsonl").is_file() else news
            asked = read(engine.library, options.data)
            held = engine.library.stats()
            sizes = (
                f"{len(asked)} questions, {held.articles:,} articles, {held.chunks:,} passages; {_megabytes(engine)}"
            )
            systems = table(engine.library, asked, rank_all(engine, asked, SYSTEMS))
            tell(name, f"{sizes}.\n\n{systems}", options.write)
            if options.constants:
                tell(f"{name}-constants", sweep(engine, asked), options.write)
            if options.answers:
                plain, ours = answer_f1(engine, asked)
                text = f"F1 of the first answer: plain pipeline {plain:.3f}, On Record {ours:.3f} ({ours / plain:.2f})."
                tell(f"{name}-answers", text, options.write)
        finally:
            engine.library.close()
    return 0


def _megabytes(engine: Engine) -> str:
    folder = Path(engine.settings.library)
    words = sum(path.stat().st_size for path in (folder / KEYWORDS_FOLDER).glob("*"))
    vectors = (folder / VECTORS_FILE).stat().st_size
    return f"on disk {vectors / 1e6:.1f} MB of vectors and {words / 1e6:.1f} MB of words beside the catalog"


def _duplicates(options: argparse.Namespace) -> int:
    tell("duplicates", measure_duplicates(options.folder, options.articles, options.seed), options.write)
    return 0


def _growth(options: argparse.Namespace) -> int:
    file = options.file or min((SHARED / "congress-press").glob("*.jsonl.xz"))
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        questions = [json.loads(line)["question"] for line in options.questions.read_text("utf-8").splitlines()[:100]]
        tell("growth", measure_growth(file, options.sizes, questions, Path(folder)), options.write)
    return 0


def _vectors(options: argparse.Namespace) -> int:
    report = measure_vectors(options.sizes, options.library, options.questions, options.output, options.work)
    tell("vectors", report, options.write)
    return 0
