"""Tablets and nebulizer vials: what multiplies a strength, and what is beside it and doesn't.

Every expectation was decided before the rule was written.
"""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.doses.stated_units import missing

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("J7507 1 mg tablets, 2 tabs bid 30 days", "120 | !30"),
        ("J7502 100 mg cap #60", "60"),
        ("J7507 1 mg caps #60", "60"),
        ("J7507 5 mg caps #60", "300"),
        ("J7507 0.5 mg caps #60", "30"),
        ("J7502 100 mg caps, 2 caps bid, 30 days", "120"),
        ("J7515 25 mg caps #90", "90"),
        ("J7500 50 mg tabs, 1.5 tabs daily 30 days", "45"),
        ("J7517 250 mg caps #240", "240"),
        ("J7517 500 mg tabs, 2 tabs bid 30 days", "240"),
        ("J7518 360 mg tabs bid 30 days", "120"),
        ("J7518 180 mg tabs #120", "120"),
        ("J7520 1 mg tabs, 2 tabs daily x 30 days", "60"),
        ("J7527 0.75 mg tabs #60", "180"),
        ("J7503 4 mg tabs #30", "480"),
        ("J7508 1 mg caps #90", "900"),
        ("J7512 20 mg tabs, 3 tabs daily for 5 days", "300"),
        ("J7512 10 mg tablets qty 30", "300"),
        ("J8700 100 mg caps, 3 caps daily for 5 days", "300"),
        ("J8700 140 mg capsules, 2 capsules daily x 5 days", "280"),
        ("J8522 500 mg tabs, 3 tabs bid 14 days", "840"),
        ("J8530 50 mg tabs #30", "60"),
        ("J8610 2.5 mg tabs #24", "24"),
        ("J8610 2.5 mg, 6 tabs weekly x 12 weeks", "72"),
        ("J8560 50 mg caps, 2 caps daily x 21 days", "42"),
        ("J8600 2 mg tabs #50", "50"),
        ("J8501 80 mg caps, 2 caps", "32"),
        ("J8705 1 mg caps, 4 caps daily x 5 days", "80"),
        ("J8650 1 mg caps bid x 5 days", "10"),
        ("J8540 4 mg tabs, 5 tabs", "80"),
        ("Q0162 8 mg tabs #9", "72"),
        ("Q0162 8 mg tab bid x 3 days", "48"),
        ("Q0169 25 mg tabs #10", "20"),
        ("Q0163 25 mg caps, 2 caps", "1"),
        ("Q0166 1 mg tab, 2 tabs", "2"),
        ("Q0164 10 mg tablets #30", "60"),
        ("Q0167 2.5 mg caps #60", "60"),
        ("J0604 30 mg tabs #30", "900"),
        ("J0601 800 mg tabs, 3 tabs tid 30 days", "10800"),
        ("J0571 8 mg tabs, 2 tabs daily 7 days", "112"),
        ("S0179 40 mg tabs #120", "240"),
        ("S0187 20 mg tabs #30", "60"),
        ("J7509 4 mg tabs #21", "21"),
        ("J7507 1 mg cap, 2 caps po bid x 30 days", "120"),
        ("J7507 1 mg tab: take 2 tabs by mouth twice a day for 30 days", "120"),
        ("dispensed 60 capsules of 1 mg J7507", "60"),
        ("60 caps of J7502 100 mg", "60"),
        ("J7507 #60 of 1 mg", "60"),
        ("J7517 qty 120 caps 250 mg", "120"),
        ("J7507 1 mg tabs, 2 tabs bid 30 days, #120", "120 | !240"),
        ("J7605 15 mcg vials #60", "60"),
        ("J1745 100 mg vial #3", "30"),
        ("J7507 1 mg caps take 3 caps po q12h x 30 days", "180"),
        ("J7517 mycophenolate 500 mg tablet, one tablet twice daily for 30 days", "120"),
        ("Dispensed #180 of cyclosporine 25 mg caps J7515", "180"),
        ("J7520 2 mg tabs #30", "60"),
        ("everolimus J7527 0.5 mg tablets 1 tab bid 30 days", "120"),
        ("J8522 150 mg tabs #56", "168"),
        ("J7507 0.5 mg caps, 3 caps bid 30 days", "90 | !on a claim of its own"),
        ("J7507 1 mg caps bottle of 100", "100"),
        ("J7507 1 mg caps, 90 dispensed", "90"),
        ("J7507 2 mg am 1 mg pm 30 days", "90"),
        ("J7507 1.5 mg in the morning and 1 mg at bedtime 30 days", "75"),
        ("J8501 emend 80 mg caps qty 2", "32"),
        ("J8530 cytoxan 50 mg tabs, 2 tabs daily for 14 days", "56"),
        ("J0604 sensipar 60 mg tab daily 30 days", "1800"),
        ("J7507 1 mg caps bid, #60, 3 refills", "60 | !180"),
        ("J7507 1 mg capsules 90 day supply, 2 caps bid", "360"),
        ("J9271 100 mg vial, qty 2", "200"),
    ],
)
def test_tablets_of_an_oral_code_are_counted(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("J1745 300 mg, 2 tabs tylenol premed", "30 | !60"),
        ("J9271 200 mg, #6 of 8", "200 | !1200"),
        ("J2405 4 mg iv and rx qty 20 tabs", "4 | !80"),
        ("J7507 1 mg tabs, 2 tabs bid 30 days, #60", "check | !120"),
        ("J7507 5 mg caps #30 and 1 mg caps #60", "strengths"),
        ("J8700 140 mg caps #5 and 20 mg caps #10", "strengths"),
        ("J9271 200 mg infusion #6", "200 | !1200"),
        ("J9299 240 mg cycle #4", "240 | !960"),
        ("J0178 2 mg #3 in the series", "2 | !6"),
        ("J1745 300 mg, #2 on the list", "30 | !60"),
        ("item #4: J2405 4 mg", "4 | !16"),
        ("line #2 J0696 1 g", "4 | !8"),
        ("J7507 1 mg tabs, rx #123456", "!123456"),
        ("J7507 1 mg cap #60, refill #2", "60 | !120"),
        ("J7507 1 mg caps, refill #3", "!3 | !180"),
        ("pt #12 J1885 30 mg im", "2 | !24"),
        ("vial #2 of 2, J9271 200 mg", "200 | !400"),
        ("J1885 30 mg IM, sent home with 10 mg tabs #20", "2 | !14 | !20 | !40 | !27"),
        ("J2550 25 mg im, rx 25 mg tabs #12", "1 | !6 | !12 | !24"),
        ("J0696 1 g im plus azithromycin 250 mg tabs #4", "4 | !5 | !8 | !16"),
        ("J1885 60 mg im and 2 tabs flexeril", "4 | !8"),
        ("J1745 400 mg, benadryl 25 mg cap, 2 caps tylenol", "40 | !80"),
        ("J9271 200 mg, dexamethasone 4 mg tabs x 2", "200 | !400"),
        ("J9035 750 mg iv, decadron 4 mg tab #10", "75 | !750"),
        ("J3301 40 mg, tramadol 50 mg tabs #30", "4 | !9 | !150"),
        ("J2405 4 mg tab", "!4"),
        ("J2405 8 mg odt", "!8"),
        ("J1885 10 mg tabs #20", "!14 | !1"),
        ("J1741 800 mg tablet", "!8"),
        ("J1100 4 mg tabs, 5 tabs", "!20 | !4"),
        ("J1745 400 mg infusion #3, 4 vials", "40 | !160 | !120"),
        ("J9299 240 mg, dose #2", "240 | !480"),
        ("J3489 4 mg, pt #7 of 12", "4 | !28"),
        ("J2405 8 mg ivp, sent home w/ 4 mg odt #10", "8 | !12 | !80 | !40"),
        ("J1885 15 mg iv, motrin 600 mg tab #30", "1 | !41 | !615"),
        ("J1100 10 mg IM, medrol 4 mg tabs #21", "10 | !14 | !84 | !210"),
        ("J0696 500 mg im and doxycycline 100 mg caps #14", "2 | !3 | !28"),
        ("J3301 60 mg knee, ibuprofen 800 mg tabs #30", "6 | !86"),
        ("J1200 50 mg iv and pepcid 20 mg po", "1 | !2"),
        ("J9035 800 mg, 3 tabs zofran given", "80 | !240"),
        ("J7507 1 mg caps #90 and 0.5 mg caps #30", "strengths"),
        ("J7507 1 mg, 2 tabs bid", "How many tablets or capsules there are in all isn't clear"),
        ("J7507 2 tabs a day of 1 mg for 30 days", "60"),
        ("J7507 1 mg daily #30", "30"),
        ("J7507 1 mg qty 60", "1 | 60 tablets or capsules of 1 mg are 60 units | !No."),
        ("is 60 units right for J7507 1 mg caps #60", "Yes. | 60"),
        ("J8540 10 mg IV", "J8540 is an oral drug | !40"),
        ("J2550 25 mg suppository", "J2550 is an injection, so 25 mg as a suppository | !1"),
        ("J8540 4 mg cream", "J8540 is an oral drug, so 4 mg as a suppository | !16"),
        ("J1885 60 mg IM, Rx naproxen 500 mg #30", "4 | !34 | !38"),
        ("J1885 60 mg IM, sent home with naproxen 500 mg", "4 | !34"),
    ],
)
def test_what_counts_no_tablets(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("J7626 0.5 mg 60 vials", "60"),
        ("J7613 2.5 mg, 120 vials", "300"),
        ("J7644 0.5 mg vials, 120 vials", "60"),
        ("J7613 2.5 mg vials qid 30 days", "300"),
        ("J7613 2.5 mg/3 ml, 120 vials", "300"),
        ("J7606 20 mcg 60 vials", "60"),
        ("J7639 2.5 mg, 30 vials", "75"),
        ("J7677 175 mcg, 30 vials", "5250"),
        ("J7682 300 mg, 56 vials", "56"),
        ("J7613 2.5 mg qid, 120 vials, 30 days", "300 | !36000"),
        ("J7626 0.5 mg bid 30 days 60 vials", "60 | !3600"),
        ("J7613 2.5 mg given, box of 25 vials", "3 | !63"),
        ("J7613 gave 2.5 mg from a box of 30 vials", "3 | !75"),
        ("J7605 15 mcg bid 30 days", "60"),
        ("J7644 0.5 mg/2.5 ml, 90 vials", "45"),
        ("J7620 duoneb 90 vials", "90"),
        ("J7682 tobramycin 300 mg vials 56 vials", "56"),
        ("J7631 20 mg 120 vials", "240"),
        ("J7626 0.25 mg, 60 vials", "60 | !30"),
        ("J7626 0.25 mg vials, 2 vials bid for 30 days", "120"),
        ("J7626 1 mg vial, 30 vials", "60"),
        ("J7626 15 mg", "30"),
        ("J7613 0.083% 3 ml 60 vials", "150 | !JW"),
        ("J7613 2.5 mg bid 30 days, 90 vials", "check the numbers | !225 | !150"),
        ("J7613 2.5 mg, 2 vials qid 30 days", "600"),
        ("J7608 20% 4 ml vials qid 30 days", "96 | !on a claim of its own"),
        ("J7605 15 mcg vials: 60 dispensed", "60"),
        ("J2405 4 mg/2 ml vial, qty 25", "100"),
        ("J7639 pulmozyme 2.5 mg/2.5 ml ampules #30", "75"),
        ("J7613 2.5 mg/3 ml nebs #120", "300"),
    ],
)
def test_vials_of_a_nebulizer_solution_are_counted(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("J7620 90 vials", "90 vials of J7620 is 90 units."),
        ("duoneb 3 vials/day 30 days J7620", "90 vials of J7620 is 90 units."),
        ("J7620 3 ml vials #120", "120 vials of J7620 is 120 units."),
        ("J7620 3 vials a day", "3 vials per day of J7620 is 3 units per day."),
        ("J7620 3 mg", "Units of J7620 can't be calculated"),
        ("J0802 3 vials", "3 vials can't be converted"),
        ("Q2058 3 vials", "Q2058 is billed per infusion"),  # two amounts, and not for a nebulizer
    ],
)
def test_a_vial_of_two_drugs_for_a_nebulizer_is_one_unit(full: Desk, asked: str, expected: str) -> None:
    assert full.ask(asked).headline.startswith(expected)
