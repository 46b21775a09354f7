"""Filters as widgets: which articles are asked or listed, and the line that says so wherever one has scrolled to."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from index.records import Filters, LibraryStats
from qa import plain
from ui import render
from ui.engine import LibraryLike

# More names than this make the page slow; others can be typed.
MOST_NAMES = 1000
_NAMES = ("publications", "authors", "sections")
_DAYS = ("since", "until")

Changed = Callable[[], None] | None


def choose(library: LibraryLike, stats: LibraryStats, page: str, changed: Changed = None) -> Filters:
    """Show the filters and return what is chosen.

    Args:
        library: What is filtered.
        stats: What all of it holds.
        page: "ask" or "list"; each has its own choice, which stays while pages change.
        changed: Called when a choice changes.
    """
    publications, authors, sections = _counts(library)
    chosen_publications = _names("Publications", "All publications", publications, f"{page}-publications", changed)
    chosen_authors = _names("Authors", "All authors", authors, f"{page}-authors", changed) if authors else ()
    chosen_sections = _names("Sections", "All sections", sections, f"{page}-sections", changed) if sections else ()
    # Side by side even on a phone, where columns would be stacked.
    with st.container(horizontal=True):
        since = _day("From", f"{page}-since", stats, changed)
        until = _day("Until", f"{page}-until", stats, changed)
    if since and until and since > until:
        st.warning("The first day is after the last, so nothing can be found.")
    return Filters(chosen_publications, since, until, chosen_authors, chosen_sections)


def show_chosen(filters: Filters, page: str, prefer_recent: bool = False, changed: Changed = None) -> None:
    """Show what is filtered, where anything is, with the button that ends it."""
    words = plain.said_of(filters, prefer_recent)
    if not words:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{page}-chosen"):
        st.html(render.note(f"{words}."))
        st.button(
            "Clear",
            key=f"{page}-clear",
            type="tertiary",
            icon=":material/close:",
            on_click=_clear,
            args=(page, changed),
        )


def _clear(page: str, changed: Changed) -> None:
    for key in _NAMES:
        st.session_state[f"{page}-{key}"] = []
    for key in _DAYS:
        st.session_state[f"{page}-{key}"] = None
    st.session_state[recent_key(page)] = False
    if changed:
        changed()


def recent_key(page: str) -> str:
    """Return the key of the checkbox for the preference for newer articles."""
    return f"{page}-recent"


def _counts(library: LibraryLike) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    """Return how many articles each publication, author and section has; counted once for each state of the library."""
    generation = library.generation
    kept = st.session_state.get("filter-counts")
    if kept is None or kept[0] != generation:
        kept = st.session_state["filter-counts"] = (
            generation, (library.publications(), _commonest(library.authors()), _commonest(library.sections())),
        )  # fmt: skip
    counts: tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]] = kept[1]
    return counts


def _commonest(counts: Mapping[str, int]) -> dict[str, int]:
    if len(counts) <= MOST_NAMES:
        return dict(counts)
    most = set(sorted(counts, key=lambda name: -counts[name])[:MOST_NAMES])
    return {name: number for name, number in counts.items() if name in most}


def _names(label: str, everything: str, counts: Mapping[str, int], key: str, changed: Changed) -> tuple[str, ...]:
    chosen = st.multiselect(
        label,
        sorted(counts, key=str.casefold),
        format_func=lambda name: f"{name or 'None'} ({counts[name]:,})" if name in counts else name,
        key=key,
        persist_state="session",
        placeholder=everything,
        # A last name, a name beyond the most, or one whose articles were removed just now.
        accept_new_options=True,
        disabled=not counts,
        on_change=changed,
    )
    return tuple(chosen)


def _day(words: str, key: str, stats: LibraryStats, changed: Changed) -> date | None:
    return st.date_input(
        words,
        value=None,
        min_value=min(stats.first or date.today(), date(1900, 1, 1)),
        max_value=max(stats.last or date.today(), date.today()),
        format="YYYY-MM-DD",
        key=key,
        persist_state="session",
        disabled=stats.first is None,
        on_change=changed,
    )
