"""``hcpcs changes --of``: what differs between two editions of a companion file, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

from hcpcs.answers.facts.fact_answer import age_of
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


class EditionPair(NamedTuple):
    """Two editions of a kind to compare."""

    first: Edition
    last: Edition


def edition_pairs(
    store: CompanionStore, of: ChangesOf, before: str | None, after: str | None
) -> tuple[EditionPair, ...]:
    """The editions to compare, each named by month or day (``2025-04``); by default the newest two of each kind.

    Raises ``ReleaseError`` where fewer than two are loaded, or one that is named isn't.
    """
    kinds = compared_kinds(EditionGroup(of.value))
    loaded = {kind: [one for one in store.editions if one.kind is kind and one.from_day is not None] for kind in kinds}
    pairs = {kind: pair for kind in kinds if (pair := _pair(loaded[kind], before, after)) is not None}
    if not pairs:
        # No kind has both editions: the error is about the first one that has any.
        kind = next((kind for kind in kinds if loaded[kind]), kinds[0])
        named = [_named(loaded[kind], written, kind) for written in (before, after) if written and loaded[kind]]
        name = edition_kinds()[kind].name if loaded[kind] else group_name(EditionGroup(of.value))
        reason = "are the same edition" if len(set(named)) < len(named) else _listed(loaded[kind])
        raise ReleaseError(name, f"{reason}; a comparison needs two editions")
    return tuple(pairs.values())


def edition_differences(store: CompanionStore, pairs: Iterable[EditionPair]) -> tuple[EditionDifference, ...]:
    """The differences of the editions of each pair."""
    differences: list[EditionDifference] = []
    for first, last in pairs:
        packed = {one.edition: one for one in store.packed() if one.edition in (first, last)}
        differences += compare_editions(packed[first], packed[last])
    return tuple(differences)


def ages_of(pairs: Iterable[EditionPair], day: date) -> Iterator[str]:
    """A line per pair: which editions were compared, and whether CMS has published a newer one by ``day``."""
    for first, last in pairs:
        yield f"Compared: {first.label} and {last.label}.{age_of(last, day)}"


def _pair(loaded: Sequence[Edition], before: str | None, after: str | None) -> EditionPair | None:
    """The two editions of a kind that are named, the newest two by default; ``None`` if one of them isn't loaded."""
    last = _matching(loaded, after) if after else (loaded[-1] if loaded else None)
    earlier = [edition for edition in loaded if last is not None and _day(edition) < _day(last)]
    first = _matching(loaded, before) if before else (earlier[-1] if earlier else None)
    return None if first is None or last is None or first == last else EditionPair(first, last)


def _matching(loaded: Sequence[Edition], written: str) -> Edition | None:
    named = [edition for edition in loaded if _day(edition).startswith(written.strip())]
    return named[0] if len(named) == 1 else None


def _named(loaded: Sequence[Edition], written: str, kind: EditionKind) -> Edition:
    named = _matching(loaded, written)
    if named is None:
        raise ReleaseError(edition_kinds()[kind].name, f"has no edition {written[:20]!r}; {_listed(loaded)}")
    return named


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
    """The table of the difference, where several are compared at once; blank for the first of its group."""
    group = edition_kinds()[one.edition_kind].part_of
    if group is not EditionGroup.MUE and one.edition_kind is compared_kinds(group)[0]:
        return ""
    return one.edition_kind.value.removeprefix("mue_").replace("_", " ")
