"""The codes of a pasted claim or message, each with its date of service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import islice, pairwise
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan, scan
from hcpcs.questions.recognizers.dates.date_scanner import DaySpan, are_one_span, find_days, split_by_role
from hcpcs.questions.recognizers.dates.day_cues import DateRole, cue_of, without_numbers
from hcpcs.questions.recognizers.dates.named_periods import DayRange
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.normalize import plain
from hcpcs.questions.words.tokens import blank_out
from hcpcs.records.codes import CodeMention, is_modifier


class ClaimLine(NamedTuple):
    """A code of a claim with its modifiers, and its date of service, ``None`` where the text gives none."""

    mention: CodeMention
    day: date | None


class PastedClaim(NamedTuple):
    """The lines of a pasted text; ``whole`` says that all of the text was read.

    ``misdated`` are codes beside a date that the calendar doesn't have; their lines have none.
    """

    lines: tuple[ClaimLine, ...]
    whole: bool
    misdated: tuple[str, ...] = ()

    @property
    def has_several_days(self) -> bool:
        """Whether its codes have two dates of service or more."""
        return len({line.day for line in self.lines if line.day}) > 1


class _ClaimRow(NamedTuple):
    """The codes of a row, each with the day beside it, and the days that are marked as dates of service."""

    codes: tuple[tuple[CodeMention, DaySpan | None], ...]
    marked: tuple[date, ...]


OF_CLAIM_LINES: Final = frozenset({Subject.DESCRIPTION, Subject.COVERAGE, Subject.STATUS})
"""The subjects that several claim lines are answered on, each on its own date of service."""
LINES_READ: Final = 500
"""Maximum different codes, each with its date, that are read in a text: ten claims of 50 lines, the most of an 837P."""
CODES_READ: Final = 2_000
"""Maximum codes that are read in a text, repeated ones included."""
ROWS_READ: Final = 1_000
"""Maximum rows that are read in a text."""
TEXT_READ: Final = 40_000
"""Maximum characters of a text that are read: what a Slack message has at most (docs.slack.dev, "chat.postMessage")."""
LABEL_LIMIT: Final = 40
"""Maximum characters of a row that is the label of the next one."""
ROW_LIMIT: Final = 2000
"""Maximum characters of a row; a longer one is read in pieces, cut at a space."""
ROW_START: Final = 60
"""Characters by which a long row is seen to begin again: more than a code with its modifiers, day and count."""
# "3/31/24 or 4/1/24", "on 3/31/2024 and on 4/1/2024"; the word before a day is a part of it.
_JOINS_DAYS: Final = re.compile(r"[\s,;&]*(?:(?:and|or|vs\.?|versus|then|also)[\s,]*)?", re.IGNORECASE)
_WRITTEN_DAY: Final = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{2,4}")


def read_claim(text: str, today: date) -> PastedClaim:
    """The codes in a text of any content and length, in order, each once per date of service.

    Reading stops after ``TEXT_READ`` characters, ``LINES_READ`` lines, ``CODES_READ`` codes or ``ROWS_READ`` rows.

    The date is the one on the code's own line; else the one marked as date of service ("DOS") on a line above, or
    the only one so marked in the text. An unmarked date counts on the line of a code only.
    """
    marked: list[date] = []
    # Statements repeat their rows. What is read once is kept for this text alone: a row may name a patient.
    read_row = cache(partial(_read_row, today=today))
    rows: dict[tuple[str, date | None], _ClaimRow] = {}
    different: set[tuple[str, tuple[str, ...], DayRange | None]] = set()
    codes_read = 0
    parts = _with_labels(_rows(plain(text[:TEXT_READ])))
    for part in islice(parts, ROWS_READ):
        row = read_row(part)
        rows[part, marked[-1] if marked else None] = row
        marked += row.marked
        different.update((code.code, code.modifiers, day and day.span) for code, day in row.codes)
        codes_read += len(row.codes)
        if len(different) > LINES_READ or codes_read > CODES_READ:
            break
    only = marked[0] if len(set(marked)) == 1 else None
    lines: dict[tuple[str, tuple[str, ...], date | None], ClaimLine] = {}
    misdated: dict[str, None] = {}
    for (_, above), row in rows.items():
        for code, own in row.codes:
            if own is not None and own.span is None:
                misdated.setdefault(code.code)
            day = (own.span.first if own.span else None) if own is not None else above or only
            lines.setdefault((code.code, code.modifiers, day), ClaimLine(code, day))
    kept = tuple(lines.values())
    whole = len(text) <= TEXT_READ and next(parts, None) is None
    return PastedClaim(kept[:LINES_READ], whole and len(kept) <= LINES_READ, tuple(misdated))


def read_days_of(code: CodeMention, text: str, today: date) -> PastedClaim:
    """One code on each of the dates that a short text joins: "was J1040 payable on 3/31/2024 and on 4/1/2024"."""
    rest = without_numbers(blank_out(text, ((span.start, span.end) for span in scan(text))))
    days, _ = split_by_role(rest, find_days(rest, today, loose=True))
    days.sort(key=lambda day: day.start)
    joined = all(_JOINS_DAYS.fullmatch(rest, former.end, day.start) for former, day in pairwise(days))
    stated = [day.span.first for day in days if day.span is not None] if joined else []
    return PastedClaim(tuple(ClaimLine(code, day) for day in dict.fromkeys(stated)), whole=True)


def claim_text(lines: Iterable[ClaimLine]) -> str:
    """The text from which ``read_claim`` reads ``lines`` again: a row each, and nothing else of the original text."""
    return "; ".join(_row_of(line) for line in lines)


def _row_of(line: ClaimLine) -> str:
    code = "-".join((line.mention.code, *line.mention.modifiers[:1]))
    # Before a hyphen and digits no modifier is read: they may be a date. "97140-GP:59" is read.
    code += "".join(f":{one}" if one[0].isdecimal() else f"-{one}" for one in line.mention.modifiers[1:])
    day = f"{line.day.isoformat()} " if line.day else ""
    return f"{day}modifier {code}" if is_modifier(line.mention.code) else f"{day}{code}"


def claim_pages(lines: Iterable[ClaimLine], items: int) -> Iterator[tuple[ClaimLine, ...]]:
    """``lines`` in pages with at most ``items`` different codes and modifiers each; one line is never divided."""
    page: list[ClaimLine] = []
    counted: set[tuple[str, date | None]] = set()
    for line in lines:
        further = {(code, line.day) for code in (line.mention.code, *line.mention.modifiers)}
        if page and len(counted | further) > items:
            yield tuple(page)
            page, counted = [], set()
        page.append(line)
        counted |= further
    if page:
        yield tuple(page)


def _rows(text: str) -> Iterator[str]:
    """The rows of a plain text that are not blank."""
    for part in text.split(";"):
        while len(part) > ROW_LIMIT:
            end = _end_of_piece(part)
            yield part[:end]
            part = part[end:]
        if part.strip():
            yield part


def _end_of_piece(part: str) -> int:
    """Where a row that is too long is cut: where it begins again, so that repeats are read once; else at a space."""
    again = part.rfind(f" {part[:ROW_START].lstrip()}", 1, ROW_LIMIT)
    end = again if again > 0 else part.rfind(" ", 1, ROW_LIMIT)
    return end if end > 0 else ROW_LIMIT


def _with_labels(parts: Iterable[str]) -> Iterator[str]:
    """The rows, each with the label above it that says it is a date of service, as a form has it."""
    is_label = cache(_is_label)
    label = ""
    for part in parts:
        if is_label(part):
            label = part
            continue
        yield f"{label} {part}" if label else part
        label = ""
    if label:
        yield label


def _is_label(part: str) -> bool:
    """Whether a row says that the next one begins with a date of service."""
    cue = cue_of(part, len(part), len(part)) if len(part) <= LABEL_LIMIT else None
    return cue is not None and cue.role is DateRole.SERVICE


def _read_row(part: str, today: date) -> _ClaimRow:
    codes = scan(part)
    days = _days(part, codes, today)
    marked = tuple(day.span.first for day in days if day.marked and day.span)
    return _ClaimRow(tuple((code.mention, _day_of(code, codes, days)) for code in codes), marked)


def _days(part: str, codes: Sequence[CodeSpan], today: date) -> list[DaySpan]:
    """The single days of a line that can be its date of service; of a span "from-through" the first."""
    rest = without_numbers(blank_out(part, ((code.start, code.end) for code in codes)))
    asked, _ = split_by_role(rest, find_days(rest, today))
    days = [day for day in asked if _is_day(rest, day) and (codes or day.marked)]
    kept = days[:1]
    for former, day in pairwise(days):
        between = any(former.start < code.start < day.start for code in codes)  # "1/2/2025 E0601 1/5/2025 A7030"
        if between or not are_one_span(rest, former, day):
            kept.append(day)
    return kept


def _is_day(text: str, day: DaySpan) -> bool:
    """Whether a date is one day, or is written as one that the calendar doesn't have ("02/30/2025")."""
    if day.span is None:
        return bool(_WRITTEN_DAY.search(text, day.start, day.end))
    return day.span.first == day.span.last


def _day_of(code: CodeSpan, codes: Sequence[CodeSpan], days: Sequence[DaySpan]) -> DaySpan | None:
    """The day of a code among those of its line: before the code where the line begins with a date, else after it."""
    if not days:
        return None
    before = [day for day in days if day.start < code.start]
    after = [day for day in days if day.start > code.start]
    nearest = before[-1:] if days[0].start < codes[0].start else after[:1]
    return (nearest or before[-1:] or after[:1])[0]
