"""The contractors of coverage documents: their names, types and jurisdictions, and the states that they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from hcpcs.companions.forms.policies.export_table import ExportTable

_CONTRACT: Final = ("contractor_id", "contractor_type_id", "contractor_version")
"""The key of a contract. A contractor has one for each part of Medicare and state."""
_PARTS_OF_STATES: Final = {
    "DN": "NY",
    "QN": "NY",
    "UN": "NY",
    "EM": "MO",
    "WM": "MO",
    "NF": "CA",
    "SF": "CA",
    "CNMI": "MP",
}
"""What the database has for a part of a state, or writes in another way than the U.S. Postal Service.

Source: Medicare Coverage Database, ``state_lookup``.
"""
_SEPARATOR: Final = "; "


class Contractors(NamedTuple):
    """The contractors of a document as texts of one length: each with the states that it serves (``OH KY``)."""

    names: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def cells(self) -> tuple[str, str]:
        """The two cells of an edition's row."""
        return _SEPARATOR.join(self.names), _SEPARATOR.join(self.areas)

    @staticmethod
    def of_cells(names: str, areas: str) -> Contractors:
        """The contractors of the cells of an edition's row."""
        if not names:
            return Contractors()
        return Contractors(tuple(names.split(_SEPARATOR)), tuple(areas.split(_SEPARATOR)))

    def within(self, area: str | None) -> Contractors:
        """Those that serve an area; all of them for ``None``."""
        if area is None:
            return self
        serving = [(name, areas) for name, areas in zip(*self, strict=True) if area in areas.split()]
        return Contractors(tuple(name for name, _ in serving), tuple(areas for _, areas in serving))

    def states(self) -> tuple[str, ...]:
        """Every state that one of them serves, in alphabetical order."""
        return tuple(sorted({state for areas in self.areas for state in areas.split()}))


def contractors_of(tables: Mapping[str, ExportTable], document: str) -> dict[tuple[str, ...], Contractors]:
    """The contractors of each document (``lcd`` or ``article``) by its number and version.

    None where the export lacks the tables. Raises ``ReleaseError`` for a table that can't be read.
    """
    if not {f"{document}_x_contractor", "contractor"} <= tables.keys():
        return {}
    names, states = _names(tables), _states(tables)
    contracts: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in tables[f"{document}_x_contractor"].rows(f"{document}_id", f"{document}_version", *_CONTRACT):
        contract = row.key(*_CONTRACT)
        if contract in names:
            contracts.setdefault(row.key(f"{document}_id", f"{document}_version"), []).append(contract)
    return {number: _joined(listed, names, states) for number, listed in contracts.items()}


def _joined(
    contracts: Iterable[tuple[str, ...]],
    names: Mapping[tuple[str, ...], str],
    states: Mapping[tuple[str, ...], set[str]],
) -> Contractors:
    """The contracts of a document, those of the same contractor, type and jurisdiction as one."""
    areas: dict[str, set[str]] = {}
    for contract in contracts:
        areas.setdefault(names[contract], set()).update(states.get(contract, ()))
    listed = sorted(areas.items())
    return Contractors(tuple(name for name, _ in listed), tuple(" ".join(sorted(served)) for _, served in listed))


def _names(tables: Mapping[str, ExportTable]) -> dict[tuple[str, ...], str]:
    """``CGS Administrators, LLC (DME MAC, J-B)`` for each contract."""
    types = _look_up(tables, "contractor_type_lookup", "contractor_type_id", "description")
    regions = _look_up(tables, "dmerc_region_lookup", "region_id", "mac_description")
    names: dict[tuple[str, ...], str] = {}
    for row in tables["contractor"].rows(*_CONTRACT, "contractor_bus_name"):
        details = (types.get(row.cell("contractor_type_id"), ""), regions.get(row.cell("dmerc_rgn"), ""))
        stated = ", ".join(detail for detail in details if detail)
        name = row.cell("contractor_bus_name").replace(";", ",")
        names[row.key(*_CONTRACT)] = f"{name} ({stated})" if stated else name
    return names


def _states(tables: Mapping[str, ExportTable]) -> dict[tuple[str, ...], set[str]]:
    """The states of each contract, without those for which it has ended."""
    abbreviations = _look_up(tables, "state_lookup", "state_id", "state_abbrev")
    states: dict[tuple[str, ...], set[str]] = {}
    if "contractor_jurisdiction" in tables:
        for row in tables["contractor_jurisdiction"].rows(*_CONTRACT, "state_id", "term_date"):
            state = abbreviations.get(row.cell("state_id"), "").upper()
            if state and not row.cell("term_date"):
                states.setdefault(row.key(*_CONTRACT), set()).add(_PARTS_OF_STATES.get(state, state))
    return states


def _look_up(tables: Mapping[str, ExportTable], name: str, key: str, value: str) -> dict[str, str]:
    """A table of two columns; empty where the export lacks it."""
    if name not in tables:
        return {}
    return {row.cell(key): row.cell(value).replace(";", ",") for row in tables[name].rows(key, value)}
