"""Tables in pages."""

from pathlib import Path

import pytest

from bench.pages import write_table


def test_a_table_replaces_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n<!-- a -->\nold\n<!-- /a -->\n\n<!-- b -->\n<!-- /b -->\nend\n", "utf-8")
    write_table(page, "a", "| new |\n")
    assert page.read_text("utf-8") == (
        "# Page\n\n<!-- a -->\n\n| new |\n\n<!-- /a -->\n\n<!-- b -->\n<!-- /b -->\nend\n"
    )
    once = page.read_text("utf-8")
    write_table(page, "a", "| new |")
    assert page.read_text("utf-8") == once


@pytest.mark.parametrize("text", ["", "<!-- a -->", "<!-- /a -->", "<!-- b --><!-- /b -->"])
def test_a_page_without_the_marks_is_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"has no <!-- a -->"):
        write_table(page, "a", "| new |")
    assert page.read_text("utf-8") == text
