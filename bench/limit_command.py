"""The command ``python -m bench limit``."""

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.limit import measure, report
from bench.machine import describe
from bench.pages import tell
from index.errors import OnRecordError
from index.settings import load_settings

MODELS = Path("models")
TOKENS = 230  # question, headline and a passage of 200 word pieces


def add_limit_command(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers."""
    limit = commands.add_parser("limit", help="what share of the processor's speed reader and embedder use")
    limit.add_argument("files", type=Path, nargs="*", metavar="FILE", help="ONNX models; default: those of models/")
    limit.add_argument("--tokens", type=int, default=TOKENS, help=f"tokens of a window ({TOKENS})")
    limit.add_argument("--quick", action="store_true", help="measure each rate for a moment only")
    limit.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR", help="folder for limit.json")
    limit.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, where its marks are")
    limit.set_defaults(run=_limit)


def _limit(options: argparse.Namespace) -> int:
    files = options.files or sorted(MODELS.glob("*/*.onnx"))
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise OnRecordError(f"There is no model file {missing[0]}; name ONNX models, or none for those of {MODELS}/.")
    threads = load_settings().threads or os.cpu_count() or 1
    machine = describe()
    measured = measure(files, options.tokens, threads, 0.02 if options.quick else 0.5)
    options.output.mkdir(parents=True, exist_ok=True)
    result = {"machine": machine, "threads": threads} | asdict(measured)
    (options.output / "limit.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    tell("limit", f"{machine}; {threads} thread(s).\n\n{report(measured)}", options.write)
    return 0
