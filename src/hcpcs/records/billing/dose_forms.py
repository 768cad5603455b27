"""How the drug of a code is given, by its descriptor: "Dexamethasone, oral, 0.25 mg", "Injection, ondansetron"."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class DoseForm(StrEnum):
    """How a dose is given."""

    SOLID = "solid"
    """As a tablet or capsule."""
    LIQUID = "liquid"
    """By mouth as a suspension, a powder or granules."""
    ORAL = "oral"
    """By mouth, as a tablet or as anything else."""
    INJECTED = "injected"
    """By an injection or infusion."""
    INHALED = "inhaled"
    """From a vial of a solution for a nebulizer."""
    APPLIED = "applied"
    """As a suppository, or on the skin."""

    @property
    def is_swallowed(self) -> bool:
        """Whether a dose is taken by mouth."""
        return self in {DoseForm.SOLID, DoseForm.LIQUID, DoseForm.ORAL}


# "Cyclosporine, oral, 100 mg", "Prednisolone oral, per 5 mg", "Bupropion hcl sustained release tablet, 150 mg".
_ORAL: Final = re.compile(r"\boral(?:ly)?\b|\btablets?\b|\bcapsules?\b", re.IGNORECASE)
# "ondansetron 1 mg, oral, ..., for use as a complete therapeutic substitute for an iv anti-emetic at the time of ..."
_SUBSTITUTE: Final = re.compile(r"\bfor use as a complete therapeutic substitute for an? iv\b.*", re.IGNORECASE)
# "Injection, ondansetron", "Tacrolimus, parenteral, 5 mg", "Leuprolide acetate (for depot suspension), 7.5 mg".
_INJECTED: Final = re.compile(
    r"^(?:injection|infusion)\b|\b(?:injection|injectable|parenteral|intravenous|subcutaneous|intramuscular|depot)\b",
    re.IGNORECASE,
)
# "Tacrolimus, granules, oral suspension, 0.1 mg"; not "Azithromycin dihydrate, oral, capsules/powder, 1 gram".
_LIQUID: Final = re.compile(r"^(?!.*\bcapsules?\b).*\b(?:suspension|granules|powder)\b", re.IGNORECASE)
_INHALED: Final = re.compile(r"\binhalation (?:solution|suspension)\b", re.IGNORECASE)


def dose_form(descriptor: str) -> DoseForm | None:
    """How the drug of a descriptor is given; ``None`` where it doesn't say so."""
    text = _SUBSTITUTE.sub("", descriptor)
    if _INJECTED.search(text):
        return DoseForm.INJECTED
    if _ORAL.search(text):
        return DoseForm.LIQUID if _LIQUID.search(text) else DoseForm.ORAL
    return DoseForm.INHALED if _INHALED.search(text) else None


def differs_in_form(dose: DoseForm | None, code: DoseForm | None) -> bool:
    """Whether a dose is given by mouth and the drug of a code by injection, or the other way round.

    A tablet isn't of a suspension, either, and a suppository or patch of no code that is given otherwise.
    """
    if dose is None or code is None:
        return False
    if dose is DoseForm.APPLIED:
        return True
    if dose is DoseForm.SOLID and code is DoseForm.LIQUID:
        return True
    swallowed, injected = dose.is_swallowed or code.is_swallowed, DoseForm.INJECTED in {dose, code}
    return swallowed and injected
