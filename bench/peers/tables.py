"""What systems did and how long it took, as Markdown tables."""

from collections.abc import Sequence
from dataclasses import asdict

from bench.peers.measure import Quality, Speed


def reading_table(news: Sequence[Speed], squad: Sequence[Speed]) -> str:
    """Return the speed of reading as a Markdown table; both have the same systems in the same order."""
    lines = [
        "| system | ms a news passage | times | ms a SQuAD question | times | memory MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for passage, question in zip(news, squad, strict=True):
        cells = [passage.system, f"{passage.each_ms:.1f}", f"{passage.times:.2f}", f"{question.each_ms:.1f}"]
        lines.append(f"| {' | '.join([*cells, f'{question.times:.2f}', f'{question.peak_mb:,.0f}'])} |")
    return "\n".join(lines)


def quality_table(systems: Sequence[str], quality: Sequence[Quality]) -> str:
    """Return the quality of reading as a Markdown table, in percent."""
    lines = [
        "| system | EM | F1 | F1, best threshold | F1, answerable | F1, unanswerable | F1, answerable and forced |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, good in zip(systems, quality, strict=True):
        lines.append(f"| {name} | {' | '.join(f'{value:.1f}' for value in asdict(good).values())} |")
    return "\n".join(lines)


def indexing_table(adding: Sequence[Speed]) -> str:
    """Return the speed of indexing as a Markdown table."""
    lines = ["| system | seconds | ms an article | times | memory MB |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {one.system} | {one.total_s:.0f} | {one.each_ms:.1f} | {one.times:.2f} | {one.peak_mb:,.0f} |"
        for one in adding
    ]
    return "\n".join(lines)
