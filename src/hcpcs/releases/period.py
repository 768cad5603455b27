"""Periods: the quarter of a release, from the names of its files or from the dates in its records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from hcpcs.records.record import CodeRecord

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_FORMS: Final = (
    # HCPC2025_OCT_ANWEB
    re.compile(rf"{_YEAR}[-_ ]*{_MONTH}(?![a-z])", re.IGNORECASE),
    # october-2025-alpha-numeric-hcpcs-file
    re.compile(rf"(?<![a-z]){_MONTH}[-_ ]*{_YEAR}(?![0-9])", re.IGNORECASE),
    # 2024-07-procedures
    re.compile(rf"(?<![0-9]){_YEAR}-(?P<number>0[1-9]|1[0-2])(?![0-9])"),
    # The annual releases: HCPC2018_CONTR_ANWEB, then HCPC17_CONTR_ANWEB.
    re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])"),
    re.compile(r"hcpcs?[-_ ]?(?P<short>[0-9]{2})(?![0-9])", re.IGNORECASE),
)
"""The ways to write a release in a file name, tried in this order."""

_SEVERAL: Final = 5
"""Minimum dates of a quarter that make it the quarter of a release."""


class Period(NamedTuple):
    """The month in which a release takes effect. CMS publishes in January, April, July and October."""

    year: int
    month: int

    @property
    def id(self) -> str:
        """``YYYY-MM``."""
        return f"{self.year:04}-{self.month:02}"

    @property
    def effective(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def label(self) -> str:
        """``HCPCS October 2025``."""
        return f"HCPCS {self.effective:%B %Y}"


def period_of_names(names: Sequence[str]) -> Period | None:
    """The period of the first name that contains one; a year alone is the annual release of that January."""
    return next((period for name in names if (period := _period_of(name)) is not None), None)


def _period_of(name: str) -> Period | None:
    for form in _FORMS:
        if match := form.search(name):
            parts = match.groupdict()
            year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
            month = _MONTHS[parts["month"][:3].lower()] if parts.get("month") else int(parts.get("number") or 1)
            return Period(year, month)
    return None


# The 2 of "HCPC2025_OCT_ANWEB_v2.txt" and the 4 of "V4_HCPC2018_Corrections_ANWEB.xlsx".
_VERSION: Final = re.compile(r"(?<![a-z0-9])v([1-9][0-9]?)(?![0-9a-z])", re.IGNORECASE)
# The day in "HCPC2026_OCT_ANWEB_09232026.txt": month, day, year.
_STAMP: Final = re.compile(r"(?<![0-9])(0[1-9]|1[0-2])([0-3][0-9])(20[0-9]{2})(?![0-9])")


def revision_of(name: str) -> tuple[int, str]:
    """The version and the day (``YYYYMMDD``) in the name of a file that CMS published again; later ones are greater."""
    version = max((int(number) for number in _VERSION.findall(name)), default=1)
    return version, max((f"{year}{month}{day}" for month, day, year in _STAMP.findall(name)), default="")


def period_of_records(records: Iterable[CodeRecord]) -> Period | None:
    """The newest quarter in which at least five records were added or changed; ``None`` without dates.

    Fewer may be dated ahead: the file of January 2018 has two codes of July. If no quarter has five, the newest counts.
    """
    days = Counter(day for record in records for day in {record.added_date, record.action_effective_date} if day)
    counts: Counter[Period] = Counter()
    for day, count in days.items():
        counts[Period(day.year, (day.month - 1) // 3 * 3 + 1)] += count
    return max((period for period, count in counts.items() if count >= _SEVERAL), default=max(counts, default=None))
