"""The page of everyone who is quoted: how often, about what, and where."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from index.errors import OnRecordError
from index.names import fold
from index.people import People, Person
from index.records import Filters
from ui import filtering, links, look, people, phrases, render
from ui.engine import LibraryLike, get_engine, show_error

PAGE = 50


def show() -> None:
    """Show everyone who is quoted."""
    look.apply()
    library = get_engine().library
    st.title("Speakers", anchor=False)
    st.html(render.sentence("Whom the articles in your library quote. Open a name to read all that is quoted."))
    try:
        _list(library, people.everyone(library))
    except OnRecordError as error:
        show_error(error)


def _list(library: LibraryLike, everyone: People) -> None:
    if not everyone.everyone:
        st.html(render.sentence("Nobody is quoted in the library yet. Whom its articles quote is listed here."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        find = st.text_input(
            "Find a speaker", key="speakers-find", persist_state="session", on_change=people.first_page
        )
        about, filters = people.choose(library)
    filtering.show_chosen(filters, people.FILTERS, changed=people.first_page)
    with st.container(horizontal=True, vertical_alignment="center"):
        by_name = st.checkbox("In order of names", key="speakers-by-name", persist_state="session")
        unnamed = st.checkbox(
            "Also without a name",
            key="speakers-unnamed",
            persist_state="session",
            on_change=people.first_page,
            help="Such as “officials” or “the senators”",
        )
    counts = _counts(library, everyone, filters, about)
    found = [p for p in everyone.everyone if counts[p.id] and (unnamed or p.named) and is_called(p, find)]
    found.sort(key=_by_name if by_name else lambda person: (-counts[person.id], _by_name(person)))
    _rows(found, counts)


def _counts(library: LibraryLike, everyone: People, filters: Filters, about: str) -> Counter[str]:
    """Return how many statements each person has that the topic and the filters leave."""
    counts = Counter[str]()
    if about:
        for row in library.statements(filters, about=about):
            counts.update(person.id for person in everyone.of(row.speaker, row.role))
    elif filters:
        for one in library.speakers(filters):
            for person in everyone.of(one.speaker, one.role):
                counts[person.id] += one.statements
    else:
        counts.update({person.id: person.statements for person in everyone.everyone})
    return counts


def is_called(person: Person, find: str) -> bool:
    """Return whether each word of ``find`` is in a name or role of a person; case and accents do not count."""
    known = fold(" ".join((person.name, *(f"{name.key.name} {name.key.role}" for name in person.names))))
    return all(word in known for word in fold(find).split())


def _by_name(person: Person) -> tuple[str, str]:
    return fold(person.name), person.id


def _rows(found: Sequence[Person], counts: Counter[str]) -> None:
    if not found:
        st.html(render.sentence("No speaker matches."))
        return
    offset = st.session_state.setdefault(people.LIST, 0)
    if offset >= len(found):
        offset = 0
    total = sum(counts[person.id] for person in found)
    st.html(render.note(f"{phrases.count(len(found), 'speaker')}, {phrases.count(total, 'statement')}."))
    for person in found[offset : offset + PAGE]:
        with st.container(gap=None):
            links.open_speaker(person.name, person.id)
            st.html(render.note(people.details(person, counts[person.id])))
    people.paging(people.LIST, offset, PAGE, len(found))
