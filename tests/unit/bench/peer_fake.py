"""A system that is served as peers are, and needs nothing: it answers with the first word of the longest passage."""

import sys
from typing import Any

from bench.peers.serve import ABSTAINED, Best, Options, serve


class _Reading:
    def __init__(self, options: Options) -> None:
        if options["weights"] == "missing":
            raise FileNotFoundError("there are no such weights")
        print("libraries print things")  # noqa: T201 - it must not get between the answers

    def read(self, question: str, passages: list[str]) -> Best:
        if question == "die":
            sys.exit("it had to end")
        longest = max(passages, key=len)
        return Best(longest.split()[0], -1.0) if longest else ABSTAINED


class _Indexing:
    def __init__(self, options: Options) -> None:
        self._count = options["held"]

    def index(self, articles: list[dict[str, Any]]) -> int:
        self._count += sum(len(one["passages"]) for one in articles)
        return int(self._count)


if __name__ == "__main__":
    serve(_Reading, _Indexing)
