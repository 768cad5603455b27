"""Which day and release a request means: ``date`` is the day of service, ``version`` the id of a loaded release."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.terminology.fhir.operation_input import OperationInput


class DayAsked(NamedTuple):
    """The day that an answer is for, and whether the request named it."""

    day: date
    named: bool


def day_asked(desk: Desk, asked: OperationInput, today: date, version: str = "") -> DayAsked:
    """The day of service that is asked about; the first day of an older release that is asked for; else today.

    Raises ``ProblemError`` for a release that isn't loaded.
    """
    version = version or asked.text("version") or asked.text("systemVersion")
    releases = {release.id: release for release in desk.catalog.releases}
    if version and version not in releases:
        raise ProblemError(404, f"version: that release isn't loaded. Loaded: {', '.join(releases)}.")
    day = asked.day("date")
    if day is not None:
        return DayAsked(day, named=True)
    if version and releases[version] != desk.catalog.newest:
        return DayAsked(releases[version].effective, named=True)
    return DayAsked(today, named=False)
