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
from hcpcs.search_port import Confidence, Hit, SearchResult

CODES_NAMED: Final = 3
"""Maximum codes that the first sentence names."""
HITS_COMPARED: Final = 60
"""Maximum hits whose descriptions are compared with the name of the device."""
LEAST_SHARE: Final = 0.33
"""Share of the best hit's score that a hit must have: of masks, those for a CPAP, not devices that come with one."""
SHARE_BY_BOTH: Final = 0.5
"""The same share where the device's name is searched for, too: "cpap mask" finds other devices than a CPAP."""
SHARE_OF_ITEM: Final = 0.8
"""Share of the best hit's score from which a hit is the same item, whatever its description names: A4556 for a TENS."""
_BRACES: Final = "L"
"""How the codes of braces and prostheses begin."""
PLAIN_NAME: Final = 2
"""Words of a name of which the noun is enough ("standard wheelchair"); of a longer one, two in three are needed."""
_WORD: Final = re.compile(r"[a-z]{3,}")
_OF_ANY_DEVICE: Final = frozenset({"and", "any", "device", "each", "for", "other", "system", "type", "unit", "with"})
"""Words of descriptions that tell no device from another."""
# "Continuous positive airway pressure (cpap) device"
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")
# "(tens)", "(cpap)", "(nmes)"; not "strap(s)".
_INITIALS: Final = re.compile(r" \(([a-z]{3,6})\)")
_PURPOSE: Final = re.compile(r" (?:used|for|with|to) ")
_ACCESSORIES: Final = frozenset({"accessories", "accessory", "supplies", "parts"})
"""Words for all that belongs to a device."""
_DEVICES: Final = frozenset({"device", "system", "unit", "pump", "concentrator", "ventilator", "stimulator"})
"""The last words of the names of devices, never parts of another."""


def answer_item_for_code(context: AnswerContext) -> Draft | None:
    """The codes of the item that the question wants for a code; ``None`` where its words surely find no other code."""
    question = context.question
    if question.intent is not Intent.CARD or not question.words or len(question.codes) != 1:
        return None
    device = context.state(question.codes[0].code)
    if device is None or device.record.kind is not RecordKind.PROCEDURE:
        return None
    alone = context.index.search(question.words, limit=HITS_COMPARED)
    together = context.index.search(f"{_short_name(device)} {question.words}", limit=HITS_COMPARED)
    fitting = _by_both_names(question.words, together, device) or _by_the_item_alone(alone, together, device)
    if not fitting:
        return None
    code, fitting = device.record.code, fitting[: context.limit]
    named = labeled_codes(fitting[:CODES_NAMED], more=len(fitting) - CODES_NAMED)
    return Draft(
        codes=tuple(hit.code for hit in fitting),
        headline=f'Codes for "{question.words}" with {code}: {named}.{_all_of_policy(question.words, code)}',
        lead=f'Codes for "{question.words}" with {code}, the best match first.',
        hits=tuple(fitting),
        total=len(fitting),
        confidence=Confidence.HIGH,
    )


def _all_of_policy(words: str, code: str) -> str:
    """The codes that the policies on a device are about, where all of its accessories are wanted."""
    if words.lower() not in _ACCESSORIES:
        return ""
    return "".join(f" LCD {policy.lcd}, {policy.title}, is about {policy.codes}." for policy in policies_of(code))


def _by_both_names(words: str, together: SearchResult, device: Statement) -> list[Hit]:
    """The hits for the item and the device's name together: "tens pads". None where the best isn't for the device.

    Where all accessories are wanted, those of the device's policy. A prosthesis is named by a part of the body.
    """
    code, name = device.record.code, _name(device.record.long_description)
    parts = [hit for hit in together.hits if hit.active and _is_part(hit, name)]
    if words.lower() in _ACCESSORIES:
        return [hit for hit in parts if _is_of_policy(hit, code)]
    first = together.hits[0] if together.confidence is Confidence.HIGH and together.hits else None
    if first is None or first not in parts or not _fits(first, code, name) or code.startswith(_BRACES):
        return []
    return [
        hit
        for hit in parts
        if hit.score >= SHARE_OF_ITEM * first.score
        or (hit.score >= SHARE_BY_BOTH * first.score and _fits(hit, code, name))
    ]


def _by_the_item_alone(alone: SearchResult, together: SearchResult, device: Statement) -> list[Hit]:
    """The hits for the item alone that are for the device, unless its words describe the device itself.

    By its policy only, where the device is the best hit for its name with the words: "machine" is not a part of one.
    """
    code, name = device.record.code, _name(device.record.long_description)
    if alone.confidence is not Confidence.HIGH or any(hit.code == code for hit in alone.hits):
        return []
    active = [hit for hit in alone.hits if hit.active and _is_part(hit, name)]
    itself = bool(together.hits) and together.hits[0].code == code
    fitting = [hit for hit in active if _is_for(hit, name) and not itself]
    fitting = fitting or [hit for hit in active if _is_of_policy(hit, code)]  # the canister of a wound pump
    return [hit for hit in fitting if hit.score >= LEAST_SHARE * fitting[0].score]


def _is_part(hit: Hit, name: tuple[str, ...]) -> bool:
    """Whether a hit is not a device itself, by the noun before what it is for: "strips for home blood glucose"."""
    opening = _name_words(_PURPOSE.split(hit.long_description, maxsplit=1)[0])
    return not opening or (opening[-1] not in _DEVICES and opening[-1:] != list(name[-1:]))


def _is_of_policy(hit: Hit, code: str) -> bool:
    return not set(policies_of(code)).isdisjoint(policies_of(hit.code))


def _fits(hit: Hit, code: str, name: tuple[str, ...]) -> bool:
    return _is_for(hit, name) or _is_of_policy(hit, code)


def _short_name(device: Statement) -> str:
    """What people call a device: "tens" by the brackets of its description, or its name there."""
    initials = _INITIALS.search(device.record.long_description)
    return initials[1] if initials else " ".join(_name(device.record.long_description))


def _name(description: str) -> tuple[str, ...]:
    """The words that a device is called by, without its features: all before the first comma and outside brackets."""
    return tuple(word for word in _name_words(description) if word not in _OF_ANY_DEVICE)


def _name_words(description: str) -> list[str]:
    return _WORD.findall(_ASIDE.sub("", description).partition(",")[0].lower())


def _is_for(hit: Hit, name: tuple[str, ...]) -> bool:
    """Whether a description names a device, as "used with positive airway pressure device" does; its noun is last."""
    described = set(_WORD.findall(hit.long_description.lower()))
    if not name or name[-1] not in described:
        return False
    return len(name) <= PLAIN_NAME or 3 * len(described.intersection(name)) >= 2 * len(name)
