"""``ValueSet/$expand``: the codes that match a filter, in pages, as they are on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from hcpcs.answers.desk import Desk
from hcpcs.records.record import Status
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.terminology.code_rows import CodeRow, code_table
from hcpcs_bot.http.terminology.fhir.code_operations import check_value_set
from hcpcs_bot.http.terminology.fhir.code_system_names import SYSTEM
from hcpcs_bot.http.terminology.fhir.code_systems import value_set
from hcpcs_bot.http.terminology.fhir.coded_concepts import STATUS_CODES, CodedConcept, read_concept
from hcpcs_bot.http.terminology.fhir.day_and_version import DayAsked, day_asked
from hcpcs_bot.http.terminology.fhir.operation_input import OperationInput
from hcpcs_bot.http.terminology.term_matches import MAX_TERMS, term_matches

MAX_PAGE: Final = 1_000
"""Maximum codes of one expansion; a larger one is asked for in pages."""
CONTAINS_PROPERTY: Final = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property"
"""R5's property of an expanded code, as R4 carries it: an extension."""
_REFUSED: Final = ("exclude-system", "force-system-version", "check-system-version", "system-version")


def expand(desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> dict[str, Any]:
    """The ``ValueSet`` with its expansion. Raises ``ProblemError``: 422 for one that is too large without pages."""
    check_value_set(asked, instance=instance)
    for name in _REFUSED:
        if name in asked:
            raise ProblemError(501, f"{name}: not supported; the value set has one code system.")
    terms = asked.text("filter")
    if len(terms) > MAX_TERMS:
        raise ProblemError(400, f"filter: give at most {MAX_TERMS} characters.")
    count, offset = asked.number("count"), asked.number("offset") or 0
    active_only, designations = asked.flag("activeOnly"), asked.flag("includeDesignations")
    day = day_asked(desk, asked, today)
    rows = _rows(desk, terms, day, today, active_only=active_only)
    if count is None and len(rows) - offset > MAX_PAGE:
        raise ProblemError(
            422, f"The expansion has {len(rows):,} codes. Narrow it by filter, or ask for pages with count and offset."
        )
    size = min(MAX_PAGE if count is None else count, MAX_PAGE)
    page = [read_concept(desk, row.stated.code, day.day, day_asked=day.named) for row in rows[offset:][:size]]
    parameters: list[dict[str, Any]] = [
        {"name": "date", "valueDateTime": day.day.isoformat()},
        {"name": "version", "valueUri": f"{SYSTEM}|{desk.catalog.newest.id}"},
    ]
    if active_only:
        parameters.append({"name": "activeOnly", "valueBoolean": True})
    if count is not None:
        parameters.append({"name": "count", "valueInteger": size})
    expansion: dict[str, Any] = {
        # The same request of the same releases on the same day gets the same expansion.
        "timestamp": today.isoformat(),
        "total": len(rows),
        "offset": offset,
        "parameter": parameters,
    }
    contains = [_contained(concept, designations) for concept in page if concept is not None]
    if contains:
        expansion["contains"] = contains
    return {**value_set(desk, today), "expansion": expansion}


def _rows(desk: Desk, terms: str, day: DayAsked, today: date, *, active_only: bool) -> list[CodeRow]:
    """The rows of the codes that match and were in the code set by the day, best first."""
    table = code_table(desk.catalog, today)
    matches = (table.rows[place] for place in term_matches(desk.index, table, terms))
    if day.day == today:
        return [row for row in matches if row.active or (not active_only and not _added_after(row, today))]
    statuses = ((row, _status(desk, row, day.day)) for row in matches)
    return [
        row for row, status in statuses if status is Status.ACTUAL or (not active_only and status is Status.TERMINATED)
    ]


def _added_after(row: CodeRow, day: date) -> bool:
    return row.stated.added is not None and row.stated.added > day


def _status(desk: Desk, row: CodeRow, day: date) -> Status:
    """The status of a code on a day. Only what CMS gave other dates, or removed, has to be looked up."""
    stated = row.stated
    if stated.redated or stated.last_release < len(desk.catalog.releases) - 1:
        on_day = desk.catalog.code_on_day(stated.code, day)
        if on_day is not None:
            return Status.TERMINATED if on_day.removed else on_day.statement.status
    if _added_after(row, day):
        return Status.NOT_YET
    return Status.TERMINATED if stated.ended is not None and stated.ended < day else Status.ACTUAL


def _contained(concept: CodedConcept, designations: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"system": SYSTEM, "code": concept.record.code, "display": concept.display}
    if concept.inactive:
        entry["inactive"] = True
        status = [{"url": "code", "valueCode": "status"}, {"url": "value", "valueCode": STATUS_CODES[concept.status]}]
        entry["extension"] = [{"url": CONTAINS_PROPERTY, "extension": status}]
    if designations:
        entry["designation"] = list(_designations(concept))
    return entry


def _designations(concept: CodedConcept) -> Iterator[dict[str, Any]]:
    if concept.record.short_description:
        yield {"language": "en", "use": {"display": "Short description"}, "value": concept.record.short_description}
