"""The extractive reader: scores every span of every passage against the question."""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.settings import BUNDLED
from qa.records import Hit, Span
from qa.spanmodel import ONNX_FILE, Floats, OnnxModel, SpanModel, TransformersModel, first_line, padded
from qa.spans import decode_spans

BUNDLED_FOLDER = Path(__file__).resolve().parent.parent / "models" / "reader"
# Passages are cut to fit the bundled reader; only a reader with shorter windows ever needs the overlap.
STRIDE_TOKENS = 96
MAX_WINDOW_TOKENS = 512


class ReaderProtocol(Protocol):
    """What the engine needs of a reader."""

    @property
    def name(self) -> str:
        """Name or folder of the model."""
        ...

    def read(self, question: str, hits: Sequence[Hit], max_answer_tokens: int, spans_per_hit: int) -> list[Span]:
        """Return candidate spans of all hits, in no particular order."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a question is asked of: answers lie in ``text``; ``headline`` stands over it where there is one."""

    text: str
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate answer: ``contexts[context].text[start:end]``; the logits are as in ``Span``."""

    context: int
    start: int
    end: int
    span_logit: float
    null_logit: float

    @property
    def margin(self) -> float:
        """How much the reader prefers this answer to "no answer here"."""
        return self.span_logit - self.null_logit


@dataclass(frozen=True, slots=True)
class _Window:
    """One window of one context: what the model sees, and where its tokens stand in the context's text."""

    context: int
    input_ids: list[int]
    type_ids: list[int]
    offsets: list[tuple[int, int]]
    answerable: NDArray[np.bool_]


class Reader:
    """An extractive question-answering model with its tokenizer. Safe to share between threads."""

    def __init__(self, name: str, model: SpanModel, tokenizer: Any) -> None:  # noqa: ANN401 - transformers is untyped
        """Wrap a loaded model; use ``Reader.load``."""
        self.name = name
        self._model = model
        self._tokenizer = tokenizer
        self._takes_types = "token_type_ids" in tokenizer.model_input_names
        # The fast tokenizer's truncation settings are shared state, so two threads must not set them at once.
        self._tokenizer_lock = threading.Lock()

    @classmethod
    def load(cls, name: str = BUNDLED, threads: int = 0) -> "Reader":
        """Load a reader: ``bundled``, a folder, or a hub name (then the hub is asked unless it is cached).

        A folder with an ONNX file is run by ONNX Runtime, any other model by the transformers library.

        Raises:
            ModelError: There is no such model, it is no extractive reader, or it is damaged.
        """
        from safetensors import SafetensorError
        from transformers import AutoTokenizer

        source = str(reader_folder(name)) if name == BUNDLED else name
        try:
            tokenizer = AutoTokenizer.from_pretrained(source, use_fast=True)
            max_tokens = min(int(tokenizer.model_max_length), MAX_WINDOW_TOKENS)
            file = Path(source) / ONNX_FILE
            model: SpanModel = (
                OnnxModel(file, max_tokens, threads)
                if file.is_file()
                else TransformersModel(source, max_tokens, "token_type_ids" in tokenizer.model_input_names, threads)
            )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(
                f"The reader '{name}' could not be loaded: {first_line(error)}. Set ONRECORD_READER to 'bundled', "
                "to a folder in transformers format, or to the name of an extractive question-answering model."
            ) from error
        return cls(name, model, tokenizer)

    def read(self, question: str, hits: Sequence[Hit], max_answer_tokens: int, spans_per_hit: int) -> list[Span]:
        """Score all spans of all hits and return the best of each hit.

        The model sees the question, then headline and passage; answers lie in the passage only.

        Args:
            question: The question, able to stand alone.
            hits: Passages to read.
            max_answer_tokens: Longest answer in tokens of this reader.
            spans_per_hit: Non-overlapping candidates wanted of each window.
        """
        contexts = [Context(hit.text, hit.article.title) for hit in hits]
        found = self.find([question] * len(hits), contexts, max_answer_tokens, spans_per_hit)
        return [
            Span(hit, hit.chunk.start + one.start, hit.chunk.start + one.end, one.span_logit, one.null_logit)
            for one in found
            for hit in [hits[one.context]]
        ]

    def find(
        self, questions: Sequence[str], contexts: Sequence[Context], max_answer_tokens: int, spans_per_window: int
    ) -> list[Found]:
        """Ask each question of the context at the same place; return the best spans, in no particular order.

        Contexts longer than the model takes are read in overlapping windows, each with its own no-answer logit.
        """
        windows = self._windows(questions, contexts)
        windows.sort(key=lambda window: len(window.input_ids))
        found: list[Found] = []
        size = self._model.batch_windows
        for begin in range(0, len(windows), size):
            batch = windows[begin : begin + size]
            starts, ends = self._logits(batch)
            for window, start, end in zip(batch, starts, ends, strict=True):
                found += _best_spans(window, start, end, max_answer_tokens, spans_per_window)
        return found

    def _windows(self, questions: Sequence[str], contexts: Sequence[Context]) -> list[_Window]:
        if not contexts:
            return []
        prefixes = [f"{context.headline}\n" if context.headline else "" for context in contexts]
        with self._tokenizer_lock:
            encoded = self._tokenizer(
                self._shortened(questions),
                [prefix + context.text for prefix, context in zip(prefixes, contexts, strict=True)],
                truncation="only_second",
                max_length=self._model.max_tokens,
                stride=min(STRIDE_TOKENS, self._model.max_tokens // 4),
                return_overflowing_tokens=True,
                return_offsets_mapping=True,
            )
        windows = []
        for number, place in enumerate(encoded["overflow_to_sample_mapping"]):
            shift = len(prefixes[place])
            offsets = [(start - shift, end - shift) for start, end in encoded["offset_mapping"][number]]
            sequence = encoded.sequence_ids(number)
            answerable = np.array(
                [part == 1 and start >= 0 and end > start for part, (start, end) in zip(sequence, offsets, strict=True)]
            )
            input_ids = encoded["input_ids"][number]
            type_ids = encoded["token_type_ids"][number] if self._takes_types else [0] * len(input_ids)
            windows.append(_Window(place, input_ids, type_ids, offsets, answerable))
        return windows

    def _shortened(self, questions: Sequence[str]) -> list[str]:
        """Return the questions, cut where they would leave a context less than half of what the model takes."""
        limit = self._model.max_tokens // 2
        short: dict[str, str] = {}
        for question in dict.fromkeys(questions):
            pieces = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
            short[question] = question if len(pieces) <= limit else question[: pieces[limit - 1][1]]
        return [short[question] for question in questions]

    def _logits(self, batch: Sequence[_Window]) -> tuple[Floats, Floats]:
        width = max(len(window.input_ids) for window in batch)
        return self._model.logits(
            padded([window.input_ids for window in batch], width, self._tokenizer.pad_token_id),
            padded([[1] * len(window.input_ids) for window in batch], width, 0),
            padded([window.type_ids for window in batch], width, 0),
        )


def _best_spans(window: _Window, start: Floats, end: Floats, max_answer_tokens: int, count: int) -> Iterator[Found]:
    length = len(window.input_ids)
    # Unanswerable is the span of the first token with itself, as SQuAD 2.0 readers are trained.
    null_logit = float(start[0] + end[0])
    for span in decode_spans(start[:length], end[:length], window.answerable, max_answer_tokens, count):
        first, last = window.offsets[span.first][0], window.offsets[span.last][1]
        yield Found(window.context, first, last, span.logit, null_logit)


def reader_folder(name: str) -> Path:
    """Return the folder of a reader's name; for a hub name, one that does not exist."""
    return BUNDLED_FOLDER if name == BUNDLED else Path(name)


def weights_digest(folder: Path = BUNDLED_FOLDER) -> str:
    """Return the sha256 of a reader's weights, in hex."""
    return hashlib.sha256((folder / ONNX_FILE).read_bytes()).hexdigest()
