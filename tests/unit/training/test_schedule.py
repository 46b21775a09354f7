"""The learning rate and the clock."""

from datetime import datetime, timedelta

import pytest

from training.schedule import Budget, learning_rate, next_time

NOW = datetime.fromisoformat("2026-03-01T12:30:00+00:00")


def test_learning_rate_warms_up_and_falls_to_zero() -> None:
    rates = [learning_rate(progress, step, peak=1e-4, warmup_steps=4) for progress, step in [(0, 0), (0, 3), (0.5, 9)]]
    assert rates == pytest.approx([2.5e-5, 1e-4, 5e-5])
    assert learning_rate(1.0, 100, peak=1e-4, warmup_steps=4) == 0.0


def test_learning_rate_stays_at_its_peak_until_the_decay() -> None:
    points = [(0.0, 0), (0.0, 1), (0.5, 9), (0.75, 9), (0.875, 9), (1.0, 9)]
    rates = [learning_rate(progress, step, peak=8e-4, warmup_steps=2, decay=0.25) for progress, step in points]
    assert rates == pytest.approx([4e-4, 8e-4, 8e-4, 8e-4, 4e-4, 0.0])
    # Both at once: half of the warm-up, and half of the decay.
    assert learning_rate(0.875, 0, peak=8e-4, warmup_steps=2, decay=0.25) == pytest.approx(2e-4)


def test_progress_by_time_goes_on_from_what_is_behind() -> None:
    budget = Budget(begun=100.0, deadline=200.0, behind=0.4)
    assert [budget.progress(now) for now in (90.0, 100.0, 150.0, 200.0, 900.0)] == pytest.approx([0.4, 0.4, 0.7, 1, 1])


def test_a_deadline_that_is_past_ends_at_once() -> None:
    assert Budget(begun=100.0, deadline=50.0).progress(100.0) == 1.0


def test_clock_times_lie_ahead() -> None:
    assert next_time("12:45", NOW) - NOW == timedelta(minutes=15)
    assert next_time("12:30", NOW) - NOW == timedelta(days=1)
    assert next_time("2026-02-01T10:40", NOW) == datetime(2026, 2, 1, 10, 40)
    for wrong in ("noon", "25:00", "2026-02-99T10:40"):
        with pytest.raises(ValueError, match="write HH:MM"):
            next_time(wrong, NOW)
