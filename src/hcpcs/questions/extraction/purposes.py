"""The purposes that a question gives for a modifier: "patient not on insulin", "signed ABN on file"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.recognizers.modifiers.modifier_words import ModifierSpan
from hcpcs.questions.recognizers.modifiers.spoken_transport import spoken_transport
from hcpcs.questions.subject import Subject
from hcpcs.records.codes import CodeSystem
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code
from hcpcs.records.modifiers.modifier_purposes import ModifierPurpose, purposes_named

_MODIFIER_WORDS: Final = frozenset({"modifier", "modifiers", "mod", "mods", "modif", "modifer", "modifers"})
_AFTER_USED: Final = frozenset({"for", "with", "to", "on", "when", "in", "by"})


def purposes_of(state: ParseState) -> Mapping[ModifierPurpose, tuple[int, ...]]:
    """The purposes for which a question asks a modifier, each with the indexes of its tokens."""
    keys = [token.key for token in state.tokens]
    # "how do I bill bilateral L1833" asks for modifiers without the word.
    asked = any(span.subject is Subject.REQUIRED_MODIFIERS for span in state.subjects)
    if (_MODIFIER_WORDS.isdisjoint(keys) and not asked) or state.tags & {"compare", "history"}:
        return {}
    # In "the modifier used for a rental" the word is not about the item.
    used_for = {place for place, key in enumerate(keys[:-1]) if key == "used" and keys[place + 1] in _AFTER_USED}
    words = {key for place, key in enumerate(keys) if place not in used_for}
    return {
        purpose: tuple(place for place, key in enumerate(keys) if key in named and place not in used_for)
        for purpose, named in purposes_named(words)
    }


def fitting_modifiers(state: ParseState) -> tuple[str, ...]:
    """The modifiers of HCPCS and CPT for the purpose that is given beside a code, where a modifier is asked for.

    On an ambulance code, the route in words is the purpose: "A0428 from dialysis to nursing home, modifier".
    """
    asked = any(span.subject is Subject.REQUIRED_MODIFIERS for span in state.subjects)
    named = any(span.mention.modifiers or span.mention.system is CodeSystem.MODIFIER for span in state.codes)
    if not asked or named or not state.codes:
        return ()
    if route := route_of(state):
        return (route.modifier,)
    return tuple(dict.fromkeys(one for purpose in purposes_of(state) for one in (*purpose.modifiers, *purpose.cpt)))


def route_of(state: ParseState) -> ModifierSpan | None:
    """The route in words beside ambulance codes, where its modifier is asked for."""
    if not state.codes or not all(is_ambulance_code(span.mention.code) for span in state.codes):
        return None
    return spoken_transport(state.text)


def places_of_purposes(state: ParseState) -> frozenset[int]:
    """The indexes of the tokens that give the purpose or the route of a modifier that fits."""
    if not fitting_modifiers(state):
        return frozenset()
    if route := route_of(state):
        return frozenset(place for place, one in enumerate(state.tokens) if route.start <= one.start < route.end)
    return frozenset(place for places in purposes_of(state).values() for place in places)
