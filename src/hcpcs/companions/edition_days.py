"""The days on which an edition is in force, from the text above its header or from the names of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.companions.edition_kinds import EditionDate

_MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_EFFECTIVE: Final = re.compile(rf"{_MONTH} (?P<day>\d\d?), (?P<year>20\d\d) (?:through|to|-)", re.IGNORECASE)
"""``Effective January 1, 2026 through March 31, 2026`` above the header of a payment limit file."""
_FORMS: Final = (
    # january-2026-asp-pricing-file, 508 version of October 2025 Web Addendum B.10.31.25; before the day in
    # april-2026-medicare-part-b-payment-limit-files-03-30-2026-final-file, which is that of its publication.
    re.compile(rf"(?<![a-z]){_MONTH}[-_ ]*(?P<year>20\d\d)(?!\d)", re.IGNORECASE),
    # 2026 January Web Addendum B, cy-2026-april-opps-addendum-b
    re.compile(rf"(?<!\d)(?P<year>20\d\d)[-_ ]{_MONTH}(?![a-z])", re.IGNORECASE),
    # Practitioner PTP Edits v323r0 effective October 1, 2026
    re.compile(rf"(?<![a-z]){_MONTH} (?P<day>\d\d?),? (?P<year>20\d\d)(?!\d)", re.IGNORECASE),
    # MCR_MUE_DMESupplierServices_Eff_10-01-2026
    re.compile(r"(?<!\d)(?P<number>\d\d)-(?P<day>\d\d)-(?P<year>20\d\d)(?!\d)"),
    # DMEPOS_required_prior_authorization_2026-07-29
    re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    # DMEPOS26_JAN, DMEPOS26-JAN
    re.compile(rf"(?<!\d)(?P<short>\d\d)[-_ ]?{_MONTH}(?![a-z])", re.IGNORECASE),
    # medicare-ncci-2026-q4, ASP_pricing_2026Q1
    re.compile(r"(?P<year>20\d\d)[-_ ]?q(?P<quarter>[1-4])(?!\d)", re.IGNORECASE),
    # DME Rural ZIP Code Quarter 1 2026
    re.compile(r"quarter[-_ ]?(?P<quarter>[1-4])[-_ ]*(?P<year>20\d\d)", re.IGNORECASE),
    # NCCI_MUE_2024-07
    re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])(?!\d)"),
    # dme26-c, dme26c: the archive of a DMEPOS fee schedule, whose table is only named after its month (DMEPOS_JUL);
    # dme26 is that of January.
    re.compile(r"(?<![a-z])dme(?P<short>\d\d)(?:[-_ ]?(?P<letter>[a-d]))?(?![a-z0-9])", re.IGNORECASE),
    # ccipra-v322r0-f4: version 32.2 of the NCCI edits, of the third quarter of 2026
    re.compile(r"cci[a-z]+-v(?P<version>\d\d)(?P<update>[0-3])r\d", re.IGNORECASE),
)
"""The ways to write the date of an edition in a file name, tried in this order. A year alone is not a date."""


_NCCI_BEGAN: Final = 1994
"""What is added to the version of the NCCI edits to get its year: version 32 is that of 2026."""


class EditionDays(NamedTuple):
    """The first and the last day of an edition; the last is ``None`` where it holds until the next edition."""

    first: date
    last: date | None


def days_from(first: date, dated: EditionDate) -> EditionDays:
    """The days of an edition whose date is ``first``: a quarter starts with its first month."""
    if dated is EditionDate.QUARTER:
        first = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        # The 31st day after the first of the last month of a quarter is always in the next month.
        next_quarter = (first.replace(month=first.month + 2) + timedelta(days=31)).replace(day=1)
        return EditionDays(first, next_quarter - timedelta(days=1))
    if dated is EditionDate.MONTH:
        first = first.replace(day=1)
    return EditionDays(first, None)


def quarter_days(year: int, quarter: int) -> EditionDays:
    """The days of a quarter (1 to 4)."""
    return days_from(date(year, 3 * quarter - 2, 1), EditionDate.QUARTER)


def days_of_texts(banner: str, names: Iterable[str], dated: EditionDate) -> EditionDays | None:
    """The days that the text above a header states, else the first name with a date; ``None`` if there is none."""
    if (match := _EFFECTIVE.search(banner)) and (day := _date_of(match)):
        return days_from(day, dated)
    day = next((day for name in names if (day := day_of_name(name)) is not None), None)
    return None if day is None else days_from(day, dated)


def day_of_name(name: str) -> date | None:
    """The date that the name of a file, or the text of a link to it, states; ``None`` without one."""
    for form in _FORMS:
        if (match := form.search(name)) and (day := _date_of(match)):
            return day
    return None


def _date_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if parts.get("version"):
        return date(_NCCI_BEGAN + int(parts["version"]), 3 * int(parts["update"]) + 1, 1)
    year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
    if parts.get("quarter"):
        month = 3 * int(parts["quarter"]) - 2
    elif "letter" in parts:
        month = 3 * "abcd".index((parts["letter"] or "a").lower()) + 1
    elif parts.get("month"):
        month = _MONTHS[parts["month"][:3].lower()]
    else:
        month = int(parts["number"])
    try:
        return date(year, month, int(parts.get("day") or 1))
    except ValueError:
        return None
