"""The picture of the learning curve."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from training.picture import draw_curve


def test_the_curve_spans_the_picture(tmp_path: Path) -> None:
    curve = tmp_path / "curve.csv"
    curve.write_text("step,tokens,seconds,loss,lr\n10,100,1,4,0.5\n20,200,2,2,1\n30,300,3,0,0\n", encoding="utf-8")
    draw_curve(curve, tmp_path / "curve.svg")
    lines = ET.parse(tmp_path / "curve.svg").getroot().findall("{*}polyline")  # noqa: S314
    rate, loss = ([tuple(map(float, point.split(","))) for point in line.attrib["points"].split()] for line in lines)
    assert rate == [(48, 160), (360, 48), (672, 272)]
    # Means of what has been: 4, 3, 2.
    assert loss == [(48, 48), (360, 160), (672, 272)]


def test_a_missing_or_empty_curve_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is missing"):
        draw_curve(tmp_path / "curve.csv", tmp_path / "curve.svg")
    (tmp_path / "curve.csv").write_text("step,tokens,seconds,loss,lr\n", encoding="utf-8")
    with pytest.raises(ValueError, match="0 lines"):
        draw_curve(tmp_path / "curve.csv", tmp_path / "curve.svg")
