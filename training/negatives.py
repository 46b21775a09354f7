"""Questions that their context does not answer: asked of another paragraph, or changed so that nothing fits them."""

import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from qa.squad.examples import Example, Gold
from training.opposites import OPPOSITES

WORD = re.compile(r"\w+")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w%]|[.,]\d)")
YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
# A capitalised word, without the "'s" or the quotation mark behind it.
_CAPITALISED = r"[A-Z](?:\w|-(?=\w)|['\u2019](?=\w)(?!s\b))+"
# A name inside a sentence: capitalised words, small words between them allowed.
NAME = re.compile(rf"(?<=[a-z,;:(\u2013] ){_CAPITALISED}(?: (?:(?:of|the|de|and|von|van) )?{_CAPITALISED})*")
# Not in names ("New York"), and not where the opposite asks for the same ("How long", "How short").
LOWER = re.compile(r"(?<!how )(?<!How )(?<![\w'\u2019-])[a-z]+(?![\w'\u2019-])")
AUXILIARY = re.compile(r"\b(?:did|does|do|was|were|is|are|has|have|had|could|would|should)\b")
YEAR_SHIFT = 15


class Paragraphs:
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
            # Summed exactly: the order of a set differs from run to run.
            score = math.fsum(math.log((1 + len(self.texts)) / self._frequency[word]) for word in asked & words)
            if score > best_score and text != example.context and not _holds_answer(text, example.answers):
                best, best_score = text, score
        return best


def _holds_answer(text: str, answers: Iterable[Gold]) -> bool:
    return any(gold.text.lower() in text.lower() for gold in answers)


def elsewhere(examples: Iterable[Example], groups: Mapping[str, Paragraphs], count: int) -> list[Example]:
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


def changed(
    examples: Iterable[Example], groups: Mapping[str, Paragraphs], count: int, rng: random.Random
) -> list[Example]:
    """Change up to ``count`` answerable questions by one name, number, opposite or "not", so that nothing answers them.

    People ask with a false premise as often as they ask about what is not there; to refuse, a reader has to check the
    whole question. Unanswerable questions of SQuAD 2.0 were written in the same ways (Rajpurkar et al. 2018, table 2).
    """
    negatives: list[Example] = []
    for example in examples:
        if len(negatives) == count:
            break
        question = _change(example, groups[example.group], rng) if example.answers else None
        if question is not None:
            negatives.append(replace(example, id=f"{example.id}-changed", question=question, answers=()))
    return negatives


def _change(example: Example, article: Paragraphs, rng: random.Random) -> str | None:
    # A stray "not" is easily spotted: one of it in twenty is enough to learn that.
    if rng.random() < 0.05:
        return _negated(example.question)
    order = ["name", "name", "number", "opposite"]  # names most often, since they are what users get wrong
    rng.shuffle(order)
    for way in order:
        if way == "name":
            question = _other_name(example, article, rng)
        elif way == "number":
            question = _other_number(example, rng)
        else:
            question = _opposite(example.question, rng)
        if question is not None:
            return question
    return None


def _other_name(example: Example, article: Paragraphs, rng: random.Random) -> str | None:
    matches = list(NAME.finditer(example.question))
    if not matches:
        return None
    match = rng.choice(matches)
    taken = {word.lower() for word in WORD.findall(example.question)}
    taken |= {word.lower() for gold in example.answers for word in WORD.findall(gold.text)}
    # From the same paragraph most often: a name the reader does not see there is too easy to refuse.
    text = example.context if rng.random() < 0.6 else rng.choice(article.texts)
    long = " " in match.group()
    names = sorted(
        {
            name
            for name in NAME.findall(text)
            if (" " in name) == long and taken.isdisjoint(word.lower() for word in WORD.findall(name))
        }
    )
    return _put(example.question, match, rng.choice(names)) if names else None


def _other_number(example: Example, rng: random.Random) -> str | None:
    matches = list(NUMBER.finditer(example.question))
    if not matches:
        return None
    match = rng.choice(matches)
    old = match.group()
    texts = [example.question, *(gold.text for gold in example.answers)]
    taken = {number for text in texts for number in NUMBER.findall(text)}
    near = sorted({n for n in NUMBER.findall(example.context) if _shape(n) == _shape(old) and n not in taken})
    if near and rng.random() < 0.6:
        return _put(example.question, match, rng.choice(near))
    if YEAR.fullmatch(old):
        new = str(int(old) + rng.choice([-1, 1]) * rng.randint(1, YEAR_SHIFT))
    else:
        new = "".join(rng.choice("123456789") if sign.isdigit() else sign for sign in old)
    return _put(example.question, match, new) if new not in taken else None


def _shape(number: str) -> str:
    return re.sub(r"\d", "0", number)


def _opposite(question: str, rng: random.Random) -> str | None:
    words = set(WORD.findall(question))
    # "public or private?" would ask much the same with either word changed.
    matches = [m for m in LOWER.finditer(question) if words.isdisjoint(OPPOSITES.get(m.group(), words))]
    if not matches:
        return None
    match = rng.choice(matches)
    return _put(question, match, rng.choice(OPPOSITES[match.group()]))


def _negated(question: str) -> str | None:
    match = AUXILIARY.search(question)
    if match is None or re.search(r"\b(?:not|never|no|cannot)\b|n['\u2019]t\b", question):
        return None
    return question[: match.end()] + "n't" + question[match.end() :]


def _put(question: str, match: re.Match[str], new: str) -> str:
    return question[: match.start()] + new + question[match.end() :]
