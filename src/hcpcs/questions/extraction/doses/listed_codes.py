"""The doses of a list of codes, each beside its code: in "J1885 30 mg, J2550, J1100 8 mg" J2550 has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.question import NamedDose, Quantity, QuantityRole
from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.questions.recognizers.quantities.related_quantities import BARE, QuantitySpan
from hcpcs.questions.words.tokens import blank_out
from hcpcs.records.codes import CodeSystem

_DOSES: Final = frozenset({QuantityRole.DOSE, QuantityRole.FURTHER})
_MASSES: Final = frozenset({"mg", "mcg", "g"})
BARE_COUNT: Final = re.compile(r" \d+(?:\.\d+)?$")
"""A number behind a code that nothing says is one of units: "J1885 60"."""
_CHOICE: Final = re.compile(r"\b(?:or|vs\.?|versus|compared?|instead|equal\w*|same)\b", re.IGNORECASE)
_JOINT: Final = re.compile(r"[+&;\n]|,(?! ?\d{3}\b)|\b(?:and|plus)\b", re.IGNORECASE)
_SURE_JOINT: Final = re.compile(r"[+&;\n]")
"""What separates the lines of a claim, and hardly two codes of one dose."""
# The number of a line without an amount that was read: "T4527 180/mo", "J2550 25".
_NUMBER: Final = re.compile(r"(?<![\w.,/$-])\d{1,4}(?:\.\d{1,2})?(?![\w.,]\d|\w)")
# " 40" before the end, a comma or the next code, whose place is blank; not "K0001 3 yrs ago".
_BEHIND: Final = re.compile(r"[ =(]{1,2}(?P<number>\d{1,4}(?:\.\d{1,2})?)(?= {6}|[ )]*(?:$|[,;]))")
_WORD: Final = re.compile(r"[a-z]{2}", re.IGNORECASE)


class _ListedCode(NamedTuple):
    """A code of a list, where its part of the text is, and the amounts in that."""

    code: CodeSpan
    start: int
    end: int
    amounts: tuple[QuantitySpan, ...]


def doses_of_listed_codes(state: ParseState) -> tuple[NamedDose, ...]:
    """The amounts of each code of a list in which one code or more has no dose; none where this isn't certain.

    As many doses as codes need no list: they are in the order of the codes.
    """
    codes = [span for span in state.codes if span.mention.system is CodeSystem.HCPCS]
    others = {span.mention.system for span in state.codes} - {CodeSystem.HCPCS, CodeSystem.CPT}
    if len(codes) < 2 or others or len({span.mention.code for span in codes}) < len(codes):
        return ()
    doses = [span for span in state.quantities if span.quantity.role in _DOSES]
    if not doses or _CHOICE.search(state.text):
        return ()
    lines = _between_joints(state, codes) or _from_code_to_code(state, codes)
    dosed = [any(one in doses for one in line.amounts) for line in lines]
    if not lines or all(dosed) or any(len([one for one in line.amounts if one in doses]) > 1 for line in lines):
        return ()
    if not _are_lines(state, lines, dosed):
        return ()
    of_drugs = any(one.quantity.unit in _MASSES for one in doses)
    named = [_named_dose(state, line, of_drugs=of_drugs) for line in lines]
    return tuple(named) if len(named) == len(codes) else ()


def _named_dose(state: ParseState, line: _ListedCode, *, of_drugs: bool) -> NamedDose:
    """The amounts of a line. Of drugs, "J1885 60" may be milligrams as well as units; "J1885 x4" is units."""
    code = line.code.mention
    if of_drugs and not line.amounts and code.units is not None and BARE_COUNT.search(code.written):
        bare = Quantity(amount=float(code.units), unit=BARE)
        return NamedDose(words="", code=code.model_copy(update={"units": None}), quantities=(bare,))
    return NamedDose(words="", code=code, quantities=_amounts(state, line))


def _are_lines(state: ParseState, lines: list[_ListedCode], dosed: list[bool]) -> bool:
    """Whether a dose is that of one code: not the only one, at the end or the start of all ("J1885, J2550 30 mg")."""
    counted = [line.code.mention.units is not None or bool(_NUMBER.search(_rest(state, line))) for line in lines]
    if sum(dosed) > 1 or any(count and not dose for count, dose in zip(counted, dosed, strict=True)):
        return True
    if _SURE_JOINT.search(state.text[lines[0].code.end : lines[-1].code.start]):
        return True
    first = next(place for place, dose in enumerate(dosed) if dose)
    code, amount = lines[first].code, lines[first].amounts[0]
    behind = amount.start > code.start and not _WORD.search(state.text[code.end : amount.start])
    return behind and first < len(lines) - 1  # not "T2005 van 12 miles each way, T2049"


def _between_joints(state: ParseState, codes: list[CodeSpan]) -> list[_ListedCode]:
    """The parts between commas and other joints; none unless each with an amount has one code."""
    taken = [(code.start, code.end) for code in state.codes]
    taken += [(amount.start, amount.end) for amount in state.quantities]
    joints = [match.span() for match in _JOINT.finditer(blank_out(state.text, taken))]
    starts, ends = [0, *(end for _, end in joints)], [*(start for start, _ in joints), len(state.text)]
    lines: list[_ListedCode] = []
    for start, end in zip(starts, ends, strict=True):
        inside = [span for span in codes if start <= span.start < end]
        amounts = tuple(span for span in state.quantities if start <= span.start < end)
        if len(inside) > 1 or (amounts and not inside):
            return []
        lines += [_ListedCode(inside[0], start, end, amounts)] if inside else []
    return lines


def _from_code_to_code(state: ParseState, codes: list[CodeSpan]) -> list[_ListedCode]:
    """The parts from each code to the next; none where an amount is before the first one."""
    if any(span.start < codes[0].start for span in state.quantities):
        return []
    bounds = [*(span.start for span in codes), len(state.text)]
    return [
        _ListedCode(code, start, end, tuple(span for span in state.quantities if start <= span.start < end))
        for code, (start, end) in zip(codes, pairwise(bounds), strict=True)
    ]


def _amounts(state: ParseState, line: _ListedCode) -> tuple[Quantity, ...]:
    """The amounts of a line, its dose as one that nothing is added to, and a number without a unit as a bare one."""
    return (*_doses(line), *_bare(state, line))


def _doses(line: _ListedCode) -> Iterator[Quantity]:
    for span in line.amounts:
        of_dose = span.quantity.role in _DOSES
        yield span.quantity.model_copy(update={"role": QuantityRole.DOSE}) if of_dose else span.quantity


def _bare(state: ParseState, line: _ListedCode) -> Iterator[Quantity]:
    if not line.amounts and line.code.mention.units is None:
        for number in _NUMBER.finditer(_rest(state, line)):
            yield Quantity(amount=float(number.group()), unit=BARE)


def _rest(state: ParseState, line: _ListedCode) -> str:
    """The text of a line without its codes and amounts."""
    return _without_what_is_read(state)[line.start : line.end]


def numbers_behind_codes(state: ParseState) -> tuple[str, ...]:
    """The numbers right behind codes of a list that nothing reads: "J9035 40 J9190 10 96413" may be mg or units."""
    if len(state.codes) < 2:
        return ()
    rest = _without_what_is_read(state)
    uncounted = [span for span in state.codes if span.mention.units is None]
    numbers = (_BEHIND.match(rest, one.end) for one in uncounted if one.mention.system is CodeSystem.HCPCS)
    return tuple(match["number"] for match in numbers if match and match["number"] not in CPT_MODIFIERS)


def _without_what_is_read(state: ParseState) -> str:
    """The text with spaces where codes, amounts and days are."""
    read = [(code.start, code.end) for code in state.codes]
    read += [(amount.start, amount.end) for amount in state.quantities]
    read += [(day.start, day.end) for day in state.days]
    return blank_out(state.text, read)
