"""OPPS Addendum B: status indicators in words, rates with dollar signs, and blank cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.src.hcpcs.companions.companion_files import facts_on, small_store

from hcpcs.companions.edition import EditionKind, FactSubject

NAME = "508 version of October 2025 Web Addendum B.10.31.25.csv"
DAY = date(2025, 11, 1)


def test_an_indicator_with_a_trailing_blank_has_its_words(tmp_path: Path) -> None:
    (fact,) = facts_on(small_store(tmp_path, NAME), EditionKind.OPPS, "C1713", DAY).facts
    assert (fact.subject, fact.value) == (FactSubject.STATUS_INDICATOR, "N")
    assert fact.qualifiers.texts() == {"meaning": "packaged into APC rates; no separate payment"}
    assert fact.edition == "OPPS Addendum B October 2025"


def test_a_rate_is_a_decimal_and_a_period_is_a_blank(tmp_path: Path) -> None:
    store = small_store(tmp_path, NAME)
    indicator, rate = facts_on(store, EditionKind.OPPS, "J1745", DAY).facts
    assert (rate.value, rate.unit) == (Decimal("31.090"), "USD")
    assert indicator.qualifiers.apc == "7043"
    assert indicator.qualifiers.coinsurance_percent == "18.5"
    assert not indicator.qualifiers.copayment
    assert facts_on(store, EditionKind.OPPS, "C9727", DAY).facts[1].value == Decimal("1031090.5")
