"""Guessing gets slower and slower; who knows the password waits little."""

import threading

import pytest

from qa.throttle import _MOST_KEYS, Throttle, account_key, address_key


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the seconds that the test has let pass."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def test_delays_of_an_account_grow_up_to_half_a_minute(throttle: Throttle, clock: Clock) -> None:
    keys = [account_key("ann")]
    assert [throttle.begin(keys) for _ in range(3)] == [0, 0, 0]
    waits = []
    for _ in range(7):
        waits.append(throttle.begin(keys))
        clock.now += waits[-1]
        assert throttle.begin(keys) == 0
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_delays_of_an_address_grow_up_to_a_quarter_of_an_hour(throttle: Throttle, clock: Clock) -> None:
    waits = []
    for number in range(40):
        wait = throttle.begin([account_key(f"name{number}"), address_key("203.0.113.9")])
        if wait:
            waits.append(wait)
            clock.now += wait
            assert throttle.begin([account_key(f"other{number}"), address_key("203.0.113.9")]) == 0
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == 900
    assert throttle.begin([account_key("ann"), address_key("203.0.113.10")]) == 0


def test_a_try_while_one_must_wait_is_none_and_makes_nothing_longer(throttle: Throttle, clock: Clock) -> None:
    keys = [account_key("ann")]
    for _ in range(3):
        throttle.begin(keys)
    clock.now += 0.25
    assert [throttle.begin(keys) for _ in range(50)] == [0.75] * 50


def test_who_gets_in_begins_anew_but_what_the_address_failed_before_stays(throttle: Throttle, clock: Clock) -> None:
    mine, others = account_key("mine"), account_key("others")
    here = address_key("203.0.113.9")
    for _ in range(3):
        assert throttle.begin([others, here]) == 0
    assert throttle.begin([others, here]) > 0
    for _ in range(20):
        assert throttle.begin([mine, here]) == 0
        throttle.passed([mine, here])
    clock.now += 40
    for _ in range(2):
        assert throttle.begin([account_key("third"), here]) == 0
    assert throttle.begin([account_key("fourth"), here]) > 0


def test_an_hour_without_a_try_forgets(throttle: Throttle, clock: Clock) -> None:
    for _ in range(3):
        throttle.begin([account_key("ann")])
    clock.now += 3601
    assert throttle.begin([account_key("ann")]) == 0
    assert throttle.begin([account_key("ann")]) == 0


def test_a_siege_neither_overflows_nor_fills_the_memory(throttle: Throttle, clock: Clock) -> None:
    for _ in range(3000):
        throttle.begin([account_key("ann")])
        clock.now += 31
    for number in range(_MOST_KEYS + 500):
        throttle.begin([account_key(f"name{number}")])
    assert len(throttle._counts) == _MOST_KEYS


def test_many_at_once_have_no_more_tries_than_one_after_another(throttle: Throttle) -> None:
    passed: list[float] = []
    threads = [threading.Thread(target=lambda: passed.append(throttle.begin([account_key("ann")]))) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(0) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("203.0.113.9", "203.0.113.8", False),
        ("", "", True),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) is same
