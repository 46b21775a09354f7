"""Measure: ``python -m bench COMMAND``; ``--help`` lists the commands."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from bench.api import measure as measure_api
from bench.api import table as api_table
from bench.calibrate import HELD_OUT_WEIGHT, Asked, first_answers, fit
from bench.calibrate_reader import fit_reader
from bench.confidence import Outcomes, draw
from bench.ingest_statements import measure as measure_statements
from bench.limit_command import add_limit_command
from bench.machine import describe
from bench.news import ask_all, filled
from bench.peers.commands import add_peers_command
from bench.questions_commands import add_questions_commands
from bench.referents_command import add_referents_command
from bench.retrieval import as_questions, realtimeqa
from bench.retrieval_commands import add_retrieval_commands
from bench.scoring import read_questions, score, table
from bench.speed_command import add_speed_command
from bench.stores_command import add_stores_command
from index.embed import Embedder
from index.errors import OnRecordError, QuestionError
from index.open import folder_of
from index.settings import BUNDLED, load_settings
from index.sources import limits_of, read_paths
from qa.confidence import Calibration
from qa.engine import Engine
from qa.reader import Reader, reader_folder
from qa.squad.evaluate import answer, probabilities, read_sample
from qa.squad.score import Judged

REALTIMEQA = Path("../shared/data/realtimeqa-2022")
NEWS_DEV = Path("../shared/data/news-dev")
CALIBRATION = Path("models/reader/calibration.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one measurement; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except OnRecordError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _answers(options: argparse.Namespace) -> int:
    questions = read_questions(options.questions or options.data / "questions.json")
    with filled(options.data) as (engine, articles):
        replies = ask_all(engine, questions)
    if options.replies:
        lines = [json.dumps(reply, ensure_ascii=False) for reply in replies]
        options.replies.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(table(score(questions, replies, articles)) + "\n")
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    with ExitStack() as opened:
        report = fit(_news(options, opened), options.output, opened.enter_context(_archive(options)))
    sys.stdout.write(report + "\n")
    return 0


def _news(options: argparse.Namespace, opened: ExitStack) -> list[Asked]:
    """Open an engine on the articles of each folder that was named, with its questions."""
    return [
        Asked(
            opened.enter_context(filled(data))[0],
            [question for path in sorted(data.glob("questions*.json")) for question in read_questions(path)],
            weight,
        )
        for folders, weight in (([options.data, *options.also], 1.0), (options.held_out, HELD_OUT_WEIGHT))
        for data in folders
    ]


def _calibrate_reader(options: argparse.Namespace) -> int:
    judged = _judged(options.model, options.files, options.sample)
    sys.stdout.write(fit_reader(judged, options.output) + "\n")
    return 0


def _confidence(options: argparse.Namespace) -> int:
    with ExitStack() as opened:
        first = first_answers(_news(options, opened), opened.enter_context(_archive(options)))
    sure, right = np.array([one.probability for one in first]), np.array([one.right for one in first])
    sys.stdout.write(draw(Outcomes("News questions", sure, right), "news-dev", options.output) + "\n")
    if options.squad:
        reader = load_settings().reader
        judged = _judged(reader, [options.squad])
        sure, right = probabilities(judged, Calibration.load(reader_folder(reader)))
        sys.stdout.write(draw(Outcomes("Reader on SQuAD", sure, right), "squad", options.output) + "\n")
    return 0


@contextmanager
def _archive(options: argparse.Namespace) -> Iterator[Asked | None]:
    """Open the archive that is named, and read its questions."""
    if not options.archive:
        yield None
        return
    engine = Engine.open(load_settings(library=options.archive))
    try:
        yield Asked(engine, as_questions(realtimeqa(engine.library, options.archive_data)))
    finally:
        engine.library.close()


def _judged(reader: str, files: Sequence[Path], sample: int = 0) -> list[Judged]:
    from tqdm import tqdm

    examples = []
    for file in files:
        try:
            examples += read_sample(file, sample)
        except (OSError, ValueError) as error:
            raise QuestionError(f"{file} cannot be read as questions: {error}") from error
    with tqdm(total=len(examples), desc=reader, unit=" questions", disable=None, leave=False) as bar:
        return answer(Reader.load(reader, load_settings().threads), examples, bar.update)


def _statements(options: argparse.Namespace) -> int:
    settings = load_settings()
    items = list(islice(read_paths([options.path], limits_of(settings)), options.count))
    with tempfile.TemporaryDirectory() as folder:
        embedder = Embedder.load(settings.embedder, settings.threads)
        sys.stdout.write(measure_statements(items, embedder, settings, Path(folder)) + "\n")
    return 0


def _api(options: argparse.Namespace) -> int:
    folder = folder_of(load_settings(library=options.library).library, "Measure one in a folder: --library DIR")
    measured = measure_api(folder, options.count, options.clients)
    sys.stdout.write(f"{describe()}. {options.count} questions by all clients together.\n\n{api_table(measured)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure On Record.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    answers = commands.add_parser("answers", help="right first answer, source and abstention by question type")
    answers.add_argument("--questions", type=Path, help="a question file other than questions.json of the data")
    answers.add_argument("--replies", type=Path, help="also write the replies here, as JSON lines")
    answers.set_defaults(run=_answers)
    calibrate = commands.add_parser("calibrate", help="fit the probabilities of a reader on development questions")
    calibrate.add_argument("--output", type=Path, default=CALIBRATION)
    calibrate.set_defaults(run=_calibrate)
    add_questions_commands(commands, NEWS_DEV.parent)
    alone = commands.add_parser("calibrate-reader", help="fit the probabilities of a reader alone, with contexts given")
    alone.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="SQuAD JSON, or JSON lines; not what is measured on"
    )
    alone.add_argument("--output", type=Path, default=CALIBRATION)
    alone.add_argument("--model", default=BUNDLED, help="'bundled' or a model folder")
    alone.add_argument(
        "--sample", type=int, default=0, metavar="N", help="ask only N questions of each, drawn at random"
    )
    alone.set_defaults(run=_calibrate_reader)
    confidence = commands.add_parser("confidence", help="draw how honest the probabilities are")
    confidence.add_argument("--squad", type=Path, metavar="FILE", help="measure the reader alone, too, on this file")
    confidence.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR")
    confidence.set_defaults(run=_confidence)
    stated = commands.add_parser("statements", help="cost of finding and storing statements beside embedding")
    stated.add_argument("path", type=Path, nargs="?", default=NEWS_DEV / "articles.json", help="articles to add")
    stated.add_argument("--count", type=int, help="only so many")
    stated.set_defaults(run=_statements)
    api = commands.add_parser("api", help="what the HTTP API adds to the time of an answer, and many clients at once")
    api.add_argument("--library", type=Path, metavar="DIR", help="folder of the library that is asked")
    api.add_argument("--count", type=int, default=200, metavar="N", help="questions (200)")
    api.add_argument("--clients", type=int, nargs="+", default=(1, 4, 10), metavar="N", help="at once (1 4 10)")
    api.set_defaults(run=_api)
    add_referents_command(commands)
    add_retrieval_commands(commands)
    add_speed_command(commands)
    add_limit_command(commands)
    add_peers_command(commands)
    add_stores_command(commands)
    for command in (answers, calibrate, confidence):
        command.add_argument("--data", type=Path, default=NEWS_DEV, help="folder with articles.json and questions.json")
    for command in (calibrate, confidence):
        command.add_argument("--also", type=Path, action="append", default=[], metavar="DIR", help="more such folders")
        command.add_argument(
            "--held-out", type=Path, action="append", default=[], metavar="DIR", help="that count less"
        )
        command.add_argument("--archive", type=Path, metavar="DIR", help="library made by 'python -m bench retrieval'")
        command.add_argument("--archive-data", type=Path, default=REALTIMEQA, metavar="DIR", help="its questions")
    return parser


if __name__ == "__main__":
    sys.exit(main())
