"""txtai: its pipeline Questions, and its embeddings index (FAISS)."""

from typing import Any

from txtai import Embeddings
from txtai.pipeline import Questions

from bench.peers.serve import ABSTAINED, CERTAIN, Best, Options, serve


class Reading:
    """The pipeline as it comes, or with ``quantize``, which its documentation advises for a CPU."""

    def __init__(self, options: Options) -> None:
        self._questions = Questions(options["weights"], quantize=options.get("quantize", False), gpu=False)

    def read(self, question: str, passages: list[str]) -> Best:
        """Return the answer of the first passage that has one; the pipeline gives no scores to choose by."""
        answers = [self._answer(question, passage) for passage in passages]
        return next((Best(answer, -CERTAIN) for answer in answers if answer), ABSTAINED)

    def _answer(self, question: str, passage: str) -> str | None:
        """Ask one passage, which is what the pipeline does with a list, too.

        Where the model prefers "no answer" the pipeline looks for the words of a mark that has none, and fails; that
        counts as abstaining.
        """
        try:
            answer: str | None = self._questions([question], [passage])[0]
        except TypeError:
            return None
        return answer


class Indexing:
    """The index as it comes, with nothing but vectors in it."""

    def __init__(self, options: Options) -> None:
        self._embeddings = Embeddings(path=options["embedder"], gpu=False)
        self._embeddings.transform("The first call takes longer.")
        self._count = 0

    def index(self, articles: list[dict[str, Any]]) -> int:
        """Add the passages of articles; return how many there are now."""
        passages = [passage for one in articles for passage in one["passages"]]
        rows = [(self._count + number, passage, None) for number, passage in enumerate(passages)]
        # The first rows make the index; upsert would do so, too, by the same way.
        self._embeddings.upsert(rows)
        self._count += len(rows)
        return int(self._embeddings.count())


if __name__ == "__main__":
    serve(Reading, Indexing)
