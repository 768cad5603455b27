"""One of two modifiers: what decides between them on a code, and what each means beside one of CPT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.lookup import LookupResult
from hcpcs.answers.notices.modifier_sentences import pricing_sentence
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.records.modifiers.modifier_pairs import rules_on
from hcpcs.records.record import CodeRecord, RecordKind, Statement

_TWO: Final = 2
"""Modifiers of a rule that says which of them is for which case ("KX is for patients treated with insulin")."""


def deciding_sentence(procedure: Statement, modifiers: Sequence[str]) -> str:
    """Which of the modifiers a code has by its payment category and its policy; blank where these have all or none."""
    priced = pricing_sentence((procedure,), frozenset(modifiers)) or pricing_sentence((procedure,))
    named = [one for one in modifiers if f"{one} " in priced or f"{one}." in priced or f"{one}," in priced]
    if 0 < len(named) < len(modifiers):
        return priced
    rules = (rule.sentence for rule in rules_on(modifiers) if not rule.together and len(rule.one | rule.other) == _TWO)
    return next(rules, "")


def meanings_beside_cpt(lookup: LookupResult) -> str:
    """What modifiers mean that are named beside those of CPT, which are not described; blank without both."""
    ours = [one.record for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    cpt = [one.code for one in lookup.foreign if one.code in CPT_MODIFIERS]
    if not ours or not cpt or len(ours) < len(lookup.statements):
        return ""
    rules = [rule.sentence for rule in rules_on([*(one.code for one in ours), *cpt])]
    are = "is a CPT modifier" if len(cpt) == 1 else "are CPT modifiers"
    meanings = "; ".join(f"{one.code}: {_meaning(one)}" for one in ours)
    return " ".join((*rules[:1], f"{meanings}; {join_words(cpt)} {are}, which HCPCS doesn't define."))


def _meaning(record: CodeRecord) -> str:
    """The description up to its first semicolon, in a sentence."""
    text = in_sentence(record.long_description).partition(";")[0]
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text
