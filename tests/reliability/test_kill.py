"""The kills: that their judge finds what is wrong, and some kills that lose nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.doing import PHASES, Task, opened, town
from tests.reliability.kill import Victim, kill
from tests.unit.index.harm import change

_TIMES = 35  # five in each phase; `python -m tests.reliability kill` makes 200


def _loses_one(folder: Path) -> None:
    with opened(folder) as library:
        library.remove(library.articles()[0].id)


def _has_one_too_many(folder: Path) -> None:
    with opened(folder) as library:
        list(library.add([town(999)]))


def _is_unsound(folder: Path) -> None:
    change(folder, "DELETE FROM chunk WHERE id = 1")


@pytest.mark.parametrize(
    ("harm", "said"), [(_loses_one, "are not there"), (_has_one_too_many, "nobody added"), (_is_unsound, "index")]
)
def test_what_is_wrong_is_found(tmp_path: Path, harm: Callable[[Path], None], said: str) -> None:
    victim = Victim(tmp_path / "library", 0)
    task = Task("rebuild", victim.folder)
    assert list(victim.faults(task, [])) == []
    harm(victim.folder)
    assert any(said in fault for fault in victim.faults(task, []))


def test_kills_lose_nothing_that_was_reported(tmp_path: Path) -> None:
    result = kill(_TIMES, 0, tmp_path)
    assert result.faults == []
    assert result.kills == dict.fromkeys(PHASES, _TIMES // len(PHASES))
