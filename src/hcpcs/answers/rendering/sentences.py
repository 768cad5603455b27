"""The sentences that several answers share: a fact of the record and the field that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.billing.payment_categories import (
    PURCHASE_OPTION,
    PaymentCategory,
    is_complex_power_wheelchair,
    payment_category,
    priced_item,
)
from hcpcs.records.fields import FIELD_BY_NAME, FieldType, FieldValue, read_field
from hcpcs.records.record import CodeRecord, RecordKind, Statement

MODIFIER_FACT: Final = "A modifier qualifies the code it is appended to; it isn't paid on its own."


class OpenedSentence(NamedTuple):
    """A sentence that says the whole without its ``opening`` ("Yes.", "Hardly any:"), which may be blank."""

    opening: str
    sentence: str

    @property
    def whole(self) -> str:
        """The opening and the sentence."""
        return f"{self.opening} {self.sentence}".strip()


def join_words(items: Sequence[str], last: str = "and") -> str:
    """Items as English lists them: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capitalized(text: str) -> str:
    """A text with a capital at its beginning, as a sentence has; the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def reference_names(record: CodeRecord) -> list[str]:
    """The codes that a record cross-references, as a sentence names them: ``36836 (CPT)``."""
    return [f"{one} (CPT)" if one.isdigit() else one for one in record.cross_references]


def in_sentence(text: str) -> str:
    """A text without the period at its end, to go inside a sentence."""
    return text.strip().rstrip(".")


def field_sentence(statement: Statement, name: str) -> str:
    """One field as a sentence: ``Coverage code I (Not payable by Medicare).``"""
    spec = FIELD_BY_NAME[name]
    value = read_field(spec, statement)
    label = spec.family_label
    if value.value is None:
        return f"{label}: blank in the record."
    colon = ":" if spec.type is FieldType.TEXT and not spec.proper else ""
    return f"{label}{colon} {value_text(value)}."


def value_text(value: FieldValue) -> str:
    """A stated value with its meaning, to go inside a sentence: ``I (Not payable by Medicare)``."""
    stated = in_sentence(value.stated)
    return f"{stated} ({in_sentence(value.explanation)})" if value.explanation else stated


def field_evidence(statement: Statement, names: Iterable[str], *, named: bool = False) -> tuple[Evidence, ...]:
    """The fields of ``names`` that are not blank, a sentence each; ``named`` labels each with the code."""
    code = statement.record.code
    return tuple(
        Evidence(
            kind=EvidenceKind.PROOF,
            text=field_sentence(statement, name),
            code=code,
            field=name,
            label=code if named else "",
        )
        for name in names
        if FIELD_BY_NAME[name].read(statement)
    )


def short_title(statement: Statement) -> str:
    """``S9353 (Hit cont insulin diem)``: a code with its short description."""
    record = statement.record
    text = record.short_description or record.long_description
    return f"{record.code} ({text})"


def rental_sentence(statement: Statement) -> str | None:
    """Whether and how long Medicare rents what the code stands for; ``None`` where the indicator doesn't say."""
    record = statement.record
    if record.kind is RecordKind.MODIFIER or not record.pricing_indicators:
        return None
    indicator = record.pricing_indicators[0]
    category = payment_category(record.pricing_indicators, record.types_of_service)
    if category is not None:
        offered = f" {PURCHASE_OPTION}" if is_complex_power_wheelchair(record.code) else ""
        return f"{record.code} is {category.name} (pricing indicator {indicator}): {category.rule}.{offered}"
    if priced_item(record.pricing_indicators).is_purchased:
        return f"{record.code} is purchased, not rented (pricing indicator {indicator})."
    return None


def rental_rules(statements: Sequence[Statement]) -> str:
    """The rental rules of codes, one sentence for a payment category; blank where no record states one."""
    shared: dict[tuple[str, PaymentCategory | None], list[Statement]] = {}
    for one in statements:
        indicators = one.record.pricing_indicators
        category = payment_category(indicators, one.record.types_of_service)
        shared.setdefault((indicators[0] if indicators else "", category), []).append(one)
    sentences: list[str] = []
    for (indicator, category), members in shared.items():
        if category is not None and len(members) > 1:
            codes = join_words([one.record.code for one in members])
            sentences.append(f"{codes} are each {category.name} (pricing indicator {indicator}): {category.rule}.")
        else:
            sentences += [sentence for one in members if (sentence := rental_sentence(one)) is not None]
    return " ".join(sentences)
