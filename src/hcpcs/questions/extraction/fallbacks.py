"""What the words of a question that names no code, range or value may be: a value, modifiers, a prefix, bad codes.

Each function looks at the words that nothing else explains, and returns nothing if there are other words, which
can only be searched for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.questions.extraction.features import ASPECTS, features_of_words
from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.extraction.purposes import purposes_of
from hcpcs.questions.recognizers.coded_values import ValueSpan, bare_betos
from hcpcs.questions.recognizers.codes.code_ranges import CodeRange, bare_prefix
from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.recognizers.codes.malformed_codes import perhaps_malformed
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS, is_common
from hcpcs.questions.recognizers.subjects.denial_codes import denial_codes
from hcpcs.records.codes import CodeMention, CodeSystem
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies

_TWO: Final = re.compile(r"[A-Z][A-Z0-9]")
_MODIFIERS_AT_MOST: Final = 40
"""Maximum words that are read as modifiers; a longer row is not a question."""
_YEAR_OR_FORM: Final = re.compile(r"(?:19[89]|20[0-4])\d|1500|1450")
_FORM: Final = re.compile(r"\b(?:cms|hcfa|form|box|ub)[- ]?(?:1500|1450)$", re.IGNORECASE)
"""The number of a claim form with the name before it; for the text up to its end."""
_FORM_READ: Final = 9
"""Characters before the end of a number in which the name of its form begins ("HCFA-1500")."""
_CPT_ROW: Final = re.compile(r"(?:mods? |modifiers? )?\d\d(?:(?:\s?(?:vs\.?|versus|or|and|,|/)\s?|\s)\d\d){1,3}\W*")
"""Modifiers of CPT and nothing else: "76 vs 77", "25 and 57", "96 97"."""
_GREETINGS_OF_TWO: Final = frozenset({"HI", "OK", "YO"})
_OTHER_WORDS: Final = 3
"""Maximum words beside what may be an attempt at a code, where an aspect of a code is asked about."""


def modifiers_by_purpose(state: ParseState) -> list[CodeSpan]:
    """The modifiers for a purpose: "modifier for used DME", "mods for group therapy H codes"; none beside a code."""
    if state.codes or state.values:
        return []
    spans = []
    for purpose, places in purposes_of(state).items():
        first = state.tokens[places[0]]
        systems = [(one, CodeSystem.MODIFIER) for one in purpose.modifiers]
        systems += [(one, CodeSystem.CPT) for one in purpose.cpt]
        for code, system in systems:
            mention = CodeMention(code=code, system=system, written=state.text[first.start : first.end])
            spans.append(CodeSpan(mention, first.start, first.end, by_purpose=True))
    return spans


def only_value(state: ParseState) -> list[ValueSpan]:
    """A BETOS code as the only word ("what is Z2")."""
    value = bare_betos(state.text, state.tokens[state.content[0]]) if len(state.content) == 1 else None
    return [value] if value else []


def only_modifiers(state: ParseState) -> list[CodeSpan]:
    """Modifiers that are the whole subject: "RR", "what is KX", "RR vs NU"."""
    if not state.tags.isdisjoint({"contact_word", "term"}) or denial_codes(state.text):
        return []
    places = _two_characters(state)
    if len(places) > _MODIFIERS_AT_MOST:
        return []
    written = [state.written(place) for place in places]
    lettered = [word for word in written if not word.isdigit()]
    if _CPT_ROW.fullmatch(state.text) and set(written) <= CPT_MODIFIERS and len(written) > 1:
        return [_modifier(state, place) for place in places]
    if len(places) == 1 and "means" in state.tags and _is_only_of_cpt(written[0]):
        return [_modifier(state, places[0])]  # "what does 59 mean"
    if not lettered or not all(_TWO.fullmatch(word.upper()) for word in lettered):
        return []
    if not set(written) - set(lettered) <= CPT_MODIFIERS:
        return []
    if not _are_modifiers(state, lettered):
        return []
    return [_modifier(state, place) for place in places]


def only_prefix(state: ParseState) -> list[CodeRange]:
    """A letter and two digits as the only word ("S93"); beside "remark code" they are that code ("M77")."""
    if "term:carc" in state.tags or denial_codes(state.text):
        return []
    prefix = bare_prefix(state.text, state.tokens[state.content[0]]) if len(state.content) == 1 else None
    return [prefix] if prefix else []


def attempts_at_codes(state: ParseState) -> list[CodeSpan]:
    """What could be a word or number as well as a bad code ("S935", "9353"), where nothing else makes sense."""
    measured = state.measured
    named = [place for place in state.content if place not in measured and not _is_a_year_or_form(state, place)]
    attempts = {place: code for place in named if (code := perhaps_malformed(state.text, state.tokens[place]))}
    if not attempts or denial_codes(state.text):
        return []
    features = features_of_words(state)
    others = sum(place not in attempts and not _is_digit(state.written(place)) for place in state.content)
    asked = bool(features & ASPECTS) and others <= _OTHER_WORDS
    if "other_system" in features or (others and not asked):
        return []
    return list(attempts.values())


def _two_characters(state: ParseState) -> Sequence[int]:
    """The places that may be modifiers: the words left over, or a word of two letters that is scaffolding, too."""
    text, content = state.text, state.content
    alone = len(state.tokens) == 1 and len(text) == 2 and text.upper() not in _GREETINGS_OF_TWO
    if alone and (content or text.isupper()):
        return [0]
    # "what is AT": a word of the sentence, but in capitals where the rest is not.
    if not content and not text.isupper() and not state.tags.isdisjoint({"means", "what_is"}):
        explained = {place for phrase in state.phrases for place in range(phrase.first, phrase.end)}
        return [
            place
            for place in range(len(state.tokens))
            if place not in explained and _TWO.fullmatch(state.written(place))
        ]
    return content


def _are_modifiers(state: ParseState, written: Sequence[str]) -> bool:
    """Whether words of two characters are modifiers: all in capitals, or all in daily use."""
    if len(written) == 1 and (written[0].isupper() or is_common(written[0])):
        return True
    distinct = len(state.content) == len(state.tokens) or not state.text.isupper()
    return distinct and (all(map(str.isupper, written)) or all(map(is_common, written)))


def _is_only_of_cpt(written: str) -> bool:
    """Whether two digits are a CPT modifier, and no pricing indicator."""
    return written in CPT_MODIFIERS and written not in vocabularies()[VocabularyName.PRICING_INDICATOR].values


def _is_a_year_or_form(state: ParseState, place: int) -> bool:
    """Whether a number beside other words is a year ("Medicare deductible 2025") or a claim form ("a CMS-1500")."""
    end = state.tokens[place].end
    if _FORM.search(state.text, max(0, end - _FORM_READ), end):
        return True
    among = len(state.content) > 1 or (len(state.tokens) > 2 and "price" in state.tags)
    return among and _YEAR_OR_FORM.fullmatch(state.written(place)) is not None


def _is_digit(written: str) -> bool:
    return len(written) == 1 and written.isdigit()


def _modifier(state: ParseState, place: int) -> CodeSpan:
    written, token = state.written(place), state.tokens[place]
    system = CodeSystem.CPT if written.isdigit() else CodeSystem.MODIFIER
    mention = CodeMention(code=written.upper(), system=system, written=written)
    return CodeSpan(mention, token.start, token.end)
