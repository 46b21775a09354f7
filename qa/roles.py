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
# What may stand between a name and the office: "Ana Ruiz of Playa, Costa Verde, president of", "Ana Ruiz, MD, PhD,
# president of", "Ana Ruiz, 54, president of". None of it holds the office.
_PLACE = r"\s+of\s+[A-Z][\w.’' -]{1,30}(?:,\s+[A-Z][\w.’' -]{1,30})?"
_DEGREES = r"(?:,\s+[A-Z][A-Za-z.]{1,5})+"
_BESIDE = rf"(?-i:(?:{_PLACE}|{_DEGREES}|,\s+\d{{1,3}}))?"
_IN_PLACE = re.compile(r"\w\s+of\s+(?:[A-Z][\w.’' -]{1,30},\s+)?$")
_AFTER_NAME = re.compile(rf"[A-Z][\w.’'-]+\s+[A-Z][\w.’'-]+(?:{_DEGREES})?,\s+$")
_DEGREE_OR_AGE = re.compile(r"[A-Z][A-Za-z.]{1,5}|\d{1,3}")
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
        rf"^{_BESIDE},\s+(?:(?:the|a)\s+)?(?:(?:[\w-]+\s+){{0,2}}{role}\s+of\s+(?:the\s+)?{body}|"
        rf"{body}\w*(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}{role}\b)",
        re.IGNORECASE,
    )

    def holds(text: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        return bool(
            (role_before.search(before) and body_after.match(after))
            or both_before.search(before)
            or (both_after.match(after) and not _is_beside(before, text[start:end]))
        )

    return holds


def _is_beside(before: str, words: str) -> bool:
    """Return whether words stand between a name and an office: a place behind "of", a degree or an age."""
    return bool(_IN_PLACE.search(before) or (_AFTER_NAME.search(before) and _DEGREE_OR_AGE.fullmatch(words)))


def _root(body: str) -> str:
    """Return a pattern for a place or body and its adjective: "mexico" is in "Mexican" but for its last letter."""
    words = body.split()
    last = words[-1]
    root = last[:-1] if last[-1:].lower() in "aeoy" and len(last) > _SHORTEST_ROOT else last
    return r"\s+".join([*map(re.escape, words[:-1]), re.escape(root) + r"\w{0,3}"])
