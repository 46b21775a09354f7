"""The cost of searching over the size of a library, drawn."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.pictures import BLUE, GREY, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bench.vectors import Cost

_SIZE = (9.0, 3.8)  # inches


def draw_costs(costs: Sequence["Cost"], out: Path) -> None:
    """Draw time of a search, memory and recall over the number of passages, side by side, as SVG."""
    from matplotlib.figure import Figure

    chunks = [cost.chunks for cost in costs]
    figure = Figure(figsize=_SIZE, layout="constrained")
    time, memory, recall = figure.subplots(1, 3)
    _curve(time, "time of a search (ms)", chunks, [cost.one_ms[0] for cost in costs], "median")
    time.plot(chunks, [cost.one_ms[1] for cost in costs], "o--", color=GREY, markersize=4, label="95th percentile")
    _in_powers(time)
    _curve(memory, "memory of the index (MB)", chunks, [cost.memory_mb for cost in costs])
    _in_powers(memory)
    _curve(recall, "of the true ten nearest, found", chunks, [cost.recall for cost in costs])
    recall.set_ylim(0.9, 1.002)
    time.legend(frameon=False, fontsize=9)
    save(figure, out)


def _in_powers(axes: "Axes") -> None:
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())


def _curve(axes: "Axes", title: str, chunks: Sequence[int], values: Sequence[float], label: str = "") -> None:
    axes.plot(chunks, values, "o-", color=BLUE, markersize=4, label=label or None)
    axes.set_title(title, fontsize=11, pad=10)
    axes.set_xlabel("passages")
    axes.set_xscale("log")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#eeeeee")
