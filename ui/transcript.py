"""A conversation as Markdown or JSON, with full citations. Pure functions."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count
from typing import Any, Protocol

from index.statement_store import StatementRow
from qa import contract, plain
from qa.records import Answer, Citation, Instead, Reply
from ui import escape, periods, phrases, statements, weekdays


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what was said to it; ``reply`` is None where ``error`` was shown instead."""

    question: str
    reply: Reply | None
    error: str = ""


class TurnLike(Protocol):
    """A turn of the conversation."""

    question: str
    reply: Reply | None
    error: str


def exchanges(turns: Sequence[TurnLike]) -> list[Exchange]:
    """Return the turns that were answered, well or not."""
    return [Exchange(turn.question, turn.reply, turn.error) for turn in turns if turn.reply or turn.error]


def as_markdown(said: Sequence[Exchange]) -> str:
    """Return the conversation as a Markdown document; texts are escaped so that they read as typed."""
    parts = ["# On Record: conversation"]
    for exchange in said:
        parts.append(f"## {escape.label(exchange.question, 1000)}")
        if exchange.reply is None:
            parts.append(escape.label(exchange.error, 1000))
        else:
            parts += _reply_as_markdown(exchange.reply)
    return "\n\n".join(parts) + "\n"


def _reply_as_markdown(reply: Reply) -> list[str]:
    parts = []
    if reply.query.interpreted_as != reply.query.question:
        parts.append(f"Understood as: {escape.label(reply.query.interpreted_as, 1000)}")
    if how := plain.said_of(reply.query.filters, reply.query.prefer_recent):
        parts.append(f"{escape.markdown(how)}.")
    if reply.query.period:
        parts.append(f"{escape.label(periods.read_from(reply.query.period), 1000)}.")
    if not reply.answers:
        parts.append(phrases.NO_ANSWER)
        if reply.reason not in ("", phrases.NO_ANSWER):
            parts.append(escape.label(reply.reason, 1000))
    parts += _answers_as_markdown(reply)
    if len(reply.statements) > 1:
        parts += [f"{phrases.all_statements(len(reply.statements))}:", _statements_as_markdown(reply.statements)]
    if reply.instead:
        parts += _instead_as_markdown(reply.instead)
    parts.append(f"Searched {phrases.holdings(reply.searched, reply.held)}.")
    return parts


def _answers_as_markdown(reply: Reply) -> list[str]:
    sides = len(reply.disagreement.answers) if reply.disagreement else 0
    parts = [phrases.DISAGREE] if sides else []
    numbers = count(1)
    for place, found in enumerate(reply.answers):
        if sides and place == sides:
            parts.append("Other answers:")
        parts.append(_quoted(found.text))
        who = f"{escape.label(plain.with_role(found.speaker, found.role))}, " if found.speaker else ""
        days = weekdays.of_answer(found.citation)
        parts.append(f"{who}{phrases.likelihood(found.probability)}" + (f", {days}" if days else ""))
        cited = ((next(numbers), cited) for cited in (found.citation, *found.also_in))
        parts.append("\n".join(f"- \\[{number}\\] {_cited_as_markdown(one)}" for number, one in cited))
    return parts


def _statements_as_markdown(rows: Sequence[StatementRow]) -> str:
    return "\n".join(
        f"- {escape.label(f'{plain.said_by(row)}: {plain.said(row)}', 10_000)}\n  {statements.source_as_markdown(row)}"
        for row in rows
    )


def _instead_as_markdown(found: Instead) -> list[str]:
    parts = []
    if found.statements:
        parts += [f"{escape.label(plain.said_instead(found))}:", _statements_as_markdown(found.statements)]
    if found.speakers:
        spoke = "\n".join(f"- {escape.label(plain.counted(speaker), 300)}" for speaker in found.speakers)
        parts += [f"Who spoke about {escape.label(found.topic)}:", spoke]
    return parts


def _quoted(text: str) -> str:
    return "\n".join("> " + escape.markdown(line.strip()) for line in text.splitlines())


def _cited_as_markdown(cited: Citation) -> str:
    line = escape.label(phrases.source_line(cited.title, cited.publication, cited.authors, cited.published), 1000)
    address = escape.web_address(cited.url)
    page = f", <{address}>" if address else ""
    copy = " (copy)" if cited.copy else ""
    return f"{line}{page}, characters {cited.start}–{cited.end}{copy}"


def as_json(said: Sequence[Exchange]) -> str:
    """Return the conversation as JSON: a list of questions with their replies, dates as YYYY-MM-DD."""
    return json.dumps([_exchange_as_dict(exchange) for exchange in said], ensure_ascii=False, indent=2, default=_plain)


def _exchange_as_dict(exchange: Exchange) -> dict[str, Any]:
    if exchange.reply is None:
        return {"question": exchange.question, "error": exchange.error}
    reply, whole = exchange.reply, contract.reply_json(exchange.reply)
    return {
        "question": exchange.question,
        "interpreted_as": reply.query.interpreted_as,
        "filters": asdict(reply.query.filters),
        "prefer_recent": reply.query.prefer_recent,
        "period": asdict(reply.query.period) if reply.query.period else None,
        "status": reply.status.value,
        "reason": reply.reason,
        "answers": [_answer_as_dict(found) for found in reply.answers],
        "searched": asdict(reply.searched) | {"of": reply.held},
        **{key: whole[key] for key in ("statements", "instead", "disagreement")},
    }


def _answer_as_dict(found: Answer) -> dict[str, Any]:
    return {
        "text": found.text,
        "probability": round(found.probability, 4),
        "kind": found.kind.value,
        "speaker": found.speaker,
        "role": found.role,
        "citations": [asdict(cited) for cited in (found.citation, *found.also_in)],
    }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a transcript.")
