"""Which coverage policy of the DME MACs is about a code: ``dme_policies.toml``.

The four DME MACs publish their local coverage determinations together, so a policy holds in every state.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final

from hcpcs.records.record import Frozen

AS_OF: Final = "August 2025"
"""The month whose documents the table was made from."""


class DmePolicy(Frozen):
    """A local coverage determination, its policy article, and the runs of codes that they are about."""

    title: str
    lcd: str
    article: str
    runs: tuple[tuple[str, str], ...]

    @property
    def link(self) -> str:
        """The web address of the determination in the Medicare Coverage Database."""
        return f"https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid={self.lcd[1:]}"

    @property
    def name(self) -> str:
        """``LCD L33718, Positive Airway Pressure (PAP) Devices, with policy article A52467``."""
        return f"LCD {self.lcd}, {self.title}, with policy article {self.article}"


@cache
def dme_policies() -> tuple[DmePolicy, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.manuals").joinpath("dme_policies.toml")
    return tuple(
        DmePolicy(title=row["title"], lcd=row["lcd"], article=row["article"], runs=_runs(row["codes"]))
        for row in tomllib.loads(source.read_text(encoding="utf-8"))["policy"]
    )


def policies_of(code: str) -> tuple[DmePolicy, ...]:
    """The policies that are about a code; none for most codes, which no DME MAC has a policy on."""
    return tuple(policy for policy in dme_policies() if any(first <= code <= last for first, last in policy.runs))


def _runs(codes: str) -> tuple[tuple[str, str], ...]:
    """``A4253-A4259 E0607`` as the first and the last code of each run."""
    return tuple((first, last or first) for first, _, last in (run.partition("-") for run in codes.split()))
