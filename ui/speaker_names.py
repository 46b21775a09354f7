"""The names that are taken for one speaker's, and the means to put others together with them or take some away."""

from collections.abc import Callable

import streamlit as st

from index.errors import OnRecordError
from index.names import fold
from index.people import People, Person, merge
from index.people_file import NameKey
from ui import access, people, render
from ui.engine import LibraryLike

FAILED = "speaker-failed"
# More choices than this make the page slow; the likely ones come first.
MOST_CHOICES = 1000


def show(library: LibraryLike, everyone: People, person: Person) -> None:
    """Show the names of a speaker and what can be done with them."""
    with st.expander("Names"):
        st.html(render.note(_whence(person)))
        labels = {name.key: f"{_label(name.key)} ({name.statements:,})" for name in person.names}
        st.html("".join(render.note(f"• {label}") for label in labels.values()))
        if not access.may_edit():
            return
        _split(library, person, labels)
        _join(library, everyone, person)
        if person.decided:
            st.button("Let the rules decide again", key="forget", on_click=_forget, args=(library, person))


def _whence(person: Person) -> str:
    if person.decided:
        return "The names of this speaker, as you decided:"
    if len(person.names) > 1:
        return "These names were taken for one speaker's by rules that can be wrong:"
    return "Always named so:"


def _label(key: NameKey) -> str:
    return ", ".join(part for part in key if part)


def _split(library: LibraryLike, person: Person, labels: dict[NameKey, str]) -> None:
    if len(labels) < 2:
        return
    taken = st.multiselect(
        "Names of somebody else", list(labels), format_func=labels.__getitem__, key=f"split-{person.id}"
    )
    st.button(
        "Take these away",
        key="split",
        disabled=not 0 < len(taken) < len(labels),
        on_click=_take_away,
        args=(library, person, taken),
    )


def _join(library: LibraryLike, everyone: People, person: Person) -> None:
    others = likely(everyone, person)
    if not others:
        return
    other = st.selectbox(
        "The same person or institution",
        others,
        index=None,
        format_func=lambda one: f"{one.id} ({one.statements:,})",
        key=f"join-{person.id}",
        placeholder="Choose a speaker",
    )
    st.button("Put together", key="join", disabled=other is None, on_click=_put, args=(library, person, other))


def likely(everyone: People, person: Person) -> list[Person]:
    """Return other speakers to choose from, first those with a word of this one's names."""
    mine = {word for name in person.names for word in fold(name.key.name).split() if len(word) > 1}
    others = [other for other in everyone.everyone if other.id != person.id]
    others.sort(key=lambda other: not any(mine.intersection(fold(n.key.name).split()) for n in other.names))
    return others[:MOST_CHOICES]


def _take_away(library: LibraryLike, person: Person, taken: list[NameKey]) -> None:
    rest = [name.key for name in person.names if name.key not in taken]
    _decide(library, lambda: library.people.take_apart(taken, rest), rest[0])


def _put(library: LibraryLike, person: Person, other: Person | None) -> None:
    if other:
        names = [name.key for one in (person, other) for name in one.names]
        _decide(library, lambda: library.people.put_together(names), person.names[0].key)


def _forget(library: LibraryLike, person: Person) -> None:
    """Undo what was decided of a speaker's names, and of those that the rules would put together with them."""

    def keep() -> None:
        undecided = merge(library.speakers())
        alone = filter(None, (undecided.having(name.key) for name in person.names))
        library.people.forget(name.key for one in alone for name in one.names)

    _decide(library, keep, person.names[0].key)


def _decide(library: LibraryLike, keep: Callable[[], None], name: NameKey) -> None:
    """Keep a decision and go on with whoever has the name now; a failure is told on the page."""
    try:
        access.editor()
        keep()
        found = people.everyone(library).having(name)
        if found:
            st.query_params["speaker"] = found.id
    except OnRecordError as error:
        st.session_state[FAILED] = str(error)
