"""Denial codes are recognized by their group, or by the words before their number."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.parser import parse_question
from hcpcs.questions.recognizers.subjects.denial_codes import denial_codes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("denied CO-50", ["CO-50"]),
        ("co 050 and PR204", ["CO-50", "PR-204"]),
        ("CO-B7", ["CO-B7"]),
        ("CO-2", ["CO-2"]),
        ("CO P14", ["CO-P14"]),
        ("end tidal CO2 monitor", []),
        ("CARC 197", ["reason code 197"]),
        ("denial reason code 16", ["reason code 16"]),
        ("denial 30 days ago", []),
        ("denial 50", ["reason code 50"]),
        ("denial 4 for E0601", ["reason code 4"]),
        ("E0601 denial 3 months ago", []),
        ("denial 1/15/25", []),
        ("denial 11-2-2025", []),
        ("Colorado CO E0601", []),
        ("claim denied", []),
    ],
)
def test_denial_codes_of_a_question(text: str, names: list[str]) -> None:
    assert [code.name for code in denial_codes(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("N362", ["remark code N362"]),
        ("what does MA130 mean", ["remark code MA130"]),
        ("L0650 denied again, N115", ["remark code N115"]),
        ("CO-16 M51 on E0601", ["CO-16", "remark code M51"]),
        ("denied CO-B7", ["CO-B7"]),
        ("B7 denial", ["reason code B7"]),
        ("remark code N999", ["remark code N999"]),
        ("MA130 what do i do", ["remark code MA130"]),
        ("N115 how do I fix it", ["remark code N115"]),
        ("N999", []),
        ("N95", []),
        ("M76 on A4253", ["remark code M76"]),
        ("M76 for L1960", []),
        ("A6222 zero paid, N115", ["remark code N115"]),
        ("N18.6 denied", []),
        ("vitamin B12 denied", []),
        ("N362 and a walker", []),
    ],
)
def test_remark_codes_count_beside_the_words_of_a_remittance_or_alone(text: str, names: list[str]) -> None:
    assert [code.name for code in denial_codes(text)] == names


def test_a_remark_that_could_be_a_diagnosis_says_so_only_where_nothing_else_tells() -> None:
    assert denial_codes("M51")[0].diagnosis == "M51"
    assert denial_codes("n362?")[0].diagnosis == "N36.2"
    assert denial_codes("remark N362")[0].diagnosis == ""


@pytest.mark.parametrize("text", ["N362", "denied N115", "denied B7", "rejected with CO-50", "why CO-50"])
def test_a_denial_code_is_not_a_misspelled_code_of_another_system(text: str) -> None:
    assert parse_question(text, date(2026, 11, 26)).codes == ()
