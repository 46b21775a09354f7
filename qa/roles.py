"""Who holds an office: news text says it beside the name, where a small reader often takes the nearest name instead.

"President Ana Ruiz of Costa Verde", "Costa Verde's president, Ana Ruiz", "Ana Ruiz, the president of Costa Verde".
"""

import re
from collections.abc import Callable

_OF = re.compile(
    r"^\W*who(?:['’]s| is| was| are| were)\s+(?:the\s+)?(?:current\s+|new\s+|former\s+)?"
    r"(?P<role>[\w-]+(?: [\w-]+){0,2}?)\s+(?:of|at|for)\s+(?:the\s+)?(?P<body>[^?]+?)\W*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"^\W*who(?:['’]s| is| was| are| were)\s+(?:the\s+)?(?P<body>[^?]+?)['’]s?\s+(?:current\s+|new\s+|former\s+)?"
    r"(?P<role>[\w-]+(?: [\w-]+){0,2}?)\W*$",
    re.IGNORECASE,
)
# Far enough for a long office on either side of a name, and not into the next clause.
_REACH = 80
_SHORTEST_ROOT = 4


def holder_of_office(question: str) -> Callable[[str, int, int], bool] | None:
    """Return the test whether ``text[start:end]`` is named as the holder of the office that ``question`` asks for.

    None where the question asks for no office of some place or body.

    >>> test = holder_of_office("who is mexico's president")
    >>> test is not None and test("said President Ana Ruiz of Mexico on Monday", 15, 23)
    True
    """
    match = _POSSESSIVE.match(question) or _OF.match(question)
    if match is None:
        return None
    role, body = re.escape(match["role"]), _root(match["body"])
    # "President X of Mexico"
    role_before = re.compile(rf"\b{role}\s+$", re.IGNORECASE)
    body_after = re.compile(rf"^\s+of\s+(?:the\s+)?{body}", re.IGNORECASE)
    # "Mexico's president, X", "Mexican President X"
    both_before = re.compile(rf"\b{body}\w*(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}{role},?\s+$", re.IGNORECASE)
    # "X, the president of Mexico", "X, Mexico's president"
    both_after = re.compile(
        rf"^,\s+(?:(?:the|a)\s+)?(?:(?:[\w-]+\s+){{0,2}}{role}\s+of\s+(?:the\s+)?{body}|"
        rf"{body}\w*(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}{role}\b)",
        re.IGNORECASE,
    )

    def holds(text: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        return bool(
            (role_before.search(before) and body_after.match(after))
            or both_before.search(before)
            or both_after.match(after)
        )

    return holds


def _root(body: str) -> str:
    """Return a pattern for a place or body and its adjective: "mexico" is in "Mexican" but for its last letter."""
    words = body.split()
    last = words[-1]
    root = last[:-1] if last[-1:].lower() in "aeoy" and len(last) > _SHORTEST_ROOT else last
    return r"\s+".join([*map(re.escape, words[:-1]), re.escape(root) + r"\w{0,3}"])
