"""The origin-destination modifiers of ambulance services: two letters, where from and where to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from hcpcs.records.record import Frozen


class AmbulancePoint(Frozen):
    """A place that a letter stands for; ``destination`` says that it can't be the first of the two."""

    text: str
    spoken: tuple[str, ...]
    destination: bool = False


class AmbulanceLine(Frozen):
    """What a line has after origin and destination: what institution-based providers add, and examples of others."""

    providers: str
    furnished: Mapping[str, str]
    others: tuple[str, ...]

    @property
    def second(self) -> str:
        """``QM or QN``."""
        return " or ".join(self.furnished)


class AmbulancePoints(Frozen):
    """The table: the points by letter, their codes, the modifiers that are never a pair, and what else a line has.

    ``either`` has the letters of words that may mean one point or another.
    """

    source: str
    first: str
    last: str
    notices: tuple[str, ...]
    line: AmbulanceLine
    point: Mapping[str, AmbulancePoint]
    either: Mapping[str, str]


class Transport(Frozen):
    """An origin-destination modifier: ``RH`` is from ``residence`` to ``hospital``."""

    modifier: str
    origin: str
    destination: str


@cache
def ambulance_points() -> AmbulancePoints:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("ambulance_points.toml")
    return AmbulancePoints.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))


def transport_of(modifier: str) -> Transport | None:
    """What two letters say about a transport; ``None`` if they are not such a pair."""
    table = ambulance_points()
    if len(modifier) != 2 or modifier in table.notices:
        return None
    origin, destination = (table.point.get(letter) for letter in modifier)
    if origin is None or destination is None or origin.destination:
        return None
    return Transport(modifier=modifier, origin=origin.text, destination=destination.text)


def words_of_route(modifier: str) -> frozenset[str]:
    """The words for the places of an origin-destination modifier; none for other modifiers."""
    if transport_of(modifier) is None:
        return frozenset()
    points = (ambulance_points().point[letter] for letter in modifier)
    return frozenset(word for point in points for spoken in point.spoken for word in spoken.split())


def no_route(modifier: str) -> str:
    """Why two characters aren't origin and destination: a letter is only a destination, or no place at all."""
    points = ambulance_points().point
    if unknown := [letter for letter in dict.fromkeys(modifier) if letter not in points]:
        return f"{' and '.join(unknown)} {'stands' if len(unknown) == 1 else 'stand'} for no place"
    origin = points[modifier[0]]
    return f"{modifier[0]} ({origin.text}) is a destination only" if origin.destination else ""


def is_ambulance_code(code: str) -> bool:
    """Whether a HCPCS code is of the family that origin-destination modifiers hold for."""
    table = ambulance_points()
    return table.first <= code <= table.last


def transport_modifier(modifiers: Sequence[str]) -> str | None:
    """The one of an ambulance code's modifiers that says origin and destination: the first pair."""
    return next((modifier for modifier in modifiers if transport_of(modifier)), None)
