"""Each hostile file becomes a sane draft or a failure with a reason, in bounded time."""

import time

import pytest

from tests.reliability.hostile import Case, cases
from tests.reliability.inputs import LIMITS, check_input
from tests.reliability.mutating import KINDS, made_up

# What these files have here; `python -m tests.reliability fuzz --corpus 90000000` reads them as large as a file may be.
SIZE = 100_000
# Of processor time, so that it holds on a busy machine too. Memory is for that command, as this process is shared.
MOST_SECONDS = 10.0
SEEDED = 40


@pytest.mark.parametrize("case", list(cases(SIZE)), ids=lambda case: case.name)
def test_hostile_file(case: Case) -> None:
    data = case.build()
    begun = time.process_time()
    check_input(case.file, data, LIMITS)
    assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.parametrize("kind", KINDS)
def test_made_up_inputs(kind: str) -> None:
    drafts = 0
    for number in range(SEEDED):
        begun = time.process_time()
        drafts += check_input(*made_up(kind, f"0/{number}"))[0]
        assert time.process_time() - begun < MOST_SECONDS
    assert drafts, "nothing that is made up gets past the parser, so nothing is tried"


@pytest.mark.parametrize("kind", KINDS)
def test_equal_seeds_give_equal_inputs(kind: str) -> None:
    assert made_up(kind, "1/2") == made_up(kind, "1/2") != made_up(kind, "1/3")
