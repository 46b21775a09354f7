"""Who signed in by OpenID Connect, from the cookie that Streamlit signs and keeps them in."""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def claims_in(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what the provider claimed of the one who sends these cookies; {} where they did not sign in."""

    def read(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, "").encode("latin-1", "replace"))

    told = get_cookie_with_chunks(read, USER_COOKIE_NAME)
    claims = json.loads(told) if told else {}
    return claims if isinstance(claims, dict) else {}
