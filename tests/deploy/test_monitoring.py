"""The alerts and the dashboard: valid, about metrics that exist, and explained."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import pytest
from tests.deploy.tools import DEPLOY, ROOT, read, run

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.metrics import Metrics

FOLDER = DEPLOY / "monitoring"
OF_PROMETHEUS = frozenset({"up"})
"""Series that Prometheus itself makes."""
NAME = re.compile(r"\bhcpcs_[a-z_]+")


def _rules() -> list[Any]:
    return [rule for group in read("monitoring/prometheus-rules.yaml")["groups"] for rule in group["rules"]]


def _dashboard() -> Any:
    return json.loads((FOLDER / "grafana-dashboard.json").read_text(encoding="utf-8"))


def _exposed() -> tuple[set[str], set[str]]:
    """The names of the metrics that a server states, with the suffixes of their series, and their labels."""
    metrics = Metrics(
        starter_desk, rounds={("updating", "failed"): 1}, failures={"is_archived": 1}, retries={"ratelimited": 1}
    )
    metrics.count("slack", "command", intent="lookup", outcome="answered", seconds=0.1)
    families = list(metrics._registry.collect())
    series = {sample.name for family in families for sample in family.samples} | {one.name for one in families}
    labels = {label for family in families for sample in family.samples for label in sample.labels}
    return series, labels | {"part", "kind"}


@pytest.mark.parametrize("file", ["prometheus-rules.yaml", "grafana-dashboard.json", "prometheus-rules.test.yaml"])
def test_every_metric_that_is_asked_for_exists(file: str) -> None:
    named = set(NAME.findall((FOLDER / file).read_text(encoding="utf-8")))
    assert named
    assert named - _exposed()[0] == set()


def test_every_label_that_is_asked_for_exists() -> None:
    known = _exposed()[1] | {"job", "instance", "le"}
    for expression in (*(rule["expr"] for rule in _rules()), *_expressions()):
        grouped = re.findall(r"\b(?:by|on) \(([\w, ]+)\)", expression)
        matched = re.findall(r"(\w+) ?(?:=~|!=|=)\"", expression)
        assert {name.strip() for names in grouped for name in names.split(",")} | set(matched) <= known, expression


def _expressions() -> list[str]:
    return [target["expr"] for panel in _dashboard()["panels"] for target in panel["targets"]]


def test_every_metric_is_on_the_dashboard_and_on_the_runbook() -> None:
    families = {name for name in _exposed()[0] if not re.search(r"_(?:total|bucket|count|sum|created)$", name)}
    page = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    shown = " ".join(_expressions())
    assert [name for name in sorted(families) if name not in shown] == []
    assert [name for name in sorted(families) if f"`{name}" not in page] == []


def test_prometheus_accepts_the_rules_and_the_configuration() -> None:
    run("promtool", "check", "rules", FOLDER / "prometheus-rules.yaml")
    run("promtool", "check", "config", FOLDER / "prometheus.yaml")


@pytest.mark.slow
def test_the_alerts_fire_when_they_should_and_only_then() -> None:
    run("promtool", "test", "rules", FOLDER / "prometheus-rules.test.yaml")


def test_every_alert_is_tried_and_explained() -> None:
    tests = (FOLDER / "prometheus-rules.test.yaml").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (\w+)$", (ROOT / "docs/runbook.md").read_text(encoding="utf-8"), flags=re.M)
    for rule in _rules():
        assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
        assert rule["alert"] in headings
        assert f'alertname="{rule["alert"]}"' in tests
    alerts = [heading for heading in headings if heading.startswith("Hcpcs")]
    assert alerts == [rule["alert"] for rule in _rules()], "the page and the rules name the same, in the same order"


def test_the_panels_of_the_dashboard_have_a_place_each() -> None:
    panels = _dashboard()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    places = [panel["gridPos"] for panel in panels]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    for one, other in combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below, (one, other)
    assert all(target["datasource"]["uid"] == "${datasource}" for panel in panels for target in panel["targets"])
