"""Hostile plain text: encodings that lie, characters that hide, and words, marks and lines by the million."""

import codecs
from collections.abc import Callable

STORY = (
    "HARBOUR CITY — The council voted on Monday to rebuild the wall, which two storms had broken.\n\n"
    "“We waited nine years for this,” Mayor Dora Quill said. She told reporters that work begins in May.\n\n"
    "“It is too late,” said Sen. Ann Tarrow, who owns a house on Salt Street, “and it costs too much.”"
)

# Repeated to any length: what a rule of attribution, a byline or a sentence might look at over and over.
REPEATED = {
    "one word": "a",
    "capitals": "A",
    "said": "said ",
    "he said": "He said it. ",
    "said that he said": "said that he said ",
    "somebody said": "John Smith said. ",
    "somebody said something": "John Smith said it was late. ",
    "somebody told somebody": "Ann Lee told Bob Ray that she told him that ",
    "quoted": "“We won,” John Smith said. ",
    "straight marks": '"We won," John Smith said. ',
    "opening marks": "a “",
    "closing marks": "a” ",
    "double marks": 'a"',
    "apostrophes": "a'",
    "single quotations": "‘a’ b ",
    "backticks": "a `` ",
    "names": "John Smith, ",
    "initials": "A. B. ",
    "abbreviations": "U.S. Mr. St. ",
    "offices": "Sen. Ann Tarrow (D-N.J.), ",
    "spokesmen": "a spokesman for the head of the office of ",
    "who said": "John Smith, who said ",
    "according to": "According to John Smith, ",
    "relative clauses": "the man who the woman who ",
    "asides": "John Smith — a man — ",
    "possessives": "John's mother's ",
    "and": "Ann Lee and Bob Ray and ",
    "brackets": "a (b (",
    "dashes": "a — ",
    "hyphens": "a-",
    "slashes": "A/",
    "stops": "a.",
    "commas": "a,",
    "colons": "Quill: ",
    "speeches": "QUILL: I said so.\n\n",
    "questions": "Q: Why did you?\n\nA: Because I said so.\n\n",
    "lines": "a\n",
    "paragraphs": "He said so.\n\n",
    "bullets": "• a\n",
    "addresses": "a@b.c www.a.com http://a.b/c ",
    "dates": "May 1, 2020 ",
    "bylines": "By John Smith and Ann Lee\n",
    "numbers": "12,345 ",
    "nicknames": "Earl “Buddy” Carter ",
    "ideographs": "中",
    "emoji": "\U0001f600",
    "composed": "e\u0301",
    "marks without letters": "\u0301",
    "expanding": "\ufdfa",
    "zero width": "a\u200b",
    "right to left": "\u202ea",
    "tabs": "a\t",
    "spaces": "a   ",
}
_STORY = STORY.encode()


def repeated(piece: str, size: int) -> bytes:
    """Repeat a piece up to ``size`` bytes."""
    data = piece.encode()
    return data * max(1, size // len(data))


def crowd(size: int) -> bytes:
    """Name ever more people, then ask whom "he" and "the company" mean, up to ``size`` bytes."""
    asked = " met. The company said that it was so. He said it was true. The senator said that it was late.\n\n"
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    names = [f"{given.title()}ton {family.title()}son" for given in syllables for family in syllables]
    text = "".join(", ".join(names[first : first + 40]) + asked for first in range(0, len(names), 40))
    return repeated(text, max(size, len(text)))[:size]


def builders(size: int) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Return what to build, by name of the case and of the file."""
    made: dict[tuple[str, str], Callable[[], bytes]] = {
        ("no end of one line", "line.txt"): lambda: b"wall " * (size // 5),
        ("a million newlines", "newlines.txt"): lambda: b"\n" * size + _STORY,
        ("a million quotation marks", "marks.txt"): lambda: "“".encode() * (size // 3) + _STORY,
        ("a word of 100,000 characters", "word.txt"): lambda: _STORY + b" " + b"x" * 100_000 + b" " + _STORY,
        ("null bytes", "nulls.txt"): lambda: _STORY.replace(b" ", b"\0 ", 2) + b"\0" + _STORY * 40,
        ("all bytes", "bytes.txt"): lambda: bytes(range(256)) * (size // 256),
        ("all bytes but NUL", "highbytes.txt"): lambda: bytes(range(1, 256)) * (size // 255),
        ("UTF-16 without a mark", "wide.txt"): lambda: STORY.encode("utf-16-le"),
        ("UTF-16 of odd length", "odd.txt"): lambda: codecs.BOM_UTF16_LE + STORY.encode("utf-16-le")[:-1],
        ("UTF-32 cut short", "wider.txt"): lambda: codecs.BOM_UTF32_LE + STORY.encode("utf-32-le")[:-2],
        ("UTF-7", "seven.txt"): lambda: STORY.encode("utf-7"),
        ("UTF-8 longer than need be", "overlong.txt"): lambda: _STORY + b" \xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf",
        ("surrogates in UTF-8", "surrogates.txt"): lambda: _STORY + " \ud800 \udfff".encode("utf-8", "surrogatepass"),
        ("broken UTF-8 throughout", "broken.txt"): lambda: "é".encode() * (size // 3) + b"\xff\xfe " * (size // 30),
        ("a mark of another encoding", "lying.txt"): lambda: codecs.BOM_UTF16_BE + _STORY,
        ("front matter without end", "front.md"): lambda: b"---\n" + b"title: x\n" * (size // 9),
        ("front matter with long keys", "keys.md"): lambda: b"---\n" + b"a " * (size // 2) + b": b\n---\n" + _STORY,
        ("headings without end", "headings.md"): lambda: b"# a\n" * (size // 4),
        ("a crowd and nobody named", "crowd.txt"): lambda: crowd(size),
    }
    for name, piece in REPEATED.items():
        made[f"no end of {name}", f"{name.replace(' ', '-')}.txt"] = lambda piece=piece: repeated(piece, size)  # type: ignore[misc]
    return made
