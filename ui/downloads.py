"""Names of files to take away, made from names that others chose, and cells that no spreadsheet runs."""

import re
import unicodedata

_LONGEST = 60
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = tuple("=+-@|%＝＋－＠")


def file_name(name: str, ending: str) -> str:
    """Return a name that every system takes and that leads to no folder: "anne-milgram-statements.csv".

    Args:
        name: Whose statements they are; any text.
        ending: The kind of file, "csv".
    """
    letters = "".join(sign if sign.isalnum() else "-" for sign in unicodedata.normalize("NFC", name).lower())
    short = re.sub("-+", "-", letters)[:_LONGEST].strip("-")
    # With the word behind it no name is one that Windows keeps for itself, such as "con".
    return f"{short}-statements.{ending}" if short else f"statements.{ending}"


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it where one would.

    Blanks, controls and signs that are not seen do not hide the beginning of a formula.
    """
    begins = next((sign for sign in cell if unicodedata.category(sign)[0] not in "CZ"), "")
    return f"'{cell}" if begins in _FORMULA or cell[:1] in ("\t", "\r", "\n") else cell
