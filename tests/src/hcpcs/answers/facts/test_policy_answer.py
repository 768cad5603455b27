"""Coverage documents: by their number, and by the policy that PDAC names for a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import csv_of, read_bytes, store_of
from tests.src.hcpcs.companions.forms.policies.coverage_exports import ARTICLES, LCDS, export_of

from hcpcs.answers.desk import Desk

DOCUMENTS = (
    (
        "contractor_name_type", "document_display_id", "document_type", "document_version", "effective_date", "note",
        "retirement_date", "title", "url",
    ),
    ("CGS\n(DME MAC)", "L33718", "LCD", "52", "01/01/2024", "", "N/A", "Positive Airway Pressure", "https://example.org/l"),
    ("CGS\n(DME MAC)", "L33718", "LCD", "51", "01/01/2020", "", "12/31/2023", "Positive Airway Pressure", "https://example.org/k"),
)  # fmt: skip
VERIFIED = (("HCPCS", "LCD", "Description"), ("L3761", "Positive Airway Pressure", "A DEVICE"))


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
    answer = policies.ask("which LCD covers L3761")
    assert answer.headline.startswith("LCD L33718: Positive Airway Pressure")
    assert {fact.subject.value for fact in answer.facts} == {"policy", "product_verification"}


def test_a_document_that_is_not_listed_is_said_to_be_so(policies: Desk) -> None:
    assert policies.ask("LCD L39999").headline.startswith("L39999 is not on the Medicare Coverage Database documents")


@pytest.mark.parametrize("names", [(), ("MUE_2024-07.csv",)])
def test_without_documents_the_policy_of_the_dme_macs_is_named(tmp_path: Path, names: tuple[str, ...]) -> None:
    answer = facts_desk(tmp_path, *names, loaded=bool(names)).ask("which LCD covers E0601")
    assert answer.headline == (
        "E0601: LCD L33718, Positive Airway Pressure (PAP) Devices for the Treatment of Obstructive Sleep Apnea, with "
        "policy article A52467."
    )
    assert "From: the DME MACs' LCDs of August 2025, the same in every state." in answer.text
    assert "https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid=33718" in answer.text
    assert not answer.facts


def test_with_documents_it_has_their_versions(policies: Desk) -> None:
    answer = policies.ask("which LCD covers E0601")
    assert answer.headline.startswith("E0601: LCD L33718, Positive Airway Pressure (PAP) Devices")
    assert "version 52, effective January 1, 2024, CGS (DME MAC): https://example.org/l" in answer.text
    assert [fact.qualifiers.version for fact in answer.facts] == ["52", "51"]


def test_a_national_determination_is_not_looked_up_in_the_documents_of_contractors(policies: Desk) -> None:
    assert policies.ask("NCD 240.4").headline.startswith("NCD 240.4 is the number of a Medicare coverage policy")


def test_of_a_code_without_a_policy_the_answer_says_where_to_look(tmp_path: Path) -> None:
    answer = facts_desk(tmp_path, "MUE_2024-07.csv").ask("which LCD covers J1745")
    assert answer.headline.startswith("The HCPCS record doesn't say which LCDs, NCDs or policy articles apply to J1745")
    assert "Where to look" in answer.text


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("exported")
    files = {"current_lcd.zip": LCDS, "current_article.zip": ARTICLES}
    editions = [edition for name, tables in files.items() for edition in read_bytes(folder, name, export_of(tables))]
    return facts_desk(folder, stored=store_of(folder, *editions))


def test_a_code_in_a_state_has_the_documents_of_its_contractor(exported: Desk) -> None:
    answer = exported.ask("which LCD for E0601 in Ohio")
    assert answer.headline == (
        "E0601 in Ohio: LCD L33718, Positive Airway Pressure (PAP) Devices, CGS Administrators, LLC (DME MAC, J-B); "
        "Article A52467, PAP Devices - Policy Article, CGS Administrators, LLC (DME MAC, J-B)."
    )
    assert "version 63, effective January 1, 2025, CGS Administrators, LLC (DME MAC, J-B): https://" in answer.text
    assert "Medicare Coverage Database LCDs of January 8, 2026 (current_lcd.zip (lcd.csv), row 2)" in answer.text
    assert "current_lcd.zip (lcd_x_hcpc_code.csv), rows 2 and 5" in answer.text


def test_the_type_asked_about_comes_first_and_a_retired_one_last(exported: Desk) -> None:
    answer = exported.ask("which article for E0601")
    assert answer.headline == (
        "E0601: Article A52467, PAP Devices - Policy Article; LCD L33718, Positive Airway Pressure (PAP) Devices; "
        "LCD L33901 (retired June 30, 2025), Old Devices."
    )


def test_an_article_is_named_with_the_lcd_that_it_belongs_to(exported: Desk) -> None:
    answer = exported.ask("which LCD for J1745 in Alabama")
    assert answer.headline == (
        "J1745 in Alabama: Article A59915, Billing and Coding: Infliximab, Palmetto GBA (A and B MAC, J-J) "
        "(for LCD L39995, Infliximab)."
    )
    assert "Related: L39995." in answer.text


def test_where_no_contractor_of_the_state_has_a_document_that_is_said(exported: Desk) -> None:
    answer = exported.ask("which article for J1745 in Ohio")
    assert answer.headline == ("No loaded document of a contractor for Ohio lists J1745. Elsewhere: Article A59915.")


def test_a_code_that_no_document_lists_is_said_to_be_so(exported: Desk) -> None:
    head = exported.ask("which LCD for A4217").headline
    assert head.startswith("A4217 is not on the Medicare Coverage Database")
    assert "J" not in head.removeprefix("A4217 is not on the Medicare Coverage Database January")


def test_the_documents_of_a_day_are_those_in_force_on_it(exported: Desk) -> None:
    answer = exported.ask("what is LCD L33902")
    assert answer.headline == "LCD L33902: Devices That Will End."
    assert "retired June 30, 2026" in answer.text
    assert exported.ask("what is LCD L33901").headline == "LCD L33901 (retired June 30, 2025): Old Devices."


def test_a_card_names_the_policies_that_a_loaded_export_lists_and_no_others(exported: Desk) -> None:
    lines = [one.text for one in exported.ask("E0601").evidence if one.label == "Policy"]
    assert len(lines) == 1
    assert "(A52467)" not in lines[0]


def test_coverage_of_a_code_names_its_policy_of_the_state(exported: Desk) -> None:
    answer = exported.ask("is E0601 covered in Ohio")
    lines = [one.text for one in answer.evidence if one.label == "Policy"]
    assert len(lines) == 1
    assert lines[0].startswith("E0601 in Ohio: LCD L33718, Positive Airway Pressure (PAP) Devices, CGS")
    assert "Medicare Coverage Database January 2026" in lines[0]
    missing = next(one.text for one in answer.evidence if one.label == "Not loaded")
    assert "Coverage Database" not in missing


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "what is L33822",
            "L33822 is the DME MACs' LCD Glucose Monitors, as of August 2025; its policy article is A52464.",
        ),
        (
            "A52464",
            "A52464 is the policy article for LCD L33822: the DME MACs' LCD Glucose Monitors, as of August 2025.",
        ),
    ],
)
def test_a_number_of_the_table_is_named_without_files(starter: Desk, text: str, headline: str) -> None:
    answer = starter.ask(text)
    assert answer.headline == headline
    assert any("medicare-coverage-database/view/" in one.text for one in answer.evidence)
    assert "E0607" in answer.text


def test_the_policies_of_a_family_are_listed(starter: Desk) -> None:
    answer = starter.ask("LCD for orthotics")
    assert answer.headline.startswith("LCDs of the DME MACs on orthotic codes, the same in every state")
    assert "L33686" in answer.text
    assert starter.ask("is there an LCD for L codes").headline.startswith("LCDs of the DME MACs on L codes")
    assert starter.ask("LCD for drugs").headline.startswith("LCDs, NCDs and policy articles aren't in the HCPCS")


def test_a_code_without_a_policy_leaves_no_blank_beside_one_that_has_one(tmp_path: Path) -> None:
    answer = facts_desk(tmp_path, loaded=False).ask("which LCD covers A4217 and E0601")
    assert answer.headline.startswith("E0601: LCD L33718")
    assert answer.headline == answer.headline.strip()
    assert "  " not in answer.headline


def test_the_article_of_a_determination_is_named_where_it_is_asked(policies: Desk) -> None:
    assert "Its policy article is A52467" in policies.ask("which policy article goes with L33718").headline
    assert "policy article" not in policies.ask("what is LCD L33718").headline
