"""The packages that are installed: pinned with digests, with licences that fit, and without known holes."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-torch.lock", "requirements-scale.lock", "requirements-dev.lock"]
_DIGESTS = r"((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})*)"
_PIN = re.compile(rf"^([A-Za-z0-9._-]+)==([^\s;]+)(?:\s*;[^\\]*)?{_DIGESTS}", re.MULTILINE)

# Words of licences that let anyone use the package beside ours; MPL counts for files of the package itself only.
ALLOWED = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Zlib|CC0|CNRI", re.IGNORECASE)
REFUSED = re.compile(r"AGPL|Affero|SSPL|Commons Clause|non-?commercial", re.IGNORECASE)
# Licences that the package's data leave out or name by "License" alone, as read in its repository.
READ_BY_HAND = {"atheris": "Apache-2.0"}


def pins(name: str) -> Iterator[tuple[str, str, int]]:
    """Package, version and number of digests of each pin in a list."""
    for match in _PIN.finditer((ROOT / name).read_text("utf-8")):
        yield _name(match[1]), match[2], match[3].count("--hash=")


def _name(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_its_digests(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert len(lines) == sum(1 for _, _, digests in pins(name) if digests)


@pytest.mark.parametrize("direct", ["requirements.txt", "requirements-scale.txt", "requirements-dev.txt"])
def test_the_whole_lists_hold_what_the_direct_ones_name(direct: str) -> None:
    """Fails where a version was changed and ``make lock`` was forgotten."""
    locked = {(package, version) for name in LOCKS for package, version, _ in pins(name)}
    named = {(package, version) for package, version, _ in pins(direct)}
    assert named <= locked


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-scale.lock"])
def test_what_tests_need_holds_what_runs(name: str) -> None:
    assert set(pins(name)) <= set(pins("requirements-dev.lock"))


def _licences() -> dict[str, str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("pip-licenses"), "--from=mixed", "--format=json", f"--python={sys.executable}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {_name(row["Name"]): row["License"] for row in json.loads(done.stdout)}


def test_every_licence_lets_us_ship() -> None:
    locked = {package for name in LOCKS for package, _, _ in pins(name)}
    found = {package: licence for package, licence in _licences().items() if package in locked} | READ_BY_HAND
    assert len(found) > 100
    wrong = {
        package: licence for package, licence in found.items() if REFUSED.search(licence) or not ALLOWED.search(licence)
    }
    assert wrong == {}


def test_no_package_has_a_known_hole() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("pip-audit"), "--local", "--format=json", "--progress-spinner=off"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not done.stdout.strip():
        pytest.skip(f"the advisories cannot be reached: {done.stderr.strip().splitlines()[-1]}")
    rows = json.loads(done.stdout)["dependencies"]
    # The CPU build of PyTorch and the like are not on PyPI under their local version.
    audited = [row for row in rows if "skip_reason" not in row]
    if not audited:
        pytest.skip("the advisories cannot be reached: PyPI's JSON API answered for none of the packages")
    assert {row["name"]: [hole["id"] for hole in row["vulns"]] for row in audited if row["vulns"]} == {}
