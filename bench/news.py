"""Put an evaluation set of news articles into a library and ask its questions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.scoring import Question
from index.records import AddStatus
from index.sources import limits_of, read_paths
from index.store import Store
from qa.contract import reply_json
from qa.engine import Engine


def fill(library: Store, articles: Path) -> dict[str, str]:
    """Add the articles of a JSON list as any user would; return their id in the list -> their id in the library.

    Raises:
        RuntimeError: An article did not go in, so no figure would be right.
    """
    for result in library.add(read_paths([articles], limits_of(library.settings))):
        if result.status not in (AddStatus.ADDED, AddStatus.ALREADY_THERE):
            raise RuntimeError(f"{result.source}: {result.status}, {result.reason}")
    by_url = {summary.url: summary.id for summary in library.articles()}
    entries: list[dict[str, str]] = json.loads(articles.read_text("utf-8"))
    return {entry["id"]: by_url[entry["url"]] for entry in entries}


def ask_all(engine: Engine, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Ask all questions; return the replies as ``python -m qa batch`` prints them."""
    return [reply_json(engine.ask(q.question, q.history), q.id) for q in questions]
