"""On Record in the browser: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from index.pickles import refuse_pickles
from ui import links

refuse_pickles()
# A file, because Streamlit fetches the picture of a named icon or an emoji from the network.
st.set_page_config(page_title="On Record", page_icon=Path(__file__).parent / "ui" / "icon.svg", layout="centered")
pages = [
    links.ask_page(),
    links.speakers_page(),
    links.speaker_page(),
    links.quotation_page(),
    links.library_page(),
    links.article_page(),
]
st.navigation(pages, position="top").run()
