"""The recognizer of an ambulance's route in words: "hospital based dialysis to home - which two letters?"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from hcpcs.questions.recognizers.modifiers.modifier_words import ModifierSpan
from hcpcs.records.modifiers.ambulance_points import ambulance_points

# The word itself, its abbreviations ("NH amb mod") and the levels of service ("BLS modifiers").
_AMBULANCE: Final = re.compile(
    r"\b(?:ambulances?|amb|ems|bls|als[12]?|transports?|transported|origin(?: and |[-/ ])destination)\b", re.IGNORECASE
)
_ASKS_MODIFIER: Final = re.compile(r"\b(?:modifiers?|mods?|letters?|origin)\b", re.IGNORECASE)

# The way back is a trip of its own: "SNF to dialysis and back", "home to clinic round trip".
_AND_BACK: Final = re.compile(r"\band (?:then )?(?:back|return)\b|\bround[- ]?trip\b|\bboth ways\b", re.IGNORECASE)


def names_ambulance(text: str) -> bool:
    """Whether the text speaks of an ambulance, so that two letters are origin and destination."""
    return bool(_AMBULANCE.search(text))


def is_round_trip(text: str) -> bool:
    """Whether a route is taken back, too: "SNF to dialysis and back"."""
    return bool(_AND_BACK.search(text))


def spoken_transport(text: str) -> list[ModifierSpan]:
    """The modifier of the route that the text describes, where it asks for a modifier or its letters.

    Two where a word may mean either of two places: a dialysis facility is freestanding or part of a hospital.
    """
    plain = text.lower().replace("-", " ").replace("'", " ")
    if not _ASKS_MODIFIER.search(text):
        whole = _only_a_route().fullmatch(plain.strip(" ?.!"))  # "residence to dialysis center", and nothing else
        if whole is None:
            return []
    match = _route().search(plain) or _origin_and_destination().search(plain)
    return [ModifierSpan(letters, *match.span()) for letters in _pairs(match)] if match else []


def route_on_a_code(rest: str) -> list[str]:
    """The letters of the route that is all of a text beside the code of an ambulance: "A0428 SNF to hospital"."""
    whole = _only_a_route().fullmatch(rest.lower().replace("-", " ").replace("'", " ").strip(" ?.!,:"))
    return _pairs(whole) if whole else []


def _pairs(match: re.Match[str]) -> list[str]:
    """The modifiers that the two places of a route may mean."""
    origins, destinations = (_letters()[re.sub(r"\s+", " ", match[group])] for group in (1, 2))
    return [origin + destination for origin in origins for destination in destinations]


@cache
def _only_a_route() -> re.Pattern[str]:
    # "ambulance from nursing home to dialysis center freestanding"
    rides = "ambulance|transport|transfer|trip|ride|bls|als"
    pair = r"[a-z]{2}\s+or\s+[a-z]{2}"  # "RJ or RG"
    return re.compile(
        rf"(?:{pair}\s+(?:for\s+)?)?(?:(?:non emergency|emergency|amb|from|pt|patient|{rides})\s+)*"
        rf"{_route().pattern}(?:\s+(?:freestanding|{rides}))*(?:\s+{pair})?"
    )


@cache
def _letters() -> dict[str, str]:
    points = ambulance_points()
    return {spoken: letter for letter, point in points.point.items() for spoken in point.spoken} | dict(points.either)


@cache
def _origin_and_destination() -> re.Pattern[str]:
    # "origin dialysis and destination residence", "origin: nursing home, destination: hospital"
    places = "|".join(spoken.replace(" ", r"\s+") for spoken in sorted(_letters(), key=len, reverse=True))
    # The two places in a row, with at most one word between them: "origin is hospital, and destination is residence".
    return re.compile(
        rf"\borigin(?:\s+(?:is|of|was|at))?\W+(?:the\s+)?({places})\b\W+(?:\w+\W+)?"
        rf"destination(?:\s+(?:is|of|was|at))?\W+(?:the\s+)?({places})\b"
    )


@cache
def _route() -> re.Pattern[str]:
    places = "|".join(spoken.replace(" ", r"\s+") for spoken in sorted(_letters(), key=len, reverse=True))
    return re.compile(rf"\b({places})\s+to\s+(?:an?\s+|the\s+)?({places})\b")
