"""The page that shows one article whole, with the cited words marked and in view."""

import streamlit as st

from index.errors import OnRecordError
from ui import links, look, render, scroll
from ui.engine import get_engine, show_error


def show() -> None:
    """Show the article that the address names: ``?article=ID``, with ``&start=..&end=..`` to mark words."""
    look.apply()
    links.back_to_conversation()
    wanted = st.query_params.get("article", "")
    if not wanted:
        st.html(render.sentence("No article is chosen. Open one from an answer or from the Library page."))
        return
    engine = get_engine()
    try:
        article = engine.library.article(wanted)
    except OnRecordError as error:
        show_error(error)
        return
    start, end = position(st.query_params.get("start", "")), position(st.query_params.get("end", ""))
    st.html(render.article_head(article))
    st.html(render.article_body(article, start, end))
    links.back_to_conversation()
    if end > start:
        scroll.into_view("cited")


def position(text: str) -> int:
    """Return the character position in an address; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
