"""The pictures of how honest probabilities are."""

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from bench.confidence import Bin
from bench.pictures import draw_reliability, draw_risk_coverage

BINS = [Bin(1234, 0.2, 0.25), Bin(0, None, None), Bin(7, 0.9, 1.0)]


def _texts(picture: Path) -> list[str]:
    root = ET.parse(picture).getroot()  # noqa: S314
    assert root.tag.endswith("}svg")
    return ["".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text")]


def _risk_coverage(out: Path) -> None:
    draw_risk_coverage(np.array([0.5, 1.0]), np.array([0.5, 0.5]), np.array([0.0, 0.5]), "Set: area 0.500", out)


def test_reliability_names_the_set_and_counts_the_questions_of_each_bar(tmp_path: Path) -> None:
    draw_reliability(BINS, "Set: error 0.1 < 1", tmp_path / "picture.svg")
    texts = _texts(tmp_path / "picture.svg")
    assert {"Set: error 0.1 < 1", "1,234", "0", "7"} <= set(texts)


def test_risk_coverage_names_the_set_and_both_orders(tmp_path: Path) -> None:
    _risk_coverage(tmp_path / "picture.svg")
    texts = _texts(tmp_path / "picture.svg")
    assert {"Set: area 0.500", "ordered by probability", "all right ones first (ideal)"} <= set(texts)


@pytest.mark.parametrize("draw", [lambda out: draw_reliability(BINS, "Set", out), _risk_coverage])
def test_the_same_figures_give_the_same_bytes(draw: object, tmp_path: Path) -> None:
    assert callable(draw)
    draw(tmp_path / "one.svg")
    draw(tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert b"date" not in (tmp_path / "one.svg").read_bytes()
