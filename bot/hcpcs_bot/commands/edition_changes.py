"""``hcpcs changes --of``: what differs between two editions of a companion file, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Final

from hcpcs.companions.edition import Edition, EditionKind
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.companions.storage.edition_differences import DifferenceKind, EditionDifference, compare_editions
from hcpcs.errors import ReleaseError


class ChangesOf(StrEnum):
    """The companion files whose editions can be compared."""

    DMEPOS = "dmepos"
    ASP = "asp"
    MUE = "mue"
    OPPS = "opps"
    PRIOR_AUTHORIZATION = "prior_authorization"


_KINDS: Final = {
    ChangesOf.DMEPOS: (EditionKind.DMEPOS,),
    ChangesOf.ASP: (EditionKind.ASP,),
    ChangesOf.MUE: (EditionKind.MUE_PRACTITIONER, EditionKind.MUE_OUTPATIENT_HOSPITAL, EditionKind.MUE_DME),
    ChangesOf.OPPS: (EditionKind.OPPS,),
    ChangesOf.PRIOR_AUTHORIZATION: (EditionKind.PRIOR_AUTHORIZATION,),
}
_COLUMNS: Final = ("kind", "code", "qualifiers", "what", "change", "before", "after", "percent")


def edition_differences(
    store: CompanionStore, of: ChangesOf, before: str | None, after: str | None
) -> tuple[EditionDifference, ...]:
    """The differences of two editions, each named by month or day (``2025-04``); by default of the newest two.

    Raises ``ReleaseError`` where fewer than two are loaded, or one that is named isn't.
    """
    differences: list[EditionDifference] = []
    for kind in _KINDS[of]:
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
    if of is ChangesOf.MUE and not any(edition.kind in _KINDS[of] for edition in store.editions):
        raise ReleaseError("MUE tables", "no edition is loaded; a comparison needs two editions")
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
    }


def differences_csv(differences: Iterable[EditionDifference]) -> str:
    """One row per difference, with a header row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in differences:
        writer.writerow({**difference_json(one), "qualifiers": " ".join(one.qualifiers)})
    return out.getvalue()


def difference_sentences(differences: Iterable[EditionDifference]) -> Iterator[str]:
    """A sentence per code and row: ``E0601-RR: 106 amounts up by 2.00 to 2.10 percent.``"""
    for (code, qualifiers, _), group in groupby(differences, key=lambda one: (one.code, one.qualifiers, _of(one))):
        of_row = list(group)
        name = "-".join((code, *qualifiers))
        setting = _of(of_row[0])
        yield f"{name}{f' ({setting})' if setting else ''}: {'; '.join(_parts(of_row))}."


def _of(one: EditionDifference) -> str:
    """The table of the difference, where several are compared at once."""
    return one.edition_kind.value.removeprefix("mue_").replace("_", " ") if one.edition_kind.value[:4] == "mue_" else ""


def _parts(differences: Sequence[EditionDifference]) -> Iterator[str]:
    if len(differences) <= 3:
        for one in differences:
            change = f" ({one.percent:+} percent)" if one.percent is not None else ""
            what = one.what.replace("_", " ")
            values = f"{what} {one.before or 'none'} -> {one.after or 'none'}{change}"
            yield values if one.what else one.difference.value
        return
    for kind in DifferenceKind:
        of_kind = [one for one in differences if one.difference is kind]
        percents = sorted(abs(one.percent) for one in of_kind if one.percent is not None)
        by = f" by {percents[0]} to {percents[-1]} percent" if percents else ""
        if of_kind:
            yield f"{_amounts(len(of_kind))} {kind.value}{by}"


def _amounts(count: int) -> str:
    return f"{count} amount{'' if count == 1 else 's'}"
