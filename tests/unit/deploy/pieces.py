"""What the files in ``deploy/`` say, as plain records, for the tests to compare."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
KUBERNETES = DEPLOY / "kubernetes"
SCALE = (ROOT / "docs" / "scale.md").read_text("utf-8")
DEPLOYING = SCALE[SCALE.index("\n## Deploying\n") : SCALE.index("\n## Measured\n")]
# What the secret and the compose file give for the address, with another password.
ADDRESS = "milvus://root:0123456789abcdef@milvus:19530/archive"


@dataclass(frozen=True)
class Container:
    """One container of the compose file or of a manifest.

    Attributes:
        name: Of the service, or of the container in its pod.
        image: With its tag.
        command: What it runs; empty for what the image runs by itself.
        environment: Values; None where a secret gives one.
        ports: That it listens on.
    """

    name: str
    image: str
    command: Sequence[str]
    environment: Mapping[str, str | None]
    ports: frozenset[int]


@dataclass(frozen=True)
class Pod:
    """What runs together: the name and the kind of what makes it, its labels, and its specification."""

    kind: str
    name: str
    labels: Mapping[str, str]
    spec: Mapping[str, Any]

    def containers(self) -> list[Mapping[str, Any]]:
        """Return all containers, those that prepare something first."""
        return [*self.spec.get("initContainers", ()), *self.spec["containers"]]


@cache
def read(file: Path) -> list[dict[str, Any]]:
    """Return the documents of a file of YAML, not to be changed; keys that are there twice are refused."""
    return documents(file.read_text("utf-8"))


def documents(text: str) -> list[dict[str, Any]]:
    """Return the documents of a text of YAML."""
    return list(YAML(typ="safe", pure=True).load_all(text))


def services() -> dict[str, dict[str, Any]]:
    """Return the services of the compose file."""
    found: dict[str, dict[str, Any]] = read(COMPOSE)[0]["services"]
    return found


def kustomization() -> dict[str, Any]:
    """Return what kustomize is told."""
    return read(KUBERNETES / "kustomization.yaml")[0]


def manifests(kind: str = "") -> list[dict[str, Any]]:
    """Return the objects of the manifests, all or those of a kind."""
    found = [each for name in kustomization()["resources"] for each in read(KUBERNETES / name)]
    return [each for each in found if kind in ("", each["kind"])]


def pods() -> list[Pod]:
    """Return what the manifests run."""
    found = []
    for each in manifests():
        spec = each.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            found.append(Pod(each["kind"], each["metadata"]["name"], template["metadata"]["labels"], template["spec"]))
    return found


def containers() -> Iterator[Container]:
    """Yield the containers of the compose file and of the manifests."""
    for name, service in services().items():
        ports = frozenset(int(port.rpartition(":")[2]) for port in service.get("ports", ()))
        yield Container(name, service["image"], service.get("command", ()), service["environment"], ports)
    for pod in pods():
        for each in pod.containers():
            environment = {variable["name"]: variable.get("value") for variable in each.get("env", ())}
            ports = frozenset(port["containerPort"] for port in each.get("ports", ()))
            command = [*each.get("command", ()), *each.get("args", ())]
            yield Container(each["name"], each["image"], command, environment, ports)


def documented() -> list[list[str]]:
    """Return the commands in docs/scale.md, "Deploying", each as its words."""
    lines = re.findall(r"^    (\S.*)$", DEPLOYING.replace("\\\n", ""), re.MULTILINE)
    return [shlex.split(line) for line in lines]
