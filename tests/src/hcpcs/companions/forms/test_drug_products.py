"""The NDC-HCPCS crosswalk: from an NDC in any form to its codes and billing units, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import NDC_ROWS, facts_on, read_bytes, small_store, table_text

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

NAME = "crosswalk.csv"


@pytest.fixture
def crosswalk(tmp_path: Path) -> CompanionStore:
    return small_store(tmp_path, NAME)


@pytest.mark.parametrize("written", ["57894-0030-01", "57894003001", "57894-030-01", "5789403001"])
def test_an_ndc_in_any_form_leads_to_its_code_and_units(crosswalk: CompanionStore, written: str) -> None:
    (fact,) = facts_on(crosswalk, EditionKind.NDC, written).facts
    assert (fact.code, fact.value) == ("J1745", "57894-0030-01")
    assert fact.qualifiers.drug == "Remicade"
    assert fact.qualifiers.billing_units == "10"
    assert fact.qualifiers.identifier == "NDC"


def test_one_ndc_may_have_two_codes(crosswalk: CompanionStore) -> None:
    facts = facts_on(crosswalk, EditionKind.NDC, "55513-0002-04").facts
    assert [fact.code for fact in facts] == ["J0881", "J0882"]
    assert facts[0].qualifiers.billing_units_per_package == "100"


def test_a_upc_and_a_catalog_number_are_found_and_said_to_be_no_ndc(crosswalk: CompanionStore) -> None:
    for written, code in (("888867413689", "J7331"), ("gg100", "Q4111")):
        (fact,) = facts_on(crosswalk, EditionKind.NDC, written).facts
        assert (fact.code, fact.qualifiers.identifier) == (code, "other")


def test_a_code_leads_to_its_products(crosswalk: CompanionStore) -> None:
    assert [fact.value for fact in facts_on(crosswalk, EditionKind.NDC, "J1745").facts] == ["57894-0030-01"]
    assert facts_on(crosswalk, EditionKind.NDC, "57894-0099-01").absence is Absence.NOT_LISTED


def test_the_trailing_empty_columns_of_the_original_do_no_harm(tmp_path: Path) -> None:
    rows = [(*row, *[""] * 200) for row in NDC_ROWS]
    (packed,) = read_bytes(tmp_path, NAME, table_text(NAME, rows))
    assert packed.edition.rows == len(NDC_ROWS)


def test_a_product_without_an_identifier_is_refused(tmp_path: Path) -> None:
    rows = [NDC_ROWS[0], (*NDC_ROWS[1][:3], "", *NDC_ROWS[1][4:])]
    with pytest.raises(ReleaseError, match="line 6: J0881 has no NDC"):
        read_bytes(tmp_path, NAME, table_text(NAME, rows))
