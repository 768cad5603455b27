"""The count that is written with a code: "J1885x2", "2 x J1885", "J0585 JW 45", the columns of a claim form."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.records.billing.units import DIVISIBLE, NOT_AFTER_CODE
from hcpcs.records.families.code_families import may_be_dosed


class CodeCount(NamedTuple):
    """A count of billing units, and where the span of its code ends, the count included."""

    units: float
    end: int


BEFORE_UNIT: Final = re.compile(rf"\s*-?{NOT_AFTER_CODE}(?![a-z0-9]|[ -]codes?\b)", re.IGNORECASE)
"""A unit of measure after a number, which then is an amount and not a count; "77067 G code" is another thing."""
GLUED_TO_COUNT: Final = re.compile(r"(?:[A-Z][A-Z0-9]){1,4}(?![0-9A-Z])")
"""Modifiers typed straight onto a count: "A4253x4KX"."""
# A count after a code and its modifiers: "x2", " X 10", "*2"; in an X12 claim "*85*UN*4" (charge, unit, count).
_COUNT: Final = re.compile(
    r"\s?(?:\*[\d.]*\*(?:UN|MJ|DA)\*|x\s?|\*\s?(?=[\d.]{1,7}(?![\d.*])))(?P<count>\d{1,4}(?:\.\d{1,2})?)"
    r"(?:(?![\w/]|[.,]\d)|(?=(?:[A-Z][A-Z0-9]){1,4}(?![0-9A-Z])))"
    r"(?P<units>\s?u(?:ni)?ts?\b)?",
    re.IGNORECASE,
)
# "1 g J0696 x 2 vials": how many containers or doses there are of the amount before the code.
_CONTAINERS: Final = re.compile(
    r"\s?(?:vials?|sdvs?|syringes?|pens?|bags?|bottles?|ampules?|doses?|injections?|shots?|days?)\b", re.IGNORECASE
)
_AMOUNT_BEFORE: Final = re.compile(rf"\d\s?-?(?:{DIVISIBLE})(?![a-z0-9])[^\d;]*$", re.IGNORECASE)
_AMOUNT_READ: Final = 40
"""Characters before a code that are read for its amount."""
# The last number of an item: "J0585 JW 45;", "A4253 NU KX 4 $85.00", "L4361 RT KX 01 350.00", "J1885 2, J3301 4", and
# in parentheses, after "=" or in a column: "J1885 (2)", "J1885=2", "E0143 | NU | 1 | $95", "E0143,NU,1,95.00"; and one
# or two digits after a hyphen with blanks: "J1100 - 10".
_LAST: Final = re.compile(
    r"\s?=\s?(?P<equal>\d{1,3})(?![\w.,])"
    r"|(?:\s-{1,2}\s?|-\s)(?P<dashed>[1-9]\d?)(?=\s*(?:$|;|,(?!\d)|\||[A-V]\d{4}\b))"
    r"|(?:\s+|\s?[|,]\s?|\s?\(\s?)(?P<last>\d{1,3})\)?"
    r"(?=\s*(?:$|;|,(?!\d)|\||,?\$\s?\d|[\s,]\d+\.\d\d\b)|(?<=\))(?!\s*[A-Z]\d{4}))",
    re.IGNORECASE,
)
# "A5500 2 A5512 6", "A4351 200 A4402 1": a count before the next code, which has one or modifiers ("B9002 RR MS").
_THEN_CODE: Final = re.compile(
    r"\s(?P<count>[1-9]\d{0,2})(?=\s+[A-V]\d{4}(?:\s+\d{1,3}|(?-i:\s[A-Z][A-Z0-9]){1,4})\s*(?:$|[A-V]\d{4}))",
    re.IGNORECASE,
)
# "A7030 (1) A7031 (3)": counts behind the codes of a list, of which no number is before the first, as in "(1) A7030".
_IN_PARENTHESES: Final = re.compile(r"\s?\((?P<count>\d{1,3})\)(?=\s*[A-V]\d{4})", re.IGNORECASE)
_CODE_IN_LIST: Final = re.compile(r"\b[A-V]\d{4}\b", re.IGNORECASE)
_BEHIND: Final = re.compile(r"(?: [A-Z]{2})*\s?\(\d{1,3}\)", re.IGNORECASE)
# "J1100-10, J1885-2": counts of a list, of which one can't be the end of a range ("S9325-28, S9494-97").
_DASHED: Final = re.compile(r"-(?P<count>[1-9]\d?)(?=\s*(?:$|[,;?]|and\b|[A-V]\d{4}-))", re.IGNORECASE)
_DASHED_CODE: Final = re.compile(r"\b[A-V]\d\d(?P<tail>\d\d)-(?P<count>[1-9]\d?)(?![\w/-])", re.IGNORECASE)
# A count that is named, on a line with modifiers: "E0601 RR KX 1 unit", "E0443 RR QF units 1", "A0425 RH 24G: 8" (the
# field of the form); the line ends there.
_NAMED: Final = re.compile(
    r"[ ,;|-]{0,3}"
    r"(?:(?P<first>\d{1,3})\s?(?:units?|uts?|uos|u)"
    r"|(?:(?:units?|uos|qty|quantity)[ :=#]{0,2}|24g[:=] ?)(?P<last>\d{1,3}))"
    r"(?=\s*(?:$|[;,|+]|/\s|\.(?!\d)|\$\s?\d|\d+\.\d\d\b|and\b|dos\b|\d\d?/\d\d?/\d\d|[A-Z]\d{4}\b))",
    re.IGNORECASE,
)
# A count before a code: "2 x J1885", "4x J1885"; not the end of a size ("4 x 4 A6402").
_BEFORE: Final = re.compile(r"(?<![\w.,/$x-])(?<!x )(\d{1,3})\s?x\s?$", re.IGNORECASE)
# "3 A4595, 1 E0730": a list of which each code has a count before it, and no number is behind the last.
_LIST_BEFORE: Final = re.compile(
    r"\D*?(?<![\w.,/$#-])(?P<lines>[1-9]\d{0,2} [A-V]\d{4}\b"
    r"(?:(?:\s?[,;+&\n]\s?|\sand\s|\s)[1-9]\d{0,2} [A-V]\d{4}\b)+)"
    r"\D*",
    re.IGNORECASE,
)
_COUNT_AND_CODE: Final = re.compile(r"(?P<count>\d{1,3}) (?P<letter>[A-V])\d{4}", re.IGNORECASE)
_BARE_BEFORE: Final = re.compile(r"(?<![\w.,/$-])(?P<count>[1-9]\d{0,2}) $")
_MOST_OF_A_DRUG: Final = 9
"""A bare number before the code of a drug up to which it is one of units, and not of milligrams."""
# "A0425 SH 8.3": miles, which have tenths, at the end of a line.
_MILES: Final = re.compile(r"\s+(?P<count>\d{1,3}\.\d)(?=\s*(?:$|[;,](?!\d)))")
_MILEAGE: Final = frozenset({"A0425", "A0435", "A0436"})
"""The codes of ambulance mileage. Source: HCPCS Level II, "per statute mile"."""
_NAMED_BEFORE: Final = re.compile(r"\d\s?(?:units?|uts?|uos|u)\s+(?:of\s+)?$", re.IGNORECASE)
"""A named count before a code."""
_COUNTED_READ: Final = 400
"""Characters of a text that are read for counts behind its codes."""
_NAMED_BEFORE_READ: Final = 16
"""Characters before a code that are read for it."""
# A code with the modifiers behind it. "J1817 50 units, J1815 10 units" are doses: insulin, botulinum toxin, heparin and
# clotting factors are measured in units.
_CODE: Final = re.compile(
    r"\b(?!J18[01]\d|J058[5-8]|J164[2-5]|J7[12]\d\d)[A-V]\d{4}\b(?:[ -]+(?!DOS)[A-Z][A-Z0-9]\b)*", re.IGNORECASE
)
_BEFORE_READ: Final = 8
"""Characters before a code that are read for such a count."""
# What leads to the code on a line of the CMS-1500 form: the dates and the place of service, "03 01 25 03 01 25 11 ".
_FORM_LINE: Final = re.compile(r"\d{1,2}[/ -]\d{2}[/ -]\d{2}(?:\d\d)?\s+\d{2}\s+(?:[YN]\s+)?$", re.IGNORECASE)
_FORM_LINE_READ: Final = 24
"""Characters before a code that are read for them."""
# What follows it there: the letters of the diagnoses, the charge and the count, " A 85.00 4", " AB 95 00 1".
_FORM: Final = re.compile(r"(?:\s+[A-L]{1,4})?\s+\$?\d{1,6}[. ]\d\d\s+(?P<count>\d{1,3})(?![\w./])(?P<units>)")
_DIAGNOSES: Final = re.compile(r"\s+[A-L]{2}(?=\s+\$?\d)")
# A line without its dates, and the charge without a point, as the form wants it: " A 3500 1", " 14000 4"; without the
# letters of diagnoses not a year ("E0431 RR 2024 1"), and not the milligrams of a drug.
_LINE: Final = re.compile(
    r"\s+(?:(?P<pointers>[A-L]{1,4})\s+\$?\d{2,7}|(?!(?:19|20)\d\d\s)\$?\d{4,7})\s+(?P<count>\d{1,3})"
    r"(?=\s*(?:$|[;,|?]|and\b|\d{10}\b|[A-V]\d{4}\b))(?P<units>)"
)
# " AB 3500 1": the first letters of diagnoses, which as modifiers are rare.
_FIRST_DIAGNOSES: Final = re.compile(r"\s+(?:A[B-D]|BC|BD)(?=\s+\$?\d{3,7}\s+\d{1,3}\s*(?:$|[;,|]))")
# "A4215 24G 40", "A4212 20G x 1 in, 5": the gauge of a needle, lancet or catheter before its count.
_GAUGE: Final = re.compile(
    r"\s+(?:1[4-9]|2\d|3[0-4])\s?(?:G|ga|gauge)\b(?:\s?x\s?[\d./]+\s?(?:in\b|\")?)?", re.IGNORECASE
)


def ends_in_diagnoses(text: str, start: int, end: int) -> bool:
    """Whether the last two letters before ``end``, on a line of the form, point to diagnoses and are not a modifier."""
    on_form = _is_on_form(text, start) and _DIAGNOSES.match(text, end - 3)
    return bool(on_form or _FIRST_DIAGNOSES.match(text, end - 3))


def count_of(text: str, start: int, end: int, *, with_modifiers: bool = False) -> CodeCount | None:
    """The count of a code that spans from ``start`` to ``end`` with its modifiers; ``None`` if none is written.

    The last number of an item is its count, unless it is one of CPT's modifiers ("G0463 PO 25"). A count that is named
    ("1 unit") is read ``with_modifiers`` only, and not of drugs, whose units are calculated with, unless another code
    has such a count, too ("J3301 4 units, J1100 8 units").
    """
    named = _NAMED.match(text, end)
    if named and ((with_modifiers and not may_be_dosed(text[start])) or _are_counted(text)):
        return CodeCount(float(named["first"] or named["last"]), named.end())
    if text[start].upper() == "A" and (gauge := _GAUGE.match(text, end)):
        end = gauge.end()
    count = _COUNT.match(text, end) or (_FORM.match(text, end) if _is_on_form(text, start) else None)
    if count and _CONTAINERS.match(text, count.end("count")):
        count = None if _AMOUNT_BEFORE.search(text[max(0, start - _AMOUNT_READ) : start]) else count
    if count is None and (line := _LINE.match(text, end)):
        count = line if line["pointers"] or with_modifiers or not may_be_dosed(text[start]) else None
    if count and count["units"]:
        return CodeCount(float(count["count"]), end)
    if count and not BEFORE_UNIT.match(text, count.end("count")):
        return CodeCount(float(count["count"]), count.end())
    if count is None and (last := _LAST.match(text, end)):
        written = last["equal"] or last["dashed"] or last["last"]
        if written not in CPT_MODIFIERS and not BEFORE_UNIT.match(text, last.end()):
            return CodeCount(float(written), last.end())
    if count is None and not may_be_dosed(text[start]) and (then := _THEN_CODE.match(text, end)):
        return CodeCount(float(then["count"]), then.end())
    if count is None and (dashed := _DASHED.match(text, end)) and _are_dashed(text):
        return CodeCount(float(dashed["count"]), dashed.end())
    if count is None and (enclosed := _IN_PARENTHESES.match(text, end)) and _are_behind_codes(text):
        return CodeCount(float(enclosed["count"]), enclosed.end())
    if count is None and text[start : start + 5].upper() in _MILEAGE and (miles := _MILES.match(text, end)):
        return CodeCount(float(miles["count"]), miles.end())
    written_before = text[max(0, start - _BEFORE_READ) : start]
    before = _BEFORE.search(written_before)
    if before is None and (bare := _BARE_BEFORE.search(written_before)) and _are_before_codes(text):
        return CodeCount(float(bare["count"]), end)
    return CodeCount(float(before[1]), end) if before else None


def _are_before_codes(text: str) -> bool:
    """Whether each code of a list has a count before it; not the numbers of its lines: "1 J1885, 2 J3301"."""
    listed = _LIST_BEFORE.fullmatch(text[:_COUNTED_READ])
    lines = [*_COUNT_AND_CODE.finditer(listed["lines"])] if listed else []
    counts = [int(line["count"]) for line in lines]
    if not counts or counts == [*range(1, len(counts) + 1)]:
        return False
    drugs = [line for line in lines if may_be_dosed(line["letter"])]
    return all(int(line["count"]) <= _MOST_OF_A_DRUG for line in drugs)


def _are_counted(text: str) -> bool:
    """Whether two codes or more have a named count each behind them, as the lines of a claim do."""
    text = text[:_COUNTED_READ]
    first = _CODE.search(text)
    if first is None or _NAMED_BEFORE.search(text[max(0, first.start() - _NAMED_BEFORE_READ) : first.start()]):
        return False  # "4 units J3301, 2 units J1885"
    counted = (match.group() for match in _CODE.finditer(text) if _NAMED.match(text, match.end()))
    return len(set(counted)) > 1


def _are_behind_codes(text: str) -> bool:
    """Whether the last code of a text has a number in parentheses behind it, and the first has none before it."""
    codes = [*_CODE_IN_LIST.finditer(text[:_COUNTED_READ])]
    behind = _BEHIND.match(text, codes[-1].end()) if codes else None
    return behind is not None and "(" not in text[: codes[0].start()]


def _are_dashed(text: str) -> bool:
    """Whether several codes have a number behind a hyphen, and one of these is below the end of its code."""
    listed = [*_DASHED_CODE.finditer(text[:_COUNTED_READ])]
    return len(listed) > 1 and any(len(one["count"]) == 1 or one["count"] <= one["tail"] for one in listed)


def _is_on_form(text: str, start: int) -> bool:
    return bool(_FORM_LINE.search(text[max(0, start - _FORM_LINE_READ) : start]))
