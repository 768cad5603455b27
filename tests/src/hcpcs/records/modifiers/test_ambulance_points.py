"""The ten letters of the ambulance modifiers make pairs of origin and destination."""

from __future__ import annotations

import pytest

from hcpcs.records.modifiers.ambulance_points import (
    ambulance_points,
    is_ambulance_code,
    transport_modifier,
    transport_of,
)


def test_a_pair_says_origin_and_destination() -> None:
    transport = transport_of("RH")
    assert transport is not None
    assert (transport.origin, transport.destination) == ("residence", "hospital")


@pytest.mark.parametrize("modifier", ["XH", "GA", "QL", "R", "RHH", "GX"])
def test_other_letters_are_not_a_pair(modifier: str) -> None:
    assert transport_of(modifier) is None


def test_the_stop_on_the_way_is_a_destination_only() -> None:
    assert transport_of("HX") is not None
    assert [letter for letter, point in ambulance_points().point.items() if point.destination] == ["X"]


def test_the_first_pair_is_origin_and_destination() -> None:
    assert transport_modifier(("GM", "RH", "HN")) == "RH"
    assert transport_modifier(("GM", "QL")) is None


@pytest.mark.parametrize(("code", "is_one"), [("A0021", True), ("A0428", True), ("A0999", True), ("A4206", False)])
def test_pairs_hold_on_ambulance_codes(code: str, is_one: bool) -> None:
    assert is_ambulance_code(code) is is_one
