"""The real pages with the fake engine, to look at them without models.

From the repository root: ``python -m streamlit run tests/app/fake_app.py`` (add ``-- empty`` for an empty library).
"""

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.app import world  # noqa: E402
from tests.app.fakes import FakeEngine  # noqa: E402
from ui import engine  # noqa: E402

engine.opener = FakeEngine if "empty" in sys.argv else world.engine
runpy.run_path(str(ROOT / "ui" / "pages.py"))
