"""What the reason and group codes of a remittance say: ``denial_reasons.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from hcpcs.records.record import Frozen


class DenialReason(Frozen):
    """What a payer says with a claim adjustment reason code, and what to check first."""

    means: str
    check: str


class DenialCode(Frozen):
    """A code of a remittance as it was written: its group, if one was, and the number of its reason.

    ``group`` is blank or one of ``CO``, ``PR``, ``OA``, ``PI``; ``reason`` is a number (``50``) or a letter and a
    number (``B7``).
    """

    group: str
    reason: str

    @property
    def name(self) -> str:
        """``CO-50``, or ``reason code 50`` without a group."""
        return f"{self.group}-{self.reason}" if self.group else f"reason code {self.reason}"


@cache
def denial_reasons() -> Mapping[str, DenialReason]:
    """The reasons by their codes (``50``, ``B7``), read once per process."""
    return MappingProxyType({code: DenialReason.model_validate(row) for code, row in _table()["reason"].items()})


@cache
def denial_groups() -> Mapping[str, str]:
    """Who is liable by the group code of an adjustment, in one sentence each."""
    return MappingProxyType(_table()["group"])


@cache
def _table() -> dict[str, Any]:
    source = resources.files("hcpcs.records.terms").joinpath("denial_reasons.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
