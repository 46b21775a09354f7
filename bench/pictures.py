"""Pictures of figures, as SVG: the same figures give the same bytes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bench.confidence import Bin

BLUE, LIGHT, GREY = "#1f5fa8", "#b9d0ea", "#777777"
SIZE = (5.2, 4.6)  # inches

Floats = NDArray[np.float64]


def draw_reliability(bins: Sequence["Bin"], title: str, out: Path) -> None:
    """Draw the share right over the probability in equal steps, with the number of questions of each above it."""
    figure, axes = _axes(title, "probability of the answer", "share of these answers that are right")
    middles = (np.arange(len(bins)) + 0.5) / len(bins)
    some = [(middle, one.probability, one.right) for middle, one in zip(middles, bins, strict=True) if one.questions]
    places, means, shares = zip(*some, strict=True)
    axes.bar(places, shares, 1 / len(bins), color=LIGHT, edgecolor="white")
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="as often right as said (ideal)")
    axes.plot(means, shares, "o", color=BLUE, markersize=4, label="at the mean probability of the bar")
    axes.set_ylim(0, 1)
    above = axes.secondary_xaxis("top")
    above.set_xticks(middles, [f"{one.questions:,}" for one in bins], fontsize=8, color=GREY)
    above.set_xlabel("questions in each bar", fontsize=8, color=GREY)
    above.tick_params(length=0)
    above.spines["top"].set_visible(False)
    _save_with_legend(figure, out)


def draw_risk_coverage(coverage: Floats, risk: Floats, best: Floats, title: str, out: Path) -> None:
    """Draw the share wrong over the share answered, beside what the best order of the same answers would give."""
    figure, axes = _axes(
        title, "share of questions answered, most certain first", "share of these answers that are wrong"
    )
    axes.plot(coverage, risk, color=BLUE, label="ordered by probability")
    axes.plot(coverage, best, color=GREY, linestyle="--", linewidth=1, label="all right ones first (ideal)")
    axes.set_ylim(bottom=0)
    axes.grid(color="#eeeeee")
    _save_with_legend(figure, out)


def _axes(title: str, across: str, up: str) -> tuple["Figure", "Axes"]:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=SIZE, layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1))
    axes = figure.add_subplot(xlabel=across, ylabel=up, xlim=(0, 1))
    axes.set_title(title, fontsize=11, pad=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    return figure, axes


def _save_with_legend(figure: "Figure", out: Path) -> None:
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9)
    save(figure, out)


def save(figure: "Figure", out: Path) -> None:
    """Write a figure as SVG whose bytes depend on the figures alone."""
    from matplotlib import rc_context

    # Ids are random without the salt; text stays text, so that it can be searched.
    with rc_context({"svg.hashsalt": "on-record", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
