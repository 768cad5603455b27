"""The codes of a pasted claim, each with its date of service."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.claim_lines import claim_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("DOS 3/2/2018\nQ5102 x 40\nJ1885 x2", "Q5102 2018-03-02, J1885 2018-03-02"),
        ("Q5102 x 40\nJ1885\nDOS 3/2/2018", "Q5102 2018-03-02, J1885 2018-03-02"),
        ("DOB 4/5/1950 DOS 3/2/2018 Q5102 x 40, claim denied 5/5/2024", "Q5102 2018-03-02"),
        ("03/01/2024 03/31/2024 11 J3301\n04/02/2024 04/02/2024 11 J1885", "J3301 2024-03-01, J1885 2024-04-02"),
        ("Q5102 DOS 3/2/2018, J1885 DOS 4/1/2024", "Q5102 2018-03-02, J1885 2024-04-01"),
        ("SV1*HC:J3301:RT*85*UN*4***1~\nDTP*472*D8*20180302~", "J3301 2018-03-02"),
        ("remit date 5/1/2024 J1885", "J1885 None"),
        ("E0601 RR\nMRN 20190301", "E0601 None"),
    ],
)
def test_a_code_has_the_date_of_its_line(text: str, lines: str) -> None:
    read = claim_lines(text, date(2026, 11, 26))
    assert ", ".join(f"{line.mention.code} {line.day}" for line in read) == lines
