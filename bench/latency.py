"""How long a question takes, by stage, on a library that is there already."""

from collections.abc import Sequence

import numpy as np

from index.records import LibraryStats
from qa.engine import Engine

# The first questions load models and warm the disk cache.
WARM_UP = 3


def measure(engine: Engine, questions: Sequence[str]) -> str:
    """Ask all questions one after another and return median and 95th percentile by stage as a Markdown table."""
    for question in questions[:WARM_UP]:
        engine.ask(question)
    timings = [engine.ask(question).timings_ms for question in questions]
    lines = [_size(engine.library.stats()), "", "| stage | p50 ms | p95 ms |", "|---|---:|---:|"]
    for stage in timings[0]:
        values = [timing[stage] for timing in timings]
        lines.append(f"| {stage} | {np.percentile(values, 50):.0f} | {np.percentile(values, 95):.0f} |")
    return "\n".join(lines)


def _size(stats: LibraryStats) -> str:
    return f"{stats.articles:,} articles, {stats.chunks:,} passages"
