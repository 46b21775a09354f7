"""Questions and contexts as windows of tokens."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# Above this many characters a question would leave no room for its context.
MAX_QUESTION_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Window:
    """One window: ``[CLS] question [SEP] part of the context [SEP]``.

    Attributes:
        example: Position of its question among those given.
        tokens: Token ids.
        context_start: Position of the first token of the context.
        offsets: For every context token, its half-open character range in the context.
    """

    example: int
    tokens: tuple[int, ...]
    context_start: int
    offsets: tuple[tuple[int, int], ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Token positions of the characters ``[start, end)``, last one included; (0, 0) where not all stand here."""
        if not self.offsets or start < self.offsets[0][0] or end > self.offsets[-1][1]:
            return 0, 0
        begins = [offset[0] for offset in self.offsets]
        first = bisect_right(begins, start) - 1
        last = bisect_right(begins, end - 1) - 1
        return self.context_start + first, self.context_start + last


def windows(
    tokenizer: Any,  # noqa: ANN401 - transformers carries no types
    questions: Sequence[str],
    contexts: Sequence[str],
    *,
    max_tokens: int,
    stride: int,
) -> Iterator[Window]:
    """Cut every context into windows that share ``stride`` tokens, the question in front of each."""
    encoded = tokenizer(
        [question[:MAX_QUESTION_CHARACTERS] for question in questions],
        list(contexts),
        truncation="only_second",
        max_length=max_tokens,
        stride=stride,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )
    for row, example in enumerate(encoded["overflow_to_sample_mapping"]):
        sequence_ids = encoded.sequence_ids(row)
        if 1 not in sequence_ids:
            continue
        begin = sequence_ids.index(1)
        count = sequence_ids.count(1)
        offsets = encoded["offset_mapping"][row][begin : begin + count]
        yield Window(
            example=int(example),
            tokens=tuple(encoded["input_ids"][row]),
            context_start=begin,
            offsets=tuple((int(first), int(last)) for first, last in offsets),
        )
