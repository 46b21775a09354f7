"""Shows statements beside or instead of an answer: all of one speaker's, and what there is where one said nothing."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from index.errors import OnRecordError
from index.statement_store import StatementRow
from qa import plain
from qa.records import Instead
from ui import conversation, escape, links, people, phrases, render
from ui.conversation import Turn
from ui.engine import LibraryLike

# Each takes a link of its own, and all are sent again with every look at the page.
AT_ONCE = 20


def all_statements(rows: Sequence[StatementRow], number: int) -> None:
    """Show the statements behind an answer, oldest first unless the user turns them round.

    Args:
        rows: Oldest first. A single one is what the answer shows already.
        number: Number of the turn in the conversation.
    """
    if len(rows) < 2:
        return
    turned = bool(st.session_state.get(f"newest-first-{number}"))
    with st.expander(phrases.all_statements(len(rows), turned), key=f"all-said-{number}"):
        newest = st.toggle("Newest first", key=f"newest-first-{number}")
        everything = len(rows) <= AT_ONCE or st.toggle(f"Show all {len(rows):,}", key=f"show-all-{number}")
        ordered = _newest_first(rows) if newest else list(rows)
        for row in ordered if everything else ordered[:AT_ONCE]:
            _statement(row)


def instead(library: LibraryLike, found: Instead, turn: Turn, number: int) -> None:
    """Show what the one who was asked for did say, and offer to ask those who spoke about the topic."""
    if found.statements:
        with st.expander(escape.label(plain.said_instead(found)), expanded=True):
            for row in found.statements:
                _statement(row)
        speaker_page(library, found.statements[0])
    if not found.speakers:
        return
    st.html(render.note(f"Who spoke about {found.topic}:"))
    with st.container(gap=None):
        _others(found, turn, number)


def _others(found: Instead, turn: Turn, number: int) -> None:
    for place, speaker in enumerate(found.speakers):
        question = f"What did {speaker.speaker} say about {found.topic}?"
        st.button(
            escape.label(plain.counted(speaker)),
            key=f"instead-{number}-{place}",
            type="tertiary",
            help=escape.label(f"Ask: {question}", 300),
            on_click=conversation.turns().append,
            args=(replace(turn, question=question, as_typed=True, reply=None, error=""),),
        )


def speaker_page(library: LibraryLike, row: StatementRow) -> None:
    """Show the way to everything that the speaker of a statement is quoted with."""
    try:
        meant = people.everyone(library).of(row.speaker, row.role)
    except OnRecordError:
        return  # the page of the speakers says what is wrong
    for person in meant:
        words = f"Everything by {person.name}: {phrases.count(person.statements, 'statement')}"
        links.open_speaker(words, person.id)


def _newest_first(rows: Sequence[StatementRow]) -> list[StatementRow]:
    """Turn the order round; statements without a date stay last."""
    return [row for row in reversed(rows) if row.published] + [row for row in rows if not row.published]


def _statement(row: StatementRow) -> None:
    st.html(render.statement(row))
    links.open_article("Open the article", row.article_id, row.spans[0][0], row.spans[-1][1])
