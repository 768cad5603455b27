"""The Required Face-to-Face Encounter and Written Order Prior to Delivery (F2F/WOPD) List: its codes, with their days.

CMS publishes the list as a PDF. The program has it in ``face_to_face.toml``; a newer one is loaded as a table.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row, parse_day
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.records.record import Frozen

_FROM: Final = "F2F_WOPD_FROM"
_UNTIL: Final = "F2F_WOPD_UNTIL"
_CELLS: Final = ("effective", "ended", "source")
_TABLE: Final = "face_to_face.toml"


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, EditionKind.FACE_TO_FACE, _CELLS, identity=1)
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS").upper()
        if not builder.admits(code, number):
            continue
        days = [table.day(table.cell(cells, name), number) for name in (_FROM, _UNTIL)]
        if not days[0]:
            raise table.error(f"{code} lacks its first day on the list", number)
        builder.add(code, number, (*days, ""))
    yield builder.finish()


FORM: Final = CompanionForm("a face-to-face and written order list", ("HCPCS", _FROM), _read)


def face_to_face_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The fact that a code is on the list, from its first day to its last one."""
    effective, ended, source = row.cells
    fact = fact_of_row(edition, row, FactSubject.FACE_TO_FACE, "required", Qualifiers(notes=source))
    yield fact.model_copy(update={"first_day": parse_day(effective), "last_day": parse_day(ended)})


class UnsettledDays(Frozen):
    """Days for which the program's own list doesn't say whether some codes were on it, and the reason."""

    codes: tuple[str, ...]
    first_day: date
    last_day: date
    reason: str


class OwnList(Frozen):
    """The list that the program has: its edition, the facts of each code in order, and what isn't settled."""

    edition: Edition
    facts: tuple[Fact, ...]
    unsettled: tuple[UnsettledDays, ...]

    def unsettled_on(self, code: str, day: date) -> UnsettledDays | None:
        """Why it isn't known whether a code was on the list on a day; ``None`` where it is known."""
        return next((one for one in self.unsettled if code in one.codes and one.first_day <= day <= one.last_day), None)


@cache
def own_list() -> OwnList:
    """The list of ``face_to_face.toml``, read once per process."""
    data = resources.files("hcpcs.companions").joinpath("tables", _TABLE).read_bytes()
    table = tomllib.loads(data.decode("utf-8"))
    stated = sorted(
        (code, notice["from"].isoformat(), _iso(notice.get("until")), notice["source"])
        for notice in table["notice"]
        for code in _each(notice["codes"])
    )
    rows = [EditionRow(code, number, tuple(cells)) for number, (code, *cells) in enumerate(stated, start=1)]
    edition = Edition(
        kind=EditionKind.FACE_TO_FACE,
        label=edition_kinds()[EditionKind.FACE_TO_FACE].label(table["day"]),
        from_day=table["day"],
        to_day=None,
        file=f"{_TABLE}, a table of this program",
        digest=hashlib.sha256(data).hexdigest(),
        rows=len(rows),
        dropped=0,
        columns=_CELLS,
    )
    facts = tuple(fact for row in rows for fact in face_to_face_facts(edition, row, Selection()))
    unsettled = tuple(
        UnsettledDays(codes=tuple(one["codes"]), first_day=one["from"], last_day=one["until"], reason=one["reason"])
        for one in table["unsettled"]
    )
    return OwnList(edition=edition, facts=facts, unsettled=unsettled)


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _each(codes: Sequence[str]) -> Iterator[str]:
    """Every code of some codes and ranges: ``K0800-K0802`` is three codes."""
    for written in codes:
        first, _, last = written.partition("-")
        for number in range(int(first[1:]), int((last or first)[1:]) + 1):
            yield f"{first[0]}{number:04}"
