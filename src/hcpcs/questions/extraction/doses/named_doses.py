"""The doses of several drugs in words: "gave Toradol 60 mg and Phenergan 25 mg" is two questions in one."""

from __future__ import annotations

import itertools
import re
from typing import Final

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.extraction.quantity_features import DRUG_MEASURES
from hcpcs.questions.question import NamedDose, Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.quantity_roles import not_the_drug
from hcpcs.questions.recognizers.quantities.related_quantities import (
    BARE,
    PERCENT,
    PRESUMED,
    STRENGTH,
    QuantitySpan,
)
from hcpcs.questions.words.common_words import common_words
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.number_words import SPELLED
from hcpcs.records.billing.counted_units import MILE
from hcpcs.records.billing.units import unit_of
from hcpcs.records.codes import CodeMention, CodeSystem

_DOSES: Final = frozenset({QuantityRole.DOSE, QuantityRole.FURTHER})
_CHOICE: Final = re.compile(r"\b(?:or|vs\.?|versus)\b", re.IGNORECASE)
_JOINED: Final = re.compile(r"[+&]|\b(?:and|plus|with)\b|\bw/", re.IGNORECASE)
_LISTED: Final = re.compile(r"[+&;]|,(?! ?\d)|\b(?:and|plus|with)\b|\bw/", re.IGNORECASE)
# "1 g in 100 ml", "1 g reconstituted with 2.1 ml lidocaine": the volume of what a drug is dissolved in.
_DILUTED: Final = re.compile(
    r"\b(?:in|into|of|to|per|over|a)\s*$|/\s*$|\b(?:reconstituted|mixed|diluted|diluent|dissolved|saline|ns|water)\b",
    re.IGNORECASE,
)
# "rocephin", "depo-medrol", "solu medrol"; not "two", "JW multi", "0 5 rounded".
_A_NAME: Final = re.compile(rf"(?!(?:{SPELLED})$)(?=.*[a-z]{{4}})[a-z-]{{3,}}(?: [a-z-]{{3,}})?")
_PUNCTUATION: Final = " \t.,;:?!+&/-()"


def named_doses(state: ParseState) -> tuple[NamedDose, ...]:
    """The doses of a question, each with the words before it; or after it, where a dose comes first.

    None unless each of two doses or more has words of its own: "40 mg left knee, 40 mg right knee" is one drug. Of
    codes it is none, either, unless a drug in words is among them: "J1885 60 mg and rocephin 500 mg".
    """
    starts = [span.start for span in state.quantities if _is_a_dose(span) or _is_of_another_drug(state, span)]
    if len(starts) < 2:
        return ()
    naming = _naming_places(state)
    ways = [_before(starts), _after(state, starts)]
    if state.codes:  # "zoledronic 4 mg J3489 and decadron 12 mg"
        ways = [way for way in (_around(state, starts), *ways) if way]
    if len(starts) == 2 and _differs_in_kind(state, starts):
        # "kenalog 40 mg and 2 ml 1% lidocaine": the first dose is after its drug, and the second before.
        ways.append([ways[0][0], ways[1][1]])
    for bounds in ways:
        words = [_words(state, naming, first, end) for first, end in bounds]
        codes = [_code_in(state, first, end) for first, end in bounds]
        named = [code.code if code else name for code, name in zip(codes, words, strict=True)]
        if not all(named) or len(set(named)) < len(named) or (state.codes and not _are_mixed(state, words, codes)):
            continue
        groups = zip(starts, [*starts[1:], len(state.text)], strict=True)
        return tuple(
            NamedDose(words="" if code else name, code=code, quantities=_quantities(state, first, end))
            for name, code, (first, end) in zip(words, codes, groups, strict=True)
        )
    return ()


def _code_in(state: ParseState, first: int, end: int) -> CodeMention | None:
    """The only code in a part of the text."""
    codes = [span.mention for span in state.codes if first <= span.start < end]
    return codes[0] if len(codes) == 1 else None


def _are_mixed(state: ParseState, words: list[str], codes: list[CodeMention | None]) -> bool:
    """Whether every code has a dose, and another dose has a drug in words; a word of everyday is none."""
    names = [name.lower() for name, code in zip(words, codes, strict=True) if code is None]
    of_drugs = all(_A_NAME.fullmatch(name) and common_words().isdisjoint(name.split()) for name in names)
    of_codes = all(one.system is CodeSystem.HCPCS for one in state.mentions)
    return bool(names) and of_drugs and of_codes and {one for one in codes if one} == set(state.mentions)


def _differs_in_kind(state: ParseState, starts: list[int]) -> bool:
    """Whether one of two doses is a volume of a percent, so that they are of two drugs."""
    written = [span.quantity.written.endswith(PERCENT) for span in state.quantities if span.start in starts]
    return len(set(written)) > 1


def amounts_of(state: ParseState) -> tuple[Quantity, ...]:
    """The amounts of a question; the further doses of a drug that is named with each of them are added to the first.

    "Kenalog 40 mg left knee, Kenalog 40 mg right knee" are two doses; "Kenalog 40 mg or Kenalog 80 mg" is a choice.
    """
    spans = state.quantities
    starts = [span.start for span in spans if _is_a_dose(span) or (state.codes and _is_of_miles(span))]
    if len(starts) < 2 or _CHOICE.search(state.text) or not _names_one_drug_each_time(state, starts):
        return tuple(span.quantity for span in spans)
    further = set(starts[1:])
    return tuple(
        span.quantity.model_copy(update={"role": QuantityRole.FURTHER}) if span.start in further else span.quantity
        for span in spans
    )


def _names_one_drug_each_time(state: ParseState, starts: list[int]) -> bool:
    """Whether every dose has the same code beside it, or without a code the same words."""
    if state.codes:
        codes = [span.mention.code for span in state.codes]
        return len(codes) == len(starts) and len(set(codes)) == 1
    naming = _naming_places(state)
    groups = (
        [_words(state, naming, *bounds).lower() for bounds in way] for way in (_before(starts), _after(state, starts))
    )
    return any(all(words) and len(set(words)) == 1 for words in groups)


def _is_a_dose(span: QuantitySpan) -> bool:
    unit = unit_of(span.quantity.unit)
    measured = span.quantity.unit in {STRENGTH, PRESUMED, BARE} or (
        unit is not None and unit.dimension in DRUG_MEASURES
    )
    return span.quantity.role in _DOSES and measured


def _is_of_miles(span: QuantitySpan) -> bool:
    return span.quantity.role in _DOSES and span.quantity.unit == MILE


def _is_of_another_drug(state: ParseState, span: QuantitySpan) -> bool:
    """Whether a volume is joined to a dose, as of another drug: "marcaine 4 ml + kenalog 40 mg", not "in 100 ml"."""
    if span.quantity.unit != "ml" or span.quantity.role is not QuantityRole.DOSE or span.quantity.written:
        return False
    others = [one for one in state.quantities if _is_a_dose(one)]
    if not others or _DILUTED.search(state.text[: span.start]):
        return False
    return any(_JOINED.search(state.text[min(one.end, span.end) : max(one.start, span.start)]) for one in others)


def _before(starts: list[int]) -> list[tuple[int, int]]:
    """Where the words before each dose are."""
    return [*zip([0, *starts[:-1]], starts, strict=True)]


def _after(state: ParseState, starts: list[int]) -> list[tuple[int, int]]:
    """Where the words after each dose are."""
    return [*zip(starts, [*starts[1:], len(state.text)], strict=True)]


def _around(state: ParseState, starts: list[int]) -> list[tuple[int, int]]:
    """The parts in which each dose is, between the words that join them; none where these are not clear."""
    joints = [[*_LISTED.finditer(state.text, start, then)] for start, then in itertools.pairwise(starts)]
    if any(len(each) != 1 for each in joints):
        return []
    ends = [each[0].start() for each in joints]
    return [*zip([0, *ends], [*ends, len(state.text)], strict=True)]


def _naming_places(state: ParseState) -> list[int]:
    """The places of the words that can name a drug."""
    dropped = function_words().scaffolding | not_the_drug()
    measured = state.measured
    return [place for place in state.content if place not in measured and state.tokens[place].key not in dropped]


def _words(state: ParseState, naming: list[int], first: int, end: int) -> str:
    """The words of a part of the text that can name a drug."""
    places = (place for place in naming if first <= state.tokens[place].start < end)
    return " ".join(filter(None, (state.written(place).strip(_PUNCTUATION) for place in places)))


def _quantities(state: ParseState, first: int, end: int) -> tuple[Quantity, ...]:
    """The amounts from a dose to the next one, the dose itself as one that nothing is added to."""
    amounts = [span.quantity for span in state.quantities if first <= span.start < end]
    return (amounts[0].model_copy(update={"role": QuantityRole.DOSE}), *amounts[1:])
