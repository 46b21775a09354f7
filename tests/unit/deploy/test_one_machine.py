"""The image, the proxies and the service in ``deploy/`` fit the project."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from index.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
SERVICE = (DEPLOY / "onrecord.service").read_text("utf-8")


def _copied() -> list[str]:
    return [path for line in re.findall(r"^COPY ([^-].*) \S+$", CONTAINERFILE, re.MULTILINE) for path in line.split()]


def test_the_image_gets_all_that_the_app_is_made_of_and_nothing_else() -> None:
    assert set(_copied()) == {
        "requirements.lock", "requirements-scale.lock", "app.py", ".streamlit/config.toml",
        "index", "qa", "ui", "models", "samples",
    }  # fmt: skip
    assert all((ROOT / path).exists() for path in _copied())
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert sorted(allowed) == sorted(_copied())


def test_the_image_runs_as_nobody_special_and_asks_for_passwords() -> None:
    assert re.search(r"^USER 10001:10001$", CONTAINERFILE, re.MULTILINE)
    assert "ONRECORD_AUTH=password" in CONTAINERFILE
    assert re.search(r"^ARG BASE=docker\.io/library/python:3\.\d+-slim-\w+$", CONTAINERFILE, re.MULTILINE)


@pytest.mark.parametrize("lists", [["requirements.lock"], ["requirements.lock", "requirements-scale.lock"]])
def test_all_that_is_locked_goes_into_the_image_once_but_what_only_other_models_need(lists: list[str]) -> None:
    [program] = re.findall(r"^RUN awk '(.*)' \$\{LISTS\}", CONTAINERFILE, re.MULTILINE)
    kept = subprocess.run(["awk", program, *lists], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    locked = "".join((ROOT / name).read_text("utf-8") for name in lists)
    pins = [re.findall(r"^([a-z][\w.-]*)(==\S+)", text, re.MULTILINE) for text in (locked, kept)]
    assert len(set(pins[1])) == len(pins[1])
    assert {name for name, _ in set(pins[0]) - set(pins[1])} == {"transformers", "sentence-transformers"}
    assert all("--hash=sha256:" in block for block in re.split(r"^(?=[a-z])", kept, flags=re.MULTILINE)[1:])


def test_uploads_pass_the_proxies_whole_and_streamlit_guards_itself() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["address"] == "localhost"
    assert config["server"]["enableXsrfProtection"] is True
    assert config["server"]["enableCORS"] is True
    most = Settings.model_fields["max_file_mb"].default + 1
    assert f"client_max_body_size {most}m;" in (DEPLOY / "nginx.conf").read_text()
    assert f"max_size {most}MiB" in (DEPLOY / "Caddyfile").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_service(tmp_path: Path) -> None:
    unit = tmp_path / "onrecord.service"
    unit.write_text(SERVICE.replace("/opt/on-record/.venv/bin/python", sys.executable))
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
