"""The pages of the app, for whoever was let in."""

from pathlib import Path

import streamlit as st

from ui import access, links

# A file, because Streamlit fetches the picture of a named icon or an emoji from the network.
st.set_page_config(page_title="On Record", page_icon=Path(__file__).with_name("icon.svg"), layout="centered")
let_in = access.admit()
pages = [
    links.ask_page(),
    links.speakers_page(),
    links.speaker_page(),
    links.quotation_page(),
    links.library_page(),
    links.article_page(),
]
if access.signs_in():
    pages.append(links.account_page())
page = st.navigation(pages, position="top" if let_in else "hidden")
if let_in:
    page.run()
else:
    access.show_way_in()
