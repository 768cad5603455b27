"""Kubernetes: what kustomize makes is valid, and its parts fit together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.deploy.tools import DEPLOY, run

from hcpcs_bot.http.health_pages import LIVE_PATH, READY_PATH
from hcpcs_bot.http.metrics import METRICS_PATH
from hcpcs_bot.serving.http_server import REQUESTS_SECONDS
from hcpcs_bot.serving.lifecycle import STOP_SECONDS
from hcpcs_bot.serving.server import SLACK_PATH

FOLDERS = ("base", "each-replica-updates")


class Rendered:
    """The objects that kustomize makes of a folder."""

    def __init__(self, folder: str) -> None:
        self.text = run("kubectl", "kustomize", DEPLOY / "kubernetes" / folder)
        self.objects: list[Any] = list(yaml.safe_load_all(self.text))

    def of_kind(self, kind: str) -> list[Any]:
        """The objects of a kind."""
        return [one for one in self.objects if one["kind"] == kind]

    def one(self, kind: str) -> Any:
        """The only object of a kind."""
        (only,) = self.of_kind(kind)
        return only

    def pods(self) -> list[Any]:
        """The templates of all pods."""
        jobs = [one["spec"]["jobTemplate"] for one in self.of_kind("CronJob")]
        return [one["spec"]["template"] for one in (*self.of_kind("Deployment"), *jobs)]


@pytest.fixture(scope="module", params=FOLDERS)
def rendered(request: pytest.FixtureRequest) -> Rendered:
    """What is applied."""
    return Rendered(request.param)


@pytest.fixture(scope="module")
def base() -> Rendered:
    """What is applied where replicas share a volume."""
    return Rendered("base")


def test_every_object_is_valid(rendered: Rendered, tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(rendered.text, encoding="utf-8")
    run("kubernetes-validate", "--strict", tmp_path / "all.yaml")


def test_every_pod_keeps_to_the_restricted_standard_and_writes_no_root(rendered: Rendered) -> None:
    assert rendered.one("Namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    for pod in rendered.pods():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in spec["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]
            assert {mount["name"] for mount in container["volumeMounts"]} <= {one["name"] for one in spec["volumes"]}


def test_the_probes_and_the_scraper_ask_for_paths_that_are_served(rendered: Rendered) -> None:
    pod = rendered.one("Deployment")["spec"]["template"]
    server = pod["spec"]["containers"][0]
    paths = {name: server[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {"startupProbe": LIVE_PATH, "livenessProbe": LIVE_PATH, "readinessProbe": READY_PATH}
    assert pod["metadata"]["annotations"]["prometheus.io/path"] == METRICS_PATH


def test_a_pod_has_the_time_that_it_needs_to_stop(rendered: Rendered) -> None:
    spec = rendered.one("Deployment")["spec"]["template"]["spec"]
    pause = float(spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert spec["terminationGracePeriodSeconds"] > pause + REQUESTS_SECONDS + STOP_SECONDS


def test_secrets_are_files_of_the_volume_that_the_operator_makes(rendered: Rendered) -> None:
    spec = rendered.one("Deployment")["spec"]["template"]["spec"]
    (volume,) = (one for one in spec["volumes"] if "secret" in one)
    (mount,) = (one for one in spec["containers"][0]["volumeMounts"] if one["name"] == volume["name"])
    files = {one["name"]: one["value"] for one in spec["containers"][0]["env"]}
    assert all(name.endswith("_FILE") and path.startswith(mount["mountPath"] + "/") for name, path in files.items())
    page = (DEPLOY.parent / "docs/operations.md").read_text(encoding="utf-8")
    assert all(f"--from-file={Path(path).name}=" in page for path in files.values())
    assert "Secret" not in {one["kind"] for one in rendered.objects}


def test_selectors_select_the_pods(rendered: Rendered) -> None:
    labels = [pod["metadata"]["labels"] for pod in rendered.pods()]
    wanted = [
        *(one["spec"]["podSelector"].get("matchLabels", {}) for one in rendered.of_kind("NetworkPolicy")),
        rendered.one("Service")["spec"]["selector"],
        rendered.one("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
    ]
    for selector in wanted:
        assert any(selector.items() <= one.items() for one in labels), selector


def test_a_node_can_be_drained_while_the_least_number_of_replicas_runs(rendered: Rendered) -> None:
    scaler = rendered.one("HorizontalPodAutoscaler")["spec"]
    deployment = rendered.one("Deployment")
    assert scaler["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert scaler["minReplicas"] > rendered.one("PodDisruptionBudget")["spec"]["minAvailable"]
    # A number here would be set back at every apply.
    assert "replicas" not in deployment["spec"]


def test_only_slack_is_let_in_from_outside(rendered: Rendered) -> None:
    (rule,) = rendered.one("Ingress")["spec"]["rules"]
    assert [(path["path"], path["pathType"]) for path in rule["http"]["paths"]] == [(SLACK_PATH, "Exact")]
    assert any(not one["spec"]["podSelector"] for one in rendered.of_kind("NetworkPolicy")), "nothing is denied"


def test_the_update_writes_the_volume_that_all_replicas_read(base: Rendered) -> None:
    claim = base.one("PersistentVolumeClaim")
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    server, update = (pod["spec"] for pod in base.pods())
    assert _catalog(server) == (claim["metadata"]["name"], True)
    assert _catalog(update) == (claim["metadata"]["name"], False)
    assert base.one("CronJob")["spec"]["concurrencyPolicy"] == "Forbid"
    assert "--update-every" not in server["containers"][0]["args"]


def _catalog(spec: Any) -> tuple[str, bool]:
    """The claim of the home, and whether it is only read."""
    (mount,) = (one for one in spec["containers"][0]["volumeMounts"] if one["mountPath"] == "/var/lib/hcpcs")
    (volume,) = (one for one in spec["volumes"] if one["name"] == mount["name"])
    return volume["persistentVolumeClaim"]["claimName"], mount.get("readOnly", False)


def test_without_a_shared_volume_each_replica_updates_its_own() -> None:
    alone = Rendered("each-replica-updates")
    assert not alone.of_kind("PersistentVolumeClaim")
    assert not alone.of_kind("CronJob")
    spec = alone.one("Deployment")["spec"]["template"]["spec"]
    assert spec["containers"][0]["args"][-2:] == ["--update-every", "24h"]
    (mount,) = (one for one in spec["containers"][0]["volumeMounts"] if one["mountPath"] == "/var/lib/hcpcs")
    assert not mount.get("readOnly")
    assert "emptyDir" in next(one for one in spec["volumes"] if one["name"] == mount["name"])
