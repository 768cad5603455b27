"""What descriptions state of their own."""

from __future__ import annotations

import re

import pytest

from hcpcs.records.terms.descriptor_traits import DescriptorTrait, descriptor_traits, stated_trait


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Wheelchair, patient weight capacity up to and including 300 pounds", "up to 300 pounds"),
        ("Wheelchair, patient weight capacity 301 to 450 pounds", "301 to 450 pounds"),
        ("Wheelchair, patient weight 601 pounds or more", "601 pounds or more"),
        ("Bed, with weight capacity greater than 600 pounds, with rails", "more than 600 pounds"),
        (
            "Bed, with weight capacity greater than 350 pounds, but less than or equal to 600 pounds",
            "more than 350 and up to 600 pounds",
        ),
        ("Traction, greater than 3 lbs traction force", None),
        ("Walker, folding", None),
    ],
)
def test_a_weight_capacity_is_read(description: str, words: str | None) -> None:
    assert stated_trait(DescriptorTrait.WEIGHT_CAPACITY, description) == words


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Knee orthosis, rigid support, prefabricated, off-the shelf", "prefabricated and off-the-shelf (OTS)"),
        (
            "Knee orthosis, prefabricated item that has been trimmed, bent, or otherwise customized to fit a patient",
            "prefabricated and custom fitted",
        ),
        ("Ankle foot orthosis, plastic, custom fabricated", "custom fabricated"),
        ("Body jacket, molded to patient model", "custom fabricated"),
        ("Hip orthosis, prefabricated, includes fitting and adjustment", "prefabricated"),
        ("Joint, for custom fabricated orthosis only", None),
        ("Insert, custom fabricated from existing mold or prefabricated", None),
        ("Partial foot, shoe insert", None),
    ],
)
def test_how_a_brace_is_fitted_is_read(description: str, words: str | None) -> None:
    assert stated_trait(DescriptorTrait.FITTING, description) == words


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Oxygen system, rental; includes container, contents and tubing", "container, contents and tubing"),
        ("Orthosis, prefabricated, includes fitting and adjustment", "fitting and adjustment"),
        ("Restrainer, including harness (pair), canvas", "harness"),
        ("Pump, not including tubing", None),
        ("Nebulizer, with compressor", None),
    ],
)
def test_what_is_included_is_read(description: str, words: str | None) -> None:
    assert stated_trait(DescriptorTrait.CONTENTS, description) == words


def test_every_pattern_compiles_and_its_words_fit_its_groups() -> None:
    for trait in descriptor_traits().values():
        for one in trait.stated:
            assert "{" not in one.words.format(*range(re.compile(one.pattern).groups))


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Annual depression screening, 5 to 15 minutes", "annual"),
        ("Health club membership, annual", "annual"),
        (
            "Annual wellness visit; includes a personalized prevention plan, initial visit",
            "the initial annual wellness visit",
        ),
        ("Annual wellness visit, includes a prevention plan, subsequent visit", "a subsequent annual wellness visit"),
        (
            "Risk assessment, 5-15 minutes, not more often than every 12 months",
            "billed not more often than every 12 months",
        ),
        ("Counseling; performed semi-annually, 30 minutes", "performed semi-annually"),
        ("Medication assisted treatment, methadone; weekly bundle including dispensing", "a weekly bundle"),
        ("Risk management services; clinical staff time; per calendar month", "counted per calendar month"),
        ("Clinic visit, which may be an annual wellness visit", None),
        ("Supply allowance, 1 month supply = 1 unit of service", None),
    ],
)
def test_how_often_is_read(description: str, words: str | None) -> None:
    assert stated_trait(DescriptorTrait.FREQUENCY, description) == words
