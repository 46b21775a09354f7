"""The costs of a library by its size, as tables."""

from collections.abc import Sequence

from bench.speed import Cost


def sizes_table(costs: Sequence[Cost]) -> str:
    """Return one row for each size, with one user."""
    lines = [
        "| passages | articles | answer p50 / p95 ms | answers a second | articles added a second | "
        "passages added a second | memory answering MB | adding MB | on disk MB | first answer s |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for cost in costs:
        alone, adding = cost.loads[0], cost.adding
        cells = [f"{cost.chunks:,}", f"{cost.articles:,}", _times(alone.wait_ms), f"{alone.per_second:.1f}"]
        cells += [f"{adding.articles / adding.seconds:.1f}", f"{adding.chunks / adding.seconds:.0f}"]
        cells += [f"{cost.answering_mb:,.0f}", f"{cost.adding_mb:,.0f}", f"{cost.disk_mb:,.0f}", f"{cost.start_s:.1f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def stages_table(costs: Sequence[Cost]) -> str:
    """Return median and 95th percentile of each stage with one user, a column for each size."""
    lines = [_row("stage, ms", costs), f"|---|{'---:|' * len(costs)}"]
    for stage in costs[0].loads[0].stages_ms:
        cells = [_times(cost.loads[0].stages_ms[stage]) for cost in costs]
        lines.append(f"| {stage} | {' | '.join(cells)} |")
    return "\n".join(lines)


def users_table(costs: Sequence[Cost]) -> str:
    """Return throughput and waiting time by users, a column for each size."""
    lines = [_row("users at once: answers a second; p50 / p95 ms", costs), f"|---|{'---:|' * len(costs)}"]
    for place, load in enumerate(costs[0].loads):
        loads = [cost.loads[place] for cost in costs]
        cells = [f"{one.per_second:.1f}; {_times(one.wait_ms)}" for one in loads]
        lines.append(f"| {load.users} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _row(first: str, costs: Sequence[Cost]) -> str:
    return f"| {first} | {' | '.join(f'{cost.chunks:,} passages' for cost in costs)} |"


def _times(times: tuple[float, float]) -> str:
    return f"{times[0]:.0f} / {times[1]:.0f}"
