"""The policy lets run what the pages are made of, and nothing else."""

import re
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from streamlit import file_util

from ui import policy, scroll


def test_every_script_of_our_own_is_allowed_by_its_digest() -> None:
    allowed = {b64decode(digest) for digest in re.findall(r"'sha256-([^']+)'", policy.content_security_policy())}
    page = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    ours = [script.removeprefix("<script>").removesuffix("</script>") for script in scroll.scripts()]
    assert {sha256(script.encode()).digest() for script in (*inline, *ours)} == allowed
    assert len(ours) == 3


def test_nothing_else_is_allowed() -> None:
    directives = dict(part.split(" ", 1) for part in policy.content_security_policy().split("; "))
    assert directives["default-src"] == "'none'"
    assert set(re.sub(r"'sha256-[^']+'", "", directives["script-src"]).split()) == {"'self'"}
    assert not any("*" in value or "http" in value for value in directives.values())
