"""The extractive reader: scores every span of every passage against the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.bundled import MODELS, check_bundled, sha256
from index.errors import ModelError, first_line
from index.onnxfile import MODEL_FILES, ONNX_FILE, Floats, open_tokenizer
from index.pickles import refuse_pickled_weights
from index.settings import BUNDLED
from qa.records import Hit, Span
from qa.spanmodel import OnnxModel, SpanModel, Tokens, TransformersModel
from qa.spans import decode_spans

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

BUNDLED_FOLDER = MODELS / "reader"
# Passages are cut to fit the bundled reader; only a reader with shorter windows ever needs the overlap.
STRIDE_TOKENS = 96
MAX_WINDOW_TOKENS = 512


# A part of a text: which text, by its position among those given, and the half-open range of its characters.
Place = tuple[int, int, int]


class ReaderProtocol(Protocol):
    """What the engine needs of a reader."""

    @property
    def name(self) -> str:
        """Name or folder of the model."""
        ...

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        max_answer_tokens: int,
        spans_per_hit: int,
        within: Sequence[Place] = (),
    ) -> list[Span]:
        """Return candidate spans of all hits, and the best one in each of the places, in no particular order."""
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
    tokens: Tokens
    offsets: list[tuple[int, int]]
    answerable: NDArray[np.bool_]


class Reader:
    """An extractive question-answering model with its tokenizer. Safe to share between threads."""

    def __init__(self, name: str, model: SpanModel, tokenizer: "Tokenizer") -> None:
        """Wrap a loaded model and its tokenizer, which neither cuts nor pads; use ``Reader.load``."""
        self.name = name
        self._model = model
        # Two tokenizers, as their settings are shared state: one counts, the other cuts windows.
        self._tokenizer = tokenizer
        self._cutter = type(tokenizer).from_str(tokenizer.to_str())
        stride = min(STRIDE_TOKENS, model.max_tokens // 4)
        self._cutter.enable_truncation(model.max_tokens, stride=stride, strategy="only_second")

    @classmethod
    def load(cls, name: str = BUNDLED, threads: int = 0) -> "Reader":
        """Load a reader: ``bundled``, a folder, or a hub name (then the hub is asked unless it is cached).

        A folder with an ONNX file is run by ONNX Runtime, any other model by the transformers library.

        Raises:
            ModelError: There is no such model, it is no extractive reader, or it is damaged.
        """
        folder = reader_folder(name)
        if name == BUNDLED:
            check_bundled(folder, *MODEL_FILES)
        if (folder / ONNX_FILE).is_file():
            tokenizer, limit = open_tokenizer(folder)
            return cls(name, OnnxModel(folder / ONNX_FILE, min(limit, MAX_WINDOW_TOKENS), threads), tokenizer)
        return cls(name, *_load_transformers(name, threads))

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        max_answer_tokens: int,
        spans_per_hit: int,
        within: Sequence[Place] = (),
    ) -> list[Span]:
        """Score all spans of all hits and return the best of each hit and of each place.

        The model sees the question, then headline and passage; answers lie in the passage only.

        Args:
            question: The question, able to stand alone.
            hits: Passages to read.
            max_answer_tokens: Longest answer in tokens of this reader.
            spans_per_hit: Non-overlapping candidates wanted of each window.
            within: Places in the hits, by the characters of the article, whose best span is wanted too.
        """
        contexts = [Context(hit.text, hit.article.title) for hit in hits]
        places = [(at, start - hits[at].chunk.start, end - hits[at].chunk.start) for at, start, end in within]
        found = self.find([question] * len(hits), contexts, max_answer_tokens, spans_per_hit, places)
        return [
            Span(hit, hit.chunk.start + one.start, hit.chunk.start + one.end, one.span_logit, one.null_logit)
            for one in found
            for hit in [hits[one.context]]
        ]

    def find(
        self,
        questions: Sequence[str],
        contexts: Sequence[Context],
        max_answer_tokens: int,
        spans_per_window: int,
        within: Sequence[Place] = (),
    ) -> list[Found]:
        """Ask each question of the context at the same position; return the best spans, in no particular order.

        Contexts longer than the model takes are read in overlapping windows, each with its own no-answer logit. The
        best span of each place of ``within`` comes on top.
        """
        windows = self._windows(questions, contexts)
        found: list[Found] = []
        for window, (start, end) in zip(windows, self._model.logits([one.tokens for one in windows]), strict=True):
            found += _best_spans(window, start, end, max_answer_tokens, spans_per_window)
            for part in _parts(window, within):
                found += _best_spans(part, start, end, max_answer_tokens, 1)
        return found

    def _windows(self, questions: Sequence[str], contexts: Sequence[Context]) -> list[_Window]:
        if not contexts:
            return []
        prefixes = [f"{context.headline}\n" if context.headline else "" for context in contexts]
        pairs = [
            (question, prefix + context.text)
            for question, prefix, context in zip(self._shortened(questions), prefixes, contexts, strict=True)
        ]
        return [
            _window(place, part, len(prefixes[place]))
            for place, encoding in enumerate(self._cutter.encode_batch(pairs))
            for part in (encoding, *encoding.overflowing)
        ]

    def _shortened(self, questions: Sequence[str]) -> list[str]:
        """Return the questions, cut where they would leave a context less than half of what the model takes."""
        limit = self._model.max_tokens // 2
        short: dict[str, str] = {}
        for question in dict.fromkeys(questions):
            pieces = self._tokenizer.encode(question, add_special_tokens=False).offsets
            short[question] = question if len(pieces) <= limit else question[: pieces[limit - 1][1]]
        return [short[question] for question in questions]


def _window(context: int, encoding: "Encoding", shift: int) -> _Window:
    """Return a window whose answers may lie behind the first ``shift`` characters of the second text."""
    offsets = [(start - shift, end - shift) for start, end in encoding.offsets]
    answerable = np.array(
        [
            part == 1 and start >= 0 and end > start
            for part, (start, end) in zip(encoding.sequence_ids, offsets, strict=True)
        ]
    )
    return _Window(context, Tokens(encoding.ids, encoding.type_ids), offsets, answerable)


def _parts(window: _Window, within: Sequence[Place]) -> Iterator[_Window]:
    """Yield the window once for each of its places, answerable in that place only."""
    for context, start, end in within:
        if context == window.context:
            inside = np.array([start <= first and last <= end for first, last in window.offsets])
            yield replace(window, answerable=window.answerable & inside)


def _best_spans(window: _Window, start: Floats, end: Floats, max_answer_tokens: int, count: int) -> Iterator[Found]:
    # Unanswerable is the span of the first token with itself, as SQuAD 2.0 readers are trained.
    null_logit = float(start[0] + end[0])
    for span in decode_spans(start, end, window.answerable, max_answer_tokens, count):
        first, last = window.offsets[span.first][0], window.offsets[span.last][1]
        yield Found(window.context, first, last, span.logit, null_logit)


def _load_transformers(source: str, threads: int) -> tuple[SpanModel, "Tokenizer"]:
    """Load model and tokenizer of a folder or hub name."""
    from safetensors import SafetensorError
    from transformers import AutoTokenizer

    refuse_pickled_weights(Path(source))
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, use_fast=True, trust_remote_code=False)
        max_tokens = min(int(tokenizer.model_max_length), MAX_WINDOW_TOKENS)
        takes_types = "token_type_ids" in tokenizer.model_input_names
        model = TransformersModel(source, max_tokens, takes_types, tokenizer.pad_token_id or 0, threads)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            f"The reader '{source}' could not be loaded: {first_line(error)}. Set ONRECORD_READER to 'bundled', "
            "to a folder in transformers format, or to the name of an extractive question-answering model."
        ) from error
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError(f"The reader '{source}' has no fast tokenizer, which tells where words stand; choose another.")
    backend.no_truncation()
    backend.no_padding()
    return model, backend


def reader_folder(name: str) -> Path:
    """Return the folder of a reader's name; for a hub name, one that does not exist."""
    return BUNDLED_FOLDER if name == BUNDLED else Path(name)


def weights_digest(folder: Path = BUNDLED_FOLDER) -> str:
    """Return the sha256 of a reader's weights, in hex."""
    return sha256(folder / ONNX_FILE)
