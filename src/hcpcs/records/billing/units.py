"""Units of measure, read from ``units.toml``: their spellings, and how much of a base unit each is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from typing import Final

from hcpcs.records.record import Frozen


class Dimension(StrEnum):
    """What an amount measures; each is a section of ``units.toml``. Only amounts of one dimension can be divided."""

    MASS = "mass"
    VOLUME = "volume"
    ACTIVITY = "activity"
    KALLIKREIN = "kallikrein"
    EQUIVALENT = "equivalent"
    RADIOACTIVITY = "radioactivity"
    ENERGY = "energy"
    TIME = "time"
    AREA = "area"
    COUNTED = "counted"
    SIZE = "size"


class UnitOfMeasure(Frozen):
    """A unit of measure, or a thing that is counted.

    ``factor`` is how many of the dimension's base unit it is (1 hour is 60 minutes); ``None`` for counted things and
    sizes, which can't be divided. ``display`` is how an answer writes it, ``index_word`` how the search index does.
    ``item`` says that a code which is billed "each" may count it. ``joined`` says whether the index makes one word of
    it and a number before it, ``after_code`` whether a number before it may well be a CPT code ("a 99213 visit").
    """

    name: str
    dimension: Dimension
    spellings: tuple[str, ...]
    factor: Decimal | None = None
    display: str
    index_word: str
    joined: bool = True
    after_code: bool = False
    item: bool = False

    @property
    def divisible(self) -> bool:
        """Whether amounts of this unit can be divided by amounts of its dimension."""
        return self.factor is not None

    @property
    def askable(self) -> bool:
        """Whether a question may ask for billing units of an amount in this unit."""
        return self.dimension is not Dimension.SIZE


def _read_units() -> tuple[UnitOfMeasure, ...]:
    text = resources.files("hcpcs.records").joinpath("tables", "units.toml").read_text(encoding="utf-8")
    return tuple(
        UnitOfMeasure.model_validate(
            {"name": name, "dimension": dimension, "display": name, "index_word": name, **row},
        )
        for dimension, section in tomllib.loads(text).items()
        for name, row in section.items()
    )


UNITS: Final = _read_units()
"""Every unit of ``units.toml``, in its order."""

UNIT_BY_NAME: Final = {unit.name: unit for unit in UNITS}
"""The units by their names in ``units.toml``."""

_SPACING: Final = re.compile(r"[\s.-]+")


def _key(written: str) -> str:
    return _SPACING.sub("", written.lower())


_UNIT_BY_KEY: Final = {_key(spelling): unit for unit in UNITS for spelling in unit.spellings}


def unit_of(written: str) -> UnitOfMeasure | None:
    """The unit that a spelling in any case names (``mg``, ``Sq. cm``, ``USP units``), or ``None``."""
    return _UNIT_BY_KEY.get(_key(written))


def converted(amount: Decimal, unit: str, into: UnitOfMeasure) -> Decimal | None:
    """An amount in another unit of its dimension; ``None`` for one of another dimension, or that can't be divided."""
    asked = unit_of(unit)
    if asked is into:
        return amount
    if asked is None or asked.dimension is not into.dimension or not asked.factor or not into.factor:
        return None
    return amount * asked.factor / into.factor


_Trie = dict[str, "_Trie"]


def spelling_pattern(spellings: Iterable[str]) -> str:
    """A regular expression for any of ``spellings``, longest first, for patterns that ignore case.

    It has no boundaries: what may follow a unit differs between a descriptor and a question. Spellings that begin
    alike share their beginning in it, so that a number without a unit fails at its first letter.
    """
    trie: _Trie = {}
    for spelling in spellings:
        node = trie
        for character in f"{spelling}\n":
            node = node.setdefault(character, {})
    return _any_of(trie)


_BETWEEN_WORDS: Final = r"\.?[\s-]*"
"""What a space within a spelling stands for: "sq cm" is also written "sq. cm" and "sqcm"."""


def _any_of(node: _Trie) -> str:
    ways = [
        f"{_BETWEEN_WORDS if character == ' ' else re.escape(character)}{_any_of(following)}"
        for character, following in node.items()
        if character != "\n"
    ]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)}){'?' if chr(10) in node else ''}"


DIVISIBLE: Final = spelling_pattern(spelling for unit in UNITS if unit.divisible for spelling in unit.spellings)
"""Pattern of the units that a descriptor can state as the amount of one billing unit."""

ASKABLE: Final = spelling_pattern(spelling for unit in UNITS if unit.askable for spelling in unit.spellings)
"""Pattern of the units that a question can give an amount in: the divisible ones and counted things."""

NOT_AFTER_CODE: Final = spelling_pattern(
    spelling for unit in UNITS if not unit.after_code for spelling in unit.spellings
)
"""Pattern of the units before which a number is an amount or a size and never a code or modifier ("12000 ng")."""
