"""A single table of codes from an export of the Medicare Coverage Database: one row per document, code and group.

``article_x_hcpc_code.csv`` and ``lcd_x_hcpc_code.csv`` have the number of a document without its letter, and
descriptions of codes, which are not kept. The whole export also has titles and contractors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hcpcs.companions.companion_form import LEVEL_TWO, CompanionForm, EditionBuilder, FormTable, fact_of_row, parse_day
from hcpcs.companions.edition import Edition, Fact, FactSubject, Selection
from hcpcs.companions.edition_days import EditionDays
from hcpcs.companions.forms.policies.coverage_export import CODE_CELLS, TYPES
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_CODE: Final = "hcpc_code_id"


def _read(table: FormTable) -> Iterator[PackedEdition]:
    kind = next(one for one in TYPES if table.header.find(f"{one.table}_id") is not None)
    builder = EditionBuilder(table, kind.codes, CODE_CELLS, identity=None)
    rows: dict[tuple[str, str, str], int] = {}
    groups: dict[tuple[str, str, str], list[str]] = {}
    updates: set[str] = set()
    for number, cells in table.rows():
        code, policy = table.cell(cells, _CODE).upper(), table.cell(cells, f"{kind.table}_id")
        if not policy.isdigit():
            raise table.error(f"{policy[:20]!r} is not the number of a coverage document", number)
        updates.add(table.day(table.cell(cells, "last_updated").partition(" ")[0], number))
        if not LEVEL_TWO.fullmatch(code):
            builder.leave_out()
            continue
        name = (code, f"{kind.letter}{policy}", table.cell(cells, f"{kind.table}_version"))
        rows.setdefault(name, number)
        groups.setdefault(name, []).append(table.cell(cells, "hcpc_code_group"))
    for (code, policy, version), listed in groups.items():
        stated = (policy, kind.label, version, " ".join(dict.fromkeys(listed)).strip())
        builder.add(code, rows[code, policy, version], stated)
    newest = parse_day(max(updates, default=""))
    yield builder.finish(None if newest is None else EditionDays(newest, None))


FORM_OF_ARTICLES: Final = CompanionForm("the codes of coverage articles", ("article_id", _CODE), _read)
FORM_OF_LCDS: Final = CompanionForm("the codes of LCDs", ("lcd_id", _CODE), _read)


def policy_code_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The fact that a version of a document lists the code; ``value`` is its number."""
    policy, document, version, group = row.cells
    qualifiers = Qualifiers(type=document, version=version, group=group)
    yield fact_of_row(edition, row, FactSubject.POLICY, policy, qualifiers)
