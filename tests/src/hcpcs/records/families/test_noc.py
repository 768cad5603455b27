"""NOC codes: CMS's list decides for the codes of its time, the description for all others."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.records.families.noc import BRANDS_APART, NOC_ADVICE, NOC_CHECKLIST, is_noc, noc_advice, noc_wording
from hcpcs.records.record import CodeRecord, RecordKind

LIST_DATE = date(2024, 7, 1)
LISTED = frozenset({"J3490", "M1222"})


def record(code: str, description: str, added: date | None = date(2010, 1, 1)) -> CodeRecord:
    kind = RecordKind.MODIFIER if len(code) == 2 else RecordKind.PROCEDURE
    return CodeRecord(code=code, kind=kind, long_description=description, added_date=added)


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Unclassified drugs", True),
        ("Unlisted ambulance service", True),
        ("Incontinence supply; miscellaneous", True),
        ("Prescription drug, oral, non chemotherapeutic, nos", True),
        ("Accessory for gradient compression garment, not-otherwise specified", True),
        ("Other specified case management service not elsewhere classified", True),
        ("Noc drugs, other than inhalation drugs, administered through dme", True),
        ("Dilated macular exam was not performed, reason not otherwise specified", False),
        ("Specimen site other than lung, or classified as nsclc-nos", False),
        ("Home infusion therapy, continuous insulin infusion, per diem", False),
        ("", False),
    ],
)
def test_not_otherwise_classified_by_description(description: str, expected: bool) -> None:
    assert bool(noc_wording(description)) is expected


def test_the_wording_is_what_an_explanation_quotes() -> None:
    assert noc_wording("Prescription drug, oral, non chemotherapeutic, NOS") == "nos"
    assert noc_wording("Unclassified drugs") == "unclassified"


@pytest.mark.parametrize("list_date", [LIST_DATE, None])
def test_a_list_decides_for_the_codes_of_its_time(list_date: date | None) -> None:
    assert is_noc(record("J3490", "Unclassified drugs"), LISTED, list_date)
    assert is_noc(record("M1222", "Plan not documented, reason not otherwise specified"), LISTED, list_date)
    assert not is_noc(record("J0131", "Injection, acetaminophen, not otherwise specified,10 mg"), LISTED, list_date)
    assert not is_noc(record("A6609", "Bandaging, not otherwise specified", LIST_DATE), LISTED, list_date)


def test_the_description_decides_for_codes_added_after_the_list() -> None:
    later = date(2024, 7, 2)
    assert is_noc(record("J0165", "Injection, epinephrine, not otherwise specified", later), LISTED, LIST_DATE)
    assert not is_noc(record("J0165", "Injection, epinephrine, 0.1 mg", later), LISTED, LIST_DATE)
    assert not is_noc(record("J0165", "Injection, epinephrine, not otherwise specified", None), LISTED, LIST_DATE)


def test_the_description_decides_without_a_list() -> None:
    assert is_noc(record("J3490", "Unclassified drugs"), frozenset(), None)
    assert not is_noc(record("S9353", "Home infusion therapy"), frozenset(), None)
    assert not is_noc(record("J0131", "Injection, acetaminophen, not otherwise specified,10 mg"), frozenset(), None)


def test_a_modifier_is_never_noc() -> None:
    assert not is_noc(record("AQ", "Physician in an unlisted shortage area"), frozenset(), None)
    assert not is_noc(record("AQ", "Physician in an unlisted shortage area"), frozenset({"AQ"}), LIST_DATE)


def test_the_advice_says_every_part_of_the_checklist() -> None:
    assert all(text in NOC_ADVICE for _, text in NOC_CHECKLIST)


@pytest.mark.parametrize(
    ("description", "advice"),
    [
        ("Injection, triamcinolone acetonide, not otherwise specified, 10 mg", BRANDS_APART),
        ("Unclassified drugs", NOC_ADVICE),
        ("Injection, drug, not otherwise specified", NOC_ADVICE),
        ("Wound filler, dry form, per gram, not otherwise specified", NOC_ADVICE),
    ],
)
def test_a_named_drug_billed_by_its_amount_needs_no_description(description: str, advice: str) -> None:
    assert noc_advice(description) == advice
