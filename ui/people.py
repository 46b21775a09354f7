"""The people of the library that is shown, and what the list of them and the page of each have in common."""

from typing import Any

import streamlit as st

from index.people import People, Person, merge
from index.records import Filters
from ui import filtering, phrases, render
from ui.engine import LibraryLike

FILTERS = "speakers"
LIST, ONE = "speakers-offset", "speaker-offset"


@st.cache_resource(show_spinner=False)
def _kept() -> dict[str, tuple[Any, People]]:
    return {}


def everyone(library: LibraryLike) -> People:
    """Return everyone who is quoted, merged once for each state of the library and of what users decided.

    Raises:
        LibraryError: What users decided cannot be read.
    """
    state = (library.people, library.generation, library.people.groups())
    kept = _kept().get("people")
    if kept is None or kept[0] != state:
        kept = _kept()["people"] = (state, merge(library.speakers(), state[2]))
    return kept[1]


def details(person: Person, statements: int) -> str:
    """Return "Attorney General · 12 statements · also as Garland"."""
    names = person.other_names
    shown = (*names[:3], f"{len(names) - 3:,} more") if len(names) > 3 else names
    also = f"also as {phrases.listed(shown)}" if names else ""
    role = person.role if person.named else ""
    return " · ".join(part for part in (role, phrases.count(statements, "statement"), also) if part)


def choose(library: LibraryLike) -> tuple[str, Filters]:
    """Show the box for a topic and the filters; both are the same for the list and for a speaker."""
    about = st.text_input(
        "About",
        key="speakers-about",
        persist_state="session",
        placeholder="A word or more",
        help="Words in a statement or in the sentences around it",
        on_change=first_page,
    )
    with st.popover("Filters", icon=":material/filter_list:"):
        filters = filtering.choose(library, library.stats(Filters()), FILTERS, first_page)
    return about.strip(), filters


def first_page() -> None:
    """Begin both lists at their first page."""
    for place in (LIST, ONE):
        st.session_state[place] = 0


def paging(place: str, offset: int, page: int, of: int) -> None:
    """Show which part of a list is shown, and the buttons to turn the page; ``place`` is where the offset is kept."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(render.note(f"{offset + 1:,}–{min(offset + page, of):,} of {of:,}"))
        if of > page:
            for words, key, to, end in (
                ("Previous", "previous", offset - page, not offset),
                ("Next", "next", offset + page, offset + page >= of),
            ):
                st.button(words, key=f"{place}-{key}", disabled=end, on_click=_turn, args=(place, to))


def _turn(place: str, to: int) -> None:
    st.session_state[place] = max(0, to)
