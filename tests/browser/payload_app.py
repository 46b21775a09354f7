"""The real pages, on an engine whose every text is hostile: ``python -m streamlit run tests/browser/payload_app.py``.

With ``-- harmless`` plain words stand in the same places, to compare.
"""

import runpy
import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser import payload_world as world  # noqa: E402
from tests.browser.payloads import PAYLOADS  # noqa: E402
from ui import adding, engine, library, offers, quotation, render, reply, speaker, speakers  # noqa: E402

TEXTS = (world.harmless if "harmless" in sys.argv else world.hostile)(PAYLOADS)
quotation.SHOWN = reply.CLOSEST = offers.AT_ONCE = 10_000
library.PAGE = speaker.PAGE = speakers.PAGE = 10_000 if st.query_params.get("whole") else 20
engine.opener = lambda: world.engine(TEXTS)


def _report() -> adding.Job:
    job = adding.Job("Adding articles", lambda job: job.results.extend(world.results(TEXTS)))
    job.wait()
    return job


if st.query_params.get("whole") and "conversation" not in st.session_state:
    st.session_state.update(world.session(TEXTS, engine.get_engine().library.generation), job=_report())
if st.query_params.get("heads"):
    st.html("".join(render.article_head(one) for one in world.articles(TEXTS)))
else:
    runpy.run_path(str(ROOT / "ui" / "pages.py"))
