"""Things that are counted without their name: wounds, and how often their dressings are changed."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.doses.stated_units import missing

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("A6209 3x/week, 2 wounds, 30 days", "26 | !13"),
        ("J0696 250 mg daily, 3 wounds", "1 unit per day | !3"),
        ("Q4101 2x3 how many units", "6"),
        ("A4253 tests 3 x day for 90 days", "6"),
        ("100 mg vial gave 80 mg waste units J1745", "8 | 2 units with modifier JW"),
        ("2 g J0696 x 2 doses", "16 | !8"),
        ("rocephin 1 g J0696 x 2 vials", "8 | !4"),
        ("A6209 3x/week, 2 wounds, 4 weeks", "24"),
        ("A6196 daily, 2 wounds, 30 days", "60"),
        ("A6402 twice a day, 3 wounds, 30 days", "180"),
        ("A6209 3 per week for 30 days", "13"),
        ("A6212 3 per week x 4 weeks, 2 wounds", "24"),
        ("A6209 12 per month, 3 wounds", "36"),
        ("A6222 1 per day, two wounds, 30 days", "60"),
        ("A6209 26 dressings for 2 wounds", "26 | !52"),
        ("A6209 30 dressings, 2 wounds", "30 | !60"),
        ("A6209 3x/week wound #2, 30 days", "13 | !26"),
        ("A6209 3x/week, 1 wound, 30 days", "13"),
        ("Q4101 44 sq cm, 2 wounds", "44 | !88"),
        ("J3301 40 mg, 2 wounds", "4 | !8"),
        ("A4253 3 strips per day 30 days, 2 wounds", "2 | !4"),
        ("A6196 10 dressings, 3 wounds", "10 | !30"),
        ("J0585 200 units, 2 vials of 100 units, 2 wounds", "200 | !400"),
    ],
)
def test_wounds_multiply_scheduled_dressings_only(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("B4150 6 cans a day 250 cal x 30", "450"),
        ("B4160 3 cans per day 240 kcal 30 days", "216"),
        ("B4150 cans 8 oz 250 cal, 5 cans per day for 31 days", "388"),
        ("B4150 6 cans a day 1500 cal x 30", "450"),  # those of a day
        ("B4150 6 cans a day 190 cal x 30", "342"),
        ("B4150 1 can a day 250 cal x 30", "75"),
        ("B4150 2 cans a day 475 cal x 30", "475 calories a can or 475 calories a day | !143"),
    ],
)
def test_cans_a_day_have_their_calories_each(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    "asked",
    ["J9267 175 mg/m2 1.8 bsa", "J9267 175 mg/m2, 1.8 m2", "J9267 175 mg/m2 1.8 m2 bsa", "J9267 175 mg/m2 bsa 1.8"],
)
def test_a_body_surface_may_be_before_its_word(full: Desk, asked: str) -> None:
    assert full.ask(asked).headline == "315 mg of J9267 is 315 units."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("A6021 dressing 4x4 in 10 used", "10 items of A6021 is 10 units."),
        ("A6212 4x4, 12 dispensed", "12 dressings of A6212 is 12 units."),
        ("A6212 4x4 30 pieces", "30 dressings of A6212 is 30 units."),
        ("A6196 alginate 4x4 30 pcs", "30 dressings of A6196 is 30 units."),
        ("A4253 2 pieces", "2 pieces can't be converted"),  # of 50 strips
        ("Q4186 4x4 cm 10 used", "16 sq cm of Q4186 is 16 units."),
        ("Q4186 2 pieces 4x4 cm", "32 sq cm of Q4186 is 32 units."),
        ("Q4186 two 4x4 cm pieces", "32 sq cm of Q4186 is 32 units."),
        ("Q4186 32 sq cm, 2 pieces", "32 sq cm of Q4186 is 32 units."),
    ],
)
def test_pieces_are_counted_beside_their_size(full: Desk, asked: str, expected: str) -> None:
    assert full.ask(asked).headline.startswith(expected)
