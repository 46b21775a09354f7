"""Answers of a model folder to questions over given contexts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from training.encode import Window, windows
from training.examples import Example

MAX_ANSWER_TOKENS = 30
BATCH_TOKENS = 8192
# Questions held as windows at a time; their windows are sorted by length to save padding.
CHUNK = 2048

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best span for one question.

    Attributes:
        text: Its words, a slice of the context; "" where the context has none.
        null_score_diff: Score of "no answer" minus score of the span (sums of two logits). The published metric for
            SQuAD 2.0 answers where it does not exceed a threshold.
    """

    text: str
    null_score_diff: float


class Predictor:
    """A model folder in transformers format, loaded for reading in float32."""

    def __init__(self, folder: Path, *, max_tokens: int = 320, stride: int = 96, device: str = "cpu") -> None:
        """Load model and tokenizer.

        Raises:
            FileNotFoundError: The folder holds no model.
        """
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        if not (folder / "config.json").is_file():
            raise FileNotFoundError(f"{folder} holds no model; name a folder that 'export' wrote.")
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._device = torch.device(device)
        self._model: Any = AutoModelForQuestionAnswering.from_pretrained(folder, dtype=torch.float32).to(self._device)
        self._model.eval()
        self._max_tokens, self._stride = max_tokens, stride

    def predict(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer every question, in the order given; the best span of all windows of its context wins."""
        predictions: list[Prediction] = []
        for begin in range(0, len(examples), CHUNK):
            predictions += self._predict_chunk(examples[begin : begin + CHUNK])
        return predictions

    def _predict_chunk(self, examples: Sequence[Example]) -> list[Prediction]:
        spans: list[tuple[float, str]] = [(-np.inf, "")] * len(examples)
        nulls = [np.inf] * len(examples)
        questions = [example.question for example in examples]
        contexts = [example.context for example in examples]
        cut = list(windows(self._tokenizer, questions, contexts, max_tokens=self._max_tokens, stride=self._stride))
        for batch in _batches(cut):
            for window, starts, ends in zip(batch, *self._logits(batch), strict=True):
                place = window.example
                nulls[place] = min(nulls[place], float(starts[0] + ends[0]))
                score, first, last = best_span(starts, ends, window.context_start, len(window.offsets))
                if score > spans[place][0]:
                    begin, end = window.offsets[first][0], window.offsets[last][1]
                    spans[place] = (score, contexts[place][begin:end])
        return [Prediction(text, float(null - score)) for (score, text), null in zip(spans, nulls, strict=True)]

    def _logits(self, batch: Sequence[Window]) -> tuple[Floats, Floats]:
        shape = (len(batch), max(len(window.tokens) for window in batch))
        tokens, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
        for row, window in enumerate(batch):
            length = len(window.tokens)
            tokens[row, :length] = torch.tensor(window.tokens)
            types[row, window.context_start : length] = 1
            mask[row, :length] = 1
        with torch.inference_mode():
            output = self._model(
                input_ids=tokens.to(self._device),
                token_type_ids=types.to(self._device),
                attention_mask=mask.to(self._device),
            )
        return output.start_logits.float().cpu().numpy(), output.end_logits.float().cpu().numpy()


def _batches(cut: Sequence[Window]) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for window in sorted(cut, key=lambda window: len(window.tokens)):
        if batch and (len(batch) + 1) * len(window.tokens) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def best_span(starts: Floats, ends: Floats, begin: int, count: int) -> tuple[float, int, int]:
    """The span of at most ``MAX_ANSWER_TOKENS`` tokens with the highest sum of logits.

    Args:
        starts: Start logits of one window; shape (length,).
        ends: End logits; same shape.
        begin: First token of the context.
        count: Tokens of the context, at least one.

    Returns:
        Score, first and last token, counted from the first token of the context.
    """
    first_scores, last_scores = starts[begin : begin + count], ends[begin : begin + count]
    best = (-np.inf, 0, 0)
    for extra in range(min(MAX_ANSWER_TOKENS, count)):
        sums = first_scores[: count - extra] + last_scores[extra:]
        at = int(sums.argmax())
        if sums[at] > best[0]:
            best = (float(sums[at]), at, at + extra)
    return best
