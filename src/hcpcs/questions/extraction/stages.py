"""The stages in which a question is taken apart, in order: one table of recognizers with one interface.

A stage looks at what the stages before it left and returns what it recognizes. The order is part of the meaning:
``because`` says what would go wrong elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from hcpcs.questions.extraction.fallbacks import (
    attempts_at_codes,
    modifiers_by_purpose,
    only_modifiers,
    only_prefix,
    only_value,
)
from hcpcs.questions.extraction.parse_state import ParseState, Span
from hcpcs.questions.recognizers.claim_fields import find_stated_place
from hcpcs.questions.recognizers.coded_values import ValueSpan, find_values
from hcpcs.questions.recognizers.codes.code_ranges import CodeRange, find_prefix, find_range, find_round, find_wildcard
from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan, scan
from hcpcs.questions.recognizers.codes.malformed_codes import find_malformed
from hcpcs.questions.recognizers.codes.spoken_codes import find_spoken
from hcpcs.questions.recognizers.dates.date_scanner import DaySpan, find_days, split_by_role
from hcpcs.questions.recognizers.dates.day_cues import IgnoredSpan, find_numbers
from hcpcs.questions.recognizers.filter_syntax import FilterSpan, find_filters
from hcpcs.questions.recognizers.places import ZipSpan, find_zip
from hcpcs.questions.recognizers.quantities.quantity_scanner import find_quantities, measures
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.recognizers.spelling import Replacement, find_glued, find_misspelled
from hcpcs.questions.recognizers.subjects.manual_sections import ManualSpan, find_manual_sections
from hcpcs.questions.words.phrases import Phrase, cue_phrases, match_phrases
from hcpcs.questions.words.tokens import blank_out


class Stage(NamedTuple):
    """One step of understanding.

    ``recognize`` returns what the stage recognizes in the state that the stages before it left; ``because`` is why
    the stage is where it is. A ``fallback`` runs only where no code, range or value is recognized, and a stage
    ``of_the_rest`` reads only what the stages before it left of the text.
    """

    name: str
    recognize: Callable[[ParseState], Sequence[Span]]
    because: str
    fallback: bool = False
    of_the_rest: bool = False


def glued_words(state: ParseState) -> list[Replacement]:
    """A cue word or a code typed onto a code: ``E0601payable``, ``E0601E0470``."""
    return find_glued(state.text)


def misspelled_words(state: ParseState) -> list[Replacement]:
    """A misspelling of a word that a question may turn on: ``medicaer``."""
    return find_misspelled(state.text)


def spoken_codes(state: ParseState) -> list[Replacement]:
    """A code or modifier that is spelled out: ``S ninety three fifty three``, ``modifier k x``."""
    return find_spoken(state.text)


def typed_filters(state: ParseState) -> list[FilterSpan]:
    """A filter typed as ``name:value``: ``coverage:D``, ``range:E0100-E0200``."""
    return find_filters(state.rest, state.today)


def manual_sections(state: ParseState) -> list[ManualSpan]:
    """A section of a withdrawn manual: "CIM 60-17", "Medicare Carriers Manual 2049"."""
    return find_manual_sections(state.rest)


def zip_codes(state: ParseState) -> list[ZipSpan]:
    """A ZIP code, by the words or the item beside it: "zip 79936", "E0601-RR in 75201"."""
    span = find_zip(state.rest)
    return [span] if span else []


def codes(state: ParseState) -> list[CodeSpan]:
    """A code of any system with its modifiers: ``E0601-RR``, ``99213``, ``dx E119``; ``modifier KX``."""
    return scan(state.rest)


def code_ranges(state: ParseState) -> list[CodeRange]:
    """A range of codes, or a round number: ``S9325-S9328``, ``between E0100 and E0200``, ``the E0600s``."""
    text = blank_out(state.text, ((span.start, span.end) for span in state.filters))
    comparing = bool(cue_phrases().before_tokens["comparing"].search(text.lower()))
    code_range = find_range(text, state.codes, comparing=comparing) or find_round(text)
    return [code_range] if code_range else []


def wildcards(state: ParseState) -> list[CodeRange]:
    """A prefix with a wildcard: ``E060*``, ``J927x``."""
    wildcard = None if state.code_range else find_wildcard(state.rest)
    return [wildcard] if wildcard else []


def record_numbers(state: ParseState) -> list[IgnoredSpan]:
    """The number of a chart, claim, account or telephone: "MRN 20190301"."""
    return find_numbers(state.rest)


def stated_places(state: ParseState) -> list[IgnoredSpan]:
    """A place of service that a text gives with a dose: "J1100 8 mg pos 11"."""
    return find_stated_place(state.rest)


def days(state: ParseState) -> list[DaySpan | IgnoredSpan]:
    """A day or a period: "3/1/2019", "since January", "last quarter". A birth date is ignored, and a DOS wins."""
    of_changes = bool(cue_phrases().before_tokens["changes"].search(state.rest.lower()))
    loose = of_changes or bool(state.codes or state.code_range)
    text = blank_out(state.rest, measures(state.rest))
    asked, ignored = split_by_role(state.rest, find_days(text, state.today, loose=loose, of_changes=of_changes))
    return [*asked, *ignored]


def malformed_codes(state: ParseState) -> list[CodeSpan]:
    """What is clearly meant as a code but can't be one: ``SO353``, ``S93533``."""
    return find_malformed(state.rest)


def quantities(state: ParseState) -> list[QuantitySpan]:
    """An amount with a unit, and what it is: ``100 mg``, ``from 500 mg vials``, ``4 x 4 cm``, ``x 60``."""
    return find_quantities(state.rest)


def phrases(state: ParseState) -> list[Phrase]:
    """The phrases that people ask with, each with its tags: "payable by Medicare", "how many units"."""
    return match_phrases(state.tokens)


def coded_values(state: ParseState) -> list[ValueSpan]:
    """A coded value beside the name of its field: "coverage code I", "BETOS Z2"."""
    return find_values(state.text, state.tokens, state.phrases)


def prefixes_in_words(state: ParseState) -> list[CodeRange]:
    """A prefix that is asked for in words: "codes that start with S935", "J codes"."""
    if state.codes or state.code_range:
        return []
    prefix = find_prefix(state.text, state.tokens, state.phrases)
    return [prefix] if prefix else []


STAGES: Final = (
    Stage("glued words", glued_words, "A word can be repaired only once it is apart from the code it is typed onto."),
    Stage("misspelled words", misspelled_words, "Every later stage goes by words: dates by months, phrases by cues."),
    Stage("spoken codes", spoken_codes, "The last stage that changes the text: from here on every place is fixed."),
    Stage("typed filters", typed_filters, "The codes in range:E0100-E0200 bound a search; they are not asked about."),
    Stage("manual sections", manual_sections, "The section in CIM 60-17 is not a day, and MCM 2049 not a bad code."),
    Stage(
        "ZIP codes",
        zip_codes,
        "Five digits look like a CPT code, and are a place by what is beside them.",
        of_the_rest=True,
    ),
    Stage("codes", codes, "Before anything else with digits: a day or an amount must not take the digits of a code."),
    Stage("code ranges", code_ranges, "A range is made of two codes, and replaces them."),
    Stage("wildcards", wildcards, "Of two ranges the one written out counts.", of_the_rest=True),
    Stage("record numbers", record_numbers, "MRN 20190301 has the digits of a day.", of_the_rest=True),
    Stage(
        "stated places",
        stated_places,
        "The 11 in J1100 8 mg pos 11 units is a place and no number of units.",
        of_the_rest=True,
    ),
    Stage("days", days, "A bare year is a day only beside a code or range: E060* 2019.", of_the_rest=True),
    Stage("malformed codes", malformed_codes, "Q22019 is a quarter, and could be a bad code.", of_the_rest=True),
    Stage(
        "quantities",
        quantities,
        "The year in S9353 in 2019 units is not an amount. Its words stay words.",
        of_the_rest=True,
    ),
    Stage("phrases", phrases, "The first stage over tokens: what is recognized so far is one token each (#code)."),
    Stage("coded values", coded_values, "The name of a field is a phrase, and its value is next to it."),
    Stage("prefixes in words", prefixes_in_words, "By phrases, and only where no code or range is written out."),
    Stage("modifiers by purpose", modifiers_by_purpose, "The word modifier says what is asked for."),
    Stage("only a coded value", only_value, "Z2 could be a modifier, too; BETOS knows its own codes.", fallback=True),
    Stage("only modifiers", only_modifiers, "Two characters in capitals are hardly anything else.", fallback=True),
    Stage("only a prefix", only_prefix, "S93 is a letter and two digits, one too few for a bad code.", fallback=True),
    Stage("attempts at codes", attempts_at_codes, "The weakest guess comes last.", fallback=True),
)
"""Every stage in order. Each looks at what the ones before it left."""
