"""Run by the tests as a process of its own: adds articles and prints the id of each as soon as it is reported.

Usage: python -m tests.unit.index.library_adder FOLDER FIRST LAST
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.unit.index.library_fakes import WordEmbedder, draft, open_library


class _SlowEmbedder(WordEmbedder):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.01)
        return super().embed(texts)


def main(folder: str, first: str, last: str) -> None:
    with open_library(Path(folder), embedder=_SlowEmbedder()) as library:
        for result in library.add(draft(number) for number in range(int(first), int(last))):
            sys.stdout.write(f"{result.status.value} {result.article_id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
