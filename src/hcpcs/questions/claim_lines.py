"""The codes of a pasted claim or message, each with its date of service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan, scan
from hcpcs.questions.recognizers.dates.date_scanner import DaySpan, are_one_span, find_days, split_by_role
from hcpcs.questions.recognizers.dates.day_cues import without_numbers
from hcpcs.questions.words.normalize import plain
from hcpcs.questions.words.tokens import blank_out
from hcpcs.records.codes import CodeMention


class ClaimLine(NamedTuple):
    """A code of a claim with its modifiers, and its date of service, ``None`` where the text gives none."""

    mention: CodeMention
    day: date | None


class PastedClaim(NamedTuple):
    """The lines of a pasted text; ``whole`` says that all of the text was read."""

    lines: tuple[ClaimLine, ...]
    whole: bool


LINES_READ: Final = 100
"""Maximum different codes, each with its date, that are read in a text: two full claims."""
CODES_READ: Final = 400
"""Maximum codes that are read in a text, repeated ones included."""
ROWS_READ: Final = 500
"""Maximum rows that are read in a text."""
TEXT_READ: Final = 25_000
"""Maximum characters of a text that are read; a full claim has fewer than 5,000."""
ROW_LIMIT: Final = 2000
"""Maximum characters of a row; a longer one is read in pieces, cut at a space."""


def read_claim(text: str, today: date) -> PastedClaim:
    """The codes in a text of any content and length, in order, each once per date of service.

    Reading stops after ``TEXT_READ`` characters, ``LINES_READ`` lines, ``CODES_READ`` codes or ``ROWS_READ`` rows.

    The date is the one on the code's own line; else the one marked as date of service ("DOS") on a line above, or
    the only one so marked in the text. An unmarked date counts on the line of a code only.
    """
    marked: list[date] = []
    rows: list[tuple[list[CodeSpan], list[DaySpan], date | None]] = []
    different: set[CodeMention] = set()
    read = 0
    parts = _rows(plain(text[:TEXT_READ]))
    for part in islice(parts, ROWS_READ):
        codes = scan(part)
        read += len(codes)
        different.update(code.mention for code in codes)
        days = _days(part, codes, today)
        rows.append((codes, days, marked[-1] if marked else None))
        marked += [day.span.first for day in days if day.marked and day.span]
        if len(different) > LINES_READ or read > CODES_READ:
            break
    only = marked[0] if len(set(marked)) == 1 else None
    lines: dict[tuple[str, tuple[str, ...], date | None], ClaimLine] = {}
    for codes, days, above in rows:
        for code in codes:
            day = _day_of(code, codes, days) or above or only
            lines.setdefault((code.mention.code, code.mention.modifiers, day), ClaimLine(code.mention, day))
    kept = tuple(lines.values())
    whole = len(text) <= TEXT_READ and next(parts, None) is None
    return PastedClaim(kept[:LINES_READ], whole=whole and len(kept) <= LINES_READ)


def _rows(text: str) -> Iterator[str]:
    """The rows of a plain text that are not blank."""
    for part in text.split(";"):
        while len(part) > ROW_LIMIT:
            end = part.rfind(" ", 1, ROW_LIMIT)
            end = ROW_LIMIT if end < 0 else end
            yield part[:end]
            part = part[end:]
        if part.strip():
            yield part


def _days(part: str, codes: Sequence[CodeSpan], today: date) -> list[DaySpan]:
    """The single days of a line that can be its date of service; of a span "from-through" the first."""
    rest = without_numbers(blank_out(part, ((code.start, code.end) for code in codes)))
    asked, _ = split_by_role(rest, find_days(rest, today))
    days = [day for day in asked if day.span and day.span.first == day.span.last and (codes or day.marked)]
    kept: list[DaySpan] = []
    for place, day in enumerate(days):
        if place == 0 or not are_one_span(rest, days[place - 1], day):
            kept.append(day)
    return kept


def _day_of(code: CodeSpan, codes: Sequence[CodeSpan], days: Sequence[DaySpan]) -> date | None:
    """The day of a code among those of its line: before the code where the line begins with a date, else after it."""
    if not days:
        return None
    before = [day for day in days if day.start < code.start]
    after = [day for day in days if day.start > code.start]
    nearest = before[-1:] if days[0].start < codes[0].start else after[:1]
    day = (nearest or before[-1:] or after[:1])[0]
    return day.span.first if day.span else None
