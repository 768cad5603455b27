"""Coverage documents: by their number, and by the policy that PDAC names for a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import csv_of, read_bytes, store_of

from hcpcs.answers.desk import Desk

DOCUMENTS = (
    (
        "contractor_name_type", "document_display_id", "document_type", "document_version", "effective_date", "note",
        "retirement_date", "title", "url",
    ),
    ("CGS\n(DME MAC)", "L33718", "LCD", "52", "01/01/2024", "", "N/A", "Positive Airway Pressure", "https://example.org/l"),
    ("CGS\n(DME MAC)", "L33718", "LCD", "51", "01/01/2020", "", "12/31/2023", "Positive Airway Pressure", "https://example.org/k"),
)  # fmt: skip
VERIFIED = (("HCPCS", "LCD", "Description"), ("E0601", "Positive Airway Pressure", "A DEVICE"))


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("policies")
    files = {"documents_2025-08.csv": DOCUMENTS, "verification.csv": VERIFIED}
    editions = [edition for name, rows in files.items() for edition in read_bytes(folder, name, csv_of(rows))]
    return facts_desk(folder, stored=store_of(folder, *editions))


def test_a_document_is_named_with_its_versions_and_link(policies: Desk) -> None:
    answer = policies.ask("what is LCD L33718")
    assert answer.headline.startswith("LCD L33718: Positive Airway Pressure")
    assert "version 52, effective January 1, 2024, CGS (DME MAC): https://example.org/l" in answer.text
    assert "version 51, effective January 1, 2020, retired December 31, 2023" in answer.text
    assert [fact.qualifiers.version for fact in answer.facts] == ["52", "51"]


def test_a_code_has_the_policy_that_pdac_names_for_it(policies: Desk) -> None:
    answer = policies.ask("which LCD covers E0601")
    assert answer.headline.startswith("LCD L33718: Positive Airway Pressure")
    assert {fact.subject.value for fact in answer.facts} == {"policy", "product_verification"}


def test_a_document_that_is_not_listed_is_said_to_be_so(policies: Desk) -> None:
    assert policies.ask("LCD L39999").headline.startswith("L39999 is not on the Medicare Coverage Database documents")


def test_without_documents_the_answer_says_where_to_look(tmp_path: Path) -> None:
    answer = facts_desk(tmp_path, "MUE_2024-07.csv").ask("which LCD covers E0601")
    assert not answer.facts
    assert "Where to look" in answer.text
