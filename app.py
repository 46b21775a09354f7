"""On Record in the browser: ``streamlit run app.py``. The pages are in ``ui/pages.py``, behind a door."""

import sys
from pathlib import Path

import streamlit as st
from streamlit import config

from index.errors import OnRecordError
from index.pickles import refuse_pickles
from ui import gate
from ui.door import open_door

refuse_pickles()
try:
    door = open_door()
except OnRecordError as error:
    sys.exit(str(error))
# One limit for all ways in: an upload is cut off while it comes.
config.set_option("server.maxUploadSize", door.settings.max_file_mb)
app = st.App(Path(__file__).parent / "ui" / "pages.py", routes=gate.routes(door), middleware=gate.middleware(door))
