"""The table of the kinds of companion files: ``edition_kinds.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from hcpcs.companions.edition import Edition, EditionGroup, EditionKind
from hcpcs.records.record import Frozen


class EditionDate(StrEnum):
    """What the date of an edition is."""

    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    NEVER = "never"


class KindSpec(Frozen):
    """One section of the table; its keys are explained there."""

    kind: EditionKind
    name: str
    part_of: EditionGroup
    dated: EditionDate
    bucket: int
    source: str
    phases: bool = False
    renewed_within: int | None = None
    group: str = ""

    def label(self, from_day: date | None) -> str:
        """The name of the edition of a day: ``DMEPOS fee schedule January 2026``."""
        if from_day is None:
            return f"{self.name} (undated)"
        if self.dated is EditionDate.DAY:
            return f"{self.name} of {from_day:%B} {from_day.day}, {from_day.year}"
        return f"{self.name} {from_day:%B %Y}"


@cache
def edition_kinds() -> Mapping[EditionKind, KindSpec]:
    """The table, read once per process."""
    text = resources.files("hcpcs.companions").joinpath("tables", "edition_kinds.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)
    return MappingProxyType({kind: KindSpec(kind=kind, **sections[kind.value]) for kind in EditionKind})


def kinds_of(group: EditionGroup) -> tuple[EditionKind, ...]:
    """The kinds that people name together."""
    return tuple(kind for kind, spec in edition_kinds().items() if spec.part_of is group)


def group_name(group: EditionGroup) -> str:
    """What a group is called: ``MUE tables``, ``DMEPOS fee schedule``."""
    spec = edition_kinds()[kinds_of(group)[0]]
    return spec.group or spec.name


def has_newer(edition: Edition, day: date) -> bool:
    """Whether CMS has published a newer edition by ``day``: its quarter is over, or what CMS renews weekly is old."""
    within = edition_kinds()[edition.kind].renewed_within
    if within is not None and edition.from_day is not None:
        return (day - edition.from_day).days > within
    return edition.is_outdated(day)
