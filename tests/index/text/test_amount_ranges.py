"""What ranges a description states, and what amounts a query gives."""

from __future__ import annotations

import pytest

from hcpcs_index.text.amount_ranges import AmountRange, Measure, amounts_in, ranges_in

INF = float("inf")


@pytest.mark.parametrize(
    ("description", "stated"),
    [
        ("pad size more than 16 sq. in. but less than or equal to 48 sq. in., each", (Measure.AREA, 16, 48, True)),
        ("pad size 16 sq. in. or less, each dressing", (Measure.AREA, 0, 16, False)),
        ("pad size more than 48 sq. in., each dressing", (Measure.AREA, 48, INF, True)),
        ("patient weight capacity 301 to 450 pounds", (Measure.WEIGHT, 301, 450, False)),
        ("patient weight capacity up to and including 300 pounds", (Measure.WEIGHT, 0, 300, False)),
        ("patient weight 601 pounds or more", (Measure.WEIGHT, 601, INF, False)),
        (
            "weight greater than 350 pounds, but less than or equal to 600 pounds",
            (Measure.WEIGHT, 350, 600, True),
        ),
        ("more than one liter but no more than two liters per day", (Measure.VOLUME, 1, 2, True)),
        ("hydration therapy; one liter per day, administrative services", (Measure.VOLUME, 0, 1, False)),
        ("while at rest exceeds 4 liters per minute (lpm)", (Measure.FLOW, 4, INF, True)),
        ("below knee, 18-30 mmhg, each", (Measure.PRESSURE, 18, 30, False)),
        ("thigh length, 40 mmhg or greater, each", (Measure.PRESSURE, 40, INF, False)),
        (
            "any strength, 52 to 73 grams of protein",
            (Measure.PROTEIN, 52, 73, False),
        ),
        ("elastic, width less than three inches, per yard", (Measure.LENGTH, 0, 3, False, True)),
        (
            "width greater than or equal to three inches and less than five inches",
            (Measure.LENGTH, 3, 5, False, True),
        ),
        ("nonstandard seat frame depth, 20 to less than 22 inches", (Measure.LENGTH, 20, 22, False, True)),
        ("seat cushion, width 22 inches or greater, any depth", (Measure.LENGTH, 22, INF, False)),
    ],
)
def test_a_description_states_a_range(
    description: str, stated: tuple[Measure, float, float, *tuple[bool, ...]]
) -> None:
    assert [span.amounts for span in ranges_in(description)] == [AmountRange(*stated)]


@pytest.mark.parametrize(
    "description",
    [
        "Tape, waterproof, per 18 square inches",
        "Alginate dressing, wound filler, sterile, per 6 inches",
        "Ostomy skin barrier, with flange, 4 x 4 inches or smaller, each",
        "Penile contracture device, manual, greater than 3 lbs traction force",
        "load resistance of 1.25 to 1.34 foot pounds at 50% maximum stretch",
        "Injection, ketorolac tromethamine, per 15 mg",
    ],
)
def test_other_amounts_are_not_ranges(description: str) -> None:
    assert ranges_in(description) == ()


@pytest.mark.parametrize(
    ("query", "written", "low", "high"),
    [
        ("foam dressing 4x4 in", "4x4 in", 16, 16),
        ('gauze 4" x 4"', '4" x 4"', 16, 16),
        ("hydration 2.5 liters", "2.5 liters", 2.5, 2.5),
        ("tpn 1.5 l a day", "1.5 l", 1.5, 1.5),
        ("heavy duty weight 300 to 450 lb", "300 to 450 lb", 300, 450),
        ("power chair over 300 lbs", "over 300 lbs", 300, INF),
        ("compression stockings 20-30 mmhg", "20-30 mmhg", 20, 30),
        ("oxygen 5 lpm", "5 lpm", 5, 5),
    ],
)
def test_a_query_gives_an_amount(query: str, written: str, low: float, high: float) -> None:
    (span,) = amounts_in(query)
    assert query[span.start : span.end] == written
    assert (span.amounts.low, span.amounts.high) == (low, high)


def test_centimeters_and_kilograms_are_converted() -> None:
    (area,) = amounts_in("alginate 10 x 10 cm")
    (weight,) = amounts_in("patient 150 kg")
    assert area.amounts.high == pytest.approx(15.5, abs=0.01)
    assert weight.amounts.high == pytest.approx(330.7, abs=0.1)


@pytest.mark.parametrize("query", ["j1885 x 2", "ketorolac 15 mg", "walker", "4x4x4", "group 3 power chair"])
def test_other_numbers_are_not_amounts(query: str) -> None:
    assert amounts_in(query) == ()


@pytest.mark.parametrize(
    ("stated", "asked", "fits"),
    [
        ((16, 48, True), (16, 16), False),
        ((0, 16, False), (16, 16), True),
        ((301, 450, False), (300, 450), True),
        ((0, 300, False), (300, 450), False),
        ((301, 450, False), (300, INF), True),
        ((0, 300, False), (300, INF), False),
        ((18, 30, False), (20, 30), True),
        ((30, 40, False), (20, 30), False),
    ],
)
def test_an_item_fits_what_is_asked(stated: tuple[float, float, bool], asked: tuple[float, float], fits: bool) -> None:
    low, high, above = stated
    assert AmountRange(Measure.AREA, low, high, above).fits(AmountRange(Measure.AREA, *asked)) is fits


def test_an_amount_below_what_an_item_is_under_fits_it() -> None:
    under = AmountRange(Measure.AREA, 0, 16, below=True)
    assert under.fits(AmountRange(Measure.AREA, 10, 10))
    assert not under.fits(AmountRange(Measure.AREA, 16, 16))


def test_another_measure_never_fits() -> None:
    assert not AmountRange(Measure.VOLUME, 0, 16).fits(AmountRange(Measure.FLOW, 5, 5))
