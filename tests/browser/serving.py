"""Serve the real app with the real models, and start headless Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Return the path of Chromium, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def served(
    folder: Path, secrets: str = "", app: str = "app.py", arguments: Sequence[str] = (), **settings: str
) -> Iterator[str]:
    """Serve the app on a library in ``folder``, which is empty at first; give its address.

    Args:
        folder: For the library and the log.
        secrets: What Streamlit is to read as its secrets; "{address}" in it stands for the address.
        app: Another script, from the root of the repository.
        arguments: What it is told.
        settings: Those of On Record.

    Raises:
        RuntimeError: The app did not start; with its log.
    """
    log = folder / "log.txt"
    port = _free_port()
    environment = os.environ | {"ONRECORD_LIBRARY": str(folder / "library"), "HF_HUB_OFFLINE": "1"}
    (folder / "secrets.toml").write_text(secrets.replace("{address}", f"http://localhost:{port}"))
    environment |= {f"ONRECORD_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port)]
    command += ["--secrets.files", str(folder / "secrets.toml"), "--", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            url = f"http://localhost:{port}"
            _wait_until_up(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The app did not start:\n{log.read_text()}")
