"""The probes of a server: ``GET /livez`` for whether the process answers, ``GET /readyz`` for each of its parts,
``GET /metrics`` for monitoring.

``/readyz`` answers 503 where a part failed, so that no request is sent here, and 200 where one is only degraded:
another replica would do no better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import orjson

from hcpcs_bot.http.asgi import JSON, Receive, Scope, Send, respond
from hcpcs_bot.http.health import Condition, HealthReport, PartHealth, Probe, check_health
from hcpcs_bot.http.metrics import METRICS_PATH, Metrics

LIVE_PATH: Final = "/livez"
READY_PATH: Final = "/readyz"
HEALTH_PATHS: Final = frozenset({LIVE_PATH, READY_PATH, METRICS_PATH})

STARTING: Final = PartHealth(part="server", condition=Condition.FAILED, detail="The server is starting or stopping.")


class HealthPages:
    """The ASGI application of the probes; any other path is not found.

    ``metrics`` serve what monitoring reads. ``started`` is set by the server once it has started, and taken back when
    it stops.
    """

    def __init__(self, probes: Sequence[Probe], metrics: Metrics) -> None:
        self._probes = tuple(probes)
        self._metrics = metrics
        self.started = False

    def report(self) -> HealthReport:
        """The conditions of all parts; of the server alone until it has started."""
        return check_health(self._probes) if self.started else HealthReport(parts=(STARTING,))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        path = scope["path"]
        if path not in HEALTH_PATHS:
            await respond(send, 404, b"not found")
        elif scope["method"] not in {"GET", "HEAD"}:
            await respond(send, 405, b"method not allowed")
        elif path == METRICS_PATH:
            await self._metrics(scope, receive, send)
        elif path == LIVE_PATH:
            await respond(send, 200, b"alive")
        else:
            report = self.report()
            await respond(send, 200 if report.ready else 503, orjson.dumps(_json(report)), JSON)


def _json(report: HealthReport) -> dict[str, object]:
    parts = {part.part: {"condition": part.condition, "detail": part.detail} for part in report.parts}
    return {"ready": report.ready, "condition": report.condition, "parts": parts}
