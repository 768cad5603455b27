"""Codes as query words: a code, the beginning of one, a range of codes, each as document numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from hcpcs_index.inverted_index.search_table import SearchTable

_AFTER_ALL: Final = "\uffff"
"""Sorts after every letter and digit, so that ``prefix + _AFTER_ALL`` ends the strings with that prefix."""
_CODE: Final = re.compile(r"[a-z]\d{4}|\d{4}[a-z]")
"""A HCPCS code (e0601) or a CPT category code (0042t), folded."""
_CODE_PREFIX: Final = re.compile(r"[a-z]\d{1,3}")
"""The beginning of a code: e06."""


def has_code_form(surface: str) -> bool:
    """Whether a folded word looks like a code or the beginning of one: such words are not repaired."""
    return _CODE.fullmatch(surface) is not None or is_code_prefix(surface)


def is_code_prefix(surface: str) -> bool:
    """Whether a folded word looks like the beginning of a code."""
    return _CODE_PREFIX.fullmatch(surface) is not None


def prefix_span(ordered: Sequence[str], prefix: str, start: int = 0, end: int | None = None) -> range:
    """The positions of the strings with a prefix in a sequence whose strings from ``start`` to ``end`` are sorted."""
    first = bisect_left(ordered, prefix, lo=start, hi=end)
    return range(first, bisect_left(ordered, prefix + _AFTER_ALL, lo=first, hi=end))


class CodeWords:
    """The codes of one search table. Procedures come first, in code order, then modifiers."""

    def __init__(self, table: SearchTable) -> None:
        self._codes = table.codes
        self._first_modifier = len(table.codes) - len(table.sets["kind"].get("modifier", ()))

    def number(self, surface: str) -> int | None:
        """The document number of a code or modifier, in any case; ``None`` if there is none."""
        number = self.procedure(surface)
        return self.modifier(surface) if number is None else number

    def procedure(self, surface: str) -> int | None:
        """The document number of a procedure code, in any case; ``None`` for anything else."""
        # Most words have no digit, and every such code has one.
        return None if surface.isalpha() else self._look_up(surface, 0, self._first_modifier)

    def modifier(self, surface: str) -> int | None:
        """The document number of a modifier, in any case; ``None`` for anything else."""
        return self._look_up(surface, self._first_modifier, len(self._codes))

    def _look_up(self, surface: str, start: int, end: int) -> int | None:
        # Upper case of other letters may be several: that of "ß" is a modifier.
        code = surface.upper() if surface.isascii() else surface
        number = bisect_left(self._codes, code, start, end)
        return number if number < end and self._codes[number] == code else None

    def prefix_range(self, prefix: str) -> range:
        """The document numbers of the procedure codes that start with ``prefix`` (upper case)."""
        return prefix_span(self._codes, prefix, end=self._first_modifier)

    def modifiers_range(self, prefix: str) -> range:
        """The document numbers of the modifiers that start with ``prefix`` (upper case)."""
        return prefix_span(self._codes, prefix, start=self._first_modifier)

    def code_range(self, first: str | None, last: str | None) -> range:
        """The document numbers of the procedure codes from ``first`` to ``last``, both included; ``None`` is open."""
        end = self._first_modifier
        return range(
            0 if first is None else bisect_left(self._codes, first, hi=end),
            end if last is None else bisect_left(self._codes, last + "\x00", hi=end),
        )
