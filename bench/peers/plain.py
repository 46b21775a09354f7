"""The loop that one writes with transformers alone: one passage at a time, the best span, and a list of vectors."""

from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from bench.peers.serve import ABSTAINED, Best, Options, serve

_MAX_ANSWER_TOKENS = 30  # as everywhere in this project


class Reading:
    """Tokenize a pair, run the model, take the best span of the passage; SQuAD 2.0's rule for "no answer"."""

    def __init__(self, options: Options) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(options["weights"])
        self._model = AutoModelForQuestionAnswering.from_pretrained(
            options["weights"], dtype=torch.float32, use_safetensors=True
        ).eval()

    def read(self, question: str, passages: list[str]) -> Best:
        """Return the best answer of all passages."""
        return min((self._best(question, passage) for passage in passages), key=lambda one: one.no_answer)

    def _best(self, question: str, passage: str) -> Best:
        encoded = self._tokenizer(question, passage, truncation="only_second", max_length=512, return_tensors="pt")
        with torch.inference_mode():
            output = self._model(**encoded)
        start, end = output.start_logits[0].numpy(), output.end_logits[0].numpy()
        answerable = np.array([part == 1 for part in encoded.sequence_ids(0)])
        allowed = np.tril(np.triu(np.outer(answerable, answerable)), _MAX_ANSWER_TOKENS - 1)
        scores = np.where(allowed, start[:, None] + end[None, :], -np.inf)
        return self._span(encoded, passage, scores, float(start[0] + end[0]))

    def _span(self, encoded: Any, passage: str, scores: Any, none: float) -> Best:  # noqa: ANN401 - untyped libraries
        first, last = np.unravel_index(scores.argmax(), scores.shape)
        if not np.isfinite(scores[first, last]):
            return ABSTAINED
        begin, end = encoded.token_to_chars(0, int(first))[0], encoded.token_to_chars(0, int(last))[1]
        return Best(passage[begin:end], none - float(scores[first, last]))


class Indexing:
    """sentence-transformers in batches of 32, as it comes; the vectors stay in a list."""

    def __init__(self, options: Options) -> None:
        self._model = SentenceTransformer(options["embedder"], device="cpu", model_kwargs={"use_safetensors": True})
        self._model.encode(["The first call takes longer."])
        self._vectors: list[Any] = []

    def index(self, articles: list[dict[str, Any]]) -> int:
        """Embed the passages of articles; return how many there are now."""
        passages = [passage for one in articles for passage in one["passages"]]
        self._vectors += list(self._model.encode(passages, show_progress_bar=False))
        return len(self._vectors)


if __name__ == "__main__":
    serve(Reading, Indexing)
