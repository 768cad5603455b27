"""The export of the Medicare Coverage Database: LCDs and articles with contractors, states and codes.

CMS publishes it every Thursday as ``current_lcd.zip`` and ``current_article.zip``; ``all_lcd.zip`` also has the former
versions. The form is that of the database's data dictionaries. Titles and numbers are kept, texts are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from hcpcs.companions.companion_form import LEVEL_TWO, fact_of_row, parse_day
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.forms.policies.export_table import ExportTable, export_tables, large_cells
from hcpcs.companions.forms.policies.policy_contractors import Contractors, contractors_of
from hcpcs.companions.forms.policies.policy_documents import title_key
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition, pack_references, pack_rows
from hcpcs.releases.source_file import SourceFile

DOCUMENT_CELLS: Final = (
    "version",
    "title",
    "contractors",
    "areas",
    "effective",
    "retired",
    "status",
    "related",
    "link",
)
CODE_CELLS: Final = ("policy", "type", "version", "group")
_PROPOSED: Final = "D"
"""The first letter of the displayed number of a proposed document, which is not in force: ``DL40050``."""
_LINK: Final = "https://www.cms.gov/medicare-coverage-database/view/{name}.aspx?{name}id={number}&ver={version}"


class DocumentType(NamedTuple):
    """A type of document: its table, the letter of its displayed number, its kinds, and its columns of days.

    The first of ``effective`` that a row states counts, and the earliest of ``ends``.
    """

    table: str
    letter: str
    label: str
    documents: EditionKind
    codes: EditionKind
    effective: tuple[str, ...]
    ends: tuple[str, ...]
    related: str
    related_letter: str


TYPES: Final = (
    DocumentType(
        table="lcd",
        letter="L",
        label="LCD",
        documents=EditionKind.LCDS,
        codes=EditionKind.LCD_CODES,
        effective=("rev_eff_date", "orig_det_eff_date"),
        ends=("date_retired", "ent_det_end_date", "rev_end_date"),
        related="r_article_id",
        related_letter="A",
    ),
    DocumentType(
        table="article",
        letter="A",
        label="Article",
        documents=EditionKind.ARTICLES,
        codes=EditionKind.ARTICLE_CODES,
        effective=("article_eff_date",),
        ends=("date_retired", "article_end_date", "article_rev_end_date"),
        related="r_lcd_id",
        related_letter="L",
    ),
)


def read_exports(source: SourceFile) -> tuple[PackedEdition, ...]:
    """The editions of every export in an archive; none if it is another archive.

    Raises ``ReleaseError`` for a table that lacks a column, is cut off, or has a day that is not one.
    """
    with large_cells():
        return tuple(
            packed
            for tables in export_tables(source)
            for kind in TYPES
            if kind.table in tables
            for packed in _read(source, tables, kind)
        )


def _read(source: SourceFile, tables: Mapping[str, ExportTable], kind: DocumentType) -> Iterator[PackedEdition]:
    rows, references, day = _documents(tables, kind)
    if not rows:
        raise tables[kind.table].source.error("has no document in force or retired; download it again")
    yield _pack(source, kind.documents, kind.table, day, DOCUMENT_CELLS, rows, references, dropped=0)
    name = f"{kind.table}_x_hcpc_code"
    if name in tables:
        codes, dropped = _codes(tables[name], kind, {row.key for row in rows})
        if codes:
            yield _pack(source, kind.codes, name, day, CODE_CELLS, codes, {}, dropped=dropped)


def _documents(
    tables: Mapping[str, ExportTable], kind: DocumentType
) -> tuple[list[EditionRow], dict[str, list[str]], date]:
    """The rows of the documents, their keys by title, and the newest day on which a document was changed."""
    number, version = f"{kind.table}_id", f"{kind.table}_version"
    contractors, related = contractors_of(tables, kind.table), _related(tables, kind)
    future = _future(tables, kind)
    rows: list[EditionRow] = []
    references: dict[str, list[str]] = {}
    updates: set[date] = set()
    table = tables[kind.table]
    for row in table.rows(number, version, "title", "status", "last_updated", kind.effective[0], "date_retired"):
        if (updated := table.day(row, "last_updated")) is not None:
            updates.add(updated)
        identity = row.key(number, version)
        if row.cell("display_id").upper().startswith(_PROPOSED):
            continue
        if not identity[0].isdigit():
            raise table.source.error(f"{identity[0][:20]!r} is not the number of a coverage document", row.number)
        effective = next((day for name in kind.effective if (day := table.day(row, name)) is not None), None)
        ends = [day for name in kind.ends if (day := table.day(row, name)) is not None]
        if identity[0] in future:
            ends.append(future[identity[0]])
        title, key = row.cell("title"), f"{kind.letter}{identity[0]}"
        cells = (
            identity[1],
            title,
            *contractors.get(identity, Contractors()).cells(),
            "" if effective is None else effective.isoformat(),
            min(ends).isoformat() if ends else "",
            row.cell("status"),
            " ".join(related.get(identity, ())),
            _LINK.format(name=kind.table, number=identity[0], version=identity[1]),
        )
        rows.append(EditionRow(key, row.number, cells))
        references.setdefault(title_key(title), []).append(key)
    if not updates:
        raise table.source.error("doesn't say when a document was last updated; download it again")
    return rows, references, max(updates)


def _codes(table: ExportTable, kind: DocumentType, documents: set[str]) -> tuple[list[EditionRow], int]:
    """The Level II codes of documents, each once per version with its groups, and how many rows were left out."""
    number, version = f"{kind.table}_id", f"{kind.table}_version"
    groups: dict[tuple[str, str, str], list[str]] = {}
    numbers: dict[tuple[str, str, str], int] = {}
    dropped = 0
    for row in table.rows(number, version, "hcpc_code_id"):
        code, policy = row.cell("hcpc_code_id").upper(), f"{kind.letter}{row.cell(number)}"
        if not LEVEL_TWO.fullmatch(code):
            # CPT, or XX000, which stands for "not applicable".
            dropped += 1
        elif policy in documents:
            name = (code, policy, row.cell(version))
            numbers.setdefault(name, row.number)
            groups.setdefault(name, []).append(row.cell("hcpc_code_group"))
    rows = [
        EditionRow(code, numbers[code, policy, of], (policy, kind.label, of, " ".join(dict.fromkeys(listed)).strip()))
        for (code, policy, of), listed in groups.items()
    ]
    return rows, dropped


def _related(tables: Mapping[str, ExportTable], kind: DocumentType) -> dict[tuple[str, ...], list[str]]:
    """The articles of each LCD, or the LCDs of each article; ``0`` stands for none."""
    name = f"{kind.table}_related_documents"
    related: dict[tuple[str, ...], list[str]] = {}
    if name in tables:
        for row in tables[name].rows(f"{kind.table}_id", f"{kind.table}_version", kind.related):
            other = row.cell(kind.related)
            document = f"{kind.related_letter}{other}"
            listed = related.setdefault(row.key(f"{kind.table}_id", f"{kind.table}_version"), [])
            if other.isdigit() and int(other) and document not in listed:
                listed.append(document)
    return related


def _future(tables: Mapping[str, ExportTable], kind: DocumentType) -> dict[str, date]:
    """The documents that will be retired, each with the day."""
    name = f"{kind.table}_future_retire"
    if name not in tables:
        return {}
    table = tables[name]
    rows = table.rows(f"{kind.table}_id", "retire_dt")
    return {row.cell(f"{kind.table}_id"): day for row in rows if (day := table.day(row, "retire_dt")) is not None}


def _pack(
    source: SourceFile,
    kind: EditionKind,
    table: str,
    day: date,
    columns: tuple[str, ...],
    rows: list[EditionRow],
    references: Mapping[str, list[str]],
    *,
    dropped: int,
) -> PackedEdition:
    spec = edition_kinds()[kind]
    edition = Edition(
        kind=kind,
        label=spec.label(day),
        from_day=day,
        to_day=None,
        file=f"{source.name} ({table}.csv)",
        digest=source.digest,
        rows=len(rows),
        dropped=dropped,
        columns=columns,
    )
    return PackedEdition(edition, pack_rows(rows, spec.bucket), pack_references(references, spec.bucket))


def document_facts(edition: Edition, row: EditionRow, selection: Selection) -> Iterator[Fact]:
    """One version of a document; ``value`` is its number. It holds from its effective day until it ends or is retired.

    With an area, only the contractors that serve it are named, and a document of no such contractor has no fact.
    """
    stated = dict(zip(edition.columns, row.cells, strict=True))
    serving = Contractors.of_cells(stated["contractors"], stated["areas"]).within(selection.area)
    if selection.area is not None and not serving.names:
        return
    qualifiers = Qualifiers(
        type="LCD" if edition.kind is EditionKind.LCDS else "Article",
        version=stated["version"],
        title=stated["title"],
        contractors="; ".join(serving.names),
        states=serving.states(),
        status=stated["status"],
        related=tuple(stated["related"].split()),
        link=stated["link"],
    )
    fact = fact_of_row(edition, row, FactSubject.POLICY, row.key, qualifiers)
    days = {"first_day": parse_day(stated["effective"]), "last_day": parse_day(stated["retired"])}
    yield fact.model_copy(update={"code": "", **days})
