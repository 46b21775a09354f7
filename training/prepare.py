"""Draw, vary and tokenize the training data."""

import hashlib
import json
import logging
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from training.config import Augment, Config, Source
from training.data import Features, save_features
from training.encode import windows
from training.examples import Example, Gold, read_examples

logger = logging.getLogger(__name__)

WORD = re.compile(r"\w+")


def prepare(config: Config, data: Path, tokenizer: Any, out: Path) -> Features:  # noqa: ANN401
    """Write the features of all sources of ``config`` to the folder ``out``; the same input gives the same bytes.

    Args:
        config: What to take from which file.
        data: Folder with the files.
        tokenizer: The fast tokenizer of the weights that training starts from.
        out: Gets ``features.npz`` and ``prepared.json`` (counts, and digests of the files).
    """
    collected = _Collected()
    summary: dict[str, dict[str, Any]] = {}
    for source in config.sources:
        rng = random.Random(f"{config.seed}:{source.file}")  # noqa: S311 - sampling, not secrecy
        examples = draw(data / source.file, source, rng)
        varied = (vary(example, config.augment, rng) for example in examples)
        before = len(collected.lengths)
        collected.add(varied, tokenizer, max_tokens=config.train.max_tokens, stride=config.train.stride)
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
    record = {"config": asdict(config), "sources": summary}
    (out / "prepared.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    return features


def draw(path: Path, source: Source, rng: random.Random) -> list[Example]:
    """Draw ``source.count`` questions (reservoir sampling) and add their hard negatives."""
    drawn: list[Example] = []
    paragraphs: dict[str, dict[str, None]] = defaultdict(dict)
    for position, example in enumerate(read_examples(path)):
        if source.negatives:
            paragraphs[example.group][example.context] = None
        example = replace(example, title=example.title if source.titles else "")
        if not source.count or len(drawn) < source.count:
            drawn.append(example)
        elif (place := rng.randrange(position + 1)) < source.count:
            drawn[place] = example
    if not source.negatives:
        return drawn
    rng.shuffle(drawn)
    groups = {group: _Paragraphs(list(texts)) for group, texts in paragraphs.items()}
    return drawn + hard_negatives(drawn, groups, source.negatives)


class _Paragraphs:
    """The paragraphs of one article, searchable by words."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self._words = [set(WORD.findall(text.lower())) for text in texts]
        self._frequency = Counter(word for words in self._words for word in words)

    def nearest_without(self, example: Example) -> str | None:
        """The paragraph that shares most with the question, rare words counting more, and lacks every answer."""
        asked = set(WORD.findall(example.question.lower()))
        best, best_score = None, 0.0
        for text, words in zip(self.texts, self._words, strict=True):
            score = sum(math.log((1 + len(self.texts)) / self._frequency[word]) for word in asked & words)
            if score > best_score and text != example.context and not _holds_answer(text, example.answers):
                best, best_score = text, score
        return best


def _holds_answer(text: str, answers: Iterable[Gold]) -> bool:
    return any(gold.text.lower() in text.lower() for gold in answers)


def hard_negatives(examples: Iterable[Example], groups: dict[str, _Paragraphs], count: int) -> list[Example]:
    """Ask up to ``count`` answerable questions of the likeliest paragraph of their article that lacks the answer.

    Without these a reader never learns that a passage on the right subject may not answer, and its scores do not
    compare across passages.
    """
    negatives: list[Example] = []
    for example in examples:
        if len(negatives) == count:
            break
        context = groups[example.group].nearest_without(example) if example.answers else None
        if context is not None:
            negatives.append(replace(example, id=f"{example.id}-negative", context=context, answers=()))
    return negatives


def vary(example: Example, augment: Augment, rng: random.Random) -> Example:
    """Put the title over the context, drop the question mark, misspell a word: each in its share of the questions."""
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

    def add(self, examples: Iterator[Example], tokenizer: Any, *, max_tokens: int, stride: int) -> None:  # noqa: ANN401
        while group := list(islice(examples, 256)):
            questions = [example.question for example in group]
            contexts = [example.context for example in group]
            for window in windows(tokenizer, questions, contexts, max_tokens=max_tokens, stride=stride):
                golds = group[window.example].answers
                start, end = 0, 0
                if golds and golds[0].text:
                    start, end = window.locate(golds[0].start, golds[0].start + len(golds[0].text))
                self.lengths.append(len(window.tokens))
                self._tokens.append(np.array(window.tokens, dtype=np.int32))
                self._labels.append((window.context_start, start, end))

    def features(self) -> Features:
        return Features(
            tokens=np.concatenate(self._tokens),
            ends=np.cumsum(self.lengths, dtype=np.int64),
            labels=np.array(self._labels, dtype=np.int32),
        )
