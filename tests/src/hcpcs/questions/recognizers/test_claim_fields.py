"""A place of service that a text states beside a dose, and one that it asks about."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("J1100 8 mg pos 11 units", "8 mg of J1100 is 8 units."),
        ("J1885 30mg pos 23", "30 mg of J1885 is 2 units."),
        ("J0696 1g dx J18.9 POS: 11", "1 g of J0696 is 4 units."),
        ("J9271 200 mg place of service 22, how many units", "200 mg of J9271 is 200 units."),
        ("what pos for J1100", "The HCPCS record doesn't state a place of service"),
        ("J1100 pos 11", "The HCPCS record doesn't state a place of service"),
        ("is J1100 8 mg ok in pos 11", "The HCPCS record doesn't state a place of service"),
        ("J9271 200 mg pos 11 or 22", "The HCPCS record doesn't state a place of service"),
        ("J1100 8 mg pos 11?", "The HCPCS record doesn't state a place of service"),
    ],
)
def test_a_place_of_service_beside_a_dose_is_not_what_is_asked(full: Desk, asked: str, begins: str) -> None:
    assert full.ask(asked).headline.startswith(begins)
