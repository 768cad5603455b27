"""The recognizer of filters typed in a search: ``coverage:D wheelchair``, ``tos:R``, ``range:E0100-E0200``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.dates.date_scanner import find_days
from hcpcs.records.codes import HCPCS_LETTER
from hcpcs.records.record import RecordKind
from hcpcs.search_port import NO_FILTERS, Filters

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
ValueReader = Callable[[str, date], dict[str, object]]
"""Reads a typed value on a day into fields of ``Filters``; none for a value that makes no sense."""


class FilterSpan(NamedTuple):
    """A filter typed in a text: the values that it gives to fields of ``Filters``, and its place."""

    start: int
    end: int
    values: Mapping[str, object]


def find_filters(text: str, today: date) -> list[FilterSpan]:
    """The filters typed as ``name:value`` in a plain text. One whose value makes no sense is left as words."""
    if ":" not in text:
        return []
    spans = []
    for match in _TYPED.finditer(text):
        value = match[2].strip('"').upper().rstrip(",.;?!")
        if values := _READERS[match[1].lower()](value, today):
            spans.append(FilterSpan(*match.span(), values))
    return spans


def filters_of(spans: Iterable[FilterSpan]) -> Filters:
    """The filters together; where two set the same field, the last one counts."""
    values = {name: value for span in spans for name, value in span.values.items()}
    return Filters.model_validate(values) if values else NO_FILTERS


def _values_of(field: str) -> ValueReader:
    """The reader of one or several coded values: ``D``, ``C,D``."""

    def read(value: str, _: date) -> dict[str, object]:
        return {field: frozenset(re.split("[,|]", value))} if _VALUES.fullmatch(value) else {}

    return read


def _range(value: str, _: date) -> dict[str, object]:
    match = _RANGE.fullmatch(value)
    if match is None:
        return {}
    first, last = sorted(match.groups())
    return {"first": first, "last": last}


def _prefix(value: str, _: date) -> dict[str, object]:
    match = _PREFIX.fullmatch(value)
    return {"prefix": match[1]} if match else {}


def _active(value: str, _: date) -> dict[str, object]:
    truth = _TRUTHS.get(value.lower())
    return {} if truth is None else {"active": truth}


def _kind(value: str, _: date) -> dict[str, object]:
    kind = _KINDS.get(value.lower())
    return {} if kind is None else {"kind": kind}


def _added_since(value: str, today: date) -> dict[str, object]:
    days = find_days(f"since {value}", today)
    return {"added_since": days[0].span.first} if days and days[0].span else {}


_READERS: Final[Mapping[str, ValueReader]] = {
    "coverage": _values_of("coverage"),
    "cov": _values_of("coverage"),
    "tos": _values_of("types_of_service"),
    "type": _values_of("types_of_service"),
    "betos": _values_of("betos"),
    "range": _range,
    "codes": _range,
    "family": _prefix,
    "prefix": _prefix,
    "starts": _prefix,
    "active": _active,
    "status": _active,
    "is": _active,
    "kind": _kind,
    "added": _added_since,
    "since": _added_since,
}
"""How the value of a filter is read, by the name that is typed; nothing for a value that makes no sense."""
# name:value, where a value in quotes may have spaces: coverage:D, added:"January 2024".
_TYPED: Final = re.compile(
    rf"(?<![\w:])({'|'.join(_READERS)}):(\"[^\"]{{1,40}}\"|[^\s\"]{{1,40}})",
    re.IGNORECASE,
)
