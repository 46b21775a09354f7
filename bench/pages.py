"""Tables that are written into pages of docs/, so that a page says what was measured last."""

import sys
from pathlib import Path


def tell(name: str, text: str, page: Path | None) -> None:
    """Print a text, and put it into a page where one is named."""
    sys.stdout.write(f"{text}\n\n")
    if page:
        write_table(page, name, text)


def write_table(page: Path, name: str, table: str) -> None:
    """Put a table between the marks ``<!-- name -->`` and ``<!-- /name -->`` of a page, in place of what is there.

    Raises:
        ValueError: The page has no such marks.
    """
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = page.read_text("utf-8")
    before, found, rest = text.partition(opening)
    _, closed, after = rest.partition(closing)
    if not found or not closed:
        raise ValueError(f"{page} has no {opening} … {closing}, between which the table would go.")
    page.write_text(f"{before}{opening}\n\n{table.strip()}\n\n{closing}{after}", "utf-8")
