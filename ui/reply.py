"""Shows one reply: answers with their citations, or why there is no answer."""

from collections.abc import Sequence

import streamlit as st

from qa.records import Answer, Citation, Passage, Reply, Status
from ui import conversation, escape, links, offers, phrases, render, understood
from ui.conversation import Turn
from ui.engine import LibraryLike

CLOSEST = 5
# An answer with its citations and their numbers.
Numbered = tuple[Answer, list[tuple[int, Citation]]]


def show(library: LibraryLike, turn: Turn, number: int, newest: bool) -> None:
    """Show what was said to ``turn``, the ``number``-th of the conversation; the newest opens its first citation."""
    reply = turn.reply
    if reply is None:
        return
    understood.show(turn, reply, number)
    if reply.status is Status.ANSWERED:
        _answers(reply, newest)
        offers.all_statements(reply.statements, number)
        if reply.statements:
            offers.speaker_page(library, reply.statements[0])
    else:
        _no_answer(library, turn, reply, number)
    st.html(render.note(_searched(reply)))


def numbered(reply: Reply) -> list[Numbered]:
    """Number the citations of a reply from 1, each answer's own first and then those of ``also_in``."""
    numbers = iter(range(1, 1 + sum(1 + len(found.also_in) for found in reply.answers)))
    return [(found, [(next(numbers), c) for c in (found.citation, *found.also_in)]) for found in reply.answers]


def _answers(reply: Reply, newest: bool) -> None:
    answers = numbered(reply)
    sides = len(reply.disagreement.answers) if reply.disagreement else 0
    if sides:
        st.html(render.sentence(phrases.DISAGREE))
        for place, column in enumerate(st.columns(sides, gap="large"), start=1):
            with column:
                _answer(answers, place, opened=newest)
    for place in range(sides + 1, len(answers) + 1):
        _answer(answers, place, opened=newest and place == 1)


def _answer(answers: Sequence[Numbered], place: int, opened: bool) -> None:
    """Show the ``place``-th answer, counted from 1, with its citations; the first of them open if ``opened``."""
    found, citations = answers[place - 1]
    st.html(render.answer(found, [number for number, _ in citations], place, len(answers)))
    for at, (number, cited) in enumerate(citations):
        _citation(number, cited, expanded=opened and at == 0)


def _citation(number: int, cited: Citation, expanded: bool) -> None:
    line = phrases.source_line(cited.title, cited.publication, cited.authors, cited.published)
    line += " (copy)" if cited.copy else ""
    with st.expander(escape.label(f"[{number}] {line}", 240), expanded=expanded):
        st.html(render.citation(cited))
        links.open_article("Open the article", cited.article_id, cited.start, cited.end)


def _no_answer(library: LibraryLike, turn: Turn, reply: Reply, number: int) -> None:
    st.html(render.sentence(phrases.NO_ANSWER))
    if reply.reason not in ("", phrases.NO_ANSWER):
        st.html(render.sentence(reply.reason) if reply.instead else render.note(reply.reason))
    if reply.instead:
        offers.instead(library, reply.instead, turn, number)
    if reply.query.filters:
        everywhere = Turn(turn.question, as_typed=turn.as_typed, prefer_recent=turn.prefer_recent, read_dates=False)
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
