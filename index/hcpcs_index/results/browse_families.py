"""Families of codes to browse: offered beside hits that are not sure, and where nothing was found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Final

from hcpcs.search_port import CodeFamily
from hcpcs_index.text.analysis import words

MOST: Final = 5
LONGEST: Final = 3


@cache
def families() -> dict[str, CodeFamily]:
    """Every family by its prefix."""
    text = resources.files("hcpcs_index.results").joinpath("browse_families.toml").read_text(encoding="utf-8")
    return {prefix: CodeFamily(prefix=prefix, label=label) for prefix, label in tomllib.loads(text)["families"].items()}


@cache
def _labelled() -> list[tuple[str, frozenset[str]]]:
    return [(prefix, frozenset(word.stem for word in words(family.label))) for prefix, family in families().items()]


def family_of(code: str) -> CodeFamily | None:
    """The narrowest family of a procedure code; ``None`` for modifiers and strange letters."""
    if len(code) != 5:
        return None
    known = families()
    return next((known[code[:n]] for n in range(LONGEST, 0, -1) if code[:n] in known), None)


def families_to_browse(codes: Iterable[str], stems: Sequence[str], present: Iterable[str]) -> tuple[CodeFamily, ...]:
    """Families for a query that found nothing sure: of the codes found, then of labels with its words.

    ``present`` are the first letters of the codes there are; they are offered when nothing else fits.
    """
    chosen: dict[str, CodeFamily] = {}
    for code in codes:
        family = family_of(code)
        if family is not None:
            chosen.setdefault(family.label, family)
    asked = frozenset(stems)
    by_label = sorted(_labelled(), key=lambda entry: (-len(entry[1] & asked), -len(entry[0])))
    for prefix, label in by_label[:MOST]:
        if label & asked:
            chosen.setdefault(families()[prefix].label, families()[prefix])
    if not chosen:
        return tuple(families()[letter] for letter in sorted(set(present)) if letter in families())
    return tuple(chosen.values())[:MOST]
