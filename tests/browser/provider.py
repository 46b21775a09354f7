"""A provider of OpenID Connect for tests: whoever comes is let in at once, with the claims that the test sets."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "on-record"


class Provider:
    """What the provider knows.

    Attributes:
        address: Where it listens.
        claims: What it says of the next one to come.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, parameters={"kid": "test", "alg": "RS256", "use": "sig"})
        self._nonces: dict[str, str] = {}

    def answer(self, path: str, asked: dict[str, str]) -> dict[str, Any] | str:
        """Return a JSON object, or an address to go on to."""
        if path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token"}
            return {f"{name}_endpoint": f"{self.address}/{end}" for name, end in ends.items()} | {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/authorize":
            self._nonces["code"] = asked.get("nonce", "")
            return f"{asked['redirect_uri']}?{urlencode({'code': 'code', 'state': asked['state']})}"
        now = int(time.time())
        told = {"iss": self.address, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 600}
        token = jwt.encode(
            {"alg": "RS256", "kid": "test"}, told | {"nonce": self._nonces["code"]} | self.claims, self.key
        )
        return {"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": token}


@contextmanager
def provided() -> Iterator[Provider]:
    """Run a provider."""

    class Handler(BaseHTTPRequestHandler):
        """Answers for the provider."""

        def do_GET(self) -> None:
            """Answer."""
            length = int(self.headers.get("Content-Length", 0))
            parts = urlsplit(self.path)
            asked = {key: value[0] for key, value in parse_qs(parts.query or self.rfile.read(length).decode()).items()}
            answer = provider.answer(parts.path, asked)
            self.send_response(302 if isinstance(answer, str) else 200)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_POST = do_GET  # noqa: N815 - the name of http.server

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        provider = Provider(f"http://localhost:{server.server_address[1]}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
