"""The fields of NLM's table of HCPCS codes, and our own beside them: how each is read from a code.

NLM documents code, short_desc, long_desc, display, add_dt, term_dt, act_eff_dt, obsolete and is_noc
(https://clinicaltables.nlm.nih.gov/apidoc/hcpcs/v3/doc.html). Dates are written as CMS writes them, YYYYMMDD.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from hcpcs.answers.verdicts import judge
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.records.fields import FIELD_BY_NAME, cms_date
from hcpcs.records.record import STATUS_WORDS, Status
from hcpcs.records.terms.vocabularies import VocabularyName, meaning_of
from hcpcs_bot.http.terminology.code_rows import CodeRow

DISPLAY_CHARACTERS: Final = 240
"""Maximum characters of a long description that ``display`` shows; a longer one gives way to the short one."""


class Column(NamedTuple):
    """A field that is searched: its values in a row, and whether they are texts, matched by their words."""

    read: Callable[[CodeRow], tuple[str, ...]]
    text: bool = False


def _display(row: CodeRow) -> str:
    long = row.stated.long_description
    return long if len(long) <= DISPLAY_CHARACTERS else row.stated.short_description


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _value(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


COLUMNS: Final[Mapping[str, Column]] = {
    "code": Column(lambda row: (row.stated.code,)),
    "short_desc": Column(lambda row: _value(row.stated.short_description), text=True),
    "long_desc": Column(lambda row: _value(row.stated.long_description), text=True),
    "display": Column(lambda row: _value(_display(row)), text=True),
    "add_dt": Column(lambda row: _value(cms_date(row.stated.added))),
    "term_dt": Column(lambda row: _value(cms_date(row.stated.ended))),
    "act_eff_dt": Column(lambda row: _value(cms_date(row.stated.changed))),
    "obsolete": Column(lambda row: (_flag(not row.active),)),
    "is_noc": Column(lambda row: (_flag(row.not_otherwise_classified),)),
    "kind": Column(lambda row: (row.stated.kind.value,)),
    "coverage": Column(lambda row: _value(row.stated.coverage)),
    "pricing": Column(lambda row: row.stated.pricing_indicators),
    "betos": Column(lambda row: _value(row.stated.betos)),
}
"""The fields that can be searched (``sf`` and ``q``) and shown."""


class ShownCode:
    """A code of a result, with what is known about it on the day of the answer."""

    def __init__(self, catalog: Catalog, row: CodeRow, day: date) -> None:
        self._catalog = catalog
        self._day = day
        self.row = row

    @cached_property
    def on_day(self) -> CodeOnDay:
        """What is known about the code on the day; read only where a field needs it."""
        on_day = self._catalog.code_on_day(self.row.stated.code, self._day)
        assert on_day is not None, "a row is a code of the catalog"
        return on_day


def _field(name: str) -> Callable[[ShownCode], str]:
    spec = FIELD_BY_NAME[name]
    return lambda shown: spec.read(shown.on_day.statement)


def _meanings(vocabulary: VocabularyName, name: str) -> Callable[[ShownCode], str]:
    values = COLUMNS[name].read
    return lambda shown: "; ".join(meaning_of(vocabulary, value) or value for value in values(shown.row))


def _verdict(shown: ShownCode) -> str:
    return judge(shown.on_day.statement, shown.on_day, day_asked=False).verdict.value


def _status(shown: ShownCode) -> str:
    on_day = shown.on_day
    return STATUS_WORDS[Status.TERMINATED] if on_day.removed else STATUS_WORDS[on_day.statement.status]


SHOWN_COLUMNS: Final[Mapping[str, Callable[[ShownCode], str]]] = {
    "status": _status,
    "verdict": _verdict,
    "coverage_meaning": _meanings(VocabularyName.COVERAGE, "coverage"),
    "pricing_meaning": _meanings(VocabularyName.PRICING_INDICATOR, "pricing"),
    "betos_meaning": _meanings(VocabularyName.BETOS, "betos"),
    "type_of_service": lambda shown: ", ".join(shown.on_day.statement.record.types_of_service),
    "processing_note": _field("processing_note"),
    "statute": _field("statute"),
    "cross_references": _field("cross_references"),
    "release": lambda shown: shown.on_day.statement.release.label,
}
"""The fields that are only shown (``df``, ``ef`` and ``cf``)."""


def read_column(name: str, shown: ShownCode) -> str:
    """A field of a code as text; several values are joined by commas, and a blank one is ``""``."""
    if name in COLUMNS:
        return ", ".join(COLUMNS[name].read(shown.row))
    return SHOWN_COLUMNS[name](shown)
