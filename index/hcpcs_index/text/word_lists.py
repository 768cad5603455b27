"""The words that the analysis treats apart, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, Final

_TABLES: Final[dict[str, Any]] = tomllib.loads(
    resources.files("hcpcs_index.text").joinpath("words.toml").read_text(encoding="utf-8")
)

DROPPED: Final[frozenset[str]] = frozenset(_TABLES["dropped"])
NOISE: Final[frozenset[str]] = frozenset(_TABLES["noise"])
LETTER_AFTER: Final[frozenset[str]] = frozenset(_TABLES["letter_after"])
UNIT_OF: Final[dict[str, str]] = {form: unit for unit, forms in _TABLES["units"].items() for form in forms}
"""Every written form of a unit to the form that is indexed."""
STEMS: Final[dict[str, str]] = _TABLES["stems"]
