"""The pages of the app and the links between them. A link keeps the session, and with it the conversation."""

import streamlit as st
from streamlit.navigation.page import Page

from ui import escape


def ask_page() -> Page:
    """The page where questions are asked."""
    from ui import chat

    return st.Page(chat.show, title="Ask", icon=":material/forum:", url_path="ask", default=True)


def library_page() -> Page:
    """The page where articles are added, listed and removed."""
    from ui import library

    return st.Page(library.show, title="Library", icon=":material/library_books:", url_path="library")


def article_page() -> Page:
    """The page that shows one article, ``?article=ID&start=..&end=..``."""
    from ui import article

    return st.Page(article.show, title="Article", url_path="article", visibility="hidden")


def open_article(words: str, article_id: str, start: int = 0, end: int = 0) -> None:
    """Show a link to an article, with ``text[start:end]`` to be marked in it."""
    where = {"article": article_id} | ({"start": str(start), "end": str(end)} if end > start else {})
    st.page_link(article_page(), label=escape.label(words), query_params=where)


def back_to_conversation() -> None:
    """Show the way back to the questions and answers."""
    st.page_link(ask_page(), label="Back to the conversation", icon=":material/arrow_back:")
