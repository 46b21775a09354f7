"""The page where articles are added, listed and removed."""

import json

import streamlit as st

from index.errors import OnRecordError
from index.records import ArticleSummary, Filters, LibraryStats
from ui import access, adding, escape, filtering, importing, links, look, phrases, render
from ui.engine import LibraryLike, get_engine, show_error

PAGE = 50
MOST_UNREAD = 20  # that are named one by one


def show() -> None:
    """Show what the library holds and what can be done with it."""
    look.apply()
    st.title("Library", anchor=False)
    library = get_engine().library
    try:
        stats = library.stats(Filters())
        st.html(render.sentence(f"{phrases.holdings(stats)}." if stats.articles else "The library is empty."))
        if access.may_edit():
            _add(library)
        if problem := st.session_state.pop("removal-failed", ""):
            show_error(problem)
        if stats.articles:
            _list_or_tell(library, stats)
        _care(library)
    except OnRecordError as error:
        show_error(error)


def _add(library: LibraryLike) -> None:
    st.subheader("Add articles", anchor=False)
    adding.show_progress()
    job = adding.current()
    if job is not None and job.running:
        return
    ways = {"Files": _add_files, "Pasted text": _add_pasted, "Folder": _add_folder, "Web address": _add_address}
    if not importing.allowed():
        del ways["Folder"]
    for tab, way in zip(st.tabs(list(ways)), ways.values(), strict=True):
        with tab:
            way(library)


def _add_files(library: LibraryLike) -> None:
    from index import sources

    with st.form("add-files", clear_on_submit=True, border=False):
        uploads = st.file_uploader(
            "Files with articles",
            type=sorted(suffix.lstrip(".") for suffix in sources.SUFFIXES),
            accept_multiple_files=True,
        )
        pressed = st.form_submit_button("Add the files", type="primary")
        if _given(pressed, uploads, "No file was chosen. Choose one or more, then add them."):
            adding.start_files(library, [(upload.name, upload.getvalue()) for upload in uploads])
            st.rerun()


def _add_pasted(library: LibraryLike) -> None:
    with st.form("add-pasted", clear_on_submit=True, border=False):
        text = st.text_area("Text of an article, headline first", height=220)
        pressed = st.form_submit_button("Add the text", type="primary")
        if _given(pressed, text.strip(), "There is no text to add. Paste an article, its headline first."):
            adding.start_pasted(library, text)
            st.rerun()


def _add_folder(library: LibraryLike) -> None:
    with st.form("add-folder", border=False):
        folder = st.text_input(importing.label())
        pressed = st.form_submit_button("Add the folder", type="primary")
        if _given(pressed, folder.strip(), "No folder was named. Type where it is, such as /home/ann/articles."):
            adding.start_folder(library, folder.strip())
            st.rerun()


def _add_address(library: LibraryLike) -> None:
    with st.form("add-address", border=False):
        url = st.text_input("Address of an article or feed", placeholder="https://")
        pressed = st.form_submit_button("Add the page", type="primary")
        if _given(pressed, url.strip(), "There is no address. Type one that begins with https://."):
            adding.start_address(library, url.strip())
            st.rerun()


def _given(pressed: bool, given: object, missing: str) -> bool:
    """Return whether there is something to add; where a button was pressed without, say what is missing."""
    if pressed and not given:
        show_error(missing)
    return pressed and bool(given)


def _list_or_tell(library: LibraryLike, stats: LibraryStats) -> None:
    """List the articles; where one is damaged, tell it, and let the rest of the page, which can help, come after."""
    try:
        _list(library, stats)
    except OnRecordError as error:
        show_error(error)


def _list(library: LibraryLike, stats: LibraryStats) -> None:
    st.subheader("Articles", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input("Search articles", key="search", on_change=_first_page).strip()
        with st.popover("Filters", icon=":material/filter_list:"):
            filters = filtering.choose(library, stats, "list", _first_page)
    filtering.show_chosen(filters, "list", changed=_first_page)
    of = 0 if search else library.stats(filters).articles
    offset = st.session_state.setdefault("offset", 0)
    found = library.articles(filters, search, PAGE + 1, offset)
    if not found and offset:
        _first_page()
        st.rerun()
    edits = access.may_edit()
    for summary in found[:PAGE]:
        _row(library, summary, edits)
    _paging(offset, len(found), of)


def _first_page() -> None:
    st.session_state["offset"] = 0


def _turn_page(by: int) -> None:
    st.session_state["offset"] = max(0, st.session_state.get("offset", 0) + by)


def _row(library: LibraryLike, summary: ArticleSummary, edits: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{summary.id}"):
        with st.container(gap=None, width="stretch"):
            links.open_article(summary.title or "Untitled", summary.id)
            by = phrases.byline(summary.publication, summary.authors, summary.published)
            st.html(render.note(" · ".join(part for part in (by, phrases.count(summary.words, "word")) if part)))
        if edits and st.button("Remove", key=f"remove-{summary.id}", type="tertiary", icon=":material/delete:"):
            _confirm_removal(library, summary)


@st.dialog("Remove this article?")
def _confirm_removal(library: LibraryLike, summary: ArticleSummary) -> None:
    line = phrases.source_line(summary.title, summary.publication, summary.authors, summary.published)
    st.html(render.sentence(line))
    st.html(render.note("Questions will no longer be answered from it. It can be added again from its source."))
    with st.container(horizontal=True):
        removed = st.button(
            "Remove", type="primary", key="confirm-removal", on_click=_remove, args=(library, summary.id)
        )
        if st.button("Keep", key="cancel-removal") or removed:
            st.rerun()


def _remove(library: LibraryLike, article_id: str) -> None:
    try:
        library.remove(article_id, access.editor())
    except OnRecordError as error:
        st.session_state["removal-failed"] = str(error)


def _paging(offset: int, found: int, of: int) -> None:
    if not found:
        st.html(render.sentence("No article matches."))
        return
    shown = min(found, PAGE)
    among = f" of {of:,}" if of else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(render.note(f"{offset + 1:,}–{offset + shown:,}{among}"))
        if offset or found > PAGE:
            st.button("Previous", key="previous", disabled=not offset, on_click=_turn_page, args=(-PAGE,))
            st.button("Next", key="next", disabled=found <= PAGE, on_click=_turn_page, args=(PAGE,))


def _care(library: LibraryLike) -> None:
    edits = access.may_edit()
    unread = st.session_state.setdefault("unread", [])
    st.subheader("Care" if edits else "Export", anchor=False)
    with st.container(horizontal=True):
        verify, rebuild = _mending() if edits else (False, False)
        st.download_button(
            "Export",
            lambda: exported(library, unread),
            file_name="on-record-articles.jsonl",
            mime="application/x-ndjson",
            icon=":material/download:",
            help="All articles, one JSON object a line",
            on_click="ignore",
        )
    _tell_unread()
    if rebuild:
        access.editor()
        adding.start("Rebuilding the library", lambda job: library.rebuild(job.tell), noun="step")
        st.rerun()
    if verify:
        with st.spinner("Verifying…"):
            problems = library.verify()
        for problem in problems:
            st.warning(escape.label(problem, 1000), icon=":material/warning:")
        if not problems:
            st.success("The library is sound.")


def _mending() -> tuple[bool, bool]:
    """Show the buttons for it; return whether "Verify" and whether "Rebuild" was clicked."""
    job = adding.current()
    busy = job is not None and job.running
    return (
        st.button("Verify", icon=":material/fact_check:", disabled=busy, help="Look for damage in the library"),
        st.button(
            "Rebuild", icon=":material/build:", disabled=busy, help="Compute the search index again from the articles"
        ),
    )


@st.fragment(run_every=2)  # the file is made when the button is clicked, which does not run the page
def _tell_unread() -> None:
    """Name the articles that the last export of this session left out."""
    unread = st.session_state["unread"]
    for problem in unread[:MOST_UNREAD]:
        st.warning(escape.label(problem, 1000), icon=":material/warning:")
    if unread:
        are = "is" if len(unread) == 1 else "are"
        st.warning(f"{phrases.count(len(unread), 'article')} could not be read and {are} not in the exported file.")


def exported(library: LibraryLike, unread: list[str]) -> bytes:
    """Return every article as JSON Lines in UTF-8; ``unread`` is made to say why which article is left out."""
    unread.clear()
    rows = library.export(lambda why: unread.append(str(why)))
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode()
