"""Units that may be billed, by setting."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "MUE for J1885",
            "The MUE of J1885 is 8 units a day for practitioner services and 9 units a day for outpatient hospital "
            "services (July 2024).",
        ),
        ("MUE for J1885 in the office", "The MUE of J1885 is 8 units a day for practitioner services (July 2024)."),
        (
            "MUE of J1885 for a DME supplier",
            "The MUE of J1885 is 0 (not billed in this setting) for DME supplier services (July 2024).",
        ),
        (
            "MUE of E0114 in the office",
            "E0114 is not on the MUE table for practitioner services July 2024.",
        ),
        (
            "how many J1885 per year",
            "The files loaded have no limit per year: the LCD or the payer sets it. The MUE of J1885 is 8 units a day",
        ),
        ("J1885 how many month", "The files loaded have no limit per month: the LCD or the payer sets it."),
        ("how often can we bill J1885", "The files loaded have no limit over time: the LCD or the payer sets it."),
        (
            "how often can E0114 be replaced",
            "For equipment, Medicare's reasonable useful lifetime is at least five years (42 CFR 414.210(f)). The "
            "files loaded have no limit over time: the LCD or the payer sets it.",
        ),
        ("S9353 how many per month", "Medicare doesn't pay for S9353 and has no limit"),
        ("MUE for A9500", "A9500 is not on the MUE tables July 2024."),
        ("is 1 A7030 per 3 months right", "The usual quantity limit of A7030 is 1 every 3 months (LCD L33718)."),
        ("is A7030 limited to one every 3 months", "The usual quantity limit of A7030 is 1 every 3 months"),
        ("MUE for A4520", "The MUE of A4520 is 0"),
        ("how many E0114 in 5 years", "For equipment, Medicare's reasonable useful lifetime is at least five years"),
        ("E0260 how many units a month", "One unit of E0260 with RR is a month of rent."),
        ("limit of A7030", "The MUE of A7030 is 1 unit a day for DME supplier services (July 2024)."),
        (
            "how many A7030 can pt get in 6 months",
            "The usual quantity limit of A7030 is 1 every 3 months (LCD L33718).",
        ),
        ("how many A7030 in 90 days", "The usual quantity limit of A7030 is 1 every 3 months (LCD L33718)."),
        # A number without a period is compared with the edit of a day, one of a month with the usual limit.
        ("5 units of A7030 ok", "No. 5 units of A7030 is more than its MUE of 1."),
        (
            "5 units of A7030 per month ok",
            "No. 5 units of A7030 in 1 month is 15 in 3 months, which is more than the usual",
        ),
        ("is 2 units of E0114 allowed", "No. 2 units of E0114 is more than its MUE of 1."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_the_usual_limit_is_beside_the_edit_where_no_period_is_asked_about(desk: Desk) -> None:
    answer = desk.ask("limit of A7030")
    assert "usual quantity limit" not in answer.headline
    assert "The usual quantity limit of A7030 is 1 every 3 months (LCD L33718)." in answer.text


def test_a_limit_says_the_other_settings_under_the_one_that_is_asked_about(desk: Desk) -> None:
    text = desk.ask("MUE for J1885 in the office").text
    assert "J1885, outpatient hospital: 9 units a day." in text
    assert "J1885, DME supplier: 0 (not billed in this setting)." in text


def test_a_dose_is_answered_before_the_units(desk: Desk) -> None:
    answer = desk.ask("max dose of J1885")
    assert answer.headline.startswith("Dosage and clinical use aren't in the HCPCS record; J1885 only bills")
    assert "The MUE of J1885 is 8 units" in answer.text


def test_a_code_that_is_billed_in_no_setting_has_its_zero(desk: Desk) -> None:
    assert desk.ask("MUE of J0120").headline.startswith("The MUE of J0120 is 0 (no unit is paid in this setting)")


def test_tables_that_lack_the_code_are_named_once(desk: Desk) -> None:
    absent = "E0114 is not on the MUE table for practitioner services July 2024."
    assert desk.ask("MUE of E0114").text.count(absent) == 1
    assert desk.ask("MUE of E0114 in the office").text.count(absent) == 1
    assert desk.ask("MUE for A9500").text.count("A9500 is not on") == 1
    assert "is not on" not in desk.ask("MUE for J1885").text
    assert "No MUE table" not in desk.ask("MUE of E0114").text


def test_the_setting_that_leads_is_not_listed_again(desk: Desk) -> None:
    assert "J1885, practitioner: 8 units" not in desk.ask("MUE for J1885 in the office").text


def test_without_mue_tables_the_usual_limit_is_what_is_known(full: Desk) -> None:
    assert full.ask("limit of A7030").headline.startswith("No MUE table is loaded. The usual quantity limit of A7030")
    assert full.ask("is 5 A7030 ok").headline.startswith("The usual quantity limit of A7030 is 1 every 3 months")
    assert "More than the usual limit needs a reason" in full.ask("limit of A7030").text


def test_without_mue_tables_the_useful_lifetime_is_evidence(full: Desk) -> None:
    answer = full.ask("how often can E0143 be replaced")
    assert answer.headline == "The HCPCS record has no quantity or frequency limits (MUE) for E0143."
    assert "reasonable useful lifetime is at least five years" in answer.text


@pytest.mark.parametrize("code", ["E0441", "E0445", "E0950", "E0182"])
def test_the_useful_lifetime_is_of_devices_and_not_of_parts_or_contents(full: Desk, code: str) -> None:
    assert "useful lifetime" not in full.ask(f"how many {code} per year").text


def test_without_any_limit_none_is_compared_and_no_reason_is_asked_for(full: Desk) -> None:
    answer = full.ask("J1885 300 mg limit")
    assert answer.headline == "The HCPCS record has no quantity or frequency limits (MUE) for J1885."
    assert "More than the usual limit" not in answer.text


def test_a_month_of_what_is_billed_per_day_is_counted_with_and_without_a_limit_beside_it(full: Desk) -> None:
    counted = "is billed per day: a month of 30 days is 30 units."
    assert full.ask("how many units of B4224 per month").headline == f"B4224 {counted} No MUE table is loaded."
    other = full.ask("how many units of S9353 per month").headline
    assert other.startswith(f"S9353 {counted} Medicare doesn't pay for S9353 and has no limit")
    assert "No MUE table" not in other
