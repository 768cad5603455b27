"""The codes of LCDs and articles, as the Medicare Coverage Database exports them: one row per document, code and group.

``article_x_hcpc_code`` and ``lcd_x_hcpc_code`` have the number of a document without its letter, and descriptions of
codes, which are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_CODE: Final = "hcpc_code_id"
_DOCUMENTS: Final = {
    "article_id": (EditionKind.ARTICLE_CODES, "A", "Article"),
    "lcd_id": (EditionKind.LCD_CODES, "L", "LCD"),
}
"""The column of a document's number, with the kind of the edition, the letter of the displayed number and its type."""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    column = next(name for name in _DOCUMENTS if table.header.find(name) is not None)
    kind, letter, document = _DOCUMENTS[column]
    builder = EditionBuilder(table, kind, ("policy", "type"), identity=None)
    listed: set[tuple[str, str]] = set()
    for number, cells in table.rows():
        code, policy = table.cell(cells, _CODE).upper(), table.cell(cells, column).upper()
        if not policy.isdigit():
            raise table.error(f"{policy[:20]!r} is not the number of a coverage document", number)
        if builder.admits(code, number) and (code, policy) not in listed:
            listed.add((code, policy))
            builder.add(code, number, (f"{letter}{policy}", document))
    yield builder.finish()


FORM_OF_ARTICLES: Final = CompanionForm("the codes of coverage articles", ("article_id", _CODE), _read)
FORM_OF_LCDS: Final = CompanionForm("the codes of LCDs", ("lcd_id", _CODE), _read)


def policy_code_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """That a document names the code; ``value`` is its number."""
    policy, document = row.cells
    yield fact_of_row(edition, row, FactSubject.POLICY, policy, Qualifiers(type=document))
