"""The costs of a library by its size, drawn."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.pictures import BLUE, GREY, save
from bench.speed import Cost

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (9.0, 6.6)  # inches


def draw_speed(costs: Sequence[Cost], out: Path) -> None:
    """Draw time of an answer, answers a second by users, speed of adding and memory, as SVG."""
    from matplotlib.figure import Figure

    chunks = [cost.chunks for cost in costs]
    figure = Figure(figsize=_SIZE, layout="constrained")
    (time, users), (adding, memory) = figure.subplots(2, 2)
    alone = [cost.loads[0].wait_ms for cost in costs]
    _curve(time, "time of an answer (ms)", "passages", chunks, [median for median, _ in alone], "median")
    time.plot(chunks, [high for _, high in alone], "o--", color=GREY, markersize=4, label="95th percentile")
    largest = costs[-1]
    numbers = [load.users for load in largest.loads]
    rates = [load.per_second for load in largest.loads]
    _curve(users, f"answers a second, {largest.chunks:,} passages", "users at once", numbers, rates)
    speeds = [cost.adding.chunks / cost.adding.seconds for cost in costs]
    _curve(adding, "passages added a second", "passages", chunks, speeds)
    _curve(memory, "memory, at most (MB)", "passages", chunks, [cost.answering_mb for cost in costs], "answering")
    memory.plot(chunks, [cost.adding_mb for cost in costs], "o--", color=GREY, markersize=4, label="adding")
    for axes in (time, users, adding, memory):
        _from_zero(axes)
    for axes in (time, memory):
        axes.legend(frameon=False, fontsize=9, loc="lower right")
    save(figure, out)


def _from_zero(axes: "Axes") -> None:
    """Begin at zero and leave room above, once everything is drawn."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axes.set_xlim(left=0)
    axes.set_ylim(0, 1.15 * axes.dataLim.y1)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _curve(
    axes: "Axes", title: str, across: str, places: Sequence[float], values: Sequence[float], label: str = ""
) -> None:
    axes.plot(places, values, "o-", color=BLUE, markersize=4, label=label or None)
    axes.set_title(title, fontsize=11, pad=10)
    axes.set_xlabel(across)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#eeeeee")
