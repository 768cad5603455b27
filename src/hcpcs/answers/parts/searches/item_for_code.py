"""An item in words for the device of a code: "mask for E0601", "elevating leg rests for K0001"."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.parts.searches.hit_labels import labeled_codes
from hcpcs.questions.question import Intent
from hcpcs.records.manuals.dme_policies import policies_of
from hcpcs.records.record import RecordKind, Statement
from hcpcs.search_port import Confidence, Hit

CODES_NAMED: Final = 3
"""Maximum codes that the first sentence names."""
HITS_COMPARED: Final = 60
"""Maximum hits whose descriptions are compared with the name of the device."""
LEAST_SHARE: Final = 0.33
"""Share of the best hit's score that a hit must have: of masks, those for a CPAP, not devices that come with one."""
PLAIN_NAME: Final = 2
"""Words of a name of which the noun is enough ("standard wheelchair"); of a longer one, two in three are needed."""
_WORD: Final = re.compile(r"[a-z]{3,}")
_OF_ANY_DEVICE: Final = frozenset({"and", "any", "device", "each", "for", "other", "system", "type", "unit", "with"})
"""Words of descriptions that tell no device from another."""
# "Continuous positive airway pressure (cpap) device"
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")


def answer_item_for_code(context: AnswerContext) -> Draft | None:
    """The codes of the item that the question wants for a code; ``None`` where its words surely find no other code."""
    question = context.question
    if question.intent is not Intent.CARD or not question.words or len(question.codes) != 1:
        return None
    device = context.state(question.codes[0].code)
    if device is None or device.record.kind is not RecordKind.PROCEDURE:
        return None
    result = context.index.search(question.words, limit=HITS_COMPARED)
    code, name = device.record.code, _name(device)
    if result.confidence is not Confidence.HIGH or any(hit.code == code for hit in result.hits):
        return None
    active = [hit for hit in result.hits if hit.active]
    policies = set(policies_of(code))  # the canister of a wound pump: its description doesn't name the pump
    fitting = [hit for hit in active if _is_for(hit, name)]
    fitting = fitting or [hit for hit in active if not policies.isdisjoint(policies_of(hit.code))]
    if not fitting:
        return None
    fitting = [hit for hit in fitting if hit.score >= LEAST_SHARE * fitting[0].score][: context.limit]
    named = labeled_codes(fitting[:CODES_NAMED], more=len(fitting) - CODES_NAMED)
    return Draft(
        codes=tuple(hit.code for hit in fitting),
        headline=f'Codes for "{question.words}" with {code}: {named}.',
        lead=f'Codes for "{question.words}" with {code}, the best match first.',
        hits=tuple(fitting),
        total=len(fitting),
        confidence=result.confidence,
    )


def _name(device: Statement) -> tuple[str, ...]:
    """The words that a device is called by, without its features: all before the first comma and outside brackets."""
    name = _ASIDE.sub("", device.record.long_description).partition(",")[0]
    return tuple(word for word in _WORD.findall(name.lower()) if word not in _OF_ANY_DEVICE)


def _is_for(hit: Hit, name: tuple[str, ...]) -> bool:
    """Whether a description names a device, as "used with positive airway pressure device" does; its noun is last."""
    described = set(_WORD.findall(hit.long_description.lower()))
    if not name or name[-1] not in described:
        return False
    return len(name) <= PLAIN_NAME or 3 * len(described.intersection(name)) >= 2 * len(name)
