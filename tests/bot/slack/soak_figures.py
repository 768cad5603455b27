"""The figures of a soak."""

from __future__ import annotations

from typing import NamedTuple


class SoakFigures(NamedTuple):
    """What came of a run. ``asked_again`` commands met a replica that was being killed, and the person asked again."""

    commands: int
    asked_again: int
    commands_unanswered: int
    events: int
    events_undelivered: int
    events_unanswered: int
    events_doubled: int
    open_claims: int
    digests: int
    digests_missing: int
    digests_doubled: int
    mixed_answers: int
    kills: int
    publishes: int
    memory_growth_percent: int

    @property
    def right(self) -> bool:
        """Whether every question and every digest was answered once, from one release."""
        lost = self.commands_unanswered + self.events_unanswered + self.digests_missing + self.open_claims
        return not lost + self.events_doubled + self.digests_doubled + self.mixed_answers

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self._asdict().items())
