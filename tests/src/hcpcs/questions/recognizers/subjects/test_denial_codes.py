"""Denial codes are recognized by their group, or by the words before their number."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.subjects.denial_codes import denial_codes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("denied CO-50", ["CO-50"]),
        ("co 050 and PR204", ["CO-50", "PR-204"]),
        ("CO-B7", ["CO-B7"]),
        ("CO-2", ["CO-2"]),
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
