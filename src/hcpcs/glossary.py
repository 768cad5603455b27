"""The terms around HCPCS that people ask about, in our own words, each with its source."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from hcpcs.records import Frozen


class Term(Frozen):
    """A term: ``key`` names it, ``label`` is what it is called, ``spoken`` the phrases people say for it."""

    key: str
    label: str
    text: str
    source: str
    spoken: tuple[str, ...]


@cache
def glossary() -> tuple[Term, ...]:
    """Every term, in the order of ``glossary.toml``."""
    table = tomllib.loads(resources.files("hcpcs").joinpath("glossary.toml").read_text(encoding="utf-8"))
    return tuple(Term(key=key, **{**entry, "spoken": tuple(entry["spoken"])}) for key, entry in table.items())


def term(key: str) -> Term | None:
    """The term of that key, or ``None``."""
    return _by_key().get(key)


@cache
def _by_key() -> dict[str, Term]:
    return {one.key: one for one in glossary()}
