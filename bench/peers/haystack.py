"""Haystack: its extractive reader, and its sentence-transformers embedder before an in-memory store."""

from typing import Any

from haystack import Document
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersDocumentEmbedder
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

from bench.peers.serve import ABSTAINED, Best, Options, serve


class Reading:
    """The reader as it comes, but for one answer instead of 20, and the batch size that is asked for.

    With 20 answers its probability of "no answer", that all of them are wrong, would be next to nothing.
    """

    def __init__(self, options: Options) -> None:
        self._reader = TransformersExtractiveReader(options["weights"], top_k=1, max_batch_size=options.get("batch"))
        self._reader.warm_up()

    def read(self, question: str, passages: list[str]) -> Best:
        """Return the best answer of all passages."""
        documents = [Document(content=passage) for passage in passages]
        answers = self._reader.run(query=question, documents=documents)["answers"]
        none = max((answer.score for answer in answers if answer.data is None), default=0.0)
        some = [answer for answer in answers if answer.data is not None]
        return Best(some[0].data, none - some[0].score) if some else ABSTAINED


class Indexing:
    """The embedder as it comes, without its progress bar, and the in-memory store."""

    def __init__(self, options: Options) -> None:
        self._embedder = SentenceTransformersDocumentEmbedder(model=options["embedder"], progress_bar=False)
        self._embedder.warm_up()
        self._embedder.run([Document(content="The first call takes longer.")])
        self._store = InMemoryDocumentStore()

    def index(self, articles: list[dict[str, Any]]) -> int:
        """Add the passages of articles; return how many there are now."""
        documents = [Document(content=passage) for one in articles for passage in one["passages"]]
        # Articles may have a passage in common.
        self._store.write_documents(self._embedder.run(documents)["documents"], DuplicatePolicy.SKIP)
        return int(self._store.count_documents())


if __name__ == "__main__":
    serve(Reading, Indexing)
