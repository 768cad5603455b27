"""First sentences that the record's own fields decide: an ABN by the coverage code, DME by the pricing indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from hcpcs.answers.parts.noc_answers import HOSPITAL_DRUGS
from hcpcs.answers.rendering.sentences import OpenedSentence, join_words
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.payment_categories import priced_item
from hcpcs.records.families.noc_families import NEW_IN_HOSPITAL
from hcpcs.records.modifiers.ambulance_points import ambulance_points, is_ambulance_code
from hcpcs.records.record import CodeRecord

CODES_NAMED: Final = 4
"""Maximum codes that a sentence names."""
# Source: CMS, MLN booklet on the ABN; Medicare Claims Processing Manual, chapter 30, section 50.
_WITHOUT_ABN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "S": "the statute excludes it from Medicare, and a voluntary ABN goes with GX.",
        "M": "Medicare doesn't cover it (coverage code M), so the line has GY, and a voluntary ABN goes with GX.",
        "I": "Medicare doesn't pay it (coverage code I), so the line has GY, and a voluntary ABN goes with GX.",
    }
)
"""Why what has one of these coverage codes needs no ABN."""


_REPETITIVE_TRANSPORTS: Final = frozenset({"A0426", "A0428"})
"""The nonemergency transports of Medicare's RSNAT program. Source: CGS (MAC), prior authorization for RSNAT."""
_AMBULANCE_LINE: Final = ambulance_points().line
ORDER_ON_AMBULANCE_LINES: Final = (
    f"On an ambulance line the origin and destination modifier comes first, then {_AMBULANCE_LINE.second} from "
    f"{_AMBULANCE_LINE.providers}, then others such as {join_words(_AMBULANCE_LINE.others, 'or')}."
)
"""The order of an ambulance line's modifiers."""


NEW_IN_AN_OFFICE: Final = (
    "C9399 is for hospital outpatient departments (OPPS) and ambulatory surgical centers: an office bills a drug or "
    "biological without a code of its own with J3490, J3590 or J9999."
)
"""Who bills C9399 where an office is asked about. Source: Claims Processing Manual, chapter 17, section 90."""


_OF_NEW_DRUGS: Final = frozenset({*NEW_IN_HOSPITAL, "J3490", "J3590", "J9999"})
"""The codes among which a drug without a code of its own is asked about."""


def sentence_of_records(subject: Subject, records: Sequence[CodeRecord]) -> str:
    """``Yes. The record prices E0470 as capped rental DME (pricing indicator 36).``; blank where no field decides."""
    if not records:
        return ""
    codes = {one.code for one in records}
    if subject is Subject.HOSPITAL_CODES_ON_CLAIM and codes == {*NEW_IN_HOSPITAL}:
        return NEW_IN_AN_OFFICE
    if subject is Subject.APC and {*NEW_IN_HOSPITAL} < codes <= _OF_NEW_DRUGS:
        return HOSPITAL_DRUGS
    if subject is Subject.PRIOR_AUTHORIZATION:
        return repetitive_transports([one.code for one in records])
    if subject is Subject.ABN_NEEDED:
        return _abn_sentence(records)
    if subject is Subject.EQUIPMENT_CATEGORY:
        return _equipment_sentence(records)
    if subject is Subject.MODIFIER_ORDER and all(is_ambulance_code(one.code) for one in records):
        return ORDER_ON_AMBULANCE_LINES
    return ""


def repetitive_transports(codes: Sequence[str]) -> str:
    """Which transports with the codes are subject to prior authorization; blank where others are among them."""
    if not {*codes} <= _REPETITIVE_TRANSPORTS:
        return ""
    return (
        f"Only scheduled, repetitive transports (RSNAT) with {join_words(list(codes))} are subject to prior "
        "authorization: three or more round trips in 10 days, or at least one a week for three weeks."
    )


def _abn_sentence(records: Sequence[CodeRecord]) -> str:
    reasons = {_WITHOUT_ABN.get(one.coverage or "") for one in records}
    reason = reasons.pop() if len(reasons) == 1 else None
    codes = join_words([one.code for one in records][:CODES_NAMED])
    return f"No ABN is required for {codes}: {reason}" if reason else ""


def _equipment_sentence(records: Sequence[CodeRecord]) -> str:
    sentences = []
    for record in records[:CODES_NAMED]:
        indicator = record.pricing_indicators[0] if record.pricing_indicators else ""
        item = priced_item(record.pricing_indicators)
        if not item.priced_as:
            return ""
        priced = f"The record prices {record.code} as {item.priced_as} (pricing indicator {indicator})."
        sentences.append(OpenedSentence("Yes." if item.is_dme else "No.", priced))
    return sentences[0].whole if len(sentences) == 1 else " ".join(one.sentence for one in sentences)
