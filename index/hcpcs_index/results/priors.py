"""Priors: for each document, a factor for its score that depends on what the record is, not on the query's words.

Where a query asks for a role (``walker accessories``) or for modifiers, these records have no such factor. The priors
of each combination of roles asked for are computed once, when a query first needs them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.records.codes import is_modifier
from hcpcs_index.inverted_index.roles import FACTORS, ROLE_OF_STEM, Role
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import is_code_prefix
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.query.filters import Allowed
from hcpcs_index.weights import (
    CLASSIFIED_PRIOR,
    HOSPITAL_DEVICE_PRIOR,
    MODIFIER_PRIOR,
    PLAIN_ITEM_PRIOR,
    SELDOM_BILLED_PRIORS,
    SERIES_PRIOR,
    TERMINATED_PRIOR,
    UNCLASSIFIED_PRIOR,
)

_MODIFIER_STEM: Final = "modifi"
_ALL_ROLES: Final = int(~Role(0))
_PREFIX_LENGTH: Final = 3
"""The characters of a code that its prior depends on: enough to tell a code from a modifier."""


class _Kind(NamedTuple):
    """What a document is, as far as its prior depends on it and on what a query asks for."""

    roles: int
    catch_all: bool
    modifier: bool


class Priors:
    """The priors of the documents of one search table, on one day."""

    def __init__(self, table: SearchTable, active: Allowed) -> None:
        items = table.items.plain_codes()
        prefixes = [code[:_PREFIX_LENGTH] for code in table.codes]
        priors = {prefix: _code_prior(prefix) for prefix in set(prefixes)}
        self._plain = array(
            "d",
            [
                priors[prefix] * (1.0 if number in active else TERMINATED_PRIOR)
                for number, prefix in enumerate(prefixes)
            ],
        )
        # By words the plain item and the first of a series come first; codes by their beginning are in order.
        self._in_series = array(
            "d",
            [
                prior * factor * (PLAIN_ITEM_PRIOR if code in items else 1.0)
                for code, prior, factor in zip(table.codes, self._plain, _series(table, active), strict=True)
            ],
        )
        kinds: dict[tuple[int, bool, bool], int] = {}
        self._kind_numbers = array(
            "H",
            [
                kinds.setdefault((roles, number in table.catch_alls, is_modifier(prefix)), len(kinds))
                for number, (prefix, roles) in enumerate(zip(prefixes, table.roles, strict=True))
            ],
        )
        self._kinds = tuple(map(_Kind._make, kinds))
        self._cache: dict[tuple[int, bool, bool], Sequence[float]] = {}
        self.plain = self._without(0, asks_noc=False, asks_modifier=False)

    def of_query(self, query: ParsedQuery) -> Sequence[float]:
        """The prior of each document for a query, by document number, without the factors of what it asks for."""
        asked = 0
        asks_modifier = False
        for surface, stem, _ in query.words:
            if stem in ROLE_OF_STEM:
                asked |= ROLE_OF_STEM[stem]
            elif stem == _MODIFIER_STEM:
                asks_modifier = True
            elif surface[1:2].isdigit() and is_code_prefix(surface):
                asked = _ALL_ROLES
        asks_noc = True in [concept.asks_noc for concept in query.concepts]
        if not (asked or asks_noc or asks_modifier):
            return self.plain
        return self._without(asked, asks_noc=asks_noc, asks_modifier=asks_modifier)

    def _without(self, asked: int, *, asks_noc: bool, asks_modifier: bool) -> Sequence[float]:
        """The priors without the factors of the roles asked for."""
        key = (asked, asks_noc, asks_modifier)
        priors = self._cache.get(key)
        if priors is None:
            noc, classified = (1.0, CLASSIFIED_PRIOR) if asks_noc else (UNCLASSIFIED_PRIOR, 1.0)
            procedure, modifier = (MODIFIER_PRIOR, 1.0) if asks_modifier else (1.0, MODIFIER_PRIOR)
            factors = [
                _factor(Role(kind.roles & ~asked))
                * (noc if kind.catch_all else classified)
                * (modifier if kind.modifier else procedure)
                for kind in self._kinds
            ]
            known = self._plain if asked == _ALL_ROLES else self._in_series
            priors = array("d", [prior * factors[kind] for prior, kind in zip(known, self._kind_numbers, strict=True)])
            self._cache[key] = priors
        return priors


def _series(table: SearchTable, active: Allowed) -> Sequence[float]:
    """For each document the factor of its position among the active codes of its series, in code order.

    A series has the codes with the same two first characters and the same first word of the head.
    """
    series: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in sorted(active):
        code = table.codes[number]
        if len(code) > 2:
            series[code[:2], table.heads[number].partition(" ")[0]].append(number)
    factors = [1.0] * len(table.codes)
    for numbers in series.values():
        step = (1.0 - SERIES_PRIOR) / len(numbers)
        for position, number in enumerate(numbers):
            factors[number] = 1.0 - step * position
    return factors


def _factor(roles: Role) -> float:
    factor = 1.0
    for role in roles:
        factor *= FACTORS[role]
    return factor


def _code_prior(prefix: str) -> float:
    if is_modifier(prefix):
        return 1.0
    if prefix[0] == "C":
        return HOSPITAL_DEVICE_PRIOR
    return SELDOM_BILLED_PRIORS.get(prefix[:1]) or SELDOM_BILLED_PRIORS.get(prefix[:2], 1.0)
