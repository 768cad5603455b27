"""How many billing units is an amount? By code, and by the name of a drug."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.questions.question import Intent
from hcpcs.search_port import Confidence


def desk(full: Desk, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    """The full release, with a search that finds ``codes`` by any name."""
    return Desk(full.catalog, ListedIndex(full.catalog, *codes, confidence=confidence), lambda: TODAY)


def test_units_of_a_drug_by_name_are_counted_for_each_code_found(full: Desk) -> None:
    answer = desk(full, "J1745", "Q5103").ask("how many units is 100 mg of infliximab")
    assert answer.intent is Intent.UNITS
    assert answer.codes == ("J1745", "Q5103")
    assert answer.headline == "100 mg of J1745 is 10 units. Other matches for infliximab: Q5103, 10 units."
    assert "Matched by drug name; check that the description fits." in answer.text


def test_a_code_that_measures_something_else_is_not_counted(full: Desk) -> None:
    answer = desk(full, "E0601", "T1019", "J9271").ask("how many units is 200 mg of keytruda")
    assert answer.codes == ("J9271",)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how many units is 1 L of J7030", "1 L of J7030 is 1 unit."),
        ("how many units is 1500 cc of J7030", "1500 ml of J7030 is 2 units (1.5, rounded up)."),
        ("500 ng of J1745", "500 ng of J1745 is 1 unit (0.00005, rounded up)."),
        ("12000 ng of J1745", "12000 ng of J1745 is 1 unit (0.0012, rounded up)."),
        ("how many units is 300000 µg of J1745", "300000 mcg of J1745 is 30 units."),
        ("102 mg of J1745", "102 mg of J1745 is 11 units (10.2, rounded up)."),
    ],
)
def test_an_amount_is_counted_in_whatever_unit_it_is_given(full: Desk, question: str, headline: str) -> None:
    assert desk(full).ask(question).headline == headline


@pytest.mark.parametrize("confidence", [Confidence.LOW, Confidence.NONE])
def test_an_unsure_name_is_only_searched_for(full: Desk, confidence: Confidence) -> None:
    answer = desk(full, "J1745", confidence=confidence).ask("how many units is 100 mg of infliximap")
    assert answer.headline.startswith("No exact match.")


def test_a_name_that_nothing_bears_is_not_found(full: Desk) -> None:
    assert desk(full).ask("how many units is 100 mg of nonsense").outcome == "not_found"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how many units is 100 mg of J1745?", "100 mg of J1745 is 10 units."),
        ("how many units is 10 mg of J1745", "10 mg of J1745 is 1 unit."),
        ("units for 2 hours of T1019", "2 hours of T1019 is 8 units."),
        ("units for 1 hour of T1019", "1 hour of T1019 is 4 units."),
        ("how many mg per unit of J1745", "One unit of J1745 is 10 mg."),
        ("how many units of S9353", "S9353 is billed per day: one unit per day."),
        ("how many units of A0425", "A0425 is billed per statute mile: one unit per statute mile."),
        (
            "2 hours of J1745 units",
            "2 hours can't be converted to units of J1745: one unit is 10 mg, a different kind of measure.",
        ),
    ],
)
def test_the_headline_states_the_units(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline == headline


def test_the_division_and_the_descriptor_are_shown(full: Desk) -> None:
    answer = full.ask("how many units is 102 mg of J1745?")
    assert [(fact.kind, fact.sentence) for fact in answer.evidence] == [
        (EvidenceKind.ARITHMETIC, "102 mg / 10 mg per billing unit = 10.2, which rounds up to 11."),
        (EvidenceKind.DESCRIPTION, "Descriptor of J1745: Injection, infliximab, excludes biosimilar, 10 mg"),
    ]
    assert answer.notices[0].kind is NoticeKind.CAUTION


def test_a_descriptor_without_an_amount_says_why(full: Desk) -> None:
    assert full.ask("units of E0601 for 5 mg").headline == (
        "Units of E0601 can't be calculated from an amount: its descriptor gives no amount per unit."
    )


def test_a_missing_code_is_refused(full: Desk) -> None:
    assert full.ask("how many units is 10 mg of J33O1").outcome is Outcome.NOT_FOUND


def test_a_best_match_that_can_not_be_counted_says_why_and_gives_no_other_code(full: Desk) -> None:
    answer = desk(full, "J7620", "J1745").ask("duoneb 3 mg units")
    assert answer.codes == ("J7620",)
    assert answer.headline.startswith("Units of J7620 can't be calculated from an amount: its descriptor gives several")


JW_45 = "155 units of J0585 is 155 units, plus 45 units with modifier JW for 45 units discarded."


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        # Discarded drug.
        ("J0585 155 units, 200 unit vial, how do I bill waste", JW_45),
        ("J0585 155 units out of 2 x 100 unit vials", JW_45),
        ("J0585 155 units given, wasted 45 units", JW_45),
        (
            "400 mg of J1745 from 500 mg vials",
            "400 mg of J1745 is 40 units, plus 10 units with modifier JW for 100 mg discarded.",
        ),
        ("500 mg of J1745 from 500 mg vials", "500 mg of J1745 is 50 units, with modifier JZ: nothing is discarded."),
        (
            "7 mg of J1745 from a 10 mg vial",
            "7 mg of J1745 is 1 unit (0.7, rounded up); the 3 mg discarded is less than one more unit, so no JW line "
            "is billed.",
        ),
        # Rates and counts.
        ("B4150 2000 calories a day for 30 days", "60000 calories of B4150 is 600 units."),
        ("remicade 5mg/kg 80 kg pt J1745 units?", "400 mg of J1745 is 40 units."),
        ("J1745 200 mg/m2 BSA 1.8 units", "360 mg of J1745 is 36 units."),
        (
            "J1745 5 mg/kg units",
            "5 mg per kg of J1745 is 0.5 units per kg. To calculate the units of the dose, add the patient's weight "
            '("80 kg").',
        ),
        ("J1885 60 mg x2 IM", "120 mg of J1885 is 8 units."),
        ("J1885 30 mg, J2405 4 mg units", "30 mg of J1885 is 2 units. 4 mg of J2405 is 4 units."),
        # Things that are counted.
        ("A4253 100 strips", "100 strips of A4253 is 2 units."),
        ("A4259 200 lancets units", "200 lancets of A4259 is 2 units."),
        ("S9328 x 3 days", "3 days of S9328 is 3 units."),
        ("27.3 miles A0425", "27.3 miles of A0425 is 27.3 units."),
        ("A0425 7.41 miles units", "7.41 miles of A0425 is 7.5 units (7.41, rounded up)."),
        ("A0420 waited 90 min, units?", "90 min of A0420 is 3 units."),
        ("Q4101 4x4 cm", "16 sq cm of Q4101 is 16 units."),
        ("tape A4450 72 sq inches = ? units", "72 sq in of A4450 is 4 units."),
        (
            "A4253 2 boxes units",
            "2 boxes can't be converted to units of A4253: one unit is 50 strips. Give the number of strips.",
        ),
        ("A4253 2 boxes of 50", "100 strips of A4253 is 2 units."),
        ("T4522 3 cases of 80 briefs", "240 briefs of T4522 is 240 units."),
        ("A4253 testing 4x/day for 30 days units", "120 strips of A4253 is 3 units (2.4, rounded up)."),
        ("A4351 6 per day for 30 days", "180 items of A4351 is 180 units."),
        ("B4150 6 cans of 250 calories", "1500 calories of B4150 is 15 units."),
        ("B4150 1800 cal/day 31 days", "55800 calories of B4150 is 558 units."),
        ("S9494 14 days per diem", "14 days of S9494 is 14 units."),
        ("S9328 2 weeks", "2 weeks of S9328 is 14 units."),
        ("A0425 loaded miles 18.46", "18.46 miles of A0425 is 18.5 units (18.46, rounded up)."),
        ("A5500 1 pair units", "1 pair of A5500 is 2 units."),
        ("A4927 1 pair units", "1 pair of A4927 is 1 unit (0.02, rounded up)."),
        # Numbers in words, fractions and millions.
        ("J0561 2.4 million units", "2.4 million units of J0561 is 24 units."),
        ("J0561 1.2 MU, how many units", "1.2 million units of J0561 is 12 units."),
        ("J1100 1/2 mg units", "0.5 mg of J1100 is 1 unit (0.5, rounded up)."),
        ("T1019 for 1 1/2 hours", "1.5 hours of T1019 is 6 units."),
        ("T1019 an hour and a half", "1.5 hours of T1019 is 6 units."),
        ("T1019 half an hour", "0.5 hours of T1019 is 2 units."),
        ("J1885 forty-five mg", "45 mg of J1885 is 3 units."),
        ("G0156 aide 1 hr 15", "75 min of G0156 is 5 units."),
        ("G0156 1h15m", "75 min of G0156 is 5 units."),
        ("T1019 2 hrs 30 min", "150 min of T1019 is 10 units."),
        # Formulas: the density is not an amount.
        ("B4150 1.0 cal 6 cartons 237 ml 250 cal ea daily", "1500 calories of B4150 is 15 units."),
        ("B4150 250 calories each, 6 cans per day, 30 days", "45000 calories of B4150 is 450 units."),
        # What was given, by what was wasted, per body surface, times vials, and beside the descriptor's own unit.
        (
            "wasted 12 mg of a 100 mg vial, J9305",
            "88 mg of J9305 is 9 units (8.8, rounded up), plus 1 unit with modifier JW for 12 mg discarded.",
        ),
        ("J9267 175mg/m2 1.8 m2 units", "315 mg of J9267 is 315 units."),
        ("J7613 2.5mg x 120 vials, how many units", "300 mg of J7613 is 300 units."),
        ("J1100 1 mg dexamethasone 10mg given", "10 mg of J1100 is 10 units."),
        ("J7325 48 mg each knee x 2", "96 mg of J7325 is 96 units."),
        ("A4222 7 cassettes, units?", "7 cassettes of A4222 is 7 units."),
        (
            "J7613 3 vials",
            "3 vials can't be converted to units of J7613: one unit is 1 mg. Give the amount in mg.",
        ),
        ("A9500 30 mci units", "A9500 is billed per study dose: one unit per study dose, whatever the amount."),
        ("how many units of A4253", "One unit of A4253 is 50 strips."),
        # Time.
        (
            "50 minutes of T1019",
            "50 min of T1019 is 3.33 units: 3 units in full, or 4 units where the payer rounds up.",
        ),
        # Checks.
        ("J0897 x 60 = 60mg correct?", "Yes. 60 mg of J0897 is 60 units."),
        ("J1885 30mg IM x1, charge 2?", "Yes. 30 mg of J1885 is 2 units."),
        ("J1885 30mg IM, charge 4?", "No. 30 mg of J1885 is 2 units, not 4."),
        ("J1885 60 mg, is that 4 units", "Yes. 60 mg of J1885 is 4 units."),
        (
            "if 2 mg of kenalog is injected do i bill 1 unit of J3301",
            "Yes. 2 mg of J3301 is 1 unit (0.2, rounded up).",
        ),
        ("how many mg is 10 units of J1745", "10 units of J1745 is 100 mg."),
        ("kenalog 80mg split between both knees. Is it J3301 x 8 or x 2?", "80 mg of J3301 is 8 units, not 2."),
        ("A5514 custom inserts 3 pairs units?", "3 pairs of A5514 is 6 units."),
        ("J3301 40 mg each knee", "80 mg of J3301 is 8 units."),
        ("J3301 40 mg each knee, how many total units", "80 mg of J3301 is 8 units."),
        ("J3301 80 mg total both knees units", "80 mg of J3301 is 8 units."),
        ("T1019 how many units for pt age 65?", "One unit of T1019 is 15 minutes."),
        (
            "4x4cm of Q4196 wound size 10 sq cm how do I report waste",
            "10 sq cm of Q4196 is 10 units; the 6 sq cm discarded (6 units) takes JW only before 2026.",
        ),
        (
            "J1030 40 mg units",
            "J1030 ended on March 31, 2024; likely replaced by J1010. 40 mg of J1010 is 40 units. "
            "40 mg of J1030 is 1 unit.",
        ),
        (
            "depo medrol 40 mg, is it J1030 or J1010 and how many units",
            "J1030 ended on March 31, 2024; J1010 is valid. 40 mg of J1030 is 1 unit. 40 mg of J1010 is 40 units.",
        ),
    ],
)
def test_amounts_in_ordinary_words_are_counted(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline == headline


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("J0585 155 units, 200 unit vial", "since July 1, 2023, JZ"),
        ("J1745 400 mg, is there waste?", "add the size of the vial"),
        ("27.3 miles A0425", "next tenth of a mile"),
        ("50 minutes of T1019", "15-minute unit from 8 minutes"),
    ],
)
def test_the_rule_that_is_followed_is_named(full: Desk, question: str, rule: str) -> None:
    assert any(rule in notice.text for notice in full.ask(question).notices)


@pytest.mark.parametrize(
    ("question", "name", "code", "units"),
    [
        ("Kenalog 40mg given, how many units do I bill?", "Kenalog", "J3301", 4),
        ("We gave 60 mg of toradol. units?", "toradol", "J1885", 4),
        ("rocephin 1 gm units", "rocephin", "J0696", 4),
        ("zofran 4mg IV units", "zofran", "J2405", 4),
        ("ER visit kenalog 80 mg", "kenalog", "J3301", 8),
        ("pt got 10 mg decadron im today", "decadron", "J1100", 10),
        ("botox 155 units from a 200 unit vial", "botox", "J0585", 155),
    ],
)
def test_only_the_drug_is_searched_for(full: Desk, question: str, name: str, code: str, units: int) -> None:
    index = ListedIndex(full.catalog, code)
    answer = Desk(full.catalog, index, lambda: TODAY).ask(question)
    assert index.texts == [name]
    assert f"of {code} is {units} units" in answer.headline
    assert "Matched by drug name; check that the description fits." in answer.text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is J0585 per 10 units", "No, one unit of J0585 is 1 unit."),
        ("is J1745 billed per 10 mg", "Yes, one unit of J1745 is 10 mg."),
        ("is J0897 10 mg per unit", "No, one unit of J0897 is 1 mg."),
        ("is T1019 15 minutes", "Yes, one unit of T1019 is 15 minutes."),
        ("is J0897 60 mg ok?", "60 mg of J0897 is 60 units. The record of J0897 states no maximum dose"),
        (
            "is 4 units of A7034 ok?",
            "No. 4 units of A7034 is more than the usual limit of 1 every 3 months (LCD L33718). No MUE",
        ),
        ("A4353 200 per month ok", "Yes. 200 units of A4353 is within the usual limit of 200 a month (LCD L33803)."),
        ("A4353 180 units/month ok?", "Yes. 180 units of A4353 is within the usual limit of 200 a month (LCD L33803)."),
        ("is 8 units of T1019 a day too many", "Medicare doesn't pay for T1019 and has no limit"),
        ("J0897 x 60 = 60mg correct?", "Yes. 60 mg of J0897 is 60 units."),
        ("B4035 daily kit how many per month", "B4035 is billed per day: a month of 30 days is 30 units."),
        ("A4221 how many per month", "The HCPCS record has no quantity"),
        ("max daily dose of ketorolac in elderly", "Dosage and clinical use aren't in the HCPCS record."),
        ("J0897 60 mg payment", "60 mg of J0897 is 60 units. The HCPCS record doesn't state a fee"),
        ("J3489 5mg units and price", "5 mg of J3489 is 5 units. The HCPCS record doesn't state a fee"),
        ("A5500 pair price", "1 pair of A5500 is 2 units."),
        (
            "vancomycin 1.25 g J3370 units",
            "J3370 ended on June 30, 2025; likely replaced by J3373. 1.25 g of J3373",
        ),
    ],
)
def test_whether_an_amount_is_all_right_is_never_answered_by_whether_a_code_is_valid(
    full: Desk, question: str, start: str
) -> None:
    assert full.ask(question).headline.startswith(start)
