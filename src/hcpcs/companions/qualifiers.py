"""What a fact of a companion file holds for: its area, modifiers, setting, dosage and the other cells of its row."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

from hcpcs.records.billing.billing_settings import BillingSetting
from hcpcs.records.record import Frozen


class ProductIdentifier(StrEnum):
    """What identifies a drug product: its NDC, or a UPC or catalog number."""

    NDC = "NDC"
    OTHER = "other"


class Qualifiers(Frozen):
    """What a fact holds for, and what its row also states; each form fills its own attributes.

    ``None``, ``""`` and ``()`` stand for what a row doesn't state. Numbers that are only shown are texts as the file
    has them. ``rural`` is whether an amount is the rural one; ``states`` are those of a phase, ``US`` for all of them.
    """

    modifiers: tuple[str, ...] = ()
    category: str = ""
    category_meaning: str = ""
    jurisdiction: str = ""
    jurisdiction_meaning: str = ""
    area: str | None = None
    rural: bool | None = None
    limit: Literal["ceiling", "floor"] | None = None

    state: str = ""
    location: str = ""

    dosage: str = ""
    coinsurance: str = ""
    vaccine_awp_percent: str = ""
    vaccine_limit: str = ""
    blood_awp_percent: str = ""
    blood_limit: str = ""
    clotting_factor: str = ""
    notes: str = ""

    labeler: str = ""
    drug: str = ""
    package_size: str = ""
    package_quantity: str = ""
    billing_units: str = ""
    billing_units_per_package: str = ""
    identifier: ProductIdentifier | None = None

    setting: BillingSetting | None = None
    adjudication: str = ""
    adjudication_meaning: str = ""
    column_2: str = ""
    status_indicator: str = ""
    meaning: str = ""
    rationale: str = ""
    apc: str = ""
    relative_weight: str = ""
    copayment: str = ""
    minimum_copayment: str = ""
    coinsurance_percent: str = ""
    adjusted_copayment: str = ""
    note: str = ""

    states: tuple[str, ...] = ()
    policy: str = ""
    type: str = ""
    version: str = ""
    title: str = ""
    contractors: str = ""
    status: str = ""
    related: tuple[str, ...] = ()
    group: str = ""
    link: str = ""

    @classmethod
    def defaults(cls) -> dict[str, object]:
        """Every attribute with the value that stands for "not stated", to be filled and made a model unchecked."""
        return dict(_NOTHING_STATED)

    def texts(self) -> dict[str, str]:
        """What is stated, by name, as the JSON of a fact has it: ``{"area": "TX", "rural": "no"}``."""
        stated = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: _text(value) for name, value in stated if value not in (None, "", ())}


_NOTHING_STATED: Final = {name: field.default for name, field in Qualifiers.model_fields.items()}


def _text(value: bool | str | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else str(value)
