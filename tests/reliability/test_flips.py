"""The harms: that their judge finds what is wrong, and some that show nothing that was not written."""

from pathlib import Path

from tests.reliability.flips import faults_in, flips
from tests.reliability.looking import look
from tests.reliability.unharmed import make_library
from tests.unit.index.harm import change

_TIMES = 40  # `python -m tests.reliability flips` does 500


def test_what_was_not_written_is_found(tmp_path: Path) -> None:
    make_library(tmp_path)
    truth = look(tmp_path)
    assert faults_in(truth, truth) == ""
    # Sealed anew, so that nothing but the words themselves tell.
    change(tmp_path, "UPDATE article SET section = 'Sport' WHERE rowid = 1")
    assert faults_in(look(tmp_path), truth).startswith("Shown was what was not written: articles")


def test_what_is_missing_without_a_word_is_found(tmp_path: Path) -> None:
    make_library(tmp_path)
    truth = look(tmp_path)
    change(tmp_path, "DELETE FROM person_name")
    assert faults_in(look(tmp_path), truth) == "Of people there is not what there was, and nothing says so."


def test_damage_is_refused_named_or_made_up_for(tmp_path: Path) -> None:
    result = flips(_TIMES, 0, tmp_path)
    assert result.faults == []
    assert result.times == _TIMES
