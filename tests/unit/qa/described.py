"""The keys that docs/json.md describes."""

import re
from pathlib import Path


def described_keys(section: str) -> list[str]:
    """Return the keys in the tables of a section, in order."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "json.md").read_text("utf-8")
    table = page.split(f"## {section}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)
    return [key for row in rows for key in row.strip("`").split("`, `")]
