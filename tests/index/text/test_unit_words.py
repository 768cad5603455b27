"""The billing units that queries and records state."""

from __future__ import annotations

import pytest

from hcpcs_index.text.unit_words import asked_units, stated_units, without_units


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("adult day care per day", {"day"}),
        ("adult day care per half day", {"half day"}),
        ("respite per diem", {"day"}),
        ("home health aide hourly", {"hour"}),
        ("aide 15 min", {"15"}),
        ("nursing visit lpn per 15", {"15"}),
        ("case management a month", {"month"}),
        ("masks/month", {"month"}),
        ("tens unit 15 leads", set()),
        ("wheelchair", set()),
    ],
)
def test_a_query_names_a_billing_unit(query: str, units: set[str]) -> None:
    assert asked_units(query) == units


@pytest.mark.parametrize(
    ("description", "units"),
    [
        ("Private duty / independent nursing service(s) - licensed, up to 15 minutes", {"15"}),
        ("Day care services, adult; per half day", {"half day"}),
        ("Nursing care, in the home; by licensed practical nurse, per hour", {"hour"}),
        ("Program that operates at least 3 hours/day and at least 3 days/week", set()),
        ("In-home respite care, 4-hour unit, for use in cmmi model", {"4 hours"}),
        ("Portable gaseous oxygen system, up to 30 percent", set()),
    ],
)
def test_a_record_states_its_billing_unit(description: str, units: set[str]) -> None:
    assert stated_units(description) == units


def test_the_words_of_a_unit_are_left_out() -> None:
    assert without_units("iop per diem substance abuse").split() == ["iop", "substance", "abuse"]
