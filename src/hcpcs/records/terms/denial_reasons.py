"""What the reason, remark and group codes of a remittance say: ``denial_reasons.toml`` and ``remark_codes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from hcpcs.records.record import Frozen

_LETTERS_OF_REMARKS: Final = ("M", "N")
"""What a remark code (RARC) begins with; a reason code (CARC) is a number, or A, B, P or W and a number."""


class DenialReason(Frozen):
    """What a payer says with a claim adjustment reason code or a remark code, and what to check first."""

    means: str
    check: str


class DenialCode(Frozen):
    """A code of a remittance as it was written: its group, if one was, and the number of its reason.

    ``group`` is blank or one of ``CO``, ``PR``, ``OA``, ``PI``; ``reason`` is a number (``50``), a letter and a number
    (``B7``) or a remark code (``N115``). ``diagnosis`` is the ICD-10 code that it is as well, where only the question's
    words could tell them apart and it has none: ``N36.2`` for N362.
    """

    group: str
    reason: str
    diagnosis: str = ""

    @property
    def is_remark(self) -> bool:
        """Whether it is a remark code (RARC), which explains a reason code."""
        return self.reason.startswith(_LETTERS_OF_REMARKS)

    @property
    def name(self) -> str:
        """``CO-50``, ``remark code N115``, or ``reason code 50`` without a group."""
        if self.is_remark:
            return f"remark code {self.reason}"
        return f"{self.group}-{self.reason}" if self.group else f"reason code {self.reason}"


@cache
def denial_reasons() -> Mapping[str, DenialReason]:
    """The reasons and remarks by their codes (``50``, ``B7``, ``N115``), read once per process."""
    rows = {**_table("denial_reasons")["reason"], **_table("remark_codes")["remark"]}
    return MappingProxyType({code: DenialReason.model_validate(row) for code, row in rows.items()})


@cache
def denial_groups() -> Mapping[str, str]:
    """Who is liable by the group code of an adjustment, in one sentence each."""
    return MappingProxyType(_table("denial_reasons")["group"])


@cache
def _table(name: str) -> dict[str, Any]:
    source = resources.files("hcpcs.records.terms").joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
