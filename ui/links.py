"""The pages of the app and the links between them. A link keeps the session, and with it the conversation."""

import logging
from collections.abc import Callable
from functools import wraps

import streamlit as st
from streamlit.navigation.page import Page

from ui import escape

_log = logging.getLogger(__name__)


def careful(show: Callable[[], None]) -> Callable[[], None]:
    """Return a page that tells of a fault in one sentence; Streamlit's own box offers to send it to other computers."""

    @wraps(show)
    def shown() -> None:
        try:
            show()
        except Exception:  # noqa: BLE001 - the page's last line: the log has what the user need not read
            _log.exception("The page %s could not be shown.", show.__module__)
            st.error(_FAULT, icon=":material/error:")

    return shown


_FAULT = (
    "This page could not be shown because of a fault in On Record. The log has the details. "
    "Load the page again; if it stays so, look on the Library page whether the library is sound."
)


def ask_page() -> Page:
    """The page where questions are asked."""
    from ui import chat

    return st.Page(careful(chat.show), title="Ask", icon=":material/forum:", url_path="ask", default=True)


def library_page() -> Page:
    """The page where articles are added, listed and removed."""
    from ui import library

    return st.Page(careful(library.show), title="Library", icon=":material/library_books:", url_path="library")


def quotation_page() -> Page:
    """The page where a quotation is checked."""
    from ui import quotation

    return st.Page(
        careful(quotation.show), title="Check a quotation", icon=":material/format_quote:", url_path="quotation"
    )


def speakers_page() -> Page:
    """The page of everyone who is quoted."""
    from ui import speakers

    return st.Page(careful(speakers.show), title="Speakers", icon=":material/record_voice_over:", url_path="speakers")


def speaker_page() -> Page:
    """The page of what one of them said, ``?speaker=ID``."""
    from ui import speaker

    return st.Page(careful(speaker.show), title="Speaker", url_path="speaker", visibility="hidden")


def article_page() -> Page:
    """The page that shows one article, ``?article=ID&start=..&end=..``."""
    from ui import article

    return st.Page(careful(article.show), title="Article", url_path="article", visibility="hidden")


def account_page() -> Page:
    """The page that tells who is signed in."""
    from ui import access

    return st.Page(access.show_account, title="Account", icon=":material/person:", url_path="account")


def open_article(words: str, article_id: str, start: int = 0, end: int = 0) -> None:
    """Show a link to an article, with ``text[start:end]`` to be marked in it."""
    where = {"article": article_id} | ({"start": str(start), "end": str(end)} if end > start else {})
    st.page_link(article_page(), label=escape.label(words), query_params=where)


def open_version(words: str, article_id: str, key: str) -> None:
    """Show, on the page of an article, the way to another text of it.

    A link to the page one is on would show the other text and leave the address as it was.
    """
    st.button(escape.label(words, 300), key=key, type="tertiary", on_click=_show_version, args=(article_id,))


def _show_version(article_id: str) -> None:
    st.query_params.from_dict({"article": article_id})


def open_speaker(words: str, person_id: str) -> None:
    """Show a link to all that somebody said."""
    st.page_link(speaker_page(), label=escape.label(words), query_params={"speaker": person_id})


def all_speakers() -> None:
    """Show the way back to everyone who is quoted."""
    st.page_link(speakers_page(), label="All speakers", icon=":material/arrow_back:")


def back_to_conversation() -> None:
    """Show the way back to the questions and answers."""
    st.page_link(ask_page(), label="Back to the conversation", icon=":material/arrow_back:")
