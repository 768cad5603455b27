"""The recognizer of subjects that no HCPCS record states, by the cues of ``tables/subjects.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.recognizers.subjects.subject_names import find_names
from hcpcs.questions.subject import Subject, SubjectBeyondRecord, subjects_beyond_record
from hcpcs.questions.words.gated_pattern import GatedPattern
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
    r"|\d+ (?!m?c?g\b|gm|ml|cc)[a-z]+ of #####.{0,24}\b(?:ok|okay|fine|too many)\b"
    r"|\d+ ##### units?.{0,24}\b(?:ok|okay|fine|too many)\b"
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


class _Cues:
    """The patterns of one subject, each made when a question first needs it: compiling all takes 0.1 s."""

    def __init__(self, entry: SubjectBeyondRecord) -> None:
        self._entry = entry

    @cached_property
    def always(self) -> GatedPattern | None:
        """Anywhere."""
        return _whole_words(self._entry.cues)

    @cached_property
    def beside_a_code(self) -> GatedPattern | None:
        """Beside a code."""
        return _whole_words(self._entry.code_cues)

    @cached_property
    def weak(self) -> GatedPattern | None:
        """Beside a code, unless coverage is asked."""
        return _whole_words(self._entry.weak_cues)

    @cached_property
    def beside_a_modifier(self) -> GatedPattern | None:
        """Beside a modifier."""
        return _whole_words(self._entry.modifier_cues)

    @cached_property
    def beside_an_item(self) -> GatedPattern | None:
        """Without a code, beside an item in words."""
        return _whole_words(self._entry.item_cues)

    @cached_property
    def unless(self) -> GatedPattern | None:
        """Words beside which the subject is not meant."""
        return _whole_words(self._entry.unless)

    @cached_property
    def beside_a_c_code(self) -> GatedPattern | None:
        """Beside a C code."""
        return _whole_words(self._entry.hospital_cues)


def find_subjects(text: str, codes: Sequence[CodeSpan], quantity: QuantitySpan | None) -> tuple[SubjectSpan, ...]:
    """Every place where ``text`` names such a subject, in the order of the table.

    Of a long text only the beginning and the end are read: what is asked is there, and not in the middle of a note.
    """
    masked = mask_codes(text, codes)
    if not _LETTER.search(masked):
        return ()
    cues = subject_cues()
    named = any(span.mention.system not in _NOT_CODES for span in codes)
    modifiers = modifiers_named(codes)
    of_hospitals = any(span.mention.code.startswith("C") for span in codes if span.mention.system is CodeSystem.HCPCS)
    dose = quantity is not None and quantity.quantity.unit.lower() not in TIME_UNITS and not _LIMIT.search(masked)
    if not named and len(text) > PASTED and "?" not in text and not _SPEAKS.search(masked):
        return ()
    length = len(masked)
    names = tuple(find_names(masked)) if not codes and length <= READ_AT_ENDS else ()
    places = [(0, length)] if length <= 2 * READ_AT_ENDS else [(0, READ_AT_ENDS), (length - READ_AT_ENDS, length)]
    at_ends = " ".join(masked[start:end] for start, end in places)
    spans: list[SubjectSpan] = []
    for subject, entry in subjects_beyond_record().items():
        if (dose and entry.not_beside_a_dose) or not modifiers.isdisjoint(entry.not_of_modifiers):
            continue
        patterns = cues[subject]
        if patterns.unless is not None and patterns.unless.search(masked):
            continue
        ways = [(patterns.always, False)]
        if not codes:
            ways.append((patterns.beside_an_item, False))
        beginnings = tuple(entry.of_letters)
        if named and (not beginnings or any(span.mention.code.startswith(beginnings) for span in codes)):
            ways += [(patterns.weak, True), (patterns.beside_a_code, False)]
        if of_hospitals:
            ways.append((patterns.beside_a_c_code, False))
        if modifiers and _concerns(entry, modifiers):
            ways.append((patterns.beside_a_modifier, False))
        spans += [
            SubjectSpan(subject, *match.span(), weak)
            for pattern, weak in ways
            if pattern is not None
            if pattern.opens(at_ends)
            for place in places
            for match in pattern.finditer(masked, *place)
        ]
        spans += [SubjectSpan(subject, name.start, name.end, False) for name in names if name.subject is subject]
    return tuple(spans)


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
def subject_cues() -> Mapping[Subject, _Cues]:
    """The cues of every subject."""
    return {subject: _Cues(entry) for subject, entry in subjects_beyond_record().items()}


def _whole_words(patterns: Sequence[str]) -> GatedPattern | None:
    """One pattern for any of ``patterns``, which neither begins nor ends within a word or a mask."""
    if not patterns:
        return None
    written = _WORD.sub(lambda match: f"(?:{subject_words()[match[1]]})", "|".join(patterns))
    return GatedPattern(rf"(?<![\w#~])(?:{written})(?![\w#~])")


@cache
def subject_words() -> Mapping[str, str]:
    """The ways to say one thing, as one pattern for each word of the cues, and the names of the states."""
    source = resources.files("hcpcs.questions").joinpath("tables", "subject_words.toml")
    states = "|".join(area.name.lower() for area in areas().values())
    return MappingProxyType({**tomllib.loads(source.read_text(encoding="utf-8")), STATE: states})
