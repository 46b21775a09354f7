"""Which folders of the server can be read from the screen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import AccessError
from index.records import Draft, Failure
from index.sources import Limits, read_paths
from tests.app.door import make_door, stand_at
from ui import importing

TEXT = "Lighthouse opens to visitors\n\nThe lighthouse opens on Sunday after two years of repairs, its keeper said."


@pytest.fixture
def importer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Ask with accounts, from the folder ``in``, beside which there is a secret."""
    (tmp_path / "in" / "day").mkdir(parents=True)
    (tmp_path / "in" / "day" / "a.txt").write_text(TEXT)
    (tmp_path / "in-secret").mkdir()
    (tmp_path / "in-secret" / "s.txt").write_text("secret")
    stand_at(make_door(tmp_path, auth="password"), monkeypatch, "ed")
    monkeypatch.setenv("ONRECORD_IMPORT_FOLDER", str(tmp_path / "in"))
    return importing.importable


def test_folders_are_added_from_the_import_folder(importer: Callable[[str], Path], tmp_path: Path) -> None:
    assert importing.allowed()
    base = (tmp_path / "in").resolve()
    for typed, path in (("day", base / "day"), (".", base), ("day/../day/a.txt", base / "day" / "a.txt")):
        assert importer(typed) == path
    assert importer(str(base / "day")) == base / "day"


@pytest.mark.parametrize(
    "typed", ["..", "../in-secret", "/etc/passwd", "/", "day/../../in-secret/s.txt", "~", "~root", "\0", "a" * 5000]
)
def test_nothing_else_of_the_server_is_read(importer: Callable[[str], Path], typed: str) -> None:
    if typed.startswith("~"):
        assert not importer(typed).exists()  # a name like any other
        return
    with pytest.raises(AccessError, match=r"leads out of|is no folder or file"):
        importer(typed)


def test_links_out_of_the_import_folder_are_refused(importer: Callable[[str], Path], tmp_path: Path) -> None:
    link = tmp_path / "in" / "day" / "b.txt"
    link.symlink_to(tmp_path / "in-secret" / "s.txt")
    with pytest.raises(AccessError, match="leads out of"):
        importer("day/b.txt")
    kept, refused = sorted(read_paths([importer("day")], Limits()), key=lambda item: isinstance(item, Failure))
    assert isinstance(kept, Draft)
    assert isinstance(refused, Failure)
    assert "b.txt" in refused.source
    (tmp_path / "in" / "away").symlink_to(tmp_path / "in-secret")
    with pytest.raises(AccessError, match="leads out of"):
        importer("away")


def test_without_an_import_folder_only_this_machine_may_name_one(
    importer: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_IMPORT_FOLDER")
    assert not importing.allowed()
    with pytest.raises(AccessError, match="set import_folder"):
        importer("day")
    (tmp_path / "accounts.json").unlink()
    stand_at(make_door(tmp_path), monkeypatch)
    assert importing.allowed()
    assert importer("/etc") == Path("/etc")


def test_a_home_that_nobody_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_at(make_door(tmp_path), monkeypatch, "ed")
    monkeypatch.delenv("ONRECORD_IMPORT_FOLDER", raising=False)
    assert importing.importable("~/news") == Path.home() / "news"
    with pytest.raises(AccessError, match="'~nobodyhere/news' is no folder or file"):
        importing.importable("~nobodyhere/news")
