"""What a long description proves of what is asked: only what a clause says plainly."""

from __future__ import annotations

import pytest

from hcpcs.records.terms.described_traits import proof_of_trait


@pytest.mark.parametrize(
    ("trait", "description", "answer"),
    [
        ("with mattress", "Hospital bed, with any type side rails, without mattress", False),
        ("pediatric", "Enteral formula, for pediatrics, nutritionally complete", True),
        ("high risk", "Colonoscopy on individual at high risk", True),
        ("high risk", "Colonoscopy on individual not meeting criteria for high risk", False),
        ("group 2", "Power wheelchair, group 2 standard, captains chair", True),
        ("group 3", "Accessory for group 2 or group 3 wheelchairs", None),
        ("per mile", "Ground mileage, per statute mile", True),
        ("per mile", "Ground mileage, per mile, or per trip", None),
        ("per kilometer", "Ground mileage, per statute mile", False),
        ("per diem", "Home infusion, per day", True),
        ("per hour", "Personal care services, per 15 minutes", False),
        ("per minute", "Personal care services, per 15 minutes", False),
        ("per 15 minutes", "Personal care services, per 15 minutes", True),
        ("per 50 strips", "Test strips, per 50 strips", True),
        ("per 100 strips", "Test strips, per 50 strips", None),
        ("per sq cm", "Skin substitute, per square centimeter", None),
        ("standard", "Standard wheelchair", True),
        ("emergency", "Ambulance service, non-emergency transport, (bls)", False),
        ("non-invasive", "Stimulator, electrical, non-invasive", True),
        # A noun before another noun, an item that another is for, a choice, a part of a word.
        ("wheelchair", "Wheelchair accessory, tray, each", None),
        ("infusion pump", "Infusion supplies for external drug infusion pump, per cassette", None),
        ("adjustable", "Walker, adjustable or fixed height", None),
        ("fixed height", "Walker, adjustable or fixed height", None),
        ("electric", "Hospital bed, semi-electric", None),
        ("spinal", "Osteogenesis stimulator, other than spinal applications", None),
        ("with wheels", "Bath chair, with or without wheels", None),
        ("with battery", "Pump, portable, battery", None),
        # What is nearest counts, and a choice or two of a kind prove nothing.
        ("with catheter", "Tray without drainage bag with indwelling catheter", True),
        ("with contrast", "Imaging without contrast, breast", False),
        ("without contrast", "Imaging without contrast followed by with contrast", None),
        ("with drainage bag", "Tray without drainage bag with indwelling catheter", None),
        ("adjustable", "Oral device, adjustable or non-adjustable", None),
        ("custom", "Custom preparation and supply of off-the-shelf shoe", None),
        ("sterile", "Gauze, sterile, over gauze, not sterile", None),
    ],
)
def test_a_clause_proves_a_yes_a_no_or_nothing(trait: str, description: str, answer: bool | None) -> None:
    proof = proof_of_trait(trait, description)
    assert (proof.answer if proof else None) is answer
