"""The compose file is one, and lets out what it should and no more."""

import re
import subprocess
import sys

from tests.unit.deploy.pieces import COMPOSE, DEPLOY, ROOT, read, services

TEXT = COMPOSE.read_text("utf-8")
OURS = {"app", "api", "add"}


def test_it_is_as_the_compose_specification_says() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_no_container_can_do_more_than_it_needs() -> None:
    for name, service in services().items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert re.fullmatch(r"\dg", service["mem_limit"]), name
        assert service.get("user", "10001:10001") == "10001:10001", name
        assert not service.keys() & {"privileged", "cap_add", "pid", "ipc", "devices", "network_mode"}, name
    assert {name for name, service in services().items() if service.get("user")} == OURS


def test_only_app_and_api_are_published_and_on_this_machine_only() -> None:
    networks = read(COMPOSE)[0]["networks"]
    outside = {name for name, network in networks.items() if not (network or {}).get("internal")}
    for name, service in services().items():
        reachable = bool(outside & set(service["networks"]))
        assert reachable == bool(service.get("ports")) == (name in {"app", "api"}), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name


def test_no_password_is_in_it_and_none_is_made_up() -> None:
    assert set(re.findall(r"\$\{MILVUS_PASSWORD[^}]*\}", TEXT)) == {
        "${MILVUS_PASSWORD:?Set it in deploy/.env, see docs/scale.md}"
    }
    milvus = services()["milvus"]["environment"]
    assert milvus["COMMON_SECURITY_AUTHORIZATIONENABLED"] == "true"
    assert milvus["COMMON_SECURITY_DEFAULTROOTPASSWORD"].startswith("${MILVUS_PASSWORD:?")
    assert "/deploy/.env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert not (subprocess.run(["git", "ls-files", "deploy/.env"], cwd=ROOT, capture_output=True, check=False).stdout)


def test_what_asks_milvus_waits_until_it_answers() -> None:
    assert "127.0.0.1:9091/healthz" in services()["milvus"]["healthcheck"]["test"][-1]
    assert {name for name, each in services().items() if "depends_on" in each} == OURS
    for name in OURS:
        assert services()[name]["depends_on"] == {"milvus": {"condition": "service_healthy"}}, name


def test_articles_are_added_only_when_asked_and_read_only() -> None:
    add = services()["add"]
    assert (add["profiles"], add["restart"]) == (["add"], "no")
    [volume] = add["volumes"]
    source, target, mode = re.fullmatch(r"\$\{ARTICLES:-(.*)\}:(.*):(.*)", volume).groups()  # type: ignore[union-attr]
    assert (DEPLOY / source).is_dir()
    assert (target, mode) == (add["command"][-1], "ro")


def test_volumes_and_files_are_there() -> None:
    named = read(COMPOSE)[0]["volumes"].keys()
    for service in services().values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in named or source.startswith("${ARTICLES") or (DEPLOY / source).is_file(), volume
        build = service.get("build")
        assert build is None or (DEPLOY / build["context"] / build["dockerfile"]).is_file()
