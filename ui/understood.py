"""Shows how a question was understood, where each part can be changed: its words, its dates, the filters."""

from dataclasses import replace

import streamlit as st

from qa import plain
from qa.records import Period, Reply
from ui import conversation, escape, periods, render
from ui.conversation import Turn

LONGEST_QUESTION = 1000


def show(turn: Turn, reply: Reply, number: int) -> None:
    """Show what ``turn``, the ``number``-th of the conversation, was taken for, with what asks it otherwise."""
    query = reply.query
    if query.interpreted_as != query.question:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(render.note(f"Understood as: {query.interpreted_as}"))
            _edit(turn, query.interpreted_as, number)
            st.button(
                "Ask it as typed",
                key=f"as-typed-{number}",
                type="tertiary",
                on_click=_ask,
                args=(replace(turn, as_typed=True, reply=None),),
            )
    if query.period:
        _chip(turn, query.period, number)
    if how := plain.said_of(turn.filters, query.prefer_recent):
        st.html(render.note(f"{how}."))


def _edit(turn: Turn, understood: str, number: int) -> None:
    key = f"edited-{number}"
    with st.popover("Edit", icon=":material/edit:", type="tertiary"), st.form(f"edit-{number}", border=False):
        st.text_area("Question", value=understood, key=key, max_chars=LONGEST_QUESTION)
        st.form_submit_button("Ask this", type="primary", on_click=_ask_edited, args=(turn, key))


def _chip(turn: Turn, period: Period, number: int) -> None:
    st.button(
        escape.label(periods.line(period), 200),
        key=f"period-{number}",
        icon=":material/close:",
        icon_position="right",
        help=periods.explained(period),
        on_click=_ask,
        args=(replace(turn, read_dates=False, reply=None),),
    )


def _ask(turn: Turn) -> None:
    conversation.turns().append(turn)


def _ask_edited(turn: Turn, key: str) -> None:
    words = " ".join(str(st.session_state.get(key, "")).split())
    if words:
        _ask(replace(turn, question=words, as_typed=True, reply=None, error=""))
