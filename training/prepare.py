"""Draw, vary and tokenize the training data."""

import hashlib
import json
import logging
import random
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from qa.squad.examples import Example, Gold, read_examples
from training.config import Augment, Config, Recipe, Source
from training.data import Features, save_features
from training.encode import windows
from training.negatives import WORD, Paragraphs, changed, elsewhere

logger = logging.getLogger(__name__)

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)\]]* +(?=[\"'\u201c(\[]?[A-Z0-9])")


def prepare(config: Config, data: Path, tokenizer: Any, out: Path) -> Features:  # noqa: ANN401
    """Write the features of all sources of ``config`` to the folder ``out``; the same input gives the same bytes.

    Args:
        config: What to take from which file.
        data: Folder with the files.
        tokenizer: The fast tokenizer of the weights that training starts from.
        out: Gets ``features.npz``, the tokenizer, ``prepared.json`` (counts, and digests of the files) and, where the
            configuration holds articles out, the folder ``held-out`` with their questions, one file for each source.
    """
    collected = _Collected()
    summary: dict[str, dict[str, Any]] = {}
    for source in config.sources:
        rng = random.Random(f"{config.seed}:{source.file}")  # noqa: S311 - sampling, not secrecy
        examples = draw(data / source.file, source, rng, config.held_out)
        varied = (vary(example, Augment() if source.as_is else config.augment, rng) for example in examples)
        before = len(collected.lengths)
        collected.add(varied, tokenizer, config.train, taught=source.taught)
        summary[source.file] = {
            "questions": len(examples),
            "unanswerable": sum(not example.answers for example in examples),
            "windows": len(collected.lengths) - before,
            "tokens": sum(collected.lengths[before:]),
            "sha256": hashlib.sha256((data / source.file).read_bytes()).hexdigest(),
        }
        logger.info("%s: %s", source.file, summary[source.file])
    features = collected.features()
    out.mkdir(parents=True, exist_ok=True)
    save_features(features, out / "features.npz")
    tokenizer.save_pretrained(out)
    held_out = hold_out(config, data, out / "held-out") if config.held_out else 0
    record = {"config": asdict(config), "sources": summary, "held_out": held_out}
    (out / "prepared.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    return features


def is_held_out(group: str, share: float) -> bool:
    """Whether an article is among the ``share`` that is never trained on; decided by its name alone."""
    place = int.from_bytes(hashlib.sha256(group.encode()).digest()[:8], "big")
    return place < share * 2**64


def hold_out(config: Config, data: Path, out: Path) -> int:
    """Write the questions of the held-out articles, each once and as they are, as JSON lines; return how many.

    Each source gets a file of its own name in the folder ``out``.
    """
    count = 0
    out.mkdir(parents=True, exist_ok=True)
    for source in config.sources:
        with (out / f"{source.file.split('.json')[0]}.jsonl").open("w", encoding="utf-8") as lines:
            for example in read_examples(data / source.file):
                if is_held_out(example.group, config.held_out):
                    count += 1
                    lines.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
    return count


def _usable(path: Path, held_out: float) -> Iterator[Example]:
    """Yield the questions to train on: not held out, and without an answer of no words, which would teach nothing."""
    for example in read_examples(path):
        if not is_held_out(example.group, held_out) and all(gold.text for gold in example.answers):
            yield example


def draw(path: Path, source: Source, rng: random.Random, held_out: float = 0.0) -> list[Example]:
    """Draw ``source.count`` questions (reservoir sampling) and add unanswerable ones made from them.

    Articles of which ``is_held_out`` is true are passed over.
    """
    drawn: list[Example] = []
    paragraphs: dict[str, dict[str, None]] = defaultdict(dict)
    for position, example in enumerate(_usable(path, held_out)):
        if source.negatives or source.changed:
            paragraphs[example.group][example.context] = None
        example = replace(example, title=example.title if source.titles else "")
        if not source.count or len(drawn) < source.count:
            drawn.append(example)
        elif (place := rng.randrange(position + 1)) < source.count:
            drawn[place] = example
    if not (source.negatives or source.changed):
        return drawn * source.repeat
    rng.shuffle(drawn)
    groups = {group: Paragraphs(list(texts)) for group, texts in paragraphs.items()}
    moved = elsewhere(drawn, groups, source.negatives)
    rng.shuffle(drawn)
    return drawn * source.repeat + moved + changed(drawn, groups, source.changed, rng)


def vary(example: Example, augment: Augment, rng: random.Random) -> Example:
    """Vary a question as users and retrieval do; each way in its share of the questions.

    The question loses its mark or gets a misspelt word; the context is cut to some sentences, or its title put over it.
    """
    if rng.random() < augment.crop:
        example = crop(example, rng)
    question, context, answers = example.question, example.context, example.answers
    if rng.random() < augment.no_question_mark:
        question = question.rstrip("? ") or question
    if rng.random() < augment.misspelt:
        question = misspell(question, rng)
    if rng.random() < augment.title_line and example.title:
        line = f"{example.title}\n"
        context = line + context
        answers = tuple(Gold(gold.text, gold.start + len(line)) for gold in answers)
    if len(answers) > 1:
        answers = (rng.choice(answers),)
    return replace(example, question=question, context=context, answers=answers)


def crop(example: Example, rng: random.Random) -> Example:
    """Keep at most five sentences in a row: around the answer, or else around the one nearest the question.

    An answer over more than five sentences keeps all of them.
    """
    ends = [match.end() for match in SENTENCE_END.finditer(example.context)] + [len(example.context)]
    starts = [0, *ends[:-1]]
    if example.answers:
        gold = rng.choice(example.answers)
        first, last = bisect_right(starts, gold.start) - 1, bisect_left(ends, gold.start + len(gold.text))
    else:
        asked = set(WORD.findall(example.question.lower()))
        sentences = [example.context[begin:end] for begin, end in zip(starts, ends, strict=True)]
        shared = [len(asked.intersection(WORD.findall(sentence.lower()))) for sentence in sentences]
        first = last = shared.index(max(shared))
    for _ in range(rng.randint(2, 5) - (last - first + 1)):
        if rng.random() < 0.5:
            first = max(0, first - 1)
        else:
            last = min(len(ends) - 1, last + 1)
    begin, end = starts[first], ends[last]
    kept = tuple(
        Gold(gold.text, gold.start - begin)
        for gold in example.answers
        if begin <= gold.start and gold.start + len(gold.text) <= end
    )
    return replace(example, context=example.context[begin:end], answers=kept)


def misspell(question: str, rng: random.Random) -> str:
    """Swap, drop or double one letter of one word of at least five letters."""
    words = [match for match in WORD.finditer(question) if len(match.group()) >= 5]
    if not words:
        return question
    match = rng.choice(words)
    at = rng.randrange(match.start() + 1, match.end() - 1)
    first, second = question[at], question[at + 1]
    typo = rng.choice([second + first, first, first + first + second])
    return question[:at] + typo + question[at + 2 :]


class _Collected:
    """Windows gathered as compact integers."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._tokens: list[np.ndarray[Any, np.dtype[np.int32]]] = []
        self._labels: list[tuple[int, int, int]] = []
        self._taught: list[bool] = []

    def add(self, examples: Iterator[Example], tokenizer: Any, recipe: Recipe, *, taught: bool) -> None:  # noqa: ANN401
        while group := list(islice(examples, 256)):
            questions = [example.question for example in group]
            contexts = [example.context for example in group]
            for window in windows(tokenizer, questions, contexts, max_tokens=recipe.max_tokens, stride=recipe.stride):
                golds = group[window.example].answers
                start, end = 0, 0
                if golds and golds[0].text:
                    start, end = window.locate(golds[0].start, golds[0].start + len(golds[0].text))
                self.lengths.append(len(window.tokens))
                self._tokens.append(np.array(window.tokens, dtype=np.int32))
                self._labels.append((window.context_start, start, end))
                self._taught.append(taught)

    def features(self) -> Features:
        return Features(
            tokens=np.concatenate(self._tokens),
            ends=np.cumsum(self.lengths, dtype=np.int64),
            labels=np.array(self._labels, dtype=np.int32),
            taught=np.array(self._taught, dtype=np.bool_),
        )
