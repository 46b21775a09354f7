"""Who is named right behind a quotation, with where they are from: “…,” a protester from Tide College said."""

import re

from index.names import NAME
from index.subjects import ROLE

# “…,” Omar Penn from Saltby's Tide College told the Quay Post
_NAMED = re.compile(
    rf"[,.?!]”\s({NAME})\s(?:from|at|with|in)\s(?:the\s)?{NAME}(?:\s(?:of|for|and|in|at)\s(?:the\s)?{NAME})*$"
)
# “…,” a protester from Saltby's famous Tide College said
_UNNAMED = re.compile(
    rf"[,.?!]”\s(an?\s(?:[a-z-]+\s){{0,3}}(?:{ROLE})\s(?:from|at|in)\s[^,;“”\ue000]{{1,60}}?)(?:\swho\s[^,;“”]{{1,60}})?$"
)


def beside_quotation(left: str) -> tuple[int, str] | None:
    """Return where somebody is named between a quotation and the end of ``left``, and the words; None for nobody.

    Of a name they are the name alone, of a role all.
    """
    found = _NAMED.search(left) or _UNNAMED.search(left)
    return (found.start(1), found[1]) if found else None
