"""The sentences that several answers share: a fact of the record and the field that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.fields import FIELD_BY_NAME, read_field
from hcpcs.records.record import Statement

MODIFIER_FACT: Final = "A modifier qualifies the procedure code that it is put to; it is not paid by itself."


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as English lists them: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def in_sentence(text: str) -> str:
    """A text without the full stop at its end, to stand inside a sentence."""
    return text.strip().rstrip(".")


def field_sentence(statement: Statement, name: str) -> str:
    """One field as a sentence: ``Coverage code I (Not payable by Medicare).``"""
    spec = FIELD_BY_NAME[name]
    value = read_field(spec, statement)
    label = spec.family_label
    if value.value is None:
        return f"{label}: left blank in the record."
    if value.meaning:
        return f"{label} {value.value} ({in_sentence(value.meaning)})."
    return f"{label} {value.value}."


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
