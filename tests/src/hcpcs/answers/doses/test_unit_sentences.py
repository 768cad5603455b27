"""The sentences of units: the count first, the division with its rounding, discarded drug on a line of its own."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "headline", "proof"),
    [
        ("how many units is 102 mg of J1745", "102 mg of J1745 is 11 units (10.2, rounded up).", "rounds up to 11"),
        ("how many units is 100 mg of J1745", "100 mg of J1745 is 10 units.", "100 mg / 10 mg per billing unit = 10."),
        ("S9328 x 3 days how many units", "3 days of S9328 is 3 units.", ""),
        ("A4253 100 strips units", "100 strips of A4253 is 2 units.", ""),
    ],
)
def test_the_arithmetic_is_shown(full: Desk, asked: str, headline: str, proof: str) -> None:
    answer = full.ask(asked)
    assert answer.headline == headline
    assert proof in answer.text


def test_discarded_drug_has_a_line_with_jw(full: Desk) -> None:
    text = full.ask("J0585 155 units, 200 unit vial, how do I bill waste").text
    assert "155 units" in text
    assert "45 units" in text
    assert "JW" in text


@pytest.mark.parametrize(
    ("asked", "start"), [("J0897 x 60 = 60mg correct?", "Yes. "), ("J1885 30mg IM x1, charge 3?", "No. ")]
)
def test_a_number_of_units_is_checked(full: Desk, asked: str, start: str) -> None:
    assert full.ask(asked).headline.startswith(start)


@pytest.mark.parametrize(
    ("asked", "headline", "proof"),
    [
        ("J0585 100 units both eyes", "200 units of J0585 is 200 units.", "100 units x 2 (both eyes) = 200 units."),
        ("J2274 10 mg then 20 mg", "30 mg of J2274 is 3 units.", "10 mg + 20 mg = 30 mg."),
        ("J1745 500 mg with 400 mg given", "400 mg of J1745 is 40 units, plus 10 units with modifier JW", ""),
        ("b4154 600 cal/day 30 d", "18000 calories of B4154 is 180 units.", ""),
        ("A0425 45 mi x 2 pts", "45 miles of A0425 is 45 units.", ""),
        ("A4221 per week?", "A4221 is billed per week", ""),
        ("J1745 gave 430 of 500 mg", "430 mg of J1745 is 43 units, plus 7 units with modifier JW for 70 mg", ""),
        ("J1745 gave 430 mg out of 500 mg", "430 mg of J1745 is 43 units, plus 7 units with modifier JW", ""),
        ("J9035 400 mg x 2 given 750 mg", "750 mg of J9035 is 75 units, plus 5 units with", "2 containers x 400 mg"),
        ("J9264 100 mg vial, gave 180", "180 mg of J9264 is 180 units, plus 20 units with modifier JW", ""),
        ("J1885 30 mg x 2 given", "60 mg of J1885 is 4 units.", "30 mg x 2 times = 60 mg."),
        ("J1100 per mg or per 4 mg", "One unit of J1100 is 1 mg.", ""),
        ("medicaid H2019 15 minutes 2 hours", "Medicaid sets its own", "2 hours of H2019 is 8 units."),
        ("J1745 40 mg qty 1 or 4?", "40 mg of J1745 is 4 units, not 1.", ""),
        ("infliximab 40 given, J1745, qty 1 or 4?", "1 unit of J1745 is 10 mg; 4 units of J1745 is 40 mg.", ""),
        ("1.5 units of J1745", "1.5 units of J1745 is 15 mg, which is billed as 2 units.", ""),
        ("J2060 2 mg then another 1 mg", "3 mg of J2060 is 2 units (1.5, rounded up).", "2 mg + 1 mg = 3 mg."),
        (
            "J1885 30 mg IM 60 mg IV",
            "30 mg of J1885 is 2 units; 60 mg is 4 units; if both were given, 90 mg is 6 units.",
            "",
        ),
        ("J1885 30 mg for 5 days", "30 mg of J1885 is 2 units; 30 mg a day for 5 days is 10 units.", ""),
        ("J2357 300 mg q3w for 10 weeks", "300 mg of J2357 is 60 units; that is one dose, and the doses of 10", ""),
        ("J1885 20 mg x 3 visits", "60 mg of J1885 is 4 units; on a claim of its own each dose is 2 units", ""),
        ("J0696 2 g daily how many units", "2 g per day of J0696 is 8 units per day.", ""),
        ("J1050 150 mg/ml units", "150 mg per ml of J1050 is 150 units per ml. To calculate", ""),
        ("J7323 both knees units", "2 doses of J7323 is 2 units.", "2 doses (both knees)."),
        ("J7324 30 mg x4 weekly injections", "4 doses of J7324 is 4 units.", ""),
        ("Q9991 100 mg", "Q9991 is for less than or equal to 100 mg, so for 100 mg: its descriptor", ""),
        ("Q9991 300 mg", "Q9991 is for less than or equal to 100 mg, not for 300 mg.", ""),
        ("S9500 2 g daily for 14 days", "14 days of S9500 is 14 units.", ""),
        ("J2003 lidocaine 1% 10 ml", "100 mg of J2003 is 100 units.", "1% = 10 mg per ml."),
        ("J1569 10% 300 ml", "30000 mg of J1569 is 60 units.", "100 mg per ml x 300 ml = 30000 mg."),
        ("B4152 1.5 cal 1000 ml per day for 30 days", "45000 calories of B4152 is 450 units.", "1.5 calories per ml x"),
        ("B4152 2 cans 237 ml 1.5 cal/ml a day", "711 calories of B4152 is 8 units (7.11, rounded up).", "x 2 cans"),
        ("B4152 2 cans 474 ml 1.5 cal/ml a day", "711 calories of B4152 is 8 units (7.11, rounded up).", "x 474 ml"),
        ("B4152 2 bags 1000 ml 1.5 cal/ml", "3000 calories of B4152 is 30 units.", "x 2 bags"),
        ("B4152 1.5 cal 5 cartons a day 237 ml units", "1777.5 calories per day of B4152 is 18 units", "5 cartons"),
        (
            "B4152 1.5 cal 237 ml, 1800 kcal a day for 30 days",
            "54000 calories of B4152 is 540 units.",
            "1800 calories per day x",
        ),
        (
            "A4259 200 per 3 mos",
            "200 items of A4259 is 2 units. 2 units of A4259 is more than the usual limit of 1",
            "",
        ),
        ("A4259 100 count box", "100 items of A4259 is 1 unit.", ""),
        ("A5500 pair units", "1 pair of A5500 is 2 units.", "1 pair / 1 shoe per billing unit = 2."),
        ("J1299 900 mg weekly x 4 weeks then 1200 mg", "3600 mg of J1299 is 1800 units; 1200 mg is 600 units.", ""),
        ("J7325 16 mg both knees x 3 weeks", "32 mg of J7325 is 32 units; 32 mg a week for 3 weeks is 96 units.", ""),
        ("J1745 5 mg/kg pt weighs 187 lbs", "424.1 mg of J1745 is 43 units", "187 lb = 84.82 kg."),
        ("J3373 1 g q12 for 7 days", "14 g of J3373 is 1400 units.", "1 g x 14 (q12 for 7 days) = 14 g."),
        ("S9123 4 hours a day 7 days a week for 4 weeks", "112 hours of S9123 is 112 units.", "x 28 days"),
        ("T2003 12 trips a month", "12 trips per month of T2003 is 12 units per month.", ""),
        ("J3301 80 mg IM bilat glutes 40 each", "80 mg of J3301 is 8 units.", ""),
        ("J0585 100 units forehead and 100 units neck", "200 units of J0585 is 200 units.", ""),
        ("J1100 10mg/mL 1mL vial used 4 mg", "4 mg of J1100 is 4 units, plus 6 units with modifier JW for 6 mg", ""),
        ("J9312 1000 mg x 2 doses two weeks apart", "2000 mg of J9312 is 200 units.", "1000 mg x 2 doses"),
        ("J9035 from 100 mg and 400 mg vials", "The question doesn't say how much of J9035 was given: one", ""),
        (
            "J1885 30 mg x 1, 15 mg x 1",
            "30 mg of J1885 is 2 units; 15 mg is 1 unit; if both were given, 45 mg is 3 units.",
            "",
        ),
        ("A4217 6 bottles 500 ml", "3000 ml of A4217 is 6 units.", "500 ml x 6 bottles"),
        ("J9035 2 vials 150 mg given", "150 mg of J9035 is 15 units.", ""),
        ("J9035 150 mg from 2 vials 100 mg", "150 mg of J9035 is 15 units, plus 5 units with modifier JW", ""),
        ("J9074 600 mg/m2 x 1.75", "1050 mg of J9074 is 210 units.", "600 mg per m2 x 1.75 m2 = 1050 mg."),
        ("J3380 300 mg at week 0, 2 and 6 units", "300 mg of J3380 is 300 units.", ""),
        ("S9501 14 days q12h antibiotics", "14 days of S9501 is 14 units.", ""),
        ("J2405 4 mg IV and another 4 mg an hour later", "8 mg of J2405 is 8 units.", ""),
        ("J1171 1 mg x2 units", "2 mg of J1171 is 20 units.", "1 mg x 2 times"),
        ("J7321 20 mg bilateral x 5 weeks", "2 doses of J7321 is 2 units; once a week for 5 weeks, 10 doses", ""),
        ("J1561 1 g/kg over 2 days, 68 kg", "68 g of J1561 is 136 units.", ""),
        ("S9366 daily 30 days", "30 days of S9366 is 30 units.", ""),
        ("A0436 112.4 air miles", "112.4 miles of A0436 is 113 units", ""),
        ("A0380 14 miles", "14 miles of A0380 is 14 units.", ""),
        ("Q4106 2 pieces of 37.5 sq cm", "75 sq cm of Q4106 is 75 units", "37.5 sq cm x 2 pieces"),
        (
            "B4155 4 packets, 110 cal each, per day for 30 days",
            "440 calories of B4155 is 5 units (4.4, rounded up)",
            "",
        ),
        (
            "A4253 patient tests 3 times a day for 90 days units",
            "270 strips of A4253 is 6 units (5.4, rounded up).",
            "",
        ),
        (
            "6 cans of Osmolite 1.5 a day at 355 calories per can, 30 days, units of B4152",
            "63900 calories of B4152 is 639 units.",
            "2130 calories per day x 30 days",
        ),
        ("albuterol 2.5 mg/3 ml J7613 120 vials units", "300 mg of J7613 is 300 units.", "2.5 mg x 120 vials"),
        ("J0696 gave 2 ml of 250 mg/5 ml", "100 mg of J0696 is 1 unit (0.4, rounded up).", "250 mg in 5 ml = 50 mg"),
        ("J9035 400 mg opened, used 320 mg wasted 80 mg", "320 mg of J9035 is 32 units, plus 8 units with", ""),
        ("Q4101 44 sq cm used 25 sq cm wasted 19", "25 sq cm of Q4101 is 25 units; the 19 sq cm discarded", ""),
        ("S9379 once a week x 4 weeks", "4 days of S9379 is 4 units.", "NHIA's definition of per diem"),
        ("S9338 3 visits a week for 4 weeks", "12 days of S9338 is 12 units.", "3 a week x 4 weeks = 12 days."),
        ("J1745 300 mg twice a week for 4 weeks", "2400 mg of J1745 is 240 units.", "300 mg x 8"),
        ("J3301 60 mg both knees total", "60 mg of J3301 is 6 units.", ""),
        ("J3301 40 mg each knee, total units?", "80 mg of J3301 is 8 units.", ""),
        ("J3301 40 mg RT LT", "40 mg of J3301 is 4 units; if each side got 40 mg, 80 mg is 8 units.", ""),
        ("J3301 40 mg RT", "40 mg of J3301 is 4 units.", ""),
        ("A0425 mileage over 100 miles rounding", "Medicare counts ambulance miles up to the next tenth", ""),
        ("how many units of Q4186 for a 5x5", "25 sq cm of Q4186 is 25 units.", "5 x 5 cm (cm assumed) = 25 sq cm."),
        ("A6402 4x4 sheet 3 per day for 30 days units", "90 dressings of A6402 is 90 units.", ""),
        ("J3301 2 cc kenalog 40 units", "80 mg of J3301 is 8 units.", "2 ml x 40 mg per ml = 80 mg."),
        ("J3301 kenalog-10 0.5 ml", "5 mg of J3301 is 1 unit (0.5, rounded up).", ""),
        ("J3301 kenalog 40 mg units", "40 mg of J3301 is 4 units.", ""),
        ("A0427-SH A0425-SH 12.3 miles", "12.3 miles of A0425 is 12.3 units. Units of A0427 can't", ""),
        ("J3301 kenalog 2 mg, as 1 unit?", "Yes. 2 mg of J3301 is 1 unit (0.2, rounded up).", ""),
        ("J7323 one injection units", "1 dose of J7323 is 1 unit.", ""),
        ("B4152 jevity 5 cans a day, units per month", "5 cans can't be converted to units of B4152", ""),
        ("J1580 160 mg, given as two 40 mg IM injections", "160 mg of J1580 is 2 units; 40 mg is 1 unit; if both", ""),
        ("J9035 400 mg, 320 mg, wasted 50 mg", "400 mg of J9035 is 40 units, plus 5 units with modifier JW for 50", ""),
        ("J1010 10 ml vial of 40 mg/ml, used 2 ml, waste?", "80 mg of J1010 is 80 units, plus 320 units with", ""),
        ("J9035 gave 50 mg from two 100 mg vials", "50 mg of J9035 is 5 units, plus 15 units with modifier JW", ""),
        ("J3301 40 mg x2 RT LT", "80 mg of J3301 is 8 units.", ""),
        ("S9338 2 visits per day", "S9338 is billed per day: one unit per day.", ""),
        ("B4035 how many per year", "The HCPCS record has no quantity or frequency limits (MUE) for B4035.", ""),
        ("J3490 J3301 2 mg as 1 unit?", "A claim with J3490 and J3301 must describe", ""),
        ("J3301 what goes in box 19", "A claim with J3301 must describe", ""),
        ("half a unit of J9355 was used", "0.5 units of J9355 is 5 mg, which is billed as 1 unit.", ""),
        ("J1580 160 mg, given as two 80 mg IM injections", "160 mg of J1580 is 2 units.", ""),
        ("J1580 160 mg, then two 40 mg IM injections", "160 mg of J1580 is 2 units;", ""),
        (
            "J1010 10 ml vial of 40 mg/ml, used 2 ml",
            "80 mg of J1010 is 80 units; of a single-dose vial the 320 mg discarded is billed with JW, of a multi-dose",
            "40 mg per ml x 2 ml = 80 mg.",
        ),
        ("J9395 250 mg each buttock total units", "500 mg of J9395 is 20 units.", "250 mg x 2 (each buttock)"),
        (
            "J9305 825 mg, one 500 and four 100 mg vials",
            "825 mg of J9305 is 83 units (82.5, rounded up), plus 7 units",
            "",
        ),
        ("B4153 250 cal per carton 6 cartons daily 30 days", "45000 calories of B4153 is 450 units.", "6 cartons"),
        ("A6212 3 times a week for a month", "12.86 dressings of A6212 is 13 units", "4.29 weeks (1 month of 30 days)"),
        ("T2049 12.6 miles each way", "25.2 miles of T2049 is 25.2 units.", "12.6 miles x 2 (each way)"),
        ("A4239 for 90 days how many units", "90 days of A4239 is 3 units.", "90 days / 1 month of 30 days"),
        ("J7050 250 ml bag, 2 bags", "500 ml of J7050 is 2 units.", "250 ml x 2 bags"),
        ("10 miles A0425, 12 miles A0425", "22 miles of A0425 is 22 units.", "10 miles + 12 miles"),
        ("A4253 two boxes of 50", "100 strips of A4253 is 2 units.", ""),
        ("A4452 60 inches of 2 inch tape", "120 sq in of A4452 is 7 units (6.67", "2 in x 60 in = 120 sq in."),
        ("A4450 tape 2 rolls 1in x 10yd units", "720 sq in of A4450 is 40 units.", "360 sq in x 2 rolls"),
        ("B4035 one month", "1 month of B4035 is 30 units.", ""),
        ("30 A4351 a week", "30 items per week of A4351 is 30 units per week.", ""),
        ("A4224 for 30 days units", "30 days of A4224 is 4.29 units: 4 units in full, or 5", "1 week of 7 days"),
    ],
)
def test_doses_add_up_and_supplies_are_counted_by_their_period(
    full: Desk, asked: str, headline: str, proof: str
) -> None:
    answer = full.ask(asked)
    assert answer.headline.startswith(headline)
    assert proof in answer.text


def test_a_dose_that_was_given_to_each_side_has_no_other_reading(full: Desk) -> None:
    assert "each side" not in full.ask("J3301 40 mg x2 RT LT").headline


def test_a_discarded_skin_substitute_takes_jw_only_before_2026(full: Desk) -> None:
    answer = full.ask("Q4186 38 sq cm wasted 11")
    assert answer.headline.startswith("38 sq cm of Q4186 is 38 units; the 11 sq cm discarded (11 units)")
    assert "2026" in answer.text


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J0585 200 units, used 170 discarded 30: how to code", "170 units of J0585 is 170 units, plus 30 units with"),
        ("J0878 daptomycin 500 mg vial used 450 wasted 50", "450 mg of J0878 is 450 units, plus 50 units with"),
        ("J9035 400 mg vial gave 350", "350 mg of J9035 is 35 units, plus 5 units with"),
        ("J3301 given 40 mg used 1", "40 mg of J3301 is 4 units."),
    ],
)
def test_what_was_used_of_a_vial_needs_no_unit_of_its_own(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline.startswith(headline)


@pytest.mark.parametrize(
    ("asked", "start", "conflict"),
    [
        ("J9355 450 mg from three 150 mg vials with 20 mg wasted", "450 mg of J9355 is 45 units.", "3 x 150 mg is 450"),
        ("J9035 gave 80 mg, wasted 10 mg of a 100 mg vial", "80 mg of J9035 is 8 units.", "90 mg, but 1 x 100 mg"),
        ("J9035 gave 500 mg from one 400 mg vial", "500 mg of J9035 is 50 units.", "more than the containers hold"),
    ],
)
def test_amounts_that_contradict_each_other_are_not_billed(full: Desk, asked: str, start: str, conflict: str) -> None:
    answer = full.ask(asked)
    assert answer.headline.startswith(start)
    assert conflict in answer.headline
    assert "plus" not in answer.headline


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ("J9035 630 mg from one 400 mg vial and three 100 mg vials", "plus 7 units with modifier JW for 70 mg"),
        (
            "J9035 630 mg from 400 mg vials and 100 mg vials",
            "7 units with modifier JW for 70 mg discarded, from 1 x 400",
        ),
        ("J2357 375 mg q2w x 8 weeks from 150 mg vials", "plus 15 units with modifier JW for 75 mg discarded"),
    ],
)
def test_vials_of_two_sizes_and_of_each_dose_are_counted(full: Desk, asked: str, clause: str) -> None:
    assert clause in full.ask(asked).headline


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("4 units J3301, 2 units J1885", "4 units of J3301 is 40 mg. 2 units of J1885 is 30 mg."),
        ("3 units of J3301 and 2 units of J1885", "3 units of J3301 is 30 mg. 2 units of J1885 is 30 mg."),
        ("billed 10 units J1100, 4 units J3301", "10 units of J1100 is 10 mg. 4 units of J3301 is 40 mg."),
        (
            "4 units J3301, 2 units J1885, 1 unit J1100",
            "4 units of J3301 is 40 mg. 2 units of J1885 is 30 mg. 1 unit of J1100 is 1 mg.",
        ),
        ("2 boxes A4259, 3 boxes A4253", "2 boxes of A4259 is 2 units. 3 boxes can't be converted"),
        ("J1885x5units", "5 units of J1885 is 75 mg."),
        ("100 units J0585, 50 units J0586", "100 units of J0585 is 100 units. 50 units of J0586 is 10 units."),
    ],
)
def test_each_code_has_its_own_count(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline.startswith(headline)


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J1756 1000 mg over 5 visits", "1000 mg of J1756 is 1000 units."),
        ("J0696 2 g split into two doses", "2 g of J0696 is 8 units."),
        ("J1756 200 mg x 5 visits", "1000 mg of J1756 is 1000 units."),
    ],
)
def test_a_dose_that_is_divided_is_not_multiplied(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline == headline


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J1745 wasted 20 mg", "20 mg discarded is 2 units of J1745 with modifier JW"),
        ("J1745 wasted 15 mg", "The question doesn't say how much of J1745 was given"),
        ("J7520 sirolimus 1 mg tab 2 daily 30 days", "60 mg of J7520 is 60 units."),
        ("J8540 4 mg tab, 5 tabs before chemo", "20 mg of J8540 is 80 units."),
        ("J1745 300 mg after 2 tabs benadryl", "300 mg of J1745 is 30 units."),
    ],
)
def test_what_was_discarded_and_what_is_taken_is_counted(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline.startswith(headline)
