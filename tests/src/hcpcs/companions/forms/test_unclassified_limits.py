"""Payment limits of drugs without a code: by name, and all of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import csv_of, facts_on, read_bytes, store_of

from hcpcs.companions.edition import EditionKind
from hcpcs.companions.forms.unclassified_limits import EVERY_DRUG
from hcpcs.errors import ReleaseError

HEADER = ("Drug Generic Name (Trade Name)", "Dosage", "Payment Limit", "Notes")
ROWS = (("Vasopressin (Long Grove)", "1 UNIT", "$2.462", ""), ("Another drug", "10 MG", "1,100", "A note"))
BANNER = (("Payment Allowance Limits",), ("Effective October 1, 2025 through December 31, 2025",), ())
DAY = date(2025, 11, 1)


def test_a_drug_is_found_by_its_name_and_with_all_others(tmp_path: Path) -> None:
    store = store_of(tmp_path, *read_bytes(tmp_path, "noc.csv", csv_of([*BANNER, HEADER, *ROWS])))
    assert store.editions[0].label == "Medicare Part B payment limits of drugs without a code October 2025"
    (fact,) = facts_on(store, EditionKind.NOC_LIMITS, "vasopressin  (long grove)", DAY).facts
    assert (fact.code, fact.value, fact.unit) == ("", Decimal("2.462"), "USD per 1 UNIT")
    every = facts_on(store, EditionKind.NOC_LIMITS, EVERY_DRUG, DAY).facts
    assert [fact.qualifiers.drug for fact in every] == ["Vasopressin (Long Grove)", "Another drug"]


def test_a_row_without_a_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="line 5: lacks the name of a drug or its limit"):
        read_bytes(tmp_path, "noc.csv", csv_of([*BANNER, HEADER, ("A drug", "1 MG", "", "A note")]))
