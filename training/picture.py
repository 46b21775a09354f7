"""The learning curve as a picture."""

import csv
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 720, 320, 48
# Lines of the curve averaged into one point, so that the trend shows through the noise of single batches.
SMOOTH = 10


def draw_curve(curve: Path, out: Path) -> None:
    """Draw loss (smoothed) and learning rate over tokens as SVG.

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
    smooth = [_mean(losses[max(0, place - SMOOTH + 1) : place + 1]) for place in range(len(losses))]
    low, high = min(smooth), max(smooth)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _line(tokens, rates, 0.0, max(rates), "#bbbbbb"),
        _line(tokens, smooth, low, high, "#1f5fa8"),
        _text(4, MARGIN, f"{high:.2f}"),
        _text(4, HEIGHT - MARGIN, f"{low:.2f}"),
        _text(MARGIN, 24, f"Loss, mean of {SMOOTH} lines (blue); learning rate, 0 to {max(rates):.1e} (grey)"),
        _text(MARGIN, HEIGHT - 16, f"{tokens[0]:,.0f} to {tokens[-1]:,.0f} tokens"),
        "</svg>",
    ]
    out.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _line(across: Sequence[float], up: Sequence[float], low: float, high: float, color: str) -> str:
    width = (across[-1] - across[0]) or 1.0
    height = (high - low) or 1.0
    points = " ".join(
        f"{MARGIN + (x - across[0]) / width * (WIDTH - 2 * MARGIN):.1f},"
        f"{HEIGHT - MARGIN - (y - low) / height * (HEIGHT - 2 * MARGIN):.1f}"
        for x, y in zip(across, up, strict=True)
    )
    return f'<polyline fill="none" stroke="{color}" stroke-width="1.5" points="{points}"/>'


def _text(x: int, y: int, words: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="12">{words}</text>'
