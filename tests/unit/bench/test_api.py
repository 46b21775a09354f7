"""Clients of a server whose times are known."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.api import Clients, _at_once, measure, table
from index.errors import OnRecordError
from tests.unit.index.library_fakes import open_library


class _Asked(BaseHTTPRequestHandler):
    """Says of each question that the engine took no time, or -1,000 ms where it asks for that."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"timings_ms": {"total": -1000.0 if asked["question"] == "Late?" else 0.0}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Asked) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_is_not_the_engines_is_told_apart(address: str) -> None:
    early = _at_once(address, ["Why?"] * 5, 2)
    late = _at_once(address, ["Late?"] * 5, 2)
    assert (early.clients, early.wait_ms) == (2, early.added_ms)
    assert late.added_ms[0] == pytest.approx(late.wait_ms[0] + 1000)
    assert early.per_second > 0


def test_the_table() -> None:
    lines = table([Clients(10, 12.34, (800.4, 900.6), (3.14, 5.0))]).splitlines()
    assert lines[2] == "| 10 | 12.3 | 800 | 901 | 3.1 | 5.0 |"
    assert len({line.count("|") for line in lines}) == 1


def test_a_library_that_gives_rise_to_no_question_is_told(tmp_path: Path) -> None:
    open_library(tmp_path).close()
    with pytest.raises(OnRecordError, match="give rise to no question"):
        measure(tmp_path, 3, [1])
