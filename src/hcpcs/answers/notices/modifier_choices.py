"""One of two modifiers: what decides between them on a code, and what each means beside one of CPT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.lookup import LookupResult
from hcpcs.answers.notices.modifier_sentences import cpt_modifiers_named, modifiers_on, pricing_sentence
from hcpcs.answers.parts.transports import transport_sentence
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.records.codes import CodeSystem, is_modifier
from hcpcs.records.modifiers.ambulance_points import words_of_route
from hcpcs.records.modifiers.modifier_pairs import rules_on
from hcpcs.records.modifiers.modifier_purposes import use_of_modifier
from hcpcs.records.record import STATUS_WORDS, CodeRecord, RecordKind, Statement

_TWO: Final = 2
"""Modifiers of a rule that says which of them is for which case ("KX is for patients treated with insulin")."""


def deciding_sentence(procedure: Statement, modifiers: Sequence[str]) -> str:
    """Which of the modifiers a code has by its payment category and which besides; blank where one has all of them."""
    asked, groups = frozenset(modifiers), modifiers_on(procedure.record)
    if not any(asked <= group for group in groups):
        if priced := pricing_sentence((procedure,), asked):
            return priced
        if not asked.isdisjoint(frozenset().union(*groups)):
            return pricing_sentence((procedure,))
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


def on_a_cpt_line(lookup: LookupResult) -> str:
    """What of a line with a code of CPT is CPT's, and what HCPCS says of its modifiers; blank for other lines."""
    ours = [one for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    codes = [one.code for one in lookup.foreign if one.system is CodeSystem.CPT and not is_modifier(one.code)]
    if not ours or not codes or len(ours) < len(lookup.statements):
        return ""
    digits = [one for one in cpt_modifiers_named(lookup) if one not in codes]
    are = "is a CPT code" if len(codes) == 1 else "are CPT codes"
    beside = f" and {join_words(digits)} {'a CPT modifier' if len(digits) == 1 else 'CPT modifiers'}" if digits else ""
    defined = "HCPCS doesn't define it" if len(codes) == 1 and not digits else "HCPCS doesn't define them"
    meanings = " ".join(
        f"{one.record.code} is a HCPCS modifier ({STATUS_WORDS[one.status]}): {_meaning(one.record)}." for one in ours
    )
    return f"{join_words(codes)} {are}{beside}: {defined}. {meanings}"


def uses_of_modifiers(statements: Sequence[Statement], unused: Sequence[str] = ()) -> str:
    """What each modifier is for, and which of them never share a line; blank where a procedure is compared.

    Where the ``unused`` words of the question name a place of theirs, it is their routes: "ED to dialysis, HG or HJ".
    """
    records = [one.record for one in statements]
    if any(record.kind is not RecordKind.MODIFIER for record in records):
        return ""
    places = {word for one in records for word in words_of_route(one.code)}
    if not places.isdisjoint(word.lower() for word in unused):
        return " ".join(transport_sentence(one.code) for one in records)
    uses = (f"{one.code}: {use_of_modifier(one.code) or _meaning(one)}." for one in records)
    rules = (rule.sentence for rule in rules_on([one.code for one in records]) if not rule.together)
    return " ".join((*uses, *list(rules)[:1]))


def _meaning(record: CodeRecord) -> str:
    """The description up to its first semicolon, in a sentence."""
    text = in_sentence(record.long_description).partition(";")[0]
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text
