"""Hostile tables and JSON."""

import json
from collections.abc import Callable

from tests.reliability.hostile.texts import STORY

ROW = {
    "title": "Wall vote",
    "text": STORY,
    "published": "2022-05-16",
    "authors": ["Ann Lee"],
    "url": "https://a.example/b",
}
LINE = json.dumps(ROW).encode() + b"\n"
TABLE = f'title,text,published\nWall vote,"{STORY}",2022-05-16\n'.encode()
# Values of a field that no writer of articles means.
VALUES = (
    "NaN", "Infinity", "-1e999", "9" * 5000, "1e400", "true", "null", "[]", "{}", '"\\ud800"', '"\\u0000"', "[[[[]]]]",
    '{"name": {"name": {"name": "x"}}}', '""', '"http://["', '"javascript:alert(1)"', '"\\u202e\\u200b"', "-0", "1e300",
    '"' + "9" * 60 + '"', '"99999-99-99"', '["a", 1, null, {"name": []}]',
)  # fmt: skip
FIELDS = ("title", "text", "published", "authors", "url", "publication", "section", "deck", "agency", "place")


def builders(size: int) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Return what to build, by name of the case and of the file."""
    deep = min(100_000, size // 2)
    return {
        ("100,000 columns", "columns.csv"): lambda: (
            b"title,text,"
            + b",".join(b"c%d" % n for n in range(min(100_000, size // 7)))
            + b"\n"
            + TABLE.split(b"\n", 1)[1]
        ),
        ("a cell without end", "cell.csv"): lambda: b'title,text\nWall,"' + b"wall " * (size // 5) + b'"\n',
        ("a quotation mark never closed", "open.csv"): lambda: b'title,text\na,"' + b"b,c\n" * (size // 4),
        ("quotation marks never closed", "opens.csv"): lambda: b"title,text\n" + b'"a\n' * (size // 3),
        ("a row of commas", "commas.csv"): lambda: b"title,text\n" + b"," * size,
        ("rows of nothing", "rows.csv"): lambda: b"title,text\n" + b"a,\n" * (size // 3),
        ("no known column", "unknown.csv"): lambda: b"a,b\n" * (size // 4),
        ("null bytes in a table", "nulls.csv"): lambda: TABLE.replace(b" ", b"\0", 3) * 10,
        ("line ends of all kinds", "ends.csv"): lambda: TABLE.replace(b"\n", b"\r\r\n\r"),
        ("formulas", "formulas.csv"): lambda: b"title,text\n=cmd|' /C calc'!A0," + STORY.replace("\n", " ").encode(),
        ("100,000 levels of JSON", "deep.json"): lambda: b"[" * deep + b"]" * deep,
        ("100,000 levels of objects", "deeper.json"): lambda: b'{"text":' * deep + b"1" + b"}" * deep,
        ("900 levels of text", "levels.json"): lambda: b'{"text":' * 900 + b'"x"' + b"}" * 900,
        ("900 levels of lists", "lists.json"): lambda: b'{"text":' + b"[" * 900 + b'"x"' + b"]" * 900 + b"}",
        ("empty objects", "objects.json"): lambda: b"[" + b"{}," * (size // 3) + b"{}]",
        ("empty lists", "emptylists.json"): lambda: b"[" + b"[]," * (size // 3) + b"[]]",
        ("numbers", "numbers.json"): lambda: b"[" + b"1.5," * (size // 4) + b"1]",
        ("a long number", "number.json"): lambda: b'{"text": "wall", "published": ' + b"9" * 5000 + b"}",
        ("lines that are not JSON", "lines.json"): lambda: b"{}\n" + b"x\n" * (size // 2),
        ("one text without end", "text.json"): lambda: b'{"text": "' + b"wall " * (size // 5) + b'"}',
        ("one line without end", "line.jsonl"): lambda: b'{"text": "' + b"wall " * (size // 5) + b'"}',
        ("emoji without end", "emoji.json"): lambda: b'{"text": "' + "\U0001f600 ".encode() * (size // 5) + b'"}',
        ("keys without end", "keys.jsonl"): lambda: (
            b"{" + b",".join(b'"%d":1' % n for n in range(size // 10)) + b',"text":"wall"}'
        ),
        ("a key twice", "twice.jsonl"): lambda: b'{"text": "a", "text": "' + b"b " * 50 + b'", "Text": "c"}\n' + LINE,
        ("values nobody means", "values.jsonl"): lambda: b"".join(
            b'{"%s": %s, "body": "The wall stands."}\n' % (field.encode(), value.encode())
            for field in FIELDS
            for value in VALUES
        ),
        ("100,000 levels in a line", "deep.jsonl"): lambda: b"[" * deep + b"\n" + LINE,
        ("lines of nothing", "nothing.jsonl"): lambda: b"{}\n" * (size // 3),
        ("blank lines", "blank.jsonl"): lambda: b"\n" * size + LINE,
        ("UTF-16 lines", "wide.jsonl"): lambda: (LINE.decode() * 3).encode("utf-16"),
        ("authors without end", "authors.jsonl"): lambda: json.dumps(
            {**ROW, "authors": "A B, " * (size // 5)}
        ).encode(),
        ("a title without end", "title.jsonl"): lambda: json.dumps({**ROW, "title": "A | B - " * (size // 8)}).encode(),
        ("markup in a row", "markup.jsonl"): lambda: json.dumps(
            {**ROW, "text": "<p><a " * (size // 6) + "</p></p>"}
        ).encode(),
        ("tags in a title", "tags.jsonl"): lambda: json.dumps({**ROW, "title": "<a" * (size // 2)}).encode(),
        ("an address without end", "address.jsonl"): lambda: json.dumps(
            {**ROW, "url": "http://a/?" + "a=b&" * (size // 4)}
        ).encode(),
        ("an outlet without end", "outlet.jsonl"): lambda: json.dumps(
            {**ROW, "publication": "The " * (size // 4)}
        ).encode(),
    }
