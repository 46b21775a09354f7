"""Score cited answers against questions that were written by reading."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.words import tokens

# An answer is right from this token F1 on: "17" for "17 miles" (0.67) is, one word of a sentence is not.
RIGHT_F1 = 0.5
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an evaluation set; no ``answers`` means that the articles do not hold one."""

    id: str
    question: str
    type: str
    article: str | None
    answers: tuple[str, ...]
    history: tuple[str, ...]


def read_questions(path: Path) -> list[Question]:
    """Read a JSON list of ``{id, question, type, article, answers, history}``."""
    return [
        Question(q["id"], q["question"], q["type"], q["article"], tuple(q["answers"]), tuple(q["history"]))
        for q in json.loads(path.read_text("utf-8"))
    ]


def token_f1(answer: str, gold: str) -> float:
    """Return the F1 of the words two texts share, articles left out (Rajpurkar et al. 2016, SQuAD, section 6.1)."""
    ours = [word for word in tokens(answer) if word not in _ARTICLES]
    theirs = [word for word in tokens(gold) if word not in _ARTICLES]
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def is_right(answer: str, golds: Sequence[str]) -> bool:
    """Return whether an answer has a token F1 of at least ``RIGHT_F1`` with one of the right ones."""
    return any(token_f1(answer, gold) >= RIGHT_F1 for gold in golds)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one type of question, each a share between 0 and 1; None where the type has no such questions."""

    type: str
    questions: int
    first: float | None
    among_three: float | None
    source: float | None
    answered: float | None
    abstained: float | None


def score(
    questions: Sequence[Question], replies: Sequence[Mapping[str, Any]], articles: Mapping[str, str]
) -> list[Row]:
    """Score replies (the JSON of ``qa batch``) by type, with "all" as the last row.

    Args:
        questions: The questions, in the order of ``replies``.
        replies: One reply for each question.
        articles: Id in the evaluation set -> id in the library.
    """
    pairs = list(zip(questions, replies, strict=True))
    types = dict.fromkeys(question.type for question in questions)
    rows = [_row(kind, [pair for pair in pairs if pair[0].type == kind], articles) for kind in types]
    return [*rows, _row("all", pairs, articles)]


def _row(kind: str, pairs: Sequence[tuple[Question, Mapping[str, Any]]], articles: Mapping[str, str]) -> Row:
    answerable = [(q, reply["answers"]) for q, reply in pairs if q.answers]
    unanswerable = [reply["answers"] for q, reply in pairs if not q.answers]
    return Row(
        type=kind,
        questions=len(pairs),
        first=_share([bool(a) and is_right(a[0]["text"], q.answers) for q, a in answerable]),
        among_three=_share([any(is_right(one["text"], q.answers) for one in a[:3]) for q, a in answerable]),
        source=_share([bool(a) and _cites(a[0], articles.get(q.article or "")) for q, a in answerable]),
        answered=_share([bool(a) for _, a in answerable]),
        abstained=_share([not a for a in unanswerable]),
    )


def _cites(answer: Mapping[str, Any], article_id: str | None) -> bool:
    return article_id in {answer["article_id"], *(other["article_id"] for other in answer["also_in"])}


def _share(outcomes: Sequence[bool]) -> float | None:
    return sum(outcomes) / len(outcomes) if outcomes else None


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table, in percent."""
    lines = [
        "| type | questions | right first answer | right among three | right source first | answered | abstained |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        figures = (row.first, row.among_three, row.source, row.answered, row.abstained)
        cells = " | ".join("–" if figure is None else f"{figure:.1%}" for figure in figures)
        lines.append(f"| {row.type} | {row.questions} | {cells} |")
    return "\n".join(lines)
