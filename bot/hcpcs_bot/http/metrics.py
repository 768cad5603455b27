"""What ``GET /metrics`` says, in the form that Prometheus reads: counts, times, ages and conditions, and no text.

Every label has few values that are known beforehand: names of interfaces, intents, outcomes, kinds of files. No code
that was asked about, no user, no address.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Protocol

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.metrics_core import CounterMetricFamily
from prometheus_client.registry import Collector

from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.edition_kinds import has_newer
from hcpcs.companions.storage.companion_store import Companions
from hcpcs_bot.http.asgi import Asgi, Message, Receive, Scope, Send, respond
from hcpcs_bot.http.health import Condition, Probe

# The moment when each series began says nothing here.
disable_created_metrics()  # type: ignore[no-untyped-call]

METRICS_PATH: Final = "/metrics"
SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""Upper ends of the classes of times; Slack gives up after three seconds."""
_REASON: Final = re.compile(r"[a-z_]{1,40}")
"""An error code of Slack. Anything else counts as ``other``: a label never holds a text that came from outside."""


class LoadedData(Protocol):
    """What is loaded: the part of a desk whose age is measured."""

    @property
    def catalog(self) -> Catalog:
        """The releases in use."""
        ...

    @property
    def companions(self) -> Companions:
        """The editions in use."""
        ...


class Metrics:
    """The metrics of one process, and the ASGI application that serves them.

    ``rounds`` counts the rounds of background jobs by task and result; ``failures`` counts what was not sent to Slack
    and ``retries`` what was sent again, by Slack's error code; ``waiting`` returns how many answers are being sent.
    """

    def __init__(
        self,
        desk: Callable[[], LoadedData],
        *,
        probes: Sequence[Probe] = (),
        rounds: Mapping[tuple[str, str], int] | None = None,
        failures: Mapping[str, int] | None = None,
        retries: Mapping[str, int] | None = None,
        waiting: Callable[[], int] = int,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._registry = CollectorRegistry()
        labels = ("face", "surface", "intent", "outcome")
        self._requests = Counter("hcpcs_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "hcpcs_request_seconds", "Time to answer.", labels[:2], buckets=SECONDS, registry=self._registry
        )
        self._registry.register(_Ages(desk, today))
        self._registry.register(_Conditions(probes))
        self._registry.register(_Rounds({} if rounds is None else rounds))
        self._registry.register(
            _Sending({} if failures is None else failures, {} if retries is None else retries, waiting)
        )

    def count(self, face: str, surface: str, *, intent: str, outcome: str, seconds: float) -> None:
        """Counts one answered request. ``face`` is slack or http, ``surface`` the way within it."""
        self._requests.labels(face, surface, intent, outcome).inc()
        self._seconds.labels(face, surface).observe(seconds)

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """One HTTP request."""
        if scope["method"] in {"GET", "HEAD"}:
            await respond(send, 200, generate_latest(self._registry), CONTENT_TYPE_LATEST.encode())
        else:
            await respond(send, 405, b"method not allowed")


class CountedRequests:
    """The ASGI middleware that counts the requests of the query service, by path and status."""

    def __init__(self, app: Asgi, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; anything else passes unchanged."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = "500"

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            # The path as it is declared, so that neither a code nor a question becomes a label.
            path = str(getattr(scope.get("route"), "path", "other"))
            self._metrics.count("http", path, intent="", outcome=status, seconds=time.perf_counter() - started)


class _Ages(Collector):
    """How old the releases and editions in use are."""

    def __init__(self, desk: Callable[[], LoadedData], today: Callable[[], date]) -> None:
        self._desk = desk
        self._today = today

    def collect(self) -> Iterator[Metric]:
        desk, today = self._desk(), self._today()
        newest = desk.catalog.newest
        yield GaugeMetricFamily(
            "hcpcs_release_age_days", "Days since the first day of the newest release.", (today - newest.effective).days
        )
        yield GaugeMetricFamily(
            "hcpcs_release_outdated", "1 where CMS has published a newer release.", desk.catalog.is_outdated(today)
        )
        yield GaugeMetricFamily("hcpcs_starter", "1 where only the starter codes are loaded.", desk.catalog.starter)
        ages = GaugeMetricFamily(
            "hcpcs_edition_age_days", "Days since the first day of the newest edition of a kind.", labels=["kind"]
        )
        outdated = GaugeMetricFamily(
            "hcpcs_edition_outdated", "1 where CMS has published a newer edition of a kind.", labels=["kind"]
        )
        for edition in {edition.kind: edition for edition in desk.companions.editions}.values():
            outdated.add_metric([edition.kind.value], has_newer(edition, today))
            if edition.from_day is not None:
                ages.add_metric([edition.kind.value], (today - edition.from_day).days)
        yield ages
        yield outdated


class _Conditions(Collector):
    """The conditions that ``/readyz`` names."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = tuple(probes)

    def collect(self) -> Iterator[Metric]:
        parts = GaugeMetricFamily(
            "hcpcs_part_condition", "The condition of a part: 0 ok, 1 degraded, 2 failed.", labels=["part"]
        )
        for probe in self._probes:
            health = probe()
            parts.add_metric([health.part], list(Condition).index(health.condition))
        yield parts


class _Rounds(Collector):
    """The rounds of background jobs: following the shelf, updating, delivering digests."""

    def __init__(self, rounds: Mapping[tuple[str, str], int]) -> None:
        self._rounds = rounds

    def collect(self) -> Iterator[Metric]:
        family = CounterMetricFamily("hcpcs_job_rounds", "Rounds of background jobs.", labels=["task", "result"])
        for labels, count in sorted(self._rounds.items()):
            family.add_metric(labels, count)
        yield family


class _Sending(Collector):
    """What is being sent to Slack, what was sent again, and what was not sent."""

    def __init__(self, failures: Mapping[str, int], retries: Mapping[str, int], waiting: Callable[[], int]) -> None:
        self._failures = failures
        self._retries = retries
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        yield _by_reason("hcpcs_lost_posts", "Answers that Slack did not take.", self._failures)
        yield _by_reason("hcpcs_retried_calls", "Calls of Slack that were tried again.", self._retries)
        yield GaugeMetricFamily("hcpcs_answers_being_sent", "Answers that are being sent to Slack.", self._waiting())


def _by_reason(name: str, text: str, counts: Mapping[str, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, text, labels=["reason"])
    known: dict[str, int] = {}
    for reason, count in list(counts.items()):
        label = reason if _REASON.fullmatch(reason) else "other"
        known[label] = known.get(label, 0) + count
    for label, count in known.items():
        family.add_metric([label], count)
    return family
