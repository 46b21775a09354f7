"""The conversation of one session. It lives in the session state, so it stays while pages change."""

import logging
from dataclasses import dataclass
from typing import cast

import streamlit as st

from index.errors import OnRecordError
from index.records import Filters
from qa.records import Reply
from ui.engine import EngineLike

_KEY = "conversation"
_log = logging.getLogger(__name__)


@dataclass
class Turn:
    """A question and what was said to it. Until it is answered ``reply`` is None and ``error`` is empty.

    Attributes:
        as_typed: Ask without regard to the questions before it.
        prefer_recent: Rank newer articles higher.
        read_dates: Let a time in the question ("last week") restrict the days of publication.
    """

    question: str
    filters: Filters = Filters()
    as_typed: bool = False
    prefer_recent: bool = False
    read_dates: bool = True
    reply: Reply | None = None
    error: str = ""

    @property
    def pending(self) -> bool:
        """Whether it still has to be answered."""
        return self.reply is None and not self.error


def turns() -> list[Turn]:
    """Return the turns of this session, oldest first; append to it to ask."""
    return cast(list[Turn], st.session_state.setdefault(_KEY, []))


def clear() -> None:
    """Begin a new conversation."""
    st.session_state[_KEY] = []


def answer(engine: EngineLike, turn: Turn, earlier: list[Turn]) -> None:
    """Ask ``turn.question`` and keep the reply or the error in ``turn``."""
    history = () if turn.as_typed else tuple(before.question for before in earlier if before.reply)
    try:
        turn.reply = engine.ask(
            turn.question, history, turn.filters, prefer_recent=turn.prefer_recent, read_dates=turn.read_dates
        )
    except OnRecordError as error:
        turn.error = str(error)
    except Exception:  # noqa: BLE001 - a turn left pending would meet the same fault on every look at the page
        _log.exception("A question could not be answered.")
        turn.error = "This question could not be answered because of a fault in On Record. The log has the details."
