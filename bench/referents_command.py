"""``python -m bench referents``."""

import argparse
import sys
from pathlib import Path

from bench.labelled import labelled_articles, read_labels
from bench.referents import fit
from index.referents import WEIGHTS

LABELS = (Path("tests/quality/attribution.jsonl"), Path("tests/quality/references.jsonl"))
DATA = Path("../shared/data")


def add_referents_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command that fits who is meant by pronouns and descriptions."""
    referents = commands.add_parser("referents", help="fit who is meant by 'he', 'the company' and 'the senator'")
    referents.add_argument("labels", type=Path, nargs="*", default=list(LABELS), help="statements with their speakers")
    referents.add_argument("--data", type=Path, default=DATA, help="folder with a folder of articles for each set")
    referents.add_argument("--output", type=Path, default=WEIGHTS)
    referents.set_defaults(run=_referents)


def _referents(options: argparse.Namespace) -> int:
    rows = read_labels(options.labels)
    sys.stdout.write(fit(rows, labelled_articles(rows, options.data), options.output) + "\n")
    return 0
