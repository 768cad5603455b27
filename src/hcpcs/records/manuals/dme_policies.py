"""Which coverage policy of the DME MACs is about a code, and its usual maximum: ``dme_policies.toml``.

The four DME MACs publish their local coverage determinations together, so a policy holds in every state.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from hcpcs.records.billing.counted_units import DAYS_OF
from hcpcs.records.record import Frozen

AS_OF: Final = "August 2025"
"""The month whose documents the table was made from."""


Runs = tuple[tuple[str, str], ...]
"""Runs of codes: the first and the last of each."""


class DmePolicy(Frozen):
    """A local coverage determination, its policy article, and the runs of codes that they are about.

    ``usual`` are the usual maximums, in words ("1 every 3 months"), each with its codes. ``modifiers`` are those that
    the article asks for and ``asks_for`` says when, in words; none and blank where that was not certain.
    """

    title: str
    lcd: str
    article: str
    runs: Runs
    usual: tuple[tuple[Runs, str], ...] = ()
    modifiers: frozenset[str] = frozenset()
    asks_for: str = ""

    @property
    def link(self) -> str:
        """The web address of the determination in the Medicare Coverage Database."""
        return f"https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid={self.lcd[1:]}"

    @property
    def article_link(self) -> str:
        """The web address of the policy article there."""
        return f"https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleid={self.article[1:]}"

    @property
    def codes(self) -> str:
        """``A4253 to A4259, E0607``."""
        return ", ".join(first if first == last else f"{first} to {last}" for first, last in self.runs)

    @property
    def name(self) -> str:
        """``LCD L33718, Positive Airway Pressure (PAP) Devices, with policy article A52467``."""
        return f"LCD {self.lcd}, {self.title}, with policy article {self.article}"


# "200 a month", "1 every 3 months", "1 a month, for routine changes", "2 units (100 strips) every 3 months without
# insulin and 6 units (300 strips) with insulin"; not what depends on more: "15 per wound a month".
_BOUND: Final = re.compile(
    r"(?P<number>\d+)(?: units?)?(?: \([^)]*\))? (?:an?|every(?: (?P<periods>\d+))?) (?P<period>day|week|month|year)s?"
    r"(?:,.*|(?P<first> without insulin) and (?P<other>\d+) units? \([^)]*\)(?P<second> with insulin))?"
)


class UsualBound(NamedTuple):
    """A usual maximum as a number of units in a number of days and its condition (" with insulin")."""

    number: int
    days: int
    condition: str = ""


class UsualMaximum(NamedTuple):
    """How many of a code are usual, in words, and the policy that says so."""

    quantity: str
    policy: DmePolicy

    @property
    def bounds(self) -> tuple[UsualBound, ...]:
        """The maximum in numbers, the least first; none where it depends on more than the table's words can say."""
        match = _BOUND.fullmatch(self.quantity)
        if match is None:
            return ()
        days = int(match["periods"] or 1) * DAYS_OF[match["period"]]
        bounds = [UsualBound(int(match["number"]), days, match["first"] or "")]
        if match["other"]:
            bounds.append(UsualBound(int(match["other"]), days, match["second"]))
        return tuple(bounds)


@cache
def dme_policies() -> tuple[DmePolicy, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.manuals").joinpath("dme_policies.toml")
    return tuple(
        DmePolicy(
            title=row["title"],
            lcd=row["lcd"],
            article=row["article"],
            runs=_runs(row["codes"]),
            usual=tuple((_runs(codes), quantity) for codes, quantity in row.get("usual", {}).items()),
            modifiers=frozenset(row.get("modifiers", ())),
            asks_for=row.get("asks_for", ""),
        )
        for row in tomllib.loads(source.read_text(encoding="utf-8"))["policy"]
    )


def policies_of(code: str) -> tuple[DmePolicy, ...]:
    """The policies that are about a code; none for most codes, which no DME MAC has a policy on."""
    return tuple(policy for policy in dme_policies() if _holds(policy.runs, code))


def policy_numbered(number: str) -> DmePolicy | None:
    """The policy whose determination or article has a number; ``None`` for another one's."""
    return next((policy for policy in dme_policies() if number in {policy.lcd, policy.article}), None)


def policies_of_family(prefixes: tuple[str, ...]) -> tuple[DmePolicy, ...]:
    """The policies that are about any code with one of ``prefixes``."""
    return tuple(policy for policy in dme_policies() if any(first.startswith(prefixes) for first, _ in policy.runs))


def usual_maximum(code: str) -> UsualMaximum | None:
    """How many of a code are usual, and the policy that says so; ``None`` for a code without one."""
    for policy in policies_of(code):
        for runs, quantity in policy.usual:
            if _holds(runs, code):
                return UsualMaximum(quantity, policy)
    return None


def _holds(runs: Runs, code: str) -> bool:
    for first, last in runs:  # noqa: SIM110 - any() takes twice the time, and a card looks at every policy
        if first <= code <= last:
            return True
    return False


def _runs(codes: str) -> Runs:
    """``A4253-A4259 E0607`` as the first and the last code of each run."""
    return tuple((first, last or first) for first, _, last in (run.partition("-") for run in codes.split()))
