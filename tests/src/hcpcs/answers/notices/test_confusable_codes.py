"""A mistyped code leads to the codes that may have been meant, the likeliest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.answers.notices.confusable_codes import confusions


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("SO353", "S0353"), ("S9E53", "S9353"), ("EO6O1", "E0601"), ("E06O1", "E0601"), ("59353", "S9353"),
        ("89353", "B9353"), ("S93S3", "S9353"), ("SI353", "S1353"), ("Sl353", "S1353"), ("SZ353", "S2353"),
        ("S9335", "S9353"), ("S935", "S9353"), ("9353", "S9353"), ("S93533", "S9353"), ("5S9353", "S9353"),
    ],
)  # fmt: skip
def test_what_was_meant_is_among_the_confusions(code: str, meant: str) -> None:
    assert meant in confusions(code)


@pytest.mark.parametrize(
    ("code", "first"),
    [("SO353", "S0353"), ("EO6O1", "E0601"), ("59353", "S9353"), ("S93533", "S3533")],
)
def test_the_likeliest_comes_first(code: str, first: str) -> None:
    assert confusions(code)[0] == first


def test_look_alikes_come_before_swaps_and_wrong_digits() -> None:
    order = confusions("SO353")
    assert order.index("S0353") < order.index("S9353")


@given(st.text(max_size=12))
def test_confusions_are_codes_and_never_what_was_written(code: str) -> None:
    for one in confusions(code):
        assert len(one) == 5
        assert one[1:].isdigit()
        assert one != code.upper()
