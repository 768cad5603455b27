"""Filters that a person types inside a search: ``coverage:D wheelchair``, ``tos:R``, ``range:E0100-E0200``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.dates import find_days
from hcpcs.records.codes import HCPCS_LETTER
from hcpcs.records.record import RecordKind
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
_NO_FILTERS: Final = Filters()


class FilterSpan(NamedTuple):
    """A filter typed in a text: the values that it gives to fields of ``Filters``, and its place."""

    start: int
    end: int
    values: Mapping[str, object]


def find_filters(text: str, today: date) -> list[FilterSpan]:
    """The filters typed as ``name:value`` in a plain text. One whose value makes no sense is left as words."""
    if ":" not in text:
        return []
    read = ((match, _filter(match[1].lower(), match[2].strip('"'), today)) for match in _TYPED.finditer(text))
    return [FilterSpan(*match.span(), values) for match, values in read if values]


def filters_of(spans: Iterable[FilterSpan]) -> Filters:
    """The filters together; where two set the same field, the last one counts."""
    values = {name: value for span in spans for name, value in span.values.items()}
    return Filters.model_validate(values) if values else _NO_FILTERS


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
