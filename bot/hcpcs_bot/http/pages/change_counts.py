"""How many changes of each kind there were, release by release, and the bars that show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import Release

MOST_RELEASES: Final = 12
"""Maximum releases of the chart; the newest are shown."""
CHART_HEIGHT: Final = 180
BAR_WIDTH: Final = 44
BAR_STEP: Final = 60
LABEL_ABOVE: Final = 22
LABEL_BELOW: Final = 42


class ReleaseChanges(NamedTuple):
    """What changed in a release: each changed code and kind, in the order of the codes, and how many there are.

    ``before`` is the release that it is compared with; ``None`` where only CMS's action codes tell.
    """

    release: Release
    before: Release | None
    changed: tuple[tuple[str, ChangeKind], ...]
    counts: Mapping[ChangeKind, int]

    @property
    def total(self) -> int:
        """How many changes there are."""
        return len(self.changed)


class BarPart(NamedTuple):
    """One part of a bar, in pixels from the top left."""

    kind: ChangeKind
    x: float
    y: float
    width: float
    height: float


class ReleaseBar(NamedTuple):
    """The bar of one release: the middle of its width, its top, and its parts from the bottom up."""

    changes: ReleaseChanges
    middle: float
    top: float
    parts: tuple[BarPart, ...]


class ChangeChart(NamedTuple):
    """A chart in pixels: its size, the line on which the bars stand, and the bars."""

    width: int
    height: int
    base: int
    bars: tuple[ReleaseBar, ...]


def changes_by_release(catalog: Catalog) -> tuple[ReleaseChanges, ...]:
    """What changed in each of the newest releases, oldest first; from the action codes if only one is loaded.

    Counted once per catalog.
    """
    return _counted(catalog, catalog.fingerprint)


@lru_cache(maxsize=1)
def _counted(catalog: Catalog, _: str) -> tuple[ReleaseChanges, ...]:
    whole = catalog.whole_releases
    if len(whole) < 2:
        stated = tuple((one.code, one.kind) for one in catalog.changes_by_action(catalog.newest.id))
        return (ReleaseChanges(catalog.newest, None, stated, Counter(kind for _, kind in stated)),)
    listed: list[ReleaseChanges] = []
    for before, release in list(zip(whole, whole[1:], strict=False))[-MOST_RELEASES:]:
        changed = tuple((one.code, kind) for one in catalog.changed_codes(before.id, release.id) for kind in one.kinds)
        listed.append(ReleaseChanges(release, before, changed, Counter(kind for _, kind in changed)))
    return tuple(listed)


def draw_chart(listed: Sequence[ReleaseChanges]) -> ChangeChart:
    """The chart of what changed in these releases, the highest bar as high as the chart."""
    most = max((one.total for one in listed), default=0) or 1
    base = CHART_HEIGHT + LABEL_ABOVE
    bars = []
    for position, one in enumerate(listed):
        left = position * BAR_STEP + (BAR_STEP - BAR_WIDTH) / 2
        bottom = float(base)
        parts = []
        for kind in ChangeKind:
            height = round(one.counts.get(kind, 0) * CHART_HEIGHT / most, 1)
            if height:
                bottom = round(bottom - height, 1)
                parts.append(BarPart(kind, left, bottom, BAR_WIDTH, height))
        bars.append(ReleaseBar(one, left + BAR_WIDTH / 2, bottom, tuple(parts)))
    return ChangeChart(max(len(listed), 4) * BAR_STEP, base + LABEL_BELOW, base, tuple(bars))
