"""On Record as one of the systems that are compared."""

from pathlib import Path
from typing import Any

from bench.peers.serve import ABSTAINED, Best, Options, serve
from index.library import Library
from index.records import Draft
from index.settings import load_settings
from qa.reader import Context, Reader
from qa.squad.evaluate import MAX_ANSWER_TOKENS


class Reading:
    """The reader of a folder: ONNX Runtime or transformers, as the folder has it."""

    def __init__(self, options: Options) -> None:
        self._reader = Reader.load(options["weights"], load_settings().threads)

    def read(self, question: str, passages: list[str]) -> Best:
        """Return the best answer of all passages."""
        contexts = [Context(passage) for passage in passages]
        found = self._reader.find([question] * len(contexts), contexts, MAX_ANSWER_TOKENS, 1)
        if not found:
            return ABSTAINED
        best = max(found, key=lambda one: one.margin)
        return Best(passages[best.context][best.start : best.end], -best.margin)


class Indexing:
    """A library: cleaning, passages, vectors, words, statements and near-duplicates, all on disk."""

    def __init__(self, options: Options) -> None:
        folder = Path(options["folder"])
        self._library = Library.open(folder, settings=load_settings(library=folder), create=True)
        self._library.embedder.embed(["The first call takes longer."])

    def index(self, articles: list[dict[str, Any]]) -> int:
        """Add articles; return how many passages there are now."""
        drafts = [Draft(one["text"], one["source"], one["title"], publication="Peers") for one in articles]
        for result in self._library.add(drafts):
            if result.reason:
                raise RuntimeError(f"{result.source}: {result.reason}")
        return self._library.stats().chunks


if __name__ == "__main__":
    serve(Reading, Indexing)
