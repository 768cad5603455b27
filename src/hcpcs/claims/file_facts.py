"""What companion files state for service lines: unit limits, fee schedule amounts and payment limits.

The cells depend on a day only by the editions that are in force on it, so a year of days asks an edition once per code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from hcpcs.answers.rendering.csv_cells import safe_cell
from hcpcs.claims.service_line import BilledCode
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.storage.companion_store import Companions
from hcpcs.method_cache import cached_method

CACHED_FACTS: Final = 20_000
"""Maximum cells that are kept, by code, modifiers, state and editions."""
_MUE_COLUMNS: Final = {
    EditionKind.MUE_PRACTITIONER: "mue_practitioner",
    EditionKind.MUE_OUTPATIENT_HOSPITAL: "mue_outpatient_hospital",
    EditionKind.MUE_DME: "mue_dme",
}
_FEES: Final = (EditionKind.DMEPOS, EditionKind.PEN)
_KINDS: Final = (*_MUE_COLUMNS, *_FEES, EditionKind.ASP)
_ENDED: Final = "{}, which ended before the day"


class UnitLimit(NamedTuple):
    """The MUE in one setting."""

    setting: str
    units: int


class FileFacts(NamedTuple):
    """The cells of an annotation that companion files fill, by name and safe, and the limits of units."""

    cells: Mapping[str, str]
    limits: tuple[UnitLimit, ...]


class _InForce(NamedTuple):
    """The edition of a kind that is in force on a day: its first day, and the label that says if it had ended."""

    first_day: date
    source: str


_Editions = tuple[_InForce | None, ...]
"""What is in force on a day, in the order of ``_KINDS``."""


class FactReader:
    """Reads the facts of service lines from the loaded editions, and keeps them."""

    def __init__(self, companions: Companions) -> None:
        self._companions = companions
        self._editions = cached_method(self._editions_on, CACHED_FACTS)
        self._facts = cached_method(self._read, CACHED_FACTS)

    def on(self, billed: BilledCode, day: date, state: str | None) -> FileFacts:
        """The facts about a code with its modifiers on a day; amounts only where the state is known."""
        return self._facts(billed, self._editions(day), state)

    def _editions_on(self, day: date) -> _Editions:
        return tuple(_in_force(self._companions.in_force(kind, day), day) for kind in _KINDS)

    def _read(self, billed: BilledCode, editions: _Editions, state: str | None) -> FileFacts:
        by_kind = {kind: one for kind, one in zip(_KINDS, editions, strict=True) if one is not None}
        limits: list[UnitLimit] = []
        cells: dict[str, str] = {}
        sources: list[str] = []
        for kind, column in _MUE_COLUMNS.items():
            for fact, source in self._look_up(by_kind, kind, billed.code):
                cells[column] = str(fact.value)
                sources.append(source)
                limits.append(UnitLimit(fact.qualifiers.setting or "", int(str(fact.value))))
        cells["mue_source"] = "; ".join(dict.fromkeys(sources))
        for fact, source in self._look_up(by_kind, EditionKind.ASP, billed.code):
            if fact.subject is FactSubject.AMOUNT and fact.value is not None:
                cells |= {"payment_limit": str(fact.value), "payment_limit_unit": fact.unit}
                cells["payment_limit_source"] = source
        if state is not None:
            cells |= self._amounts(by_kind, billed, state)
        return FileFacts({name: safe_cell(cell) for name, cell in cells.items()}, tuple(limits))

    def _amounts(self, by_kind: Mapping[EditionKind, _InForce], billed: BilledCode, state: str) -> dict[str, str]:
        """The amounts of the row with the line's modifiers; none where several rows could be meant."""
        for kind in _FEES:
            amounts = [
                (fact, source)
                for fact, source in self._look_up(by_kind, kind, billed.code, state)
                if fact.subject is FactSubject.AMOUNT and fact.qualifiers.limit is None and fact.value is not None
            ]
            fitting = _rows_with([fact for fact, _ in amounts], billed.modifiers)
            if len({fact.row for fact in fitting}) == 1:
                cells = {"amount_unit": fitting[0].unit, "amount_source": amounts[0][1]}
                return cells | {_amount_column(fact): str(fact.value) for fact in fitting}
        return {}

    def _look_up(
        self, by_kind: Mapping[EditionKind, _InForce], kind: EditionKind, code: str, state: str | None = None
    ) -> list[tuple[Fact, str]]:
        edition = by_kind.get(kind)
        if edition is None:
            return []
        look_up = self._companions.look_up(kind, code, edition.first_day, Selection(area=state))
        return [(fact, edition.source) for fact in look_up.facts]


def _in_force(edition: Edition | None, day: date) -> _InForce | None:
    if edition is None:
        return None
    label = _ENDED.format(edition.label) if edition.is_outdated(day) else edition.label
    return _InForce(edition.from_day or date.min, label)


def _amount_column(fact: Fact) -> str:
    return "rural_amount" if fact.qualifiers.rural else "amount"


def _rows_with(facts: list[Fact], modifiers: tuple[str, ...]) -> list[Fact]:
    """The facts of the rows whose modifiers are the line's, as far as any row has them (KX and RT change no amount)."""
    priced = {one for fact in facts for one in fact.qualifiers.modifiers}
    wanted = priced.intersection(modifiers)
    return [fact for fact in facts if set(fact.qualifiers.modifiers) == wanted]
