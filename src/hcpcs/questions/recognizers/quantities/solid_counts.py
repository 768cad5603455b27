"""How many tablets or capsules: "2 tabs bid", "#60", "100 mg caps qty 5", "#120 of 180 mg"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.frequencies import follows_frequency
from hcpcs.questions.recognizers.quantities.quantity_roles import beside_a_count, form_words, not_the_drug, words_in
from hcpcs.questions.recognizers.quantities.related_quantities import DOSE_EACH, QuantitySpan
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import SPELLED, number_in
from hcpcs.records.billing.units import DIVISIBLE

_SOLID: Final = form_words("solid")
_MEASURE: Final = rf"\d{{1,5}}(?:,\d{{3}})*(?:\.\d{{1,3}})?\s?-?(?:{DIVISIBLE})(?![a-z0-9])"
_MEASURED: Final = re.compile(_MEASURE, re.IGNORECASE)
_NUMBER: Final = rf"(?P<number>(?:\d )?1/2|\d{{1,4}}(?:\.5)?|half a|half|one|{SPELLED})"
# "2 tabs", "1.5 tablets", "x 60 caps", "1/2 tab"
_COUNTED: Final = GatedPattern(
    rf"(?<![\w.,/$#-])(?:x ?)?{_NUMBER}\s?(?P<what>{_SOLID})(?![\w-])"
    r"(?:\s?(?:an?|per|/|each)\s?(?P<per>day|week|month)\b)?",
    re.IGNORECASE,
)
# "#120 of 180 mg": what is dispensed, with its strength.
_OF_A_STRENGTH: Final = GatedPattern(rf"#\s?(?P<number>\d{{1,4}})\s(?:of|x|@)\s?(?={_MEASURE})", re.IGNORECASE)
_DISPENSED: Final = rf"(?:{words_in('dispensed', 'before')})"
# "#60", "qty 60", "60 dispensed", "bottle of 100"; not "#6 of 8", "#3 in the series", "qty 4 units", "bottle of 100 ml"
_NUMBERED: Final = re.compile(
    rf"(?:\b(?P<dispensed>{_DISPENSED})\s?[:=]?\s?#?|#|\bbottle of(?! \d+ ?[a-z])"
    r"|(?<![\w.,/$-])(?=\d{1,4} dispensed\b))"
    r"\s?(?P<number>\d{1,4})(?![\w/%]|[.,]\d|-\d)"
    r"(?!\s?(?:of \d|of (?:the|a|this)\b|in (?:the|a|this)\b|on (?:the|this|a)\b|in series\b|units?\b|or \d))",
    re.IGNORECASE,
)
# What a bare "#60" follows: a strength, a tablet or vial, how often and for how long it is taken.
_BEFORE_NUMBER: Final = re.compile(
    rf"(?:(?P<solid>(?<![a-z]){_SOLID})|(?P<vial>\b(?:vials?|syringes?|pens?|amp(?:ul)?e?s?|nebs?|respules?))|\d\s?(?:{DIVISIBLE})|\b(?:po|[btq]id|daily|nightly"
    r"|qhs|qd|prn|as needed|weekly|taper|pack|total|supply)|\d ?d(?:ays?)?)[\s,;:(]*$",
    re.IGNORECASE,
)
# "140 mg caps qty 5", "qty 30 of the 10 mg tablets": a strength with its own form.
_SOLID_STRENGTH: Final = re.compile(
    rf"\d\s?-?(?:{DIVISIBLE})\s?-?(?:{_SOLID})(?!\w)|(?<![a-z]){_SOLID},? (?:of )?{_MEASURE}", re.IGNORECASE
)
# "bill qty 30", "qty 30 correct?": billing units, and not tablets.
_CLAIMS: Final = re.compile(r"\b(?:bill(?:ed|ing)?|charged?|claim(?:ed)?|correct|right|ok(?:ay)?)\b", re.IGNORECASE)
# "1 mg tab, 2 po bid", "1 mg tab 2 daily": tablets without their word.
_TAKEN: Final = re.compile(
    r"(?<![\w.,/$#-])(?<!x )(?:take )?(?P<number>\d(?:\.5)?|1/2|one|two|three|four)(?= (?:po\b|by mouth\b|p\.o\.))"
    r"|\btakes? (?P<take>\d(?:\.5)?|one|two|three|four)(?= (?:[btq]id|daily|twice|once|every|q\d|at)\b)"
    rf"|(?<![a-z]){_SOLID},? (?P<of>\d(?:\.5)?|1/2|one|two|three|four)(?= (?:[btq]id|daily|qd|qhs|nightly)\b)",
    re.IGNORECASE,
)
_WORD_AFTER: Final = re.compile(r"\s*(?P<word>[a-z][\w'.-]*)", re.IGNORECASE)
_WORD_BEFORE: Final = re.compile(r"(?P<word>[a-z][\w'.-]*)\s*$", re.IGNORECASE)
_OF_A_MEASURE: Final = re.compile(rf"\s*(?:of|x|@)?\s*{_MEASURE}", re.IGNORECASE)


def find_solids(text: str) -> Iterator[QuantitySpan]:
    """The numbers of tablets or capsules beside a strength: of each dose where a frequency follows, else in all.

    One that another drug's name is beside is none: "300 mg, 2 tabs tylenol".
    """
    if not _MEASURED.search(text):
        return
    for match in _OF_A_STRENGTH.finditer(text):
        yield _span(match["number"], match, written=f"#{match['number']}")
    for match in _COUNTED.finditer(text):
        if _is_of_the_dose(text, match):
            per = (match["per"] or "").lower() or (DOSE_EACH if follows_frequency(text, match.end()) else "")
            yield _span(match["number"], match, what=match["what"], per=per)
    solid = _SOLID_STRENGTH.search(text) is not None
    for match in _NUMBERED.finditer(text):
        before = _BEFORE_NUMBER.search(text[: match.start()])
        if match["dispensed"] and not (before and before["vial"]):
            if solid and not _CLAIMS.search(text):
                yield _span(match["number"], match, written=match[0].lower())
        elif before and before["vial"]:
            if match["dispensed"] and _CLAIMS.search(text):
                continue
            number = Quantity(amount=float(match["number"]), unit="vial", role=QuantityRole.COUNT)
            yield QuantitySpan(number, *match.span())
        elif before:
            yield _span(match["number"], match, written=match[0])
    for match in _TAKEN.finditer(text) if solid else ():
        yield _span(match["number"] or match["take"] or match["of"], match, per=DOSE_EACH)


def _span(number: str, match: re.Match[str], *, what: str = "", per: str = "", written: str = "") -> QuantitySpan:
    amount = 0.5 if number.lower().startswith("half") else number_in(number)
    unit = "capsule" if what.lower().startswith(("caps", "soft")) or what.lower() == "cap" else "tablet"
    counted = f"{amount:g} {unit}{'' if amount <= 1 else 's'}"
    solids = Quantity(amount=amount, unit=unit, role=QuantityRole.SOLIDS, per=per, written=written or counted)
    return QuantitySpan(solids, *match.span())


def _is_of_the_dose(text: str, match: re.Match[str]) -> bool:
    """Whether no other drug's name is right before or after a count, or the only strength follows that name."""
    if _OF_A_MEASURE.match(text, match.end()):
        return True
    one_strength = len(_MEASURED.findall(text)) == 1
    after, before = _WORD_AFTER.match(text, match.end()), _WORD_BEFORE.search(text[: match.start()])
    if one_strength and _MEASURED.search(text, match.end()):
        return True
    return all(one is None or _is_no_drug(one["word"]) for one in (after, before))


def _is_no_drug(word: str) -> bool:
    key = word.lower().strip(".'-")
    if key in beside_a_count() or key in not_the_drug() or key in function_words().scaffolding:
        return True
    return re.fullmatch(rf"{_SOLID}|{DIVISIBLE}", key, re.IGNORECASE) is not None
