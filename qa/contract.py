"""The JSON of ``ask`` and ``batch``: a contract, described in docs/json.md. Keys are only ever added."""

from typing import Any

from qa.records import Answer, Citation, Passage, Reply


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
        "passages": [_passage_json(passage) for passage in reply.passages],
        "searched": {
            "articles": searched.articles,
            "passages": searched.chunks,
            "publications": list(searched.publications),
            "first": searched.first.isoformat() if searched.first else None,
            "last": searched.last.isoformat() if searched.last else None,
        },
        "timings_ms": {stage: round(value, 1) for stage, value in reply.timings_ms.items()},
    }


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "probability": round(answer.probability, 4),
        "kind": answer.kind.value,
        "speaker": answer.speaker,
        **citation_json(answer.citation),
        "also_in": [citation_json(citation) for citation in answer.also_in],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
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
