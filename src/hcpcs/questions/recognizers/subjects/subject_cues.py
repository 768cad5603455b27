"""The recognizer of subjects that no HCPCS record states, by the cues of ``tables/subjects.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.recognizers.subjects.subject_names import find_names
from hcpcs.questions.subject import Subject, SubjectBeyondRecord, subjects_beyond_record
from hcpcs.questions.words.gated_pattern import GatedPattern, PatternIndex, beginnings_of
from hcpcs.records.billing.areas import areas
from hcpcs.records.codes import CodeSystem

CODE_MASK: Final = "#"
"""Stands for each character of a code where cues are looked for; cues name it."""
MODIFIER_MASK: Final = "~"
"""The same for a modifier."""
STATE: Final = "state"
"""The word of cues that is the name of any state or territory."""
_WORD: Final = re.compile(r"<(\w+)>")
"""In a cue: any of the ways to say one thing, from ``tables/subject_words.toml``."""
PASTED: Final = 100
"""Characters from which a text without a code or question mark is a pasted description, not a question."""
READ_AT_ENDS: Final = 600
"""Characters at the beginning and at the end of a text that are read for its subject."""
TIME_UNITS: Final = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years", "quarter", "visit"})
"""Units of an amount that bounds a limit ("per 3 months") and is not a dose."""
# "90 units of T4522 limit per month", "A4353 200 per month ok", "4 units of A7034 ok", "can I bill 2 units of G0447":
# the limit of what is counted.
_LIMIT: Final = GatedPattern(
    r"\b(?:limits?|mues?)\b|\bmore than \d+ units?\b"
    r"|\b(?:ok|okay|allowed) to (?:bill|report|charge) \d+ units? of #####"
    r"|\d+ (?!m?c?g\b|gm|ml|cc)[a-z]+ of #####.{0,24}\b(?:ok|okay|fine|allowed|too many)\b"
    r"|\d+ ##### units?.{0,24}\b(?:ok|okay|fine|too many)\b"
    r"|\bbe (?:billed|reported|dispensed|shipped|supplied) \d+ units? (?:an?|per|each|every)\b"
    r"|\b(?:can|may) (?:i|we|you) (?:bill|report|charge) \d+ units? of #####"
    r"(?: (?:per|an?|on|in|at|for|same|the same) [a-z ]{1,20})?\W*$"
    r"|##### (?:x ?)?\d+ (?:(?!m?c?g\b|gm|ml|cc)[a-z]+ ){0,3}(?:(?:an?|per|each|every|/) ?[\d ]{0,4}[a-z]+ )?(?:is )?"
    r"(?:ok|okay|fine|too many)\b"
)
_SPEAKS: Final = GatedPattern(r"\b(?:i|we|our|us|my|asks|asking)\b")
"""Words of somebody who speaks, which no description has."""
_LETTER: Final = re.compile(r"[^\W\d_]")
"""Every cue has a letter: codes alone name no subject."""
_NOT_CODES: Final = frozenset({CodeSystem.MODIFIER, CodeSystem.NDC, CodeSystem.ICD10})
_TWO_CHARACTERS: Final = re.compile(r"(?<![\w#~])[a-z][a-z0-9](?!\w)")


class SubjectSpan(NamedTuple):
    """A place where a question names a subject that no record states; ``weak`` yields to a coverage question."""

    subject: Subject
    start: int
    end: int
    weak: bool


class CueKind(StrEnum):
    """Where cues name their subject: the fields of ``SubjectBeyondRecord``, in the order of a subject's spans."""

    ALWAYS = "cues"
    BESIDE_AN_ITEM = "item_cues"
    WEAK = "weak_cues"
    BESIDE_A_CODE = "code_cues"
    BESIDE_A_C_CODE = "hospital_cues"
    BESIDE_A_MODIFIER = "modifier_cues"


_OF_LETTERS: Final = frozenset({CueKind.WEAK, CueKind.BESIDE_A_CODE})
"""The cues that ``of_letters`` bounds."""


def find_subjects(text: str, codes: Sequence[CodeSpan], quantity: QuantitySpan | None) -> tuple[SubjectSpan, ...]:
    """Every place where ``text`` names such a subject, in the order of the table.

    Of a long text only the beginning and the end are read: what is asked is there, and not in the middle of a note.
    """
    masked = mask_codes(text, codes)
    if not _LETTER.search(masked):
        return ()
    modifiers = modifiers_named(codes)
    dose = quantity is not None and quantity.quantity.unit.lower() not in TIME_UNITS and not _LIMIT.search(masked)
    if len(text) > PASTED and not _name_a_code(codes) and "?" not in text and not _SPEAKS.search(masked):
        return ()
    length = len(masked)
    places = [(0, length)] if length <= 2 * READ_AT_ENDS else [(0, READ_AT_ENDS), (length - READ_AT_ENDS, length)]
    at_ends = " ".join(masked[start:end] for start, end in places)
    beginnings = beginnings_of(at_ends)
    spans = [
        SubjectSpan(subject, *match.span(), kind is CueKind.WEAK)
        for kind in _kinds(codes, modifiers)
        for subject, pattern in subject_cues(kind).opened(at_ends, beginnings).items()
        for place in places
        for match in pattern.finditer(masked, *place)
        if _are_meant(kind, subject, codes, modifiers)
    ]
    if not codes and length <= READ_AT_ENDS:
        spans += [SubjectSpan(name.subject, name.start, name.end, False) for name in find_names(masked)]
    table, unless, order = subjects_beyond_record(), _exceptions(), _order()
    excluded = {
        subject
        for subject in {span.subject for span in spans}
        if (dose and table[subject].not_beside_a_dose)
        or not modifiers.isdisjoint(table[subject].not_of_modifiers)
        or (subject in unless and unless[subject].search(masked))
    }
    return tuple(sorted((one for one in spans if one.subject not in excluded), key=lambda one: order[one.subject]))


def _kinds(codes: Sequence[CodeSpan], modifiers: frozenset[str]) -> list[CueKind]:
    """The kinds of cues that are looked for beside the codes and modifiers of a question."""
    kinds = [CueKind.ALWAYS]
    if not codes:
        kinds.append(CueKind.BESIDE_AN_ITEM)
    if _name_a_code(codes):
        kinds += [CueKind.WEAK, CueKind.BESIDE_A_CODE]
    if any(span.mention.code.startswith("C") and span.mention.system is CodeSystem.HCPCS for span in codes):
        kinds.append(CueKind.BESIDE_A_C_CODE)
    if modifiers:
        kinds.append(CueKind.BESIDE_A_MODIFIER)
    return kinds


def _name_a_code(codes: Sequence[CodeSpan]) -> bool:
    """Whether one is a code that may be billed, and not a modifier, an NDC or a diagnosis.

    Of CPT's modifiers, one by itself isn't either ("what is 25 modifier for").
    """
    if len(codes) == 1 and codes[0].mention.code in CPT_MODIFIERS:
        return False
    return any(span.mention.system not in _NOT_CODES for span in codes)


def _are_meant(kind: CueKind, subject: Subject, codes: Sequence[CodeSpan], modifiers: frozenset[str]) -> bool:
    """Whether the codes and modifiers of a question are those that cues of a subject are for."""
    entry = subjects_beyond_record()[subject]
    if kind is CueKind.BESIDE_A_MODIFIER:
        return _concerns(entry, modifiers)
    if kind not in _OF_LETTERS or not entry.of_letters:
        return True
    beginnings = tuple(entry.of_letters)
    return any(span.mention.code.startswith(beginnings) for span in codes)


def _concerns(entry: SubjectBeyondRecord, modifiers: frozenset[str]) -> bool:
    """Whether a subject is one of the modifiers that are named."""
    if len(modifiers) < entry.least_modifiers:
        return False
    if entry.needs_all_modifiers:
        return entry.of_modifiers <= modifiers
    return not entry.of_modifiers or not entry.of_modifiers.isdisjoint(modifiers)


def mask_codes(text: str, codes: Sequence[CodeSpan]) -> str:
    """``text`` in lower case with a mask where a code or one of its modifiers is, every place at its offset."""
    # Lower case may be longer than what was written ("İ"): then the offsets would be wrong.
    characters = list(text.lower() if len(text.lower()) == len(text) else text)
    modifiers = {one.lower() for one in modifiers_named(codes)}
    for span in codes:
        mask = MODIFIER_MASK if span.mention.system is CodeSystem.MODIFIER else CODE_MASK
        if span.mention.system is CodeSystem.ICD10:
            continue
        length = span.end - span.start
        width = min(length, 2 if mask == MODIFIER_MASK else 5)
        characters[span.start : span.end] = " " * (length - width) + mask * width
    lower = "".join(characters)
    if not modifiers:
        return lower
    return _TWO_CHARACTERS.sub(lambda match: MODIFIER_MASK * 2 if match[0] in modifiers else match[0], lower)


def modifiers_named(codes: Sequence[CodeSpan]) -> frozenset[str]:
    """The modifiers that a question names, alone or on a code."""
    alone = {span.mention.code for span in codes if span.mention.system is CodeSystem.MODIFIER}
    return frozenset(alone.union(*(span.mention.modifiers for span in codes)))


@cache
def subject_cues(kind: CueKind) -> PatternIndex[Subject]:
    """The cues of every subject that has some of a kind; their patterns are compiled when a question opens them."""
    table = subjects_beyond_record()
    return PatternIndex({subject: _whole_words(cues) for subject in table if (cues := getattr(table[subject], kind))})


@cache
def _exceptions() -> Mapping[Subject, GatedPattern]:
    """The words beside which a subject is not meant."""
    table = subjects_beyond_record()
    return {subject: _whole_words(entry.unless) for subject, entry in table.items() if entry.unless}


@cache
def _order() -> Mapping[Subject, int]:
    """The places of the subjects in the table."""
    return {subject: place for place, subject in enumerate(subjects_beyond_record())}


def _whole_words(patterns: Sequence[str]) -> GatedPattern:
    """One pattern for any of ``patterns``, which neither begins nor ends within a word or a mask."""
    written = _WORD.sub(lambda match: f"(?:{subject_words()[match[1]]})", "|".join(patterns))
    return GatedPattern(rf"(?<![\w#~])(?:{written})(?![\w#~])")


@cache
def subject_words() -> Mapping[str, str]:
    """The ways to say one thing, as one pattern for each word of the cues, and the names of the states."""
    source = resources.files("hcpcs.questions").joinpath("tables", "subject_words.toml")
    states = "|".join(area.name.lower() for area in areas().values())
    return MappingProxyType({**tomllib.loads(source.read_text(encoding="utf-8")), STATE: states})
