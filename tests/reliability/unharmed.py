"""The library that is damaged: all that can be in one, its last changes in the log of a process that was killed."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from index.people import merge
from index.people_file import put_together, take_apart
from index.records import Draft
from tests.reliability.doing import opened, town
from tests.unit.index.stories import HOURS, LOCK, made_up, story

_ROOT = Path(__file__).resolve().parents[2]
_FIRST_DAY = date(2023, 1, 1)


def make_library(folder: Path) -> None:
    """Make it, with a log that a killed process left."""
    with opened(folder, create=True) as library:
        list(library.add(_drafts()))
        list(library.add([town(3, version=1), town(4, version=2)]))  # replaces what was there
        people = merge(library.speakers()).everyone
        put_together(folder, [name.key for person in people[:2] for name in person.names])
        take_apart(folder, [people[3].names[0].key], [people[4].names[0].key])
        library.settle()
    subprocess.run([sys.executable, "-m", __spec__.name, str(folder)], cwd=_ROOT, check=True)


def _drafts() -> list[Draft]:
    plain = [replace(town(n), published=_FIRST_DAY + timedelta(n), authors=("Ann Lee", "Bo Ek")) for n in range(40)]
    copies = [story(f"{LOCK}\n\n{made_up(n, 3)}", f"Lock {n}", f"Outlet {n}", _FIRST_DAY) for n in range(4)]
    hours = [story(HOURS.format(town=t, day="2", place="hall", landmark="mill"), t, "Gazette") for t in ("Ash", "Elm")]
    return [*plain, *copies, *hours, *(story(made_up(n, 120), f"Long {n}", "Quarterly") for n in range(6))]


def _add_and_die(folder: Path) -> None:
    """Change the library, and leave without closing anything, as a process that is killed does."""
    library = opened(folder)
    list(library.add([town(50), town(51)]))
    library.remove(library.articles(search="Town 7 votes")[0].id)
    os._exit(0)


if __name__ == "__main__":
    _add_and_die(Path(sys.argv[1]))
