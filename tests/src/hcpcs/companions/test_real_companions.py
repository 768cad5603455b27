"""Every row of the real companion files, looked up and compared with the file itself."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.real_companions import real_store

from hcpcs.companions.edition import EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.storage.companion_store import COMPANIONS_FILE, CompanionStore

pytestmark = pytest.mark.slow

MAXIMUM_BYTES = 4_000_000
"""Maximum size of the file of all editions: opening it reads it once to check its digest."""


@pytest.fixture(scope="module")
def store(companion_data: Path, tmp_path_factory: pytest.TempPathFactory) -> CompanionStore:
    """All of the files in one store."""
    version = tmp_path_factory.mktemp("version")
    store = real_store(companion_data, version)
    assert (version / COMPANIONS_FILE).stat().st_size < MAXIMUM_BYTES
    return store


def table(path: Path, first_column: str) -> Iterator[dict[str, str]]:
    """The rows below the header that starts with a column, as the file has them."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    start = next(place for place, row in enumerate(rows) if row[0] == first_column)
    header = rows[start]
    for row in rows[start + 1 :]:
        yield dict(zip(header, row, strict=True))


def amount(text: str) -> Decimal | None:
    """A cell of an amount; ``None`` where it is blank or 0."""
    plain = text.strip().replace("$", "").replace(",", "").replace("%", "")
    return Decimal(plain) or None if plain not in ("", ".") else None


@pytest.mark.parametrize(
    ("name", "day", "rows"),
    [
        ("DMEPOS26_JAN.csv.gz", date(2026, 3, 1), 3515),
        ("DMEPOS25_APR.csv.gz", date(2025, 6, 30), 3511),
        ("DMEPOS_2021Q3_palmetto_pdac.csv.gz", date(2021, 7, 1), 3245),
    ],
)
def test_every_amount_of_a_fee_schedule(
    store: CompanionStore, companion_data: Path, name: str, day: date, rows: int
) -> None:
    seen = 0
    for row in table(companion_data / name, "HCPCS"):
        upper = {re.sub("[ ()]", "", column).upper(): cell for column, cell in row.items()}
        modifiers = tuple(text for column in ("MOD", "MOD2") if (text := upper[column].strip()))
        look_up = store.look_up(EditionKind.DMEPOS, upper["HCPCS"], day, Selection(modifiers=modifiers))
        stated: dict[str, object] = {}
        for fact in look_up.facts:
            qualifiers = fact.qualifiers
            rural = {True: "R", False: "NR", None: ""}[qualifiers.rural]
            stated[(qualifiers.limit or f"{qualifiers.area}{rural}").upper()] = fact.value
        areas = [column for column in upper if len(column) in (3, 4) and column.endswith("R") and column != "MOD2"]
        assert len(areas) == 106
        expected = {column: amount(upper[column]) for column in (*areas, "CEILING", "FLOOR") if column in upper}
        assert stated == {column: value for column, value in expected.items() if value is not None}, row
        seen += 1
    assert seen == rows


def test_every_amount_of_a_former_bidding_area(store: CompanionStore, companion_data: Path) -> None:
    rows = list(table(companion_data / "DMEPOS_former_CBA_JAN2026_Dallas_only.csv.gz", "HCPCS"))
    for row in rows:
        modifiers = tuple(text for column in ("Mod", "Mod2") if (text := row[column].strip()))
        selection = Selection(area="Dallas TX CBA", modifiers=modifiers)
        facts = store.look_up(EditionKind.FORMER_CBA, row["HCPCS"], date(2026, 1, 1), selection).facts
        assert [fact.value for fact in facts] == [amount(row["Dallas"])], row
    assert len(rows) == 617


@pytest.mark.parametrize(
    ("name", "day", "zip_column"),
    [
        ("DME_Rural_ZIP_2026Q1.csv.gz", date(2026, 1, 1), "DMEPOS RURAL ZIP CODE"),
        ("DME_Rural_ZIP_2025Q2.csv.gz", date(2025, 4, 1), "ZIP CODE"),
    ],
)
def test_every_rural_zip(store: CompanionStore, companion_data: Path, name: str, day: date, zip_column: str) -> None:
    seen = 0
    for row in table(companion_data / name, "STATE"):
        (fact,) = store.look_up(EditionKind.RURAL_ZIP, row[zip_column].zfill(5), day).facts
        assert (fact.qualifiers.state, fact.value == "yes") == (row["STATE"], row["LOCATION"] == "RURAL")
        assert fact.qualifiers.location == " ".join(row["LOCATION"].split())
        seen += 1
    assert seen > 32_000


@pytest.mark.parametrize(
    ("name", "day", "rows"),
    [
        ("ASP_pricing_2026Q1.level2.csv.gz", date(2026, 3, 31), 844),
        ("ASP_pricing_2025Q4.level2.csv.gz", date(2025, 10, 1), 978),
    ],
)
def test_every_payment_limit(store: CompanionStore, companion_data: Path, name: str, day: date, rows: int) -> None:
    seen = 0
    for row in table(companion_data / name, "HCPCS Code"):
        limit, coinsurance = store.look_up(EditionKind.ASP, row["HCPCS Code"], day).facts
        stated = row["Payment Limit"]
        assert limit.value == (None if stated == "N/A" else Decimal(stated.replace(",", "")))
        assert limit.qualifiers.dosage == " ".join(row["HCPCS Code Dosage"].split())
        assert limit.qualifiers.notes == "; ".join(part.strip() for part in row["Notes"].splitlines())
        assert coinsurance.value == Decimal(row["Co-insurance Percentage"])
        seen += 1
    assert seen == rows


def test_every_limit_of_a_drug_without_a_code(store: CompanionStore, companion_data: Path) -> None:
    rows = list(table(companion_data / "ASP_NOC_pricing_2025Q4.csv.gz", "Drug Generic Name (Trade Name)"))
    for row in rows:
        name = row["Drug Generic Name (Trade Name)"]
        (fact,) = store.look_up(EditionKind.NOC_LIMITS, name, date(2025, 10, 1)).facts
        assert (fact.value, fact.qualifiers.dosage) == (amount(row["Payment Limit"]), row["Dosage"])
    assert rows


@pytest.mark.parametrize(
    ("name", "day", "code_column", "rows"),
    [
        ("ASP_NDC_HCPCS_crosswalk_2026Q1.level2.csv.gz", date(2026, 3, 31), "_2026_CODE", 7098),
        ("ASP_NDC_HCPCS_crosswalk_2025Q4.level2.csv.gz", date(2025, 10, 1), "_2025_CODE", 8218),
    ],
)
def test_every_drug_product(
    store: CompanionStore, companion_data: Path, name: str, day: date, code_column: str, rows: int
) -> None:
    seen = 0
    for row in table(companion_data / name, code_column):
        facts = store.look_up(EditionKind.NDC, row["NDC2"], day).facts
        stated = [
            (fact.code, fact.value, fact.qualifiers.billing_units, fact.qualifiers.billing_units_per_package)
            for fact in facts
        ]
        assert (row[code_column], row["NDC2"].strip(), row["BILLUNITS"], row["BILLUNITSPKG"]) in stated
        seen += 1
    assert seen == rows


def test_every_product_of_a_code(store: CompanionStore, companion_data: Path) -> None:
    expected: dict[str, list[str]] = {}
    for row in table(companion_data / "ASP_NDC_HCPCS_crosswalk_2026Q1.level2.csv.gz", "_2026_CODE"):
        expected.setdefault(row["_2026_CODE"], []).append(row["NDC2"].strip())
    assert len(expected) == 835
    for code, products in expected.items():
        facts = store.look_up(EditionKind.NDC, code, date(2026, 1, 1)).facts
        assert [fact.value for fact in facts] == products


def test_every_status_indicator(store: CompanionStore, companion_data: Path) -> None:
    seen = 0
    for row in table(companion_data / "OPPS_Addendum_B_2025-10.level2.csv.gz", "HCPCS Code"):
        indicator, *rates = store.look_up(EditionKind.OPPS, row["HCPCS Code"], date(2025, 12, 31)).facts
        assert indicator.value == row["SI"].strip()
        assert indicator.qualifiers.meaning
        assert indicator.qualifiers.apc == row["APC"].strip()
        rate = amount(row["Payment Rate"])
        assert [fact.value for fact in rates] == ([] if rate is None else [rate])
        seen += 1
    assert seen == 6541


def test_every_unit_limit(store: CompanionStore, companion_data: Path) -> None:
    kinds = {
        "DME Supplier": EditionKind.MUE_DME,
        "Practitioner": EditionKind.MUE_PRACTITIONER,
        "Outpatient Hospital": EditionKind.MUE_OUTPATIENT_HOSPITAL,
    }
    seen = 0
    for row in table(companion_data / "NCCI_MUE_2024-07.level2.csv.gz", "HCPCS"):
        (fact,) = store.look_up(kinds[row["SETTING"]], row["HCPCS"], date(2024, 7, 1)).facts
        assert (fact.value, fact.qualifiers.adjudication) == (int(row["MUE"]), row["MAI"])
        assert fact.qualifiers.rationale == row["RATIONALE"]
        seen += 1
    assert seen == 11_654


@pytest.mark.parametrize(
    ("name", "kind", "rows", "in_force"),
    [
        ("NCCI_PTP_2024-07_practitioner.level2_pairs.csv.gz", EditionKind.PTP_PRACTITIONER, 3158, 1372),
        ("NCCI_PTP_2024-07_outpatient_hospital.level2_pairs.csv.gz", EditionKind.PTP_OUTPATIENT_HOSPITAL, 2200, 1023),
    ],
)
def test_every_pair(
    store: CompanionStore, companion_data: Path, name: str, kind: EditionKind, rows: int, in_force: int
) -> None:
    def stated(facts: tuple[Fact, ...]) -> list[tuple[object, ...]]:
        return [(f.code, f.qualifiers.column_2, f.value, f.last_day and f.last_day.isoformat()) for f in facts]

    seen = holding = 0
    day = date(2024, 9, 30)
    for row in table(companion_data / name, "COLUMN1"):
        first, second = row["COLUMN1"], row["COLUMN2"]
        expected = (first, second, row["MODIFIER_INDICATOR"], row["DELETION_DATE"] or None)
        for one, other in ((first, second), (second, first)):
            facts = store.look_up(kind, one, day, Selection(other_code=other)).facts
            assert expected in stated(facts), row
        seen += 1
        holding += not row["DELETION_DATE"]
    assert (seen, holding) == (rows, in_force)


def test_every_phase_of_prior_authorization(store: CompanionStore, companion_data: Path) -> None:
    rows = list(table(companion_data / "DMEPOS_required_prior_authorization_2026-07-29.csv", "HCPCS"))
    for row in rows:
        facts = store.look_up(EditionKind.PRIOR_AUTHORIZATION, row["HCPCS"], date(2026, 8, 1)).facts
        stated = [(f.first_day and f.first_day.isoformat(), f.qualifiers.states) for f in facts]
        assert (row["EFFECTIVE"], tuple(row["STATES"].split())) in stated
    assert (len(rows), len({row["HCPCS"] for row in rows})) == (107, 82)


def test_every_item_that_requires_coding_verification(store: CompanionStore, companion_data: Path) -> None:
    rows = list(table(companion_data / "PDAC_coding_verification_required.csv.gz", "HCPCS"))
    for row in rows:
        (fact,) = store.look_up(EditionKind.CODING_VERIFICATION, row["HCPCS"], date(2026, 1, 1)).facts
        assert fact.qualifiers.policy == row["LCD"]
    assert len(rows) == 197


def test_every_coverage_document(store: CompanionStore, companion_data: Path) -> None:
    rows = list(table(companion_data / "MCD_documents_2025-08.csv.gz", "contractor_name_type"))
    for row in rows:
        for key in (row["document_display_id"], row["title"]):
            facts = store.look_up(EditionKind.POLICIES, key, date(2025, 8, 31)).facts
            stated = [(fact.value, fact.qualifiers.version, fact.qualifiers.link) for fact in facts]
            assert (row["document_display_id"], row["document_version"], row["url"]) in stated
    assert len(rows) == 3133


def test_the_row_of_a_fact_is_the_row_of_the_file(store: CompanionStore, companion_data: Path) -> None:
    """The row names a line of the unpacked file, so that a person can check it."""
    for name, kind, key, day in (
        ("DMEPOS26_JAN.csv.gz", EditionKind.DMEPOS, "E0601", date(2026, 1, 1)),
        ("ASP_pricing_2026Q1.level2.csv.gz", EditionKind.ASP, "J1745", date(2026, 1, 1)),
        ("OPPS_Addendum_B_2025-10.level2.csv.gz", EditionKind.OPPS, "J1745", date(2025, 10, 1)),
    ):
        lines = gzip.decompress((companion_data / name).read_bytes()).decode("cp1252").splitlines()
        fact = store.look_up(kind, key, day).facts[0]
        assert lines[fact.row - 1].startswith(key)
        assert fact.file == name


def test_known_facts_read_as_the_files_have_them(store: CompanionStore) -> None:
    texas = Selection(area="TX", modifiers=("RR",))
    amounts = store.look_up(EditionKind.DMEPOS, "E0601", date(2026, 2, 1), texas).facts
    assert [(fact.value, fact.qualifiers.rural) for fact in amounts] == [
        (Decimal("50.91"), False),
        (Decimal("91.52"), True),
    ]
    (product,) = store.look_up(EditionKind.NDC, "57894-0030-01", date(2026, 2, 1)).facts
    assert (product.code, product.qualifiers.billing_units) == ("J1745", "10")
    assert {fact.subject for fact in store.look_up(EditionKind.ASP, "A9606", date(2026, 2, 1)).facts} == {
        FactSubject.AMOUNT,
        FactSubject.COINSURANCE,
    }
