"""Record pages: one line per field, with label, value and definition separated by tabs.

Some cells have ``<p>`` or ``<i>`` markup. A page has one code or several, each starting with its ``HCPCS Code`` line.
The year of a page is that of its ``Last Update Date``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.records.fields import FIELDS
from hcpcs.releases.record_collector import RecordCollector, RecordDraft
from hcpcs.releases.record_layout import kind_of
from hcpcs.releases.source_file import SourceFile

_CODE: Final = "hcpcs code"
_DESCRIPTION: Final = "code description"
_LAST_UPDATE: Final = "last update date"
LABELS: Final = {spec.page_label: spec.record_field for spec in FIELDS if spec.page_label}
"""The labels of a page, lower case and without their number (``#1``), and their fields in ``CodeRecord``."""

_MARKUP: Final = re.compile(r"<[^<>]{0,200}>")
_NUMBER: Final = re.compile(r"\s*#[0-9]+$")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def is_record_page(lines: Sequence[str]) -> bool:
    """Whether a text is a record page: it has a ``HCPCS Code`` line with a value."""
    return any(label == _CODE for _, label, _ in _cells(lines))


def read_record_page(source: SourceFile, lines: Sequence[str]) -> tuple[RecordCollector, int | None]:
    """Reads the records of a page, and the newest year of their updates. Raises ``ReleaseError``."""
    collector = RecordCollector(source)
    draft: RecordDraft | None = None
    raw: dict[str, list[str]] = {}
    years: list[int] = []
    for number, label, value in _cells(lines):
        if label == _CODE:
            if draft is not None:
                collector.add(draft)
            kind = kind_of(value)
            if kind is None:
                raise source.error(f"{value[:20]!r} is not a HCPCS code", number)
            raw = {}
            draft = RecordDraft(value, kind, number, [], raw)
        elif draft is None:
            continue
        elif label == _DESCRIPTION:
            draft.pieces.append(value)
        elif label == _LAST_UPDATE and (match := _YEAR.match(value)):
            years.append(int(match[0]))
        elif (field := LABELS.get(_NUMBER.sub("", label))) is not None:
            raw.setdefault(field, []).append(value)
    if draft is not None:
        collector.add(draft)
    return collector, max(years, default=None)


def _cells(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The line number, label (lower case) and value of each line with a value."""
    for number, line in enumerate(lines, start=1):
        label, tab, rest = line.partition("\t")
        if tab and (value := _plain(rest.partition("\t")[0])):
            yield number, _plain(label).lower(), value


def _plain(cell: str) -> str:
    return " ".join(html.unescape(_MARKUP.sub(" ", cell)).split())
