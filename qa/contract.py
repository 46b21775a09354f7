"""The JSON of ``ask`` and ``batch``: a contract, described in docs/json.md. Keys are only ever added."""

from dataclasses import replace
from datetime import date
from typing import Any

from index.records import Filters
from qa.quote_records import Place
from qa.records import Answer, Citation, Disagreement, Instead, Passage, Period, Reply
from qa.statements_command import statement_json


def reply_json(reply: Reply, question_id: str | None = None) -> dict[str, Any]:
    """Return a reply as the JSON object of the contract.

    Args:
        reply: What the engine said.
        question_id: The ``id`` of the line in a batch; left out where there is none.
    """
    query, searched = reply.query, reply.searched
    identity = {} if question_id is None else {"id": question_id}
    return identity | {
        "question": query.question,
        "interpreted_as": query.interpreted_as,
        "status": reply.status.value,
        "reason": reply.reason,
        "answers": [_answer_json(answer) for answer in reply.answers],
        "filters": filters_json(query.filters),
        "prefer_recent": query.prefer_recent,
        "period": _period_json(query.period),
        "passages": [_passage_json(passage) for passage in reply.passages],
        "searched": {
            "articles": searched.articles,
            "of": reply.held,
            "passages": searched.chunks,
            "publications": list(searched.publications),
            "first": searched.first.isoformat() if searched.first else None,
            "last": searched.last.isoformat() if searched.last else None,
        },
        "timings_ms": {stage: round(value, 1) for stage, value in reply.timings_ms.items()},
        "statements": [statement_json(row) for row in reply.statements],
        "instead": _instead_json(reply.instead) if reply.instead else None,
        "disagreement": _disagreement_json(reply.disagreement) if reply.disagreement else None,
    }


def _period_json(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    days = {key: getattr(period, key) for key in ("since", "until", "counted_from")}
    return {"words": period.words} | {key: day.isoformat() if day else None for key, day in days.items()}


_NAMES = ("publications", "authors", "sections")
_DAYS = ("since", "until")


def filters_json(filters: Filters) -> dict[str, Any]:
    """Return filters as a reply reports them and a line of a batch may give them."""
    names = {key: list(getattr(filters, key)) for key in _NAMES}
    days = ((key, getattr(filters, key)) for key in _DAYS)
    return names | {key: day.isoformat() if day else None for key, day in days}


def filters_from_json(value: object, otherwise: Filters = Filters()) -> Filters:
    """Return the filters that a line of a batch gives; a key that it leaves out is as in ``otherwise``.

    Raises:
        ValueError: It is no object of filters; says what is wrong.
    """
    if value is None:
        return otherwise
    if not isinstance(value, dict) or (unknown := set(value) - {*_NAMES, *_DAYS}):
        wrong = f"has {', '.join(sorted(unknown))}" if isinstance(value, dict) else f"is {value!r}"
        raise ValueError(f"'filters' {wrong}; it may have {', '.join([*_NAMES, *_DAYS])}")
    for key in _NAMES:
        names = value.get(key, [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(f"'{key}' in 'filters' must be a list of names")
    given: dict[str, Any] = {key: tuple(value[key]) for key in _NAMES if key in value}
    return replace(otherwise, **given | {key: _day(key, value[key]) for key in _DAYS if key in value})


def _day(key: str, value: object) -> date | None:
    try:
        return None if value is None else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"'{key}' in 'filters' is {value!r}, which is not a date; write it as 2023-10-05") from None


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "probability": round(answer.probability, 4),
        "kind": answer.kind.value,
        "speaker": answer.speaker,
        "role": answer.role,
        **citation_json(answer.citation),
        "sources": answer.sources,
        "also_in": [citation_json(citation) | {"copy": citation.copy} for citation in answer.also_in],
    }


def _instead_json(instead: Instead) -> dict[str, Any]:
    return {
        "speaker": instead.speaker,
        "topic": instead.topic,
        "articles": instead.articles,
        "statements": [statement_json(row) for row in instead.statements],
        "speakers": [
            {"speaker": found.speaker, "role": found.role, "statements": found.statements, "articles": found.articles}
            for found in instead.speakers
        ],
    }


def _disagreement_json(disagreement: Disagreement) -> dict[str, Any]:
    return {"answers": [_answer_json(answer) for answer in disagreement.answers]}


def citation_json(citation: Citation | Place) -> dict[str, Any]:
    """Return where words stand; ``start``, ``end`` and ``paragraph_start`` count characters of the article's text."""
    return {
        "article_id": citation.article_id,
        "title": citation.title,
        "publication": citation.publication,
        "authors": list(citation.authors),
        "published": citation.published.isoformat() if citation.published else None,
        "url": citation.url,
        "start": citation.start,
        "end": citation.end,
        "paragraph": citation.paragraph,
        "paragraph_start": citation.paragraph_start,
    }


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "article_id": passage.article_id,
        "title": passage.title,
        "publication": passage.publication,
        "published": passage.published.isoformat() if passage.published else None,
        "url": passage.url,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "retrieval_score": round(passage.retrieval_score, 6),
    }
