"""The picture of the learning curve."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from training.picture import _smoothed, draw_curve

CURVE = "step,tokens,seconds,loss,lr\n10,100,1,4,0.5\n20,200,2,2,1\n30,300,3,0,0\n"


def _line(picture: Path, name: str) -> list[tuple[float, float]]:
    """Return the points of a line of a picture; y grows downwards."""
    path = ET.parse(picture).find(f".//{{*}}g[@id='{name}']/{{*}}path")  # noqa: S314
    assert path is not None
    numbers = [float(number) for number in re.findall(r"[\d.]+", path.attrib["d"])]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_losses_are_means_of_what_has_been() -> None:
    assert _smoothed([4.0, 2.0, 0.0]) == [4.0, 3.0, 2.0]
    assert _smoothed([20.0, *[0.0] * 10]) == pytest.approx([20 / count for count in range(1, 11)] + [0.0])


def test_the_curve_and_the_learning_rate_are_drawn_to_scale(tmp_path: Path) -> None:
    curve, picture = tmp_path / "curve.csv", tmp_path / "curve.svg"
    curve.write_text(CURVE, encoding="utf-8")
    draw_curve(curve, picture)
    loss, rate = _line(picture, "loss"), _line(picture, "rate")
    # The means 4, 3, 2 fall in a straight line; the rate, 0.5, 1, 0, falls twice as far as it rose.
    assert loss[1] == pytest.approx([(loss[0][0] + loss[2][0]) / 2, (loss[0][1] + loss[2][1]) / 2], abs=1e-3)
    assert loss[0][1] < loss[2][1]
    assert rate[2][1] - rate[1][1] == pytest.approx(2 * (rate[0][1] - rate[1][1]), abs=1e-3)
    assert [x for x, _ in loss] == [x for x, _ in rate]


def test_the_same_curve_gives_the_same_bytes(tmp_path: Path) -> None:
    curve = tmp_path / "curve.csv"
    curve.write_text(CURVE, encoding="utf-8")
    draw_curve(curve, tmp_path / "one.svg")
    draw_curve(curve, tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_a_missing_or_empty_curve_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is missing"):
        draw_curve(tmp_path / "curve.csv", tmp_path / "curve.svg")
    (tmp_path / "curve.csv").write_text("step,tokens,seconds,loss,lr\n", encoding="utf-8")
    with pytest.raises(ValueError, match="0 lines"):
        draw_curve(tmp_path / "curve.csv", tmp_path / "curve.svg")
