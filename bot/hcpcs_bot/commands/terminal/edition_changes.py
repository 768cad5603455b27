"""``hcpcs changes --of``: what differs between two editions of a companion file, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Final

from hcpcs.answers.parts.difference_text import row_name, row_text
from hcpcs.answers.rendering.csv_cells import csv_table
from hcpcs.companions.edition import Edition, EditionGroup, EditionKind
from hcpcs.companions.edition_kinds import edition_kinds, group_name
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.companions.storage.edition_differences import EditionDifference, compare_editions, compared_kinds
from hcpcs.errors import ReleaseError


class ChangesOf(StrEnum):
    """The companion files whose editions can be compared, by the names of their groups."""

    DMEPOS = EditionGroup.DMEPOS.value
    ASP = EditionGroup.ASP.value
    MUE = EditionGroup.MUE.value
    OPPS = EditionGroup.OPPS.value
    PRIOR_AUTHORIZATION = EditionGroup.PRIOR_AUTHORIZATION.value


_COLUMNS: Final = ("kind", "code", "qualifiers", "what", "change", "before", "after", "percent", "unit")


def edition_differences(
    store: CompanionStore, of: ChangesOf, before: str | None, after: str | None
) -> tuple[EditionDifference, ...]:
    """The differences of two editions, each named by month or day (``2025-04``); by default of the newest two.

    Raises ``ReleaseError`` where fewer than two are loaded, or one that is named isn't.
    """
    differences: list[EditionDifference] = []
    for kind in compared_kinds(EditionGroup(of.value)):
        loaded = [edition for edition in store.editions if edition.kind is kind and edition.from_day is not None]
        if of is ChangesOf.MUE and not loaded:
            continue
        last = _named(loaded, after, kind) if after else (loaded[-1] if loaded else None)
        earlier = [edition for edition in loaded if last is not None and _day(edition) < _day(last)]
        first = _named(loaded, before, kind) if before else (earlier[-1] if earlier else None)
        if first is None or last is None:
            raise ReleaseError(edition_kinds()[kind].name, f"{_listed(loaded)}; a comparison needs two editions")
        packed = {one.edition: one for one in store.packed() if one.edition in (first, last)}
        differences += compare_editions(packed[first], packed[last])
    if of is ChangesOf.MUE and not any(edition.kind.value.startswith("mue_") for edition in store.editions):
        raise ReleaseError(group_name(EditionGroup.MUE), "no edition is loaded; a comparison needs two editions")
    return tuple(differences)


def _named(loaded: Sequence[Edition], written: str, kind: EditionKind) -> Edition:
    named = [edition for edition in loaded if _day(edition).startswith(written.strip())]
    if len(named) != 1:
        raise ReleaseError(edition_kinds()[kind].name, f"has no edition {written[:20]!r}; {_listed(loaded)}")
    return named[0]


def _listed(loaded: Sequence[Edition]) -> str:
    days = ", ".join(_day(edition) for edition in loaded)
    if len(loaded) < 2:
        return f"the only loaded edition is {days}" if days else "no edition is loaded"
    return f"the loaded editions are {days}"


def _day(edition: Edition) -> str:
    return edition.from_day.isoformat() if edition.from_day else ""


def difference_json(one: EditionDifference) -> dict[str, object]:
    """A difference as one JSON object; numbers are texts, as the files have them."""
    return {
        "kind": one.edition_kind.value,
        "code": one.code,
        "qualifiers": list(one.qualifiers),
        "what": one.what,
        "change": one.difference.value,
        "before": one.before,
        "after": one.after,
        "percent": None if one.percent is None else str(one.percent),
        "unit": one.unit,
    }


def differences_csv(differences: Iterable[EditionDifference]) -> str:
    """One row per difference, with a header row."""
    rows = ({**difference_json(one), "qualifiers": " ".join(one.qualifiers)} for one in differences)
    return csv_table([_COLUMNS, *([row[name] for name in _COLUMNS] for row in rows)])


def difference_sentences(differences: Iterable[EditionDifference]) -> Iterator[str]:
    """A sentence per row: ``J1745: payment limit $29.856 -> $31.415 per 10 MG (+5.22 percent).``"""
    for _, group in groupby(differences, key=lambda one: (one.edition_kind, one.code, one.qualifiers)):
        of_row = list(group)
        setting = _of(of_row[0])
        yield f"{row_name(of_row[0])}{f' ({setting})' if setting else ''}: {row_text(of_row)}."


def _of(one: EditionDifference) -> str:
    """The table of the difference, where several are compared at once."""
    return one.edition_kind.value.removeprefix("mue_").replace("_", " ") if one.edition_kind.value[:4] == "mue_" else ""
