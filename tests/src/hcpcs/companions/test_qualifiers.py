"""The JSON of qualifiers: what is stated, as texts, and nothing else."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hcpcs.companions.qualifiers import ProductIdentifier, Qualifiers
from hcpcs.records.billing.billing_settings import BillingSetting


def test_the_texts_are_what_is_stated() -> None:
    fee = Qualifiers(modifiers=("NU", "KE"), category="IN", area="TX", rural=False)
    assert fee.texts() == {"modifiers": "NU KE", "category": "IN", "area": "TX", "rural": "no"}
    assert Qualifiers(rural=True, limit="ceiling").texts() == {"rural": "yes", "limit": "ceiling"}
    assert Qualifiers(setting=BillingSetting.DME_SUPPLIER).texts() == {"setting": "DME supplier"}
    assert Qualifiers(identifier=ProductIdentifier.OTHER).texts() == {"identifier": "other"}
    assert Qualifiers().texts() == {}


def test_a_cell_without_an_attribute_is_an_error() -> None:
    with pytest.raises(ValidationError):
        Qualifiers.model_validate({"color": "red"})
