"""Filters that a person types inside a search: ``coverage:D wheelchair``, ``tos:R``, ``range:E0100-E0200``."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from hcpcs.questions.recognizers.dates import find_days
from hcpcs.records.codes import HCPCS_LETTER
from hcpcs.records.record import Frozen, RecordKind
from hcpcs.search_port import Filters

_TYPED: Final = re.compile(
    r"(?<![\w:])(coverage|cov|tos|type|betos|range|codes|family|prefix|starts|active|status|kind|is|added|since)"
    r":(\"[^\"]{1,40}\"|[^\s\"]{1,40})",
    re.IGNORECASE,
)
_VALUES: Final = re.compile(r"[0-9A-Z]{1,3}(?:[,|][0-9A-Z]{1,3})*")
_RANGE: Final = re.compile(rf"({HCPCS_LETTER}\d{{4}})(?:-|\.\.|to)({HCPCS_LETTER}\d{{4}})")
_PREFIX: Final = re.compile(rf"({HCPCS_LETTER}\d{{0,4}})[*X]*")
_TRUTHS: Final = {
    "yes": True, "true": True, "y": True, "1": True, "only": True, "active": True,
    "no": False, "false": False, "n": False, "0": False, "inactive": False, "terminated": False,
}  # fmt: skip
_KINDS: Final = {
    "modifier": RecordKind.MODIFIER, "modifiers": RecordKind.MODIFIER, "mod": RecordKind.MODIFIER,
    "procedure": RecordKind.PROCEDURE, "procedures": RecordKind.PROCEDURE, "code": RecordKind.PROCEDURE,
}  # fmt: skip


class TypedFilters(Frozen):
    """The filters typed in a text, and where they stand. A filter whose value has no sense is left as words."""

    filters: Filters = Filters()
    spans: tuple[tuple[int, int], ...] = ()


_NONE: Final = TypedFilters()


def find_filters(text: str, today: date) -> TypedFilters:
    """The filters typed as ``name:value`` in a plain text."""
    if ":" not in text:
        return _NONE
    update: dict[str, object] = {}
    spans: list[tuple[int, int]] = []
    for match in _TYPED.finditer(text):
        understood = _filter(match[1].lower(), match[2].strip('"'), today)
        if understood:
            update.update(understood)
            spans.append(match.span())
    return TypedFilters(filters=Filters(**update), spans=tuple(spans)) if spans else _NONE


def _filter(name: str, written: str, today: date) -> dict[str, object]:
    value = written.upper().rstrip(",.;?!")
    if name in {"coverage", "cov", "tos", "type", "betos"}:
        field = {"cov": "coverage", "tos": "types_of_service", "type": "types_of_service"}.get(name, name)
        return {field: frozenset(re.split("[,|]", value))} if _VALUES.fullmatch(value) else {}
    if name in {"range", "codes"}:
        match = _RANGE.fullmatch(value)
        first, last = sorted(match.groups()) if match else ("", "")
        return {"first": first, "last": last} if match else {}
    if name in {"family", "prefix", "starts"}:
        match = _PREFIX.fullmatch(value)
        return {"prefix": match[1]} if match else {}
    if name in {"active", "status", "is"}:
        truth = _TRUTHS.get(value.lower())
        return {} if truth is None else {"active": truth}
    if name == "kind":
        kind = _KINDS.get(value.lower())
        return {} if kind is None else {"kind": kind}
    days = find_days(f"since {written}", today)
    return {"added_since": days[0].span.first} if days and days[0].span else {}
