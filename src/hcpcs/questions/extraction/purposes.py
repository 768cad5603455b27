"""The purposes that a question gives for a modifier: "patient not on insulin", "signed ABN on file"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.recognizers.modifiers.modifier_words import ModifierSpan
from hcpcs.questions.recognizers.modifiers.spoken_transport import spoken_transport
from hcpcs.questions.recognizers.subjects.subject_cues import modifiers_named
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.drug_waste import MODIFIERS_OF_WASTE
from hcpcs.records.codes import CodeSystem
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code
from hcpcs.records.modifiers.modifier_purposes import ModifierPurpose, purposes_named, words_beside
from hcpcs.records.modifiers.pricing_modifiers import RENTED_OR_BOUGHT

_CHOICES: Final = 2
"""Modifiers to choose from."""
_DIGITS: Final = frozenset({"FA", "TA", *(f"{letter}{one}" for letter in "EFT" for one in "123456789")})
"""Modifiers of one finger, toe or eyelid."""
_OF_WOUNDS: Final = frozenset(f"A{count}" for count in range(1, 10))
"""Modifiers by the number of wounds that a dressing is for."""
_DRESSINGS: Final = "A6"
"""What the codes of dressings begin with."""
_DECIMAL: Final = re.compile(r"(?<![\w.])\d{0,2}\.\d{1,2}(?=\s?(?:l|lpm|liters?)\b)", re.IGNORECASE)
_RIGHT_ONE: Final = GatedPattern(
    r"^\W*(?:is|are) \w\w (?:the )?(?:right|correct|proper|appropriate) mod(?:ifier)? (?:for|if|when|on)\b",
    re.IGNORECASE,
)
"""Asks whether the modifier that is named is for a purpose: "is RA the right modifier for a replaced wheelchair"."""
_HIGH_FLOW: Final = 4
"""Liters of oxygen per minute above which the flow has a modifier."""
_OTHER_QUESTIONS: Final = frozenset(
    {"what_is", "means", "covers", "pays", "medicare", "price", "change", "changes_asked", "listing", "units", "time"}
    | {"contact_word", "code_for", "status", "term", "compare", "history"}
)
"""Tags of questions that are not for a modifier."""


def purposes_of(state: ParseState) -> Mapping[ModifierPurpose, tuple[int, ...]]:
    """The purposes for which a question asks a modifier, each with the indexes of its tokens."""
    keys = _keys(state)
    if words_beside("modifier").isdisjoint(keys) and not _asked_without_the_word(state):
        return _named_alone(state, keys)
    # "a second surgery, diff doctor" compares nothing.
    comparing = "compare" in state.tags and not words_beside("comparing").isdisjoint(keys)
    if "history" in state.tags or ("compare" in state.tags and state.codes):
        return {}
    # "RN visit vs LPN visit modifier" asks for those of both.
    return {one: places for one, places in _purposes_in(keys).items() if len(one.modifiers) > 1 or not comparing}


def chosen_modifier(state: ParseState) -> str:
    """The one of the modifiers to choose from that fits the purpose given: "GV or GW, not related to the hospice".

    Blank where none or several of them fit, or where nothing is to be chosen.
    """
    keys = _keys(state)
    named = modifiers_named(state.codes)
    if (
        len(named) != _CHOICES
        or words_beside("choosing").isdisjoint(state.text.lower().split())
        or "history" in state.tags
    ):
        return ""
    if named == MODIFIERS_OF_WASTE or any(span.subject is Subject.MODIFIERS_TOGETHER for span in state.subjects):
        return ""  # the policy on JW and JZ is a subject of its own
    fitting = [named.intersection(purpose.modifiers) for purpose in _purposes_in(keys, named)]
    chosen = {one for ours in fitting if len(ours) == 1 for one in ours}  # a purpose of both decides nothing
    return chosen.pop() if len(chosen) == 1 else ""


def fitting_modifiers(state: ParseState) -> tuple[str, ...]:
    """The modifiers of HCPCS and CPT for the purpose that is given beside a code, where a modifier is asked for.

    On an ambulance code, the route in words is the purpose: "A0428 from dialysis to nursing home, modifier".
    """
    if any(span.subject is Subject.BOTH_SIDES for span in state.subjects):
        return ()  # "inserts for both feet, one line or two": lines are asked about
    if chosen := chosen_modifier(state):
        return (chosen,)
    asked = _asked_without_the_word(state)
    named = any(span.mention.modifiers or span.mention.system is CodeSystem.MODIFIER for span in state.codes)
    if named and _RIGHT_ONE.search(state.text) and len(state.codes) == 1 and not state.subjects:
        return tuple(one for purpose in _purposes_in(_keys(state)) for one in purpose.modifiers)
    if named or not state.codes or not (asked or _counts_wounds(state)):
        return ()
    if routes := routes_of(state):
        return tuple(route.modifier for route in routes)
    purposes = purposes_of(state) if asked else _purposes_in(_keys(state), _OF_WOUNDS)
    fitting = dict.fromkeys(one for purpose in purposes for one in (*purpose.modifiers, *purpose.cpt))
    # An item's name alone gives all of these ("wheelchair"): its code says which of them it has.
    return () if fitting.keys() >= RENTED_OR_BOUGHT else tuple(fitting)


def routes_of(state: ParseState) -> list[ModifierSpan]:
    """The routes in words beside ambulance codes, where their modifier is asked for."""
    if not state.codes or not all(is_ambulance_code(span.mention.code) for span in state.codes):
        return []
    return spoken_transport(state.text)


def _counts_wounds(state: ParseState) -> bool:
    """Whether a text is a dressing with the number of wounds, which its modifier states: "A6212 two wounds"."""
    if not all(span.mention.code.startswith(_DRESSINGS) for span in state.codes):
        return False
    purposes = _purposes_in(_keys(state), _OF_WOUNDS)
    named = {place for places in purposes.values() for place in places}
    rest = {state.tokens[place].key for place in state.content if place not in named}
    return len(purposes) == 1 and rest <= words_beside("wounds")


def _asked_without_the_word(state: ParseState) -> bool:
    """Whether modifiers are asked for in other words: "how do I bill bilateral L1833", "how do I show that ..."."""
    return "shows" in state.tags or any(span.subject is Subject.REQUIRED_MODIFIERS for span in state.subjects)


def _keys(state: ParseState) -> list[str]:
    """The words of a question; "not wasted" is "no wasted", and "0.5 lpm" only whether it is below 1 or above 4."""
    keys = [token.key for token in state.tokens]
    for match in _DECIMAL.finditer(state.text):
        flow = float(match[0])
        words = ["below", "1"] if flow < 1 else ["above", "4"] if flow > _HIGH_FLOW else []
        places = [place for place, token in enumerate(state.tokens) if match.start() <= token.start < match.end()]
        for place in places:
            keys[place] = words.pop(0) if words else ""
    for place, key in enumerate(keys[:-1]):
        if key in words_beside("not") and keys[place + 1] in words_beside("waste"):
            keys[place] = "no"
    return keys


def _named_alone(state: ParseState, keys: Sequence[str]) -> Mapping[ModifierPurpose, tuple[int, ...]]:
    """The purpose that all words give where the word "modifier" isn't written: "left 4th toe", "split shared visit".

    It is a finger, toe or eyelid, or a purpose of which the table says so; none where something else is asked.
    """
    if not state.tags.isdisjoint(_OTHER_QUESTIONS):
        return {}
    purposes = _purposes_in(keys)
    if len(purposes) != 1:
        return {}
    ((purpose, places),) = purposes.items()
    digit = len(purpose.modifiers) == 1 and purpose.modifiers[0] in _DIGITS
    rest = {keys[place] for place in state.content if place not in places}
    fits = (digit and rest <= words_beside("digit")) or (purpose.alone and rest <= words_beside("alone"))
    return purposes if fits else {}


def _purposes_in(keys: Sequence[str], among: frozenset[str] = frozenset()) -> Mapping[ModifierPurpose, tuple[int, ...]]:
    """The purposes that the words name, each with their indexes; ``among`` are the only modifiers that count."""
    # In "the modifier used for a rental" the word is not about the item.
    after = words_beside("used")
    used_for = {place for place, key in enumerate(keys[:-1]) if key == "used" and keys[place + 1] in after}
    words = {key for place, key in enumerate(keys) if place not in used_for}
    return {
        purpose: tuple(place for place, key in enumerate(keys) if key in named and place not in used_for)
        for purpose, named in purposes_named(words, among)
    }


def places_of_purposes(state: ParseState) -> frozenset[int]:
    """The indexes of the tokens that give the purpose or the route of a modifier that fits."""
    if not fitting_modifiers(state):
        return frozenset()
    if routes := routes_of(state):
        start, end = routes[0].start, routes[0].end
        return frozenset(place for place, one in enumerate(state.tokens) if start <= one.start < end)
    return frozenset(place for places in purposes_of(state).values() for place in places)
