"""The real articles that statements were labelled in: labels stand in the project, the articles do not."""

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.article import article_from
from index.errors import QuestionError
from index.records import Article, Draft
from index.sources import Limits, read_bytes

Row = dict[str, Any]
_LARGEST = 10**9


def read_labels(paths: Iterable[Path]) -> list[Row]:
    """Read files with a label a line.

    Raises:
        QuestionError: A file is missing or damaged.
    """
    rows: list[Row] = []
    for path in paths:
        try:
            rows += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        except (OSError, ValueError) as error:
            raise QuestionError(f"{path} cannot be read as labels: {error}") from error
    return rows


def labelled_articles(rows: Iterable[Mapping[str, Any]], data: Path) -> dict[str, Article]:
    """Return the labelled articles by id, read from the folder of each set of ``data``; those of other files are left.

    Raises:
        OSError: A file cannot be read.
    """
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row["set"], set()).add(row["url"])
    found: dict[str, Article] = {}
    for name, addresses in wanted.items():
        lines = "\n".join(json.dumps(record) for record in records(data / name) if record.get("url") in addresses)
        for item in read_bytes("labelled.jsonl", lines.encode(), Limits(file_bytes=_LARGEST)):
            if isinstance(item, Draft):
                article = article_from(item)
                found[article.id] = article
    return found


def records(folder: Path) -> Iterator[Row]:
    """Read the articles of one collection, as they come.

    Raises:
        OSError: A file cannot be read.
    """
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            yield from map(json.loads, stream)
    plain = folder / "articles.json"
    if plain.is_file():
        yield from json.loads(plain.read_text("utf-8"))
