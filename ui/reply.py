"""Shows one reply: answers with their citations, or why there is no answer."""

from dataclasses import replace

import streamlit as st

from qa import plain
from qa.records import Answer, Citation, Passage, Reply, Status
from ui import conversation, escape, links, phrases, render
from ui.conversation import Turn

CLOSEST = 5


def show(turn: Turn, number: int, newest: bool) -> None:
    """Show what was said to ``turn``, the ``number``-th of the conversation; the newest opens its first citation."""
    reply = turn.reply
    if reply is None:
        return
    _understood(turn, reply, number)
    if how := plain.said_of(reply.query.filters, reply.query.prefer_recent):
        st.html(render.note(f"{how}."))
    if reply.status is Status.ANSWERED:
        _answers(reply, newest)
    else:
        _no_answer(turn, reply, number)
    st.html(render.note(_searched(reply)))


def numbered(reply: Reply) -> list[tuple[Answer, list[tuple[int, Citation]]]]:
    """Number the citations of a reply from 1, each answer's own first and then those of ``also_in``."""
    numbers = iter(range(1, 1 + sum(1 + len(found.also_in) for found in reply.answers)))
    return [(found, [(next(numbers), c) for c in (found.citation, *found.also_in)]) for found in reply.answers]


def _understood(turn: Turn, reply: Reply, number: int) -> None:
    query = reply.query
    if query.interpreted_as == query.question:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(render.note(f"Understood as: {query.interpreted_as}"))
        again = replace(turn, as_typed=True, reply=None)
        st.button(
            "Ask it as typed",
            key=f"as-typed-{number}",
            type="tertiary",
            on_click=conversation.turns().append,
            args=(again,),
        )


def _answers(reply: Reply, newest: bool) -> None:
    answers = numbered(reply)
    for place, (found, citations) in enumerate(answers, start=1):
        st.html(render.answer(found, [number for number, _ in citations], place, len(answers)))
        for number, cited in citations:
            _citation(number, cited, expanded=newest and number == 1)


def _citation(number: int, cited: Citation, expanded: bool) -> None:
    line = phrases.source_line(cited.title, cited.publication, cited.authors, cited.published)
    line += " (copy)" if cited.copy else ""
    with st.expander(escape.label(f"[{number}] {line}", 240), expanded=expanded):
        st.html(render.citation(cited))
        links.open_article("Open the article", cited.article_id, cited.start, cited.end)


def _no_answer(turn: Turn, reply: Reply, number: int) -> None:
    st.html(render.sentence(phrases.NO_ANSWER))
    if reply.reason not in ("", phrases.NO_ANSWER):
        st.html(render.note(reply.reason))
    if reply.query.filters:
        everywhere = Turn(turn.question, as_typed=turn.as_typed, prefer_recent=turn.prefer_recent)
        st.button(
            "Ask all articles",
            key=f"ask-all-{number}",
            type="tertiary",
            on_click=conversation.turns().append,
            args=(everywhere,),
        )
    if reply.passages:
        st.html(render.note("The closest passages:"))
    for read in reply.passages[:CLOSEST]:
        _passage(read)


def _passage(read: Passage) -> None:
    line = phrases.source_line(read.title, read.publication, (), read.published)
    with st.expander(escape.label(line, 240)):
        st.html(render.passage(read))
        links.open_article("Open the article", read.article_id, read.start, read.end)


def _searched(reply: Reply) -> str:
    seconds = reply.timings_ms.get("total", 0.0) / 1000
    took = f", in {seconds:.1f} s" if seconds else ""
    return f"Searched {phrases.holdings(reply.searched, reply.held)}{took}."
