"""The command ``python -m qa evaluate``."""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import QuestionError
from index.settings import load_settings
from qa.confidence import Calibration
from qa.reader import Reader, reader_folder
from qa.squad.evaluate import METRICS, answer, difference, read_sample, report
from qa.squad.examples import Example
from qa.squad.score import Judged

LABELS = {"em": "exact match", "f1": "F1", "hasans_f1": "F1, answerable", "noans_f1": "F1, unanswerable"}


def add_evaluate(commands: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers and return its parser."""
    evaluate: argparse.ArgumentParser = commands.add_parser(
        "evaluate", help="measure a reader alone, on questions with their contexts"
    )
    evaluate.add_argument("file", type=Path, metavar="FILE", help="SQuAD JSON (1.1 or 2.0), or JSON lines")
    evaluate.add_argument("--model", help="the reader: 'bundled' or a model folder; default: that of the settings")
    evaluate.add_argument("--compare", metavar="MODEL", help="a second reader, measured on the same questions")
    evaluate.add_argument("--sample", type=int, default=0, metavar="N", help="ask only N questions, drawn at random")
    evaluate.add_argument("--seed", type=int, default=0, help="of that draw (0)")
    evaluate.add_argument("--json", action="store_true", help="print the figures as one JSON line")
    return evaluate


def evaluate_command(options: argparse.Namespace) -> int:
    """Measure one or two readers; return the exit code.

    Raises:
        QuestionError: The file cannot be read as questions, or holds none.
    """
    settings = load_settings()
    try:
        examples = read_sample(options.file, options.sample, options.seed)
    except OSError as error:
        why = f"{error.strerror}. Check its name and permissions."
        raise QuestionError(f"{options.file} cannot be read as questions: {why}") from error
    except ValueError as error:
        raise QuestionError(f"{options.file} cannot be read as questions: {error}") from error
    if not examples:
        raise QuestionError(f"{options.file} holds no question.")
    names = [options.model or settings.reader, *([options.compare] if options.compare else [])]
    judged: list[Sequence[Judged]] = []
    reports: list[dict[str, Any]] = []
    for name in names:
        judged.append(_answer(name, examples, settings.threads))
        figures = report(judged[-1], Calibration.load(reader_folder(name)))
        reports.append({"model": name, "file": options.file.name} | figures)
    result = reports[0]
    if options.compare:
        thresholds = tuple(math.inf if one["threshold"] is None else one["threshold"] for one in reports)
        result |= {
            "compare": reports[1],
            "difference": difference(judged[0], judged[1], (thresholds[0], thresholds[1])),
        }
    sys.stdout.write((json.dumps(result) if options.json else plain(result)) + "\n")
    return 0


def _answer(name: str, examples: Sequence[Example], threads: int) -> list[Judged]:
    from tqdm import tqdm

    with tqdm(total=len(examples), desc=name, unit=" questions", disable=None, leave=False) as bar:
        return answer(Reader.load(name, threads), examples, bar.update)


def plain(result: dict[str, Any]) -> str:
    """Return the figures of one or two readers as lines for people to read."""
    reports = [result, *([result["compare"]] if "compare" in result else [])]
    lines = [f"{result['questions']:,} questions of {result['file']}; percent, with 95 % interval"]
    lines.append(_row("", [str(one["model"]) for one in reports]))
    lines += [
        _row(LABELS[name], [_figure(one[name], one["intervals"][name]) for one in reports])
        for name in METRICS
        if result[name] is not None
    ]
    if "best" in result:
        lines.append(_row("answers from margin", [_number(_margin(one["threshold"])) for one in reports]))
        lines.append(_row("best F1", [_number(one["best"]["f1"]) for one in reports]))
        lines.append(_row("  from margin", [_number(_margin(one["best"]["threshold"])) for one in reports]))
        lines.append(_row("calibration error", [_number(one["ece"]) for one in reports]))
    if "difference" in result:
        gap = result["difference"]
        lines.append(f"difference in F1: {gap['f1']:+.2f} ({gap['interval'][0]:+.2f} to {gap['interval'][1]:+.2f})")
    return "\n".join(lines)


def _margin(threshold: float | None) -> float | None:
    """The published metric refuses above a threshold; people think of answering from a margin on."""
    return None if threshold is None else -threshold


def _row(label: str, cells: Sequence[str]) -> str:
    return f"{label:<22}" + "".join(f"{cell:>26}" for cell in cells)


def _figure(value: float, interval: Sequence[float]) -> str:
    return f"{value:.1f} ({interval[0]:.1f} to {interval[1]:.1f})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
