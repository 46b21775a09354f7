"""Each hostile file becomes a sane draft or a failure with a reason, in bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Draft
from tests.reliability.hostile import Case, cases
from tests.reliability.inputs import LIMITS, PASTED, check_draft, check_input
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


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes(kind: str, data: bytes) -> None:
    check_input(PASTED if kind == PASTED else f"a.{kind}", data)


TEXT = st.text(st.characters(), max_size=60)


@settings(max_examples=50)
@given(TEXT.map(lambda text: f"The wall stands. {text}"), TEXT, TEXT, TEXT, st.lists(TEXT, max_size=3), TEXT)
def test_any_draft(text: str, title: str, deck: str, publication: str, authors: list[str], url: str) -> None:
    check_draft(Draft(text, "a", title, deck, publication, tuple(authors), title, deck, title, None, url))
