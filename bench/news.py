"""Put an evaluation set of news articles into a library and ask its questions."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.scoring import Question
from index.records import AddStatus
from index.settings import load_settings
from index.sources import limits_of, read_paths
from index.store import Store
from qa.contract import reply_json
from qa.engine import Engine


@contextmanager
def filled(data: Path) -> Iterator[tuple[Engine, dict[str, str]]]:
    """Open an engine on a new library of ``articles.json`` in a folder; with it their ids there and in the library.

    Raises:
        RuntimeError: An article did not go in.
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(load_settings(library=Path(folder)), create=True)
        try:
            yield engine, fill(engine.library, data / "articles.json")
        finally:
            engine.library.close()


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
