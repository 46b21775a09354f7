"""The look of the pages: one style sheet, which takes its colours from the theme."""

from pathlib import Path

import streamlit as st

_SHEET = Path(__file__).with_name("style.css")


def apply() -> None:
    """Put the style sheet on the page."""
    st.html(_SHEET)
