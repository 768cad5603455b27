"""Facts that are made without checks, and what the checks would have made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import facts_on, small_store

from hcpcs.companions.edition import EditionKind, Fact
from hcpcs.companions.qualifiers import Qualifiers


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (EditionKind.DMEPOS, "E0601"),
        (EditionKind.NDC, "J0881"),
        (EditionKind.NDC, "888867413689"),
        (EditionKind.ASP, "J1745"),
        (EditionKind.PRIOR_AUTHORIZATION, "K0856"),
        (EditionKind.PTP_PRACTITIONER, "A9500"),
    ],
)
def test_a_fact_is_what_the_checks_would_make(tmp_path: Path, kind: EditionKind, text: str) -> None:
    facts = facts_on(small_store(tmp_path), kind, text, date(2026, 8, 1)).facts
    assert facts
    for fact in facts:
        stated = {name: getattr(fact, name) for name in Fact.model_fields}
        qualifiers = Qualifiers(**{name: getattr(fact.qualifiers, name) for name in Qualifiers.model_fields})
        checked = Fact(**(stated | {"qualifiers": qualifiers}))
        assert fact == checked
        assert hash(fact) == hash(checked)
        assert fact.model_dump_json() == checked.model_dump_json()
        copied = fact.model_copy(update={"row": 7})
        assert (copied.row, fact.row) == (7, checked.row)
