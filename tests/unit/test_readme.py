"""The README and the docs say what is true of the code."""

import argparse
import importlib
import re
from pathlib import Path

import pytest

from index.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = r"app\.py|qa|index|ui|models|training|bench|samples|tests"
PAGES = ["README.md", "docs/commands.md", "training/README.md"]
README = (ROOT / "README.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """Cells of the table under a heading of the README, without its head."""
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_every_setting_is_documented_with_its_default_and_description() -> None:
    documented = {name.strip("`"): (default.strip("`"), text) for name, default, text in rows("Settings")}
    declared = {name: (str(field.default), field.description or "") for name, field in Settings.model_fields.items()}
    assert documented == declared


@pytest.mark.parametrize("target", re.findall(r"\]\(((?!http)[^)#]+)\)", README))
def test_links_lead_to_files(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(rf"`((?:{FOLDERS})[\w/.]*)`", README))))
def test_paths_in_the_text_exist(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("message", [row[0] for row in rows("Troubleshooting") if row[0].startswith("`")])
def test_messages_to_look_up_are_messages_of_the_code(message: str) -> None:
    """Each part of a message between its "…" stands in the code or in the Makefile."""
    code = "\n".join(
        path.read_text("utf-8") for folder in ("index", "qa", "ui") for path in (ROOT / folder).rglob("*.py")
    )
    code += (ROOT / "Makefile").read_text("utf-8")
    for part in message.strip("`").split("…"):
        words = part.strip(" ;.'")
        assert words in code, words


@pytest.mark.parametrize("package", ["qa", "index", "bench", "training"])
def test_every_command_is_documented(package: str) -> None:
    """Each subcommand of each ``python -m`` package is named in one of the pages."""
    parser: argparse.ArgumentParser = importlib.import_module(f"{package}.__main__")._parser()
    choices = next(action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    text = "".join((ROOT / page).read_text("utf-8") for page in PAGES)
    for command in choices:
        assert f"python -m {package} {command}" in text, command
