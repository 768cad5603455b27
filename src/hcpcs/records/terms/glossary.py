"""The terms around HCPCS that people ask about, in our own words, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from hcpcs.records.record import Frozen


class Term(Frozen):
    """A term: ``key`` names it, ``label`` is what it is called, ``spoken`` the phrases people say for it.

    ``between`` are pairs of terms whose difference it explains.
    """

    key: str
    label: str
    text: str
    source: str
    spoken: tuple[str, ...]
    between: tuple[str, ...] = ()


@cache
def glossary() -> tuple[Term, ...]:
    """Every term, in the order of ``glossary.toml``."""
    table = tomllib.loads(
        resources.files("hcpcs.records").joinpath("tables", "glossary.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Term(key=key, **{**entry, "spoken": tuple(entry["spoken"]), "between": tuple(entry.get("between", ()))})
        for key, entry in table.items()
    )


def term(key: str) -> Term | None:
    """The term of that key, or ``None``."""
    return _by_key().get(key)


def topic_of(keys: Sequence[str]) -> str | None:
    """The term that a question naming these terms asks for: the one between two of them, else the first."""
    for one in glossary():
        if any(set(pair.split()) <= set(keys) for pair in one.between):
            return one.key
    return keys[0] if keys else None


@cache
def _by_key() -> dict[str, Term]:
    return {one.key: one for one in glossary()}
