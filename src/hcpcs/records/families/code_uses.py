"""What codes are reported for, where the description alone doesn't say it: ``code_uses.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from hcpcs.records.record import Frozen


class CodeUse(Frozen):
    """What the codes from ``first`` to ``last`` are reported for, and where that is published."""

    first: str
    last: str
    text: str
    source: str


@cache
def code_uses() -> tuple[CodeUse, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.families").joinpath("code_uses.toml")
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["use"]
    return tuple(CodeUse.model_validate(row) for row in rows)


def use_of(code: str) -> CodeUse | None:
    """What a code is reported for; ``None`` where the table says nothing."""
    return next((use for use in code_uses() if use.first <= code <= use.last), None)
