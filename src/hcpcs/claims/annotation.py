"""What the loaded files say of one service line: the columns that are added to its row."""

from __future__ import annotations

from typing import Final, NamedTuple

PREFIX: Final = "hcpcs_"
"""What the names of the added columns begin with, so that they differ from the file's own."""


class Annotation(NamedTuple):
    """The added cells, blank where nothing is known or nothing applies.

    ``day`` is the day that the answer is for (ISO). ``status``, ``verdict`` and ``why`` are those of every other
    interface; ``coverage`` is CMS's code. ``noc`` is ``yes`` or ``no``. ``over_mue`` names the settings whose MUE the
    units exceed; the limits themselves are in ``mue_...``. ``amount`` is the DMEPOS fee schedule's in the state, of the
    row with the line's modifiers, ``rural_amount`` the rural one; ``payment_limit`` is the ASP payment limit per unit
    of ``payment_limit_unit``. ``..._source`` names the edition. ``problem`` says why a row has no answer.
    """

    code: str = ""
    modifiers: str = ""
    day: str = ""
    description: str = ""
    status: str = ""
    verdict: str = ""
    why: str = ""
    coverage: str = ""
    noc: str = ""
    over_mue: str = ""
    mue_practitioner: str = ""
    mue_outpatient_hospital: str = ""
    mue_dme: str = ""
    mue_source: str = ""
    amount: str = ""
    rural_amount: str = ""
    amount_unit: str = ""
    amount_source: str = ""
    payment_limit: str = ""
    payment_limit_unit: str = ""
    payment_limit_source: str = ""
    release: str = ""
    problem: str = ""


COLUMNS: Final = tuple(f"{PREFIX}{name}" for name in Annotation._fields)
"""The names of the added columns, in order."""
