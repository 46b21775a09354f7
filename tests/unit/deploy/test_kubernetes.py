"""The manifests are what Kubernetes takes, and what they refer to is there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from index.settings import Settings
from tests.unit.deploy.pieces import DEPLOYING, KUBERNETES, Pod, documented, documents, kustomization, manifests, pods

NAME = "app.kubernetes.io/name"
# The first version whose schemas all fields were checked with.
VERSION = "1.37"


def _named(kind: str) -> dict[str, dict[str, Any]]:
    return {each["metadata"]["name"]: each for each in manifests(kind)}


def _chosen(selector: Mapping[str, Any]) -> set[str]:
    """Return the names of the pods that a selector of labels chooses."""
    wanted = [(key, {value}) for key, value in selector.get("matchLabels", {}).items()]
    wanted += [(each["key"], set(each["values"])) for each in selector.get("matchExpressions", ())]
    return {pod.name for pod in pods() if all(pod.labels.get(key) in values for key, values in wanted)}


def _kubectl(*words: str) -> str:
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed")
    return subprocess.run(["kubectl", *words], capture_output=True, text=True, check=True).stdout


def test_they_are_as_the_schemas_of_kubernetes_say() -> None:
    files = [KUBERNETES / name for name in kustomization()["resources"]]
    command = [sys.executable, "-m", "kubernetes_validate", "--strict", "--quiet", "-k", VERSION, *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_every_file_is_applied() -> None:
    listed = [*kustomization()["resources"], *kustomization()["configMapGenerator"][0]["files"], "kustomization.yaml"]
    assert sorted(listed) == sorted(path.name for path in KUBERNETES.iterdir())


def test_kustomize_puts_them_together() -> None:
    text = _kubectl("kustomize", str(KUBERNETES))
    made = documents(text)
    assert len(made) == len(manifests()) + len(kustomization()["configMapGenerator"])
    assert {each["metadata"].get("namespace", "on-record") for each in made} == {"on-record"}
    [image] = kustomization()["images"]
    images = set(re.findall(r"\bimage: (.*)", text))
    assert images == {f"{image['newName']}:{image['newTag']}", "docker.io/milvusdb/milvus:v3.0.2"}


@pytest.mark.parametrize("pod", pods(), ids=lambda pod: pod.name)
def test_no_pod_can_do_more_than_it_needs(pod: Pod) -> None:
    assert pod.spec["automountServiceAccountToken"] is False
    # Variables for services would be taken for settings.
    assert pod.spec["enableServiceLinks"] is False
    assert pod.spec["securityContext"]["runAsNonRoot"] is True
    assert pod.spec["securityContext"]["runAsUser"] == (999 if pod.name == "milvus" else 10001)
    assert pod.spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not pod.spec.keys() & {"hostNetwork", "hostPID", "hostIPC"}
    for container in pod.containers():
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        resources = container["resources"]
        assert resources["requests"].keys() >= {"cpu", "memory"}
        assert "memory" in resources["limits"]


def test_the_namespace_lets_no_other_pods_in() -> None:
    [namespace] = manifests("Namespace")
    assert namespace["metadata"]["name"] == kustomization()["namespace"]
    assert namespace["metadata"]["labels"] == {"pod-security.kubernetes.io/enforce": "restricted"}


@pytest.mark.parametrize("pod", pods(), ids=lambda pod: pod.name)
def test_volumes_and_ports_are_there(pod: Pod) -> None:
    volumes = [each["name"] for each in pod.spec.get("volumes", ())]
    if pod.kind == "StatefulSet":
        volumes += [each["metadata"]["name"] for each in _named(pod.kind)[pod.name]["spec"]["volumeClaimTemplates"]]
    mounted = {each["name"] for container in pod.containers() for each in container["volumeMounts"]}
    assert sorted(mounted) == sorted(volumes)
    for container in pod.containers():
        ports = {each["name"] for each in container.get("ports", ())}
        probes = [container[key] for key in ("startupProbe", "readinessProbe", "livenessProbe") if key in container]
        assert len(probes) == (3 if ports else 0), container["name"]
        assert {probe["httpGet"]["port"] for probe in probes} <= ports


def test_services_lead_to_pods() -> None:
    for name, service in _named("Service").items():
        assert _chosen({"matchLabels": service["spec"]["selector"]}) == {name}
        [pod] = [pod for pod in pods() if pod.name == name]
        ports = {port["name"]: port["containerPort"] for each in pod.containers() for port in each.get("ports", ())}
        assert [ports[port["targetPort"]] for port in service["spec"]["ports"]] == [
            port["port"] for port in service["spec"]["ports"]
        ]
    assert _named("StatefulSet")["milvus"]["spec"]["serviceName"] in _named("Service")
    assert _named("Service")["app"]["spec"]["sessionAffinity"] == "ClientIP"


def test_visitors_find_app_and_api_under_names_with_a_certificate() -> None:
    [ingress] = manifests("Ingress")
    found = {}
    for rule in ingress["spec"]["rules"]:
        [path] = rule["http"]["paths"]
        backend = path["backend"]["service"]
        ports = {port["name"] for port in _named("Service")[backend["name"]]["spec"]["ports"]}
        assert backend["port"]["name"] in ports
        found[rule["host"]] = backend["name"]
    assert found == {"news.example": "app", "archive.example": "api"}
    assert [set(each["hosts"]) for each in ingress["spec"]["tls"]] == [set(found)]


def test_selectors_choose_what_they_are_for() -> None:
    for kind in ("Deployment", "StatefulSet"):
        for name, each in _named(kind).items():
            assert _chosen(each["spec"]["selector"]) == {name}
            spread = each["spec"]["template"]["spec"].get("topologySpreadConstraints", ())
            assert all(_chosen(constraint["labelSelector"]) == {name} for constraint in spread)
    assert {name: _chosen(each["spec"]["selector"]) for name, each in _named("PodDisruptionBudget").items()} == {
        "app": {"app"},
        "api": {"api"},
    }
    [scaler] = manifests("HorizontalPodAutoscaler")
    target = scaler["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "api")
    # Else each `kubectl apply` would undo what the autoscaler did.
    assert "replicas" not in _named("Deployment")["api"]["spec"]
    assert min(scaler["spec"]["minReplicas"], _named("Deployment")["app"]["spec"]["replicas"]) >= 2


def _references(value: object) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and key of all secrets, maps and claims that a manifest refers to."""
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    if not isinstance(value, dict):
        return
    if "secretKeyRef" in value:
        yield "secret", value["secretKeyRef"]["name"], value["secretKeyRef"]["key"]
    if "secretName" in value:
        yield "secret", value["secretName"], ""
    if "configMap" in value:
        yield "map", value["configMap"]["name"], ""
    if "claimName" in value:
        yield "claim", value["claimName"], ""
    for each in value.values():
        yield from _references(each)


def test_what_they_refer_to_is_made_here_or_told_how_to_make() -> None:
    references = {reference for each in manifests() for reference in _references(each)}
    assert {name for kind, name, _ in references if kind == "map"} == {
        each["name"] for each in kustomization()["configMapGenerator"]
    }
    assert [name for kind, name, _ in references if kind == "claim"] == ["articles"]
    assert "claim `articles` in the namespace `on-record`" in DEPLOYING
    told = {words[4]: words for words in documented() if words[:3] == ["kubectl", "create", "secret"]}
    assert told.keys() == {name for kind, name, _ in references if kind == "secret"}
    for kind, name, key in references:
        if kind == "secret" and key:
            assert any(word.startswith(f"--from-literal={key}=") for word in told[name]), (name, key)
    # The container that copies the accounts looks for the name that the file has.
    assert f"--from-file={_copied_accounts()}" in told["accounts"]
    assert all(words[words.index("--namespace") + 1] == kustomization()["namespace"] for words in told.values())


def _copied_accounts() -> str:
    [pod] = [pod for pod in pods() if pod.name == "app"]
    [copying] = pod.spec["initContainers"]
    *_, source, target = copying["command"]
    accounts = {each["name"]: each.get("value") for each in pod.spec["containers"][0]["env"]}["ONRECORD_ACCOUNTS"]
    assert target == accounts
    mounts = {each["mountPath"] for each in copying["volumeMounts"]}
    folder, _, name = source.rpartition("/")
    assert {folder, accounts.rpartition("/")[0]} == mounts
    return str(name)


def test_commands_of_the_documentation_name_what_is_there() -> None:
    kinds = {"deployment": "Deployment", "cronjob": "CronJob"}
    named = re.findall(r"\b(deployment|cronjob)/(\w+)", DEPLOYING)
    assert len(named) == 3
    assert all(name in _named(kinds[kind]) for kind, name in named)


def test_nobody_reaches_anybody_but_who_has_to() -> None:
    policies = {name: each["spec"] for name, each in _named("NetworkPolicy").items()}
    assert policies["nobody"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    asking = {
        pod.name
        for pod in pods()
        for container in pod.containers()
        for variable in container.get("env", ())
        if variable["name"] == "ONRECORD_LIBRARY"
    }
    assert asking == {"app", "api", "ingest"} == _chosen(policies["to-milvus"]["podSelector"])
    [into], [out] = policies["milvus"]["ingress"], policies["to-milvus"]["egress"]
    assert [_chosen(each["podSelector"]) for each in into["from"]] == [asking]
    assert _chosen(policies["milvus"]["podSelector"]) == {"milvus"}
    assert [_chosen(each["podSelector"]) for each in out["to"]] == [{"milvus"}]
    assert [port["port"] for port in into["ports"]] == [19530] == [port["port"] for port in out["ports"]]
    [visitors] = policies["visitors"]["ingress"]
    assert _chosen(policies["visitors"]["podSelector"]) == {"app", "api"}
    ports = {port["port"] for name in ("app", "api") for port in _named("Service")[name]["spec"]["ports"]}
    assert {port["port"] for port in visitors["ports"]} == ports
    [names] = policies["names"]["egress"]
    assert {port["port"] for port in names["ports"]} == {53}
    assert policies.keys() == {"nobody", "names", "milvus", "to-milvus", "visitors"}


def test_the_api_has_time_to_answer_what_was_begun() -> None:
    spec = _named("Deployment")["api"]["spec"]["template"]["spec"]
    wait = spec["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert spec["terminationGracePeriodSeconds"] >= wait + Settings.model_fields["api_seconds"].default + 5


def test_nothing_is_added_before_it_is_asked_for() -> None:
    [job] = manifests("CronJob")
    assert job["spec"]["suspend"] is True
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
