"""The contractors of each state, by CMS's notices of contract awards, and the words that call for one of them."""

from __future__ import annotations

import pytest

from hcpcs.records.billing.areas import areas
from hcpcs.records.billing.contractors import ContractorKind, contractor_kind_named

# CMS, "What's New" of the Medicare administrative contractors: awards of 2012 to 2024.
AWARDED = {
    (ContractorKind.DME, "B"): "IL IN KY MI MN OH WI",
    (ContractorKind.DME, "C"): "AL AR CO FL GA LA MS NM NC OK SC TN TX VA WV PR VI",
    (ContractorKind.DME, "D"): "AK AS AZ CA GU HI ID IA KS MO MT NE NV ND MP OR SD UT WA WY",
    (ContractorKind.A_B, "J5"): "IA KS MO NE",
    (ContractorKind.A_B, "J6"): "IL MN WI",
    (ContractorKind.A_B, "J8"): "IN MI",
    (ContractorKind.A_B, "J15"): "KY OH",
    (ContractorKind.A_B, "JH"): "AR CO LA MS NM OK TX",
    (ContractorKind.A_B, "JL"): "DE DC MD NJ PA",
    (ContractorKind.HOME_HEALTH, "J15"): "CO DC DE IA KS MD MO MT NE ND PA SD UT VA WV WY",
    (ContractorKind.HOME_HEALTH, "JK"): "CT ME MA NH RI VT",
}


@pytest.mark.parametrize(("kind", "jurisdiction"), AWARDED)
def test_the_states_of_a_jurisdiction(kind: ContractorKind, jurisdiction: str) -> None:
    states = {code for code, area in areas().items() if area.contractors[kind].jurisdiction == jurisdiction}
    assert states == set(AWARDED[kind, jurisdiction].split())


def test_every_area_has_three_contractors() -> None:
    assert len(areas()) == 56
    assert all(len(area.contractors) == len(ContractorKind) for area in areas().values())
    assert [code for code, area in areas().items() if area.note] == ["VA"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("which mac handles part b in ny", ContractorKind.A_B),
        ("A/B MAC for Texas", ContractorKind.A_B),
        ("dme mac ohio", ContractorKind.DME),
        ("hospice mac for utah", ContractorKind.HOME_HEALTH),
        ("who is the mac for ohio", None),
        ("is it the dme mac or part b", None),
    ],
)
def test_the_kind_of_contractor_that_is_asked_for(text: str, kind: ContractorKind | None) -> None:
    assert contractor_kind_named(text) == kind
