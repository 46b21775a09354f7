"""The side of the Ask page: what questions are restricted to, and what can be done with the conversation."""

from datetime import date

import streamlit as st

from index.records import Filters, LibraryStats
from ui import conversation, transcript
from ui.conversation import Turn
from ui.engine import LibraryLike


def filters(library: LibraryLike, stats: LibraryStats) -> Filters:
    """Show the filters and return what is chosen; they apply to the next questions."""
    counts = library.publications()
    with st.sidebar:
        st.subheader("Search only in", anchor=False)
        chosen = st.multiselect(
            "Publications",
            sorted(counts, key=str.casefold),
            format_func=lambda name: f"{name or 'No publication'} ({counts.get(name, 0):,})",
            key="publications",
            persist_state="session",
            placeholder="All publications",
            disabled=not counts,
        )
        since = _day("From", "since", stats)
        until = _day("Until", "until", stats)
        if since and until and since > until:
            st.warning("The first day is after the last, so nothing can be found.")
    return Filters(tuple(chosen), since, until)


def _day(words: str, key: str, stats: LibraryStats) -> date | None:
    return st.date_input(
        words,
        value=None,
        min_value=min(stats.first or date.today(), date(1900, 1, 1)),
        max_value=max(stats.last or date.today(), date.today()),
        format="YYYY-MM-DD",
        key=key,
        persist_state="session",
        disabled=stats.first is None,
    )


def conversation_tools(turns: list[Turn]) -> None:
    """Show what can be done with the conversation."""
    if not turns:
        return
    with st.sidebar:
        st.subheader("Conversation", anchor=False)
        st.button("New conversation", icon=":material/edit_square:", width="stretch", on_click=conversation.clear)
        for words, name, mime, make in (
            ("Download as Markdown", "on-record.md", "text/markdown", transcript.as_markdown),
            ("Download as JSON", "on-record.json", "application/json", transcript.as_json),
        ):
            st.download_button(
                words,
                make(transcript.exchanges(turns)),
                file_name=name,
                mime=mime,
                icon=":material/download:",
                width="stretch",
                on_click="ignore",
            )
