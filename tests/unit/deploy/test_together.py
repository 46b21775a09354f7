"""Compose file, manifests, image, proxies and documentation say the same, and what the program knows."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from streamlit import config

import index.__main__ as index_commands
import qa.__main__ as qa_commands
from index.settings import PREFIX, Settings, load_settings, shown
from qa.serve_command import PORT
from tests.unit.deploy.pieces import (
    ADDRESS,
    DEPLOY,
    ROOT,
    Container,
    containers,
    documented,
    kustomization,
    read,
    services,
)

CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
SERVICE = (DEPLOY / "onrecord.service").read_text("utf-8")


def _command(container: Container) -> list[str]:
    if container.command or not container.image.startswith("on-record:"):
        return list(container.command)
    words: list[str] = ast.literal_eval(re.findall(r"^CMD (\[.*\])", CONTAINERFILE.replace("\\\n", ""), re.M)[0])
    return words


def _commands() -> list[list[str]]:
    service = re.findall(r"^ExecStart=\S+/python (.*)$", SERVICE, re.MULTILINE)
    told = [words[words.index("python") :] for words in documented() if "python" in words]
    return [*map(_command, containers()), *(["python", *line.split()] for line in service), *told]


@pytest.mark.parametrize(
    "file", sorted(file for file in DEPLOY.rglob("*") if file.is_file()), ids=lambda file: file.name
)
def test_files_are_tidy(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.endswith("\n")
    assert [line for line in text.splitlines() if len(line) > 120 or line != line.rstrip()] == []
    if file.suffix == ".yaml":
        assert read(file)


def test_every_setting_is_one() -> None:
    texts = [file.read_text("utf-8") for file in DEPLOY.rglob("*") if file.is_file()]
    named = {name for text in texts for name in re.findall(rf"\b{PREFIX}([A-Z_]+)", text)}
    assert named >= {"LIBRARY", "AUTH", "ACCOUNTS"}
    assert {name.lower() for name in named} <= Settings.model_fields.keys()


def test_every_container_starts_with_settings_that_are_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for container in containers():
        given = {name: value for name, value in container.environment.items() if name.startswith(PREFIX)}
        with monkeypatch.context() as environment:
            for name, value in given.items():
                environment.setenv(name, value if value and "$" not in value else ADDRESS)
            settings = load_settings()
        assert settings.library == (ADDRESS if f"{PREFIX}LIBRARY" in given else Path("library")), container.name


def test_the_password_in_the_address_is_told_to_nobody() -> None:
    assert shown(ADDRESS) == "milvus://milvus:19530/archive"


def test_all_of_ours_ask_the_same_milvus() -> None:
    told = [word for words in documented() for word in words if word.startswith("--from-literal=address=")]
    [in_compose] = {each["environment"]["ONRECORD_LIBRARY"] for name, each in services().items() if name != "milvus"}
    addresses = {re.sub(r":[^:@]*(\{.*\})?@", ":…@", address.rpartition("=")[2]) for address in [*told, in_compose]}
    assert addresses == {"milvus://root:…@milvus:19530/archive"}


def test_every_command_is_one_that_the_program_takes() -> None:
    parsers = {"qa": qa_commands._parser(), "index": index_commands._parser()}
    seen: set[tuple[str, str]] = set()
    for words in _commands():
        match words:
            case ["python", "-m", ("qa" | "index") as program, *rest]:
                seen.add((program, rest[0]))
                parsers[program].parse_args(rest)
            case ["python", "-m", "streamlit", "run", "app.py", *rest]:
                seen.add(("app", ""))
                for option in rest[::2]:
                    config.get_option(option.removeprefix("--"))
            case ["milvus", "run", "standalone"] | ["install", *_]:
                pass
            case _:
                pytest.fail(f"What is {words}?")
    assert seen == {("app", ""), ("qa", "serve"), ("index", "add"), ("qa", "users"), ("qa", "tokens")}


def test_images_are_pinned_and_the_same() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert {each.image for each in containers()} == {f"on-record:{version}", "docker.io/milvusdb/milvus:v3.0.2"}
    assert [(each["name"], each["newTag"]) for each in kustomization()["images"]] == [("on-record", version)]
    assert services()["app"]["build"]["args"]["LISTS"] in CONTAINERFILE


def test_ports_agree() -> None:
    listening = {(each.name, port) for each in containers() for port in each.ports}
    assert listening == {("app", 8501), ("api", PORT), ("milvus", 19530), ("milvus", 9091)}
    assert re.search(rf"^EXPOSE 8501 {PORT}$", CONTAINERFILE, re.MULTILINE)
    assert '"--server.port", "8501"' in CONTAINERFILE
    assert "http://127.0.0.1:8501/_stcore/health" in CONTAINERFILE
    assert f"http://127.0.0.1:{PORT}/health/ready" in services()["api"]["healthcheck"]["test"][-1]
    assert "proxy_pass http://127.0.0.1:8501;" in (DEPLOY / "nginx.conf").read_text()
    assert "reverse_proxy localhost:8501" in (DEPLOY / "Caddyfile").read_text()


def test_milvus_is_set_up_alike() -> None:
    here, there = [dict(each.environment) for each in containers() if each.name == "milvus"]
    assert here.pop("COMMON_SECURITY_DEFAULTROOTPASSWORD")
    assert there.pop("COMMON_SECURITY_DEFAULTROOTPASSWORD") is None
    assert here == there
