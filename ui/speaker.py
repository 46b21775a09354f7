"""The page of what one speaker said: over time, in full, and to take away."""

from collections.abc import Sequence

import streamlit as st

from index.errors import OnRecordError
from index.people import People, Person
from index.statement_store import StatementRow
from qa import plain
from ui import downloads, escape, filtering, links, look, people, phrases, render, speaker_names, statements, timeline
from ui.engine import LibraryLike, get_engine, show_error
from ui.statements import Said

PAGE = 25
MOST_SOURCES = 10


def show() -> None:
    """Show the speaker that the address names: ``?speaker=ID``."""
    look.apply()
    links.all_speakers()
    wanted = st.query_params.get("speaker", "")
    library = get_engine().library
    try:
        if problem := st.session_state.pop(speaker_names.FAILED, ""):
            show_error(problem)
        everyone = people.everyone(library)
        person = everyone.get(wanted)
        if person:
            _show(library, everyone, person)
        elif wanted:
            st.html(render.sentence(f"Nobody who is quoted here is called “{wanted}”."))
        else:
            st.html(render.sentence("No speaker is chosen. Open one from the Speakers page."))
    except OnRecordError as error:
        show_error(error)


def _show(library: LibraryLike, everyone: People, person: Person) -> None:
    """Show a speaker's statements, restricted to a topic and to outlets and dates if wanted."""
    if st.session_state.get("speaker-shown") != person.id:
        st.session_state["speaker-shown"] = person.id
        st.session_state[people.ONE] = 0
    st.html(statements.head(person.name, people.details(person, person.statements)))
    speaker_names.show(library, everyone, person)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about, filters = people.choose(library)
    filtering.show_chosen(filters, people.FILTERS, changed=people.first_page)
    rows = library.statements(filters, about=about, names=everyone.given_as(person))
    said = statements.once_each(rows)
    if rows:
        shown = timeline.timeline([one.first.published for one in said])
        st.html(render.note(f"{_summary(said, rows)} {timeline.described(shown)}".strip()))
        timeline.chart(shown, person.name)
        newest = st.checkbox("Newest first", key="speaker-newest", persist_state="session", on_change=people.first_page)
        said = newest_first(said) if newest else said
        asked = f"About “{about}”. " if about else ""
        setting = plain.said_of(filters, False)
        _downloads(rows, said, person, f"{asked}{setting}".strip())
        _list(library, said)
    else:
        left = " that the filters leave" if filters else ""
        st.html(
            render.sentence(f"No statement{left} is about “{about}”." if about else f"There is no statement{left}.")
        )


def newest_first(said: Sequence[Said]) -> list[Said]:
    """Return statements in the opposite order; those without a date stay last."""
    dated = [one for one in said if one.first.published]
    return [*reversed(dated), *(one for one in said if not one.first.published)]


def _summary(said: Sequence[Said], rows: Sequence[StatementRow]) -> str:
    articles = len({row.article_id for row in rows})
    outlets = len({row.publication for row in rows if row.publication})
    where = f"in {phrases.count(articles, 'article')}"
    if outlets:
        where += f" from {phrases.count(outlets, 'publication')}"
    if len(said) == len(rows):
        return f"{phrases.count(len(rows), 'statement')} {where}."
    return f"{phrases.count(len(said), 'different statement')}, given {len(rows):,} times {where}."


def _downloads(rows: Sequence[StatementRow], said: Sequence[Said], person: Person, restricted: str) -> None:
    def markdown() -> str:
        return statements.as_markdown(said, person.name, restricted)

    with st.container(horizontal=True):
        for words, ending, mime, made in (
            ("Download as CSV", "csv", "text/csv", lambda: statements.as_csv(rows, person.name)),
            ("Download as Markdown", "md", "text/markdown", markdown),
        ):
            name = downloads.file_name(person.name, ending)
            st.download_button(words, made, file_name=name, mime=mime, icon=":material/download:", on_click="ignore")


def _list(library: LibraryLike, said: Sequence[Said]) -> None:
    offset = st.session_state.setdefault(people.ONE, 0)
    if offset >= len(said):
        offset = 0
    for one in said[offset : offset + PAGE]:
        st.html(statements.words(one.first, library.article(one.first.article_id).text))
        for row in one.rows[:MOST_SOURCES]:
            _source(library, row)
        if (more := len(one.rows) - MOST_SOURCES) > 0:
            st.html(render.note(f"The same words {more:,} times more; the downloads have them all."))
    people.paging(people.ONE, offset, PAGE, len(said))


def _source(library: LibraryLike, row: StatementRow) -> None:
    with st.expander(escape.label(statements.source_line(row), 240)):
        st.html(statements.in_context(row, library.article(row.article_id).text))
        links.open_article("Open the article", row.article_id, row.spans[0][0], row.spans[-1][1])
