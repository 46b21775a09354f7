"""The real pages with the fake engine, served under the policy for browsers."""

import sys
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ui.policy import content_security_policy  # noqa: E402


class Policy:
    """Sends the policy with every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with one header more."""

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = content_security_policy()
            await send(message)

        await self._app(scope, receive, send_with_policy)


app = st.App(ROOT / "tests" / "app" / "fake_app.py", middleware=[Middleware(Policy)])
