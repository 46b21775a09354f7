"""What the reader is given for questions over news, as lines to train it on.

Each question is asked of a library of articles. The passages that retrieval finds are what the reader reads in use:
those with the answer teach what to mark, those without what to refuse.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.scoring import Question
from qa.engine import Engine
from qa.query import read_as, understand
from qa.records import Hit
from qa.retrieve import retrieve
from qa.words import content_stems, stem, tokens

# Passages to refuse for each question, with an answer elsewhere and without: the first that retrieval finds tempt most.
REFUSED, ALL_REFUSED = 2, 4
# Deep enough to find nearly every passage with the answer.
SEARCHED = 100
# Characters around an answer in which words of the question tell which of several like answers is meant.
AROUND = 150


def write_passages(engine: Engine, questions: Sequence[Question], articles: Mapping[str, str], output: Path) -> int:
    """Write a line for each passage of which a question is asked; return how many.

    A line has ``{id, question, context, answers: [{text, start}], group}``; the context is headline and passage, the
    group the article that the question was written for.

    Args:
        engine: With a library of the articles.
        questions: The preferred answer of each comes first.
        articles: Id that the questions give an article -> its id in the library.
        output: The file.
    """
    count = 0
    with output.open("w", encoding="utf-8") as lines:
        for question in questions:
            for line in _lines(engine, question, articles.get(question.article or "", "")):
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
    return count


def _lines(engine: Engine, question: Question, article: str) -> Iterator[dict[str, Any]]:
    query = understand(question.question, question.history)
    asked = read_as(query.interpreted_as)
    refused, wanted = 0, REFUSED if question.answers else ALL_REFUSED
    for number, hit in enumerate(retrieve(engine.library, query, SEARCHED, SEARCHED, None)):
        marked = None
        if any(answer in hit.text for answer in question.answers):
            if hit.article.id != article:
                continue  # perhaps another right answer, perhaps the same words about something else
            marked = _marked(hit, question.answers, asked)
        elif refused == wanted:
            continue
        refused += marked is None
        head = f"{hit.article.title}\n"
        yield {
            "id": f"{question.id}-{number}",
            "question": asked,
            "context": head + hit.text,
            "answers": [{"text": marked[0], "start": len(head) + marked[1]}] if marked else [],
            "group": article,
        }


def _marked(hit: Hit, answers: Sequence[str], question: str) -> tuple[str, int]:
    """The most preferred answer in a passage, and where it stands beside most words of the question."""
    answer = next(answer for answer in answers if answer in hit.text)
    asked = set(content_stems(question))
    places = [at for at in range(len(hit.text)) if hit.text.startswith(answer, at)]

    def shared(at: int) -> int:
        near = hit.text[max(0, at - AROUND) : at + len(answer) + AROUND]
        return len(asked & {stem(word) for word in tokens(near)})

    return answer, max(places, key=shared)
