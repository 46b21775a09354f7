"""docs/api.md says what is true of the API."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.settings import Settings
from qa.api import archive, gate, requests
from qa.api.problems import DESCRIPTIONS
from qa.query import MAX_CHARACTERS

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "api.md").read_text("utf-8")


def _rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_error_is_described() -> None:
    assert [(int(status), when) for status, when in _rows("Errors")[1:]] == list(DESCRIPTIONS.items())


@pytest.mark.parametrize("setting", ["api_per_minute", "api_seconds", "api_waiting", "max_file_mb"])
def test_settings_have_their_defaults(setting: str) -> None:
    (told,) = re.findall(rf"`{setting}` \((\d+)\)", PAGE)
    assert float(told) == Settings.model_fields[setting].default


def test_limits_are_those_of_the_code() -> None:
    limits = dict(_rows("Limits")[1:])
    assert limits["body"].startswith(f"{gate.LARGEST_BODY:,} bytes")
    assert limits["body"].endswith(f"within {gate.BODY_SECONDS:g} s")
    assert limits["question, each earlier question"] == f"{MAX_CHARACTERS:,} characters"
    assert limits["earlier questions, answers (`top`)"] == str(requests.MOST_EARLIER) == str(requests.MOST_ANSWERS)
    assert limits["questions of a batch"] == str(requests.MOST_IN_BATCH)
    assert limits["names in a filter"] == str(requests.MOST_NAMES)
    quotation = requests.Quotation.model_json_schema()["properties"]["quotation"]["maxLength"]
    assert limits["quotation"] == f"{quotation:,} characters"
    assert f"`limit` (50, at most {archive.MOST_ON_PAGE})" in PAGE


def test_every_address_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    told = {f"{method} {path}" for method, path in re.findall(r"`(GET|POST|DELETE) ([\w/{}.-]+)", PAGE)}
    assert told == served | {"GET /openapi.json"}


def test_every_figure_is_described(client: TestClient) -> None:
    figures = set(re.findall(r"^# TYPE (onrecord_\w+)", client.get("/metrics").text, re.MULTILINE))
    assert set(re.findall(r"`(onrecord_\w+)`", PAGE)) == figures


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(((?!http)[^)#]+)\)", PAGE):
        assert (DOCS / target).exists()
