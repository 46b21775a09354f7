"""Batches."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training.data import Features, Loader, batch_order, load_features


@given(st.lists(st.integers(1, 60), min_size=1, max_size=200), st.integers(30, 300), st.integers(0, 5))
def test_every_window_comes_once_and_batches_keep_the_limit(lengths: list[int], limit: int, epoch: int) -> None:
    sizes = np.array(lengths)
    batches = batch_order(sizes, batch_tokens=limit, seed=1, epoch=epoch)
    assert sorted(int(index) for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * sizes[batch].max() <= limit for batch in batches)
    again = batch_order(sizes, batch_tokens=limit, seed=1, epoch=epoch)
    assert [batch.tolist() for batch in batches] == [batch.tolist() for batch in again]


def test_passes_differ_in_order() -> None:
    first, second = (batch_order(np.arange(1, 101), batch_tokens=100, seed=1, epoch=epoch) for epoch in (0, 1))
    assert [batch.tolist() for batch in first] != [batch.tolist() for batch in second]


def test_a_batch_is_padded_to_a_multiple_of_sixteen() -> None:
    teacher = np.arange(24, dtype=np.float16).reshape(12, 2)
    features = Features(
        tokens=np.array([2, 8, 3, 9, 3, 2, 7, 3, 5, 6, 5, 3], dtype=np.int32),
        ends=np.array([5, 12]),
        labels=np.array([[3, 0, 0], [3, 4, 5]], dtype=np.int32),
        taught=np.array([True, False]),
        pad=1,
        teacher=teacher,
    )
    batch = Loader(features, torch.device("cpu")).batch(np.array([1, 0]))
    nothing = [0] * 9
    assert batch.tokens.tolist() == [[2, 7, 3, 5, 6, 5, 3, *[1] * 9], [2, 8, 3, 9, 3, 1, 1, *[1] * 9]]
    assert batch.types.tolist() == [[0, 0, 0, 1, 1, 1, 1, *nothing], [0, 0, 0, 1, 1, 0, 0, *nothing]]
    assert batch.mask.int().tolist() == [[1, 1, 1, 1, 1, 1, 1, *nothing], [1, 1, 1, 1, 1, 0, 0, *nothing]]
    assert (batch.starts.tolist(), batch.ends.tolist()) == ([4, 0], [5, 0])
    assert batch.taught.tolist() == [False, True]
    assert batch.teacher is not None
    assert batch.teacher[0, :7].tolist() == teacher[5:].tolist()
    assert batch.teacher[1, :5].tolist() == teacher[:5].tolist()


def test_data_that_is_not_prepared_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="python -m training prepare"):
        load_features(tmp_path / "features.npz")
