"""The side of the Ask page: what questions are restricted to, and what can be done with the conversation."""

import streamlit as st

from index.records import Filters, LibraryStats
from index.settings import load_settings
from ui import conversation, filtering, transcript
from ui.conversation import Turn
from ui.engine import LibraryLike


def choices(library: LibraryLike, stats: LibraryStats) -> tuple[Filters, bool]:
    """Show the filters and return what is chosen, and whether newer articles are preferred, for the next questions."""
    key = filtering.recent_key("ask")
    st.session_state.setdefault(key, load_settings().prefer_recent)
    with st.sidebar:
        st.subheader("Search only in", anchor=False)
        filters = filtering.choose(library, stats, "ask")
        recent = st.checkbox(
            "Prefer newer articles",
            key=key,
            persist_state="session",
            disabled=stats.first is None,
            help="Newer articles move up among those that fit a question. None is left out.",
        )
    return filters, recent


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
