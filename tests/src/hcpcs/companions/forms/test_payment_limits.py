"""Part B payment limits: the limit, the coinsurance, and limits of N/A."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import (
    LIMIT_ROWS,
    facts_on,
    read_bytes,
    small_store,
    store_of,
    table_text,
)

from hcpcs.companions.edition import EditionKind, FactSubject
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

NAME = "payment limits.csv"


@pytest.fixture
def limits(tmp_path: Path) -> CompanionStore:
    return small_store(tmp_path, NAME)


def test_a_limit_is_of_the_dosage_of_the_code(limits: CompanionStore) -> None:
    limit, coinsurance = facts_on(limits, EditionKind.ASP, "J1745").facts
    assert (limit.subject, limit.value, limit.unit) == (FactSubject.AMOUNT, Decimal("31.415"), "USD per 10 MG")
    assert (coinsurance.subject, coinsurance.value) == (FactSubject.COINSURANCE, Decimal("20"))
    assert (limit.edition, limit.row) == ("Medicare Part B payment limits January 2026", 10)
    assert (str(limit.first_day), str(limit.last_day)) == ("2026-01-01", "2026-03-31")


def test_the_coinsurance_is_not_always_20_per_cent(limits: CompanionStore) -> None:
    limit, coinsurance = facts_on(limits, EditionKind.ASP, "J0897").facts
    assert (limit.value, coinsurance.value) == (Decimal("1029.856"), Decimal("17.885"))
    assert limit.qualifiers.notes == "Inflation-adjusted coinsurance"


def test_a_limit_of_not_available_has_its_amounts_in_the_notes(limits: CompanionStore) -> None:
    limit = facts_on(limits, EditionKind.ASP, "A9606").facts[0]
    assert limit.value is None
    assert limit.qualifiers.notes == "100% AWP = $212.84; 100% WAC = $177.37"


def test_a_limit_that_is_not_an_amount_is_refused(tmp_path: Path) -> None:
    rows = [LIMIT_ROWS[0], (*LIMIT_ROWS[1][:3], "see note", *LIMIT_ROWS[1][4:])]
    with pytest.raises(ReleaseError, match="line 11: Payment Limit: 'see note' is not an amount"):
        read_bytes(tmp_path, NAME, table_text(NAME, rows))


def test_a_dosage_that_begins_with_per_is_said_once(tmp_path: Path) -> None:
    rows = [("Q2043", "Sipuleucel-t", "Per infusion (minimum 50 million cells)", "54404.108", "20.000", *[""] * 6)]
    store = store_of(tmp_path, *read_bytes(tmp_path, "limits.csv", table_text("payment limits.csv", rows)))
    limit, _ = facts_on(store, EditionKind.ASP, "Q2043").facts
    assert limit.unit == "USD per infusion (minimum 50 million cells)"
