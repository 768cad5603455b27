"""What ``GET /readyz`` says: each part of the server with its condition, and whether requests should come here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Condition(StrEnum):
    """How a part of the server is."""

    OK = "ok"
    DEGRADED = "degraded"
    """It answers, but somebody should look at it."""
    FAILED = "failed"
    """No request should come here."""


class PartHealth(BaseModel):
    """The condition of one part, and what is wrong in one line; blank where nothing is."""

    model_config = ConfigDict(frozen=True)

    part: str
    condition: Condition = Condition.OK
    detail: str = ""


Probe = Callable[[], PartHealth]
"""Returns the last known condition of a part at once: it waits for nothing."""


class HealthReport(BaseModel):
    """The conditions of all parts. ``ready`` unless one of them failed."""

    model_config = ConfigDict(frozen=True)

    parts: tuple[PartHealth, ...]

    @property
    def condition(self) -> Condition:
        """The worst condition of a part."""
        return max((part.condition for part in self.parts), key=list(Condition).index, default=Condition.OK)

    @property
    def ready(self) -> bool:
        """Whether requests should come here."""
        return self.condition is not Condition.FAILED


def check_health(probes: Sequence[Probe]) -> HealthReport:
    """The conditions that the probes report, in their order."""
    return HealthReport(parts=tuple(probe() for probe in probes))
