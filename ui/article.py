"""The page that shows one article whole, with the cited words marked and in view."""

import streamlit as st

from index.errors import ArticleNotFoundError, OnRecordError
from index.records import Article, Version
from ui import difference, links, look, phrases, render, scroll
from ui.engine import LibraryLike, get_engine, show_error


def show() -> None:
    """Show the article that the address names: ``?article=ID``, with ``&start=..&end=..`` to mark words."""
    look.apply()
    links.back_to_conversation()
    wanted = st.query_params.get("article", "")
    if not wanted:
        st.html(render.sentence("No article is chosen. Open one from an answer or from the Library page."))
        return
    library = get_engine().library
    try:
        article = library.article(wanted)
        versions = library.versions(article.id)
        start, end = position(st.query_params.get("start", "")), position(st.query_params.get("end", ""))
        st.html(render.article_head(article))
        _replaced(library, article, versions)
        st.html(render.article_body(article, start, end))
        _versions(article, versions)
    except ArticleNotFoundError:
        show_error(f"No article here has the id “{wanted}”; it may have been removed. The Library page lists them all.")
        return
    except OnRecordError as error:
        show_error(error)
        return
    links.back_to_conversation()
    if end > start:
        scroll.into_view("cited")


def _replaced(library: LibraryLike, article: Article, versions: list[Version]) -> None:
    """Say that a newer version took the place of this one, and what that changed."""
    this = next((version for version in versions if version.id == article.id), None)
    if this is None or this.replaced_at is None:
        return
    st.html(render.replaced(this.replaced_at))
    links.open_version("Open the newest version", versions[0].id, "version-newest")
    newer = library.article(this.replaced_by)
    with st.expander("What the next version changed"):
        st.html(difference.between(article, newer) or render.note("The words are the same; other data changed."))


def _versions(article: Article, versions: list[Version]) -> None:
    """List all texts that the article had, newest first."""
    if len(versions) < 2:
        return
    st.html(render.subhead("Versions"))
    for place, version in enumerate(versions):
        added = f"Added {phrases.day(phrases.local_day(version.added_at))}"
        line = added if place else f"{added}, answered from"
        if version.id == article.id:
            st.html(render.note(f"{line}, shown here"))
        else:
            other = "" if version.title == article.title else f": {version.title or 'Untitled'}"
            links.open_version(f"{line}{other}", version.id, f"version-{place}")


def position(text: str) -> int:
    """Return the character position in an address; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
