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
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_a_limit_says_the_other_settings_under_the_one_that_is_asked_about(desk: Desk) -> None:
    text = desk.ask("MUE for J1885 in the office").text
    assert "J1885, outpatient hospital: 9 units a day." in text
    assert "J1885, DME supplier: 0 (not billed in this setting)." in text


def test_a_dose_is_answered_before_the_units(desk: Desk) -> None:
    answer = desk.ask("max dose of J1885")
    assert answer.headline.startswith("Dosage and clinical use aren't in the HCPCS record; J1885 only bills")
    assert "The MUE of J1885 is 8 units" in answer.text
