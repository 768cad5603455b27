"""The coded values of companion files in words: ``coded_meanings.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def coded_meanings() -> Mapping[str, Mapping[str, str]]:
    """Each table of the file by its name, read once per process."""
    text = resources.files("hcpcs.companions").joinpath("tables", "coded_meanings.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


def meaning_of(table: str, value: str) -> str:
    """A coded value in words; ``""`` for an unknown one."""
    return coded_meanings()[table].get(value, "")
