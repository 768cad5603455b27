"""The payers other than Medicare that questions name, from ``tables/payers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final

ANY_INSURER: Final = "private insurance"
"""The payer of a question that names insurers in general."""
MEDICAID: Final = "Medicaid"
"""The payer that is a program of each state."""
MEDICARE_ADVANTAGE: Final = "Medicare Advantage"
"""The payer whose plans must cover what Medicare covers; also part C."""
ADVANTAGE_PART: Final = "C"
"""The part of Medicare that its Advantage plans are."""
MEDIGAP: Final = "Medigap"
"""The payer whose plans pay a share of what Medicare covers, and for nothing else."""


def payer_rows() -> Iterator[tuple[str, str]]:
    """Each payer by the name that an answer calls it, with its rows of phrases; the plans of each state included."""
    table = _table()
    yield from table["payer"].items()
    for state in table["state"]:
        yield from state_plans(state).items()


def state_plans(state: str) -> dict[str, str]:
    """The plans of one state, by the name that an answer calls each, with their rows of phrases."""
    table = _table()
    spoken = (state.lower(), *filter(None, table["state"][state].split("|")))
    return {
        name.format(state=state): "\n".join(rows.format(state=one) for one in spoken)
        for name, rows in table["by_state"].items()
    }


def states() -> tuple[str, ...]:
    """The states whose plans are in the table, in its order."""
    return tuple(_table()["state"])


def has_advantage_plans(payer: str) -> bool:
    """Whether a payer is an insurer with Medicare Advantage plans of its own, as its name beside Medicare's says."""
    return MEDICAID not in payer and payer not in _table()["without_plans"]


@cache
def _table() -> dict[str, dict[str, str]]:
    source = resources.files("hcpcs.questions").joinpath("tables", "payers.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
