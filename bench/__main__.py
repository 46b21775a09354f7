"""Measure: ``python -m bench answers``, ``calibrate`` or ``latency``."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.calibrate import fit
from bench.latency import measure
from bench.news import ask_all, fill
from bench.scoring import read_questions, score, table
from index.errors import OnRecordError
from index.settings import load_settings
from qa.engine import Engine

REALTIMEQA = Path("../shared/data/realtimeqa-2022/questions.jsonl")
NEWS_DEV = Path("../shared/data/news-dev")


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
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(load_settings(library=Path(folder)), create=True)
        articles = fill(engine.library, options.data / "articles.json")
        replies = ask_all(engine, questions)
        engine.library.close()
    if options.replies:
        lines = [json.dumps(reply, ensure_ascii=False) for reply in replies]
        options.replies.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(table(score(questions, replies, articles)) + "\n")
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    files = options.questions or [options.data / "questions.json", options.data / "questions-extra.json"]
    questions = [question for path in files for question in read_questions(path)]
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(load_settings(library=Path(folder)), create=True)
        fill(engine.library, options.data / "articles.json")
        report = fit(engine, questions, options.output)
        engine.library.close()
    sys.stdout.write(report + "\n")
    return 0


def _latency(options: argparse.Namespace) -> int:
    lines = options.questions.read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[: options.count]]
    engine = Engine.open(load_settings(library=options.library))
    sys.stdout.write(measure(engine, questions) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure On Record.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    answers = commands.add_parser("answers", help="right first answer, source and abstention by question type")
    answers.add_argument("--questions", type=Path, help="a question file other than questions.json of the data")
    answers.add_argument("--replies", type=Path, help="also write the replies here, as JSON lines")
    answers.set_defaults(run=_answers)
    calibrate = commands.add_parser("calibrate", help="fit the probabilities of a reader on development questions")
    calibrate.add_argument("--questions", type=Path, action="append", help="question files; default: those of the data")
    calibrate.add_argument("--output", type=Path, default=Path("models/reader/calibration.json"))
    calibrate.set_defaults(run=_calibrate)
    latency = commands.add_parser("latency", help="time of a question by stage, on a library that is there already")
    latency.add_argument("--library", type=Path, required=True, metavar="DIR")
    latency.add_argument("--questions", type=Path, default=REALTIMEQA, help="JSON lines with a 'question'")
    latency.add_argument("--count", type=int, default=100, help="questions asked (100)")
    latency.set_defaults(run=_latency)
    for command in (answers, calibrate):
        command.add_argument("--data", type=Path, default=NEWS_DEV, help="folder with articles.json and questions.json")
    return parser


if __name__ == "__main__":
    sys.exit(main())
