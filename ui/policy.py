"""What the browser may load and run on the pages: only what Streamlit and On Record are made of.

It is the second line of defence: article text is escaped wherever it is shown, and if it were not it would run nothing.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from streamlit import file_util

from ui import scroll

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def content_security_policy() -> str:
    """Return the value of the header ``Content-Security-Policy``.

    The scripts in the page that Streamlit serves and those that scroll are allowed by their digests. Styles are written
    into the page by Streamlit as it draws, so they cannot be told from others.
    """
    page = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    inline = [script for text in (page, *scroll.scripts()) for script in _SCRIPT.findall(text)]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(map(_digest, inline))}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        )
    )


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
