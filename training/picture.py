"""The learning curve as a picture."""

import csv
from collections.abc import Sequence
from pathlib import Path

BLUE, GREY = "#1f5fa8", "#999999"
# Lines of the curve averaged into one point, so that the trend shows through the noise of single batches.
SMOOTH = 10


def draw_curve(curve: Path, out: Path) -> None:
    """Draw loss (smoothed) and learning rate over tokens as SVG; the same curve gives the same bytes.

    Raises:
        FileNotFoundError: There is no curve; the folder is not one of a training.
        ValueError: The curve has fewer than two lines.
    """
    if not curve.is_file():
        raise FileNotFoundError(f"{curve} is missing; name a folder that 'train' wrote.")
    with curve.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if len(rows) < 2:
        raise ValueError(f"{curve} has {len(rows)} lines; train longer.")
    tokens, losses, rates = ([float(row[name]) for row in rows] for name in ("tokens", "loss", "lr"))
    _draw([count / 1e6 for count in tokens], _smoothed(losses), rates, out)


def _smoothed(values: Sequence[float]) -> list[float]:
    """Return at each place the mean of the last ``SMOOTH`` values."""
    parts = [values[max(0, place - SMOOTH + 1) : place + 1] for place in range(len(values))]
    return [sum(part) / len(part) for part in parts]


def _draw(millions: Sequence[float], loss: Sequence[float], rates: Sequence[float], out: Path) -> None:
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=(7.2, 3.6), layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1))
    axes = figure.add_subplot(xlabel="tokens, in millions")
    axes.set_ylabel(f"loss, mean of {SMOOTH} lines", color=BLUE)
    axes.plot(millions, loss, color=BLUE, gid="loss")
    right = axes.twinx()
    right.set_ylabel("learning rate", color=GREY)
    right.plot(millions, rates, color=GREY, linewidth=1, gid="rate")
    right.set_ylim(bottom=0)
    right.ticklabel_format(axis="y", style="sci", scilimits=(0, 0))
    # The loss lies over the learning rate.
    axes.set_zorder(right.get_zorder() + 1)
    axes.patch.set_visible(False)
    for one in (axes, right):
        one.spines["top"].set_visible(False)
    # Ids are random without the salt; text stays text, so that it can be searched.
    with rc_context({"svg.hashsalt": "on-record", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
