"""The table of denial codes is complete in each row, and reads as sentences."""

from __future__ import annotations

import re

from hcpcs.records.terms.denial_reasons import DenialCode, denial_groups, denial_reasons


def test_every_reason_has_a_meaning_that_ends_a_sentence_and_something_to_check() -> None:
    for code, reason in denial_reasons().items():
        assert re.fullmatch(r"(?:B|M|MA|N)?\d{1,3}", code)
        assert reason.means[0].islower()
        assert not reason.means.endswith(".")
        assert reason.check.endswith(".")


def test_a_code_is_named_with_its_group_or_as_a_reason() -> None:
    assert DenialCode(group="CO", reason="50").name == "CO-50"
    assert DenialCode(group="", reason="197").name == "reason code 197"
    assert DenialCode(group="", reason="N115").name == "remark code N115"
    assert set(denial_groups()) == {"CO", "PR", "OA", "PI"}
