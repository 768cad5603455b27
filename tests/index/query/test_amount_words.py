"""An amount finds the code whose stated range it is in."""

from __future__ import annotations

import pytest
from tests.index.conftest import codes

from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hydration 2.5 liters", "S9376"),
        ("TPN 1.5 L a day", "S9366"),
        ("foam dressing 4x4 in no border", "A6209"),
        ("foam dressing 6x6", "A6210"),
        ("collagen dressing more than 48 sq in", "A6023"),
        ("alginate 10 x 10 cm", "A6196"),
        ("power wheelchair 350 lb", "K0825"),
        ("power wheelchair weight 300 to 450 lb heavy duty", "K0825"),
        ("hospital bed 400 lbs with mattress", "E0303"),
        ("transport chair over 300 lbs", "E1039"),
        ("thigh high compression stockings 20-30 mmhg", "A6533"),
        ("tpn 80 g protein", "B4197"),
        ("coban 4 inch", "A6454"),
        ("ace wrap 6 inches", "A6450"),
        ("wheelchair cushion 22 inch", "E2602"),
    ],
)
def test_the_code_with_the_range_comes_first(searcher: Searcher, text: str, first: str) -> None:
    assert codes(searcher.search(text))[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("wheelchair 310 lb", "K0007"),
        ("wheelchair for patient over 300 lbs", "K0007"),
        ("wheelchair 20 inch 325 pounds", "K0007"),
        ("manual wheelchair 400 lbs", "K0007"),
        ("wheelchair for 280 lb patient", "K0006"),
        ("wheelchair for 200 lb patient", "K0001"),
        ("commode for 300 lb patient", "E0168"),
        ("commode 250 lb", "E0163"),
        ("rollator for 400 lb", "E0149"),
        ("rollator weight capacity 500 lbs", "E0149"),
        ("walker 350 lbs no wheels", "E0148"),
        ("lightweight wheelchair 320 lb", "K0003"),
        ("power wheelchair 400 lb patient", "K0825"),
        ("transfer bench 350 lb", "E0248"),
    ],
)
def test_a_weight_finds_the_heavy_duty_item_of_the_same_name(searcher: Searcher, text: str, first: str) -> None:
    assert codes(searcher.search(text))[0] == first


def test_a_heavy_duty_item_that_weight_alone_is_not_enough_for_is_not_meant(searcher: Searcher) -> None:
    assert codes(searcher.search("walker for 350 lb"))[:2] == ["E0149", "E0148"]


def test_the_reason_of_a_heavy_duty_item_is_its_own_word(searcher: Searcher) -> None:
    reasons = [why.text for why in searcher.search("commode 400 lb").hits[0].why if why.rule == "range"]
    assert reasons == ["400 lb → heavy duty (range), in the long description"]


def test_the_reason_names_the_range(searcher: Searcher) -> None:
    reasons = [why for why in searcher.search("transport chair 350 lb").hits[0].why if why.rule == "range"]
    assert [why.text for why in reasons] == ["350 lb → greater than 300 pounds (range), in the long description"]


def test_an_amount_that_no_range_is_stated_for_stays_a_word(searcher: Searcher) -> None:
    assert codes(searcher.search("ketorolac 15 mg"))[0] == "J1885"
    assert codes(searcher.search("A4450 4x4"))[0] == "A4450"
