"""Settings come from where they should, and a wrong one is named with its value and source."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from index.settings import load_settings, location


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder without settings of the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_LIBRARY", raising=False)
    monkeypatch.delenv("ONRECORD_THREADS", raising=False)
    return tmp_path


def test_defaults() -> None:
    settings = load_settings()
    assert (settings.library, settings.reader) == (Path("library"), "bundled")


def test_priority_is_command_line_environment_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "onrecord.toml").write_text('library = "file"\npassages_read = 3\ncandidates = 7\n')
    monkeypatch.setenv("ONRECORD_LIBRARY", "environment")
    monkeypatch.setenv("ONRECORD_PASSAGES_READ", "4")
    settings = load_settings(library=Path("line"), passages_read=None)
    assert (settings.library, settings.passages_read, settings.candidates) == (Path("line"), 4, 7)


def test_an_impossible_value_is_named_with_its_source(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CHUNK_TOKENS", "9")
    with pytest.raises(SettingsError, match=r"'chunk_tokens' = '9' \(from ONRECORD_CHUNK_TOKENS\)"):
        load_settings()
    monkeypatch.delenv("ONRECORD_CHUNK_TOKENS")
    (elsewhere / "onrecord.toml").write_text("min_probability = 2\n")
    with pytest.raises(SettingsError, match=r"'min_probability' = 2 \(from onrecord.toml\): .* leave it out\."):
        load_settings()
    with pytest.raises(SettingsError, match="from the command line"):
        load_settings(passages_read=0)


def test_unknown_keys_are_refused(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "onrecord.toml").write_text("passages = 3\n")
    with pytest.raises(
        SettingsError, match=r"'passages' = 3 \(from onrecord.toml\) is no setting. There are: library, "
    ):
        load_settings()
    (elsewhere / "onrecord.toml").unlink()
    monkeypatch.setenv("ONRECORD_PASSAGES", "3")
    with pytest.raises(SettingsError, match="ONRECORD_PASSAGES is no setting"):
        load_settings()


def test_a_file_that_is_no_toml_is_named(elsewhere: Path) -> None:
    for written in (b"library = \n", b"library = 'B\xfccher'\n", b"\xff\xfe"):
        (elsewhere / "onrecord.toml").write_bytes(written)
        with pytest.raises(SettingsError, match=r"onrecord\.toml is not valid TOML in UTF-8: .*Mend it"):
            load_settings()


@pytest.mark.parametrize("key", ["library", "accounts", "import_folder"])
def test_an_empty_name_does_not_mean_this_folder(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(f"ONRECORD_{key.upper()}", " ")
    with pytest.raises(SettingsError, match=f"'{key}' = ' ' .*names nothing.*leave it out"):
        load_settings()


def test_an_empty_name_on_the_command_line_is_wrong_usage() -> None:
    with pytest.raises(ValueError, match="names nothing"):
        location("")
