"""How the drug of a descriptor is given."""

from __future__ import annotations

import pytest

from hcpcs.records.billing.dose_forms import DoseForm, differs_in_form, dose_form


@pytest.mark.parametrize(
    ("descriptor", "form"),
    [
        ("Dexamethasone, oral, 0.25 mg", DoseForm.ORAL),
        ("Prednisolone oral, per 5 mg", DoseForm.ORAL),
        ("Injection, dexamethasone sodium phosphate, 1 mg", DoseForm.INJECTED),
        ("Tacrolimus, parenteral, 5 mg", DoseForm.INJECTED),
        ("Leuprolide acetate (for depot suspension), 7.5 mg", DoseForm.INJECTED),
        ("Albuterol, inhalation solution, unit dose, 1 mg", DoseForm.INHALED),
        ("Tacrolimus, granules, oral suspension, 0.1 mg", DoseForm.LIQUID),
        ("Azithromycin dihydrate, oral, capsules/powder, 1 gram", DoseForm.ORAL),
        ("Apligraf, per square centimeter", None),
        (
            "Ondansetron 1 mg, oral, for use as a complete therapeutic substitute for an iv anti-emetic at the time of "
            "intravenous chemotherapy",
            DoseForm.ORAL,
        ),
    ],
)
def test_a_descriptor_says_how_its_drug_is_given(descriptor: str, form: DoseForm | None) -> None:
    assert dose_form(descriptor) is form


@pytest.mark.parametrize(
    ("dose", "code", "differs"),
    [
        (DoseForm.SOLID, DoseForm.INJECTED, True),
        (DoseForm.INJECTED, DoseForm.ORAL, True),
        (DoseForm.SOLID, DoseForm.ORAL, False),
        (DoseForm.SOLID, DoseForm.LIQUID, True),
        (DoseForm.ORAL, DoseForm.LIQUID, False),
        (DoseForm.INJECTED, DoseForm.INHALED, False),
        (None, DoseForm.ORAL, False),
        (DoseForm.SOLID, None, False),
    ],
)
def test_a_tablet_is_no_injection(dose: DoseForm | None, code: DoseForm | None, differs: bool) -> None:
    assert differs_in_form(dose, code) is differs
