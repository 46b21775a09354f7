"""A conversation as Markdown or JSON, with full citations. Pure functions."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from qa import plain
from qa.records import Answer, Citation, Reply
from ui import escape, periods, phrases


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
    number = 0
    for found in reply.answers:
        parts.append(_quoted(found.text))
        said = f"{escape.label(found.speaker)}, " if found.speaker else ""
        parts.append(f"{said}{phrases.likelihood(found.probability)}")
        lines = []
        for cited in (found.citation, *found.also_in):
            number += 1
            lines.append(f"- \\[{number}\\] {_cited_as_markdown(cited)}" + (" (copy)" if cited.copy else ""))
        parts.append("\n".join(lines))
    parts.append(f"Searched {phrases.holdings(reply.searched, reply.held)}.")
    return parts


def _quoted(text: str) -> str:
    return "\n".join("> " + escape.markdown(line.strip()) for line in text.splitlines())


def _cited_as_markdown(cited: Citation) -> str:
    line = escape.label(phrases.source_line(cited.title, cited.publication, cited.authors, cited.published), 1000)
    address = escape.web_address(cited.url)
    page = f", <{address.translate(_UNSAFE_IN_ADDRESS)}>" if address else ""
    return f"{line}{page}, characters {cited.start}–{cited.end}"


_UNSAFE_IN_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in "<> \t\r\n"}


def as_json(said: Sequence[Exchange]) -> str:
    """Return the conversation as JSON: a list of questions with their replies, dates as YYYY-MM-DD."""
    return json.dumps([_exchange_as_dict(exchange) for exchange in said], ensure_ascii=False, indent=2, default=_plain)


def _exchange_as_dict(exchange: Exchange) -> dict[str, Any]:
    if exchange.reply is None:
        return {"question": exchange.question, "error": exchange.error}
    reply = exchange.reply
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
    }


def _answer_as_dict(found: Answer) -> dict[str, Any]:
    return {
        "text": found.text,
        "probability": round(found.probability, 4),
        "kind": found.kind.value,
        "speaker": found.speaker,
        "citations": [asdict(cited) for cited in (found.citation, *found.also_in)],
    }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a transcript.")
