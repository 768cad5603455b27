"""The export of the Medicare Coverage Database: what of its tables is kept, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import csv_of, facts_on, read_bytes, store_of, zip_of_files
from tests.src.hcpcs.companions.forms.policies.coverage_exports import ARTICLES, LCDS, export_of

from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> CompanionStore:
    folder = tmp_path_factory.mktemp("export")
    lcds = read_bytes(folder, "current_lcd.zip", export_of(LCDS))
    articles = read_bytes(folder, "current_article.zip", export_of(ARTICLES, "current_article_csv.zip"))
    return store_of(folder, *lcds, *articles)


def test_an_export_is_an_edition_of_documents_and_one_of_codes(exported: CompanionStore) -> None:
    stated = {edition.kind: (edition.from_day, edition.rows, edition.dropped) for edition in exported.editions}
    day = date(2026, 1, 8)
    assert stated == {
        EditionKind.LCDS: (day, 4, 0),
        EditionKind.LCD_CODES: (day, 3, 1),
        EditionKind.ARTICLES: (day, 2, 0),
        EditionKind.ARTICLE_CODES: (day, 2, 1),
    }
    assert [edition.file for edition in exported.editions][:2] == [
        "current_lcd.zip (lcd.csv)",
        "current_lcd.zip (lcd_x_hcpc_code.csv)",
    ]


def test_a_document_has_its_contractors_with_jurisdiction_and_states(exported: CompanionStore) -> None:
    (fact,) = facts_on(exported, EditionKind.LCDS, "L33718").facts
    terms = fact.qualifiers
    assert (fact.value, terms.type, terms.version, terms.title) == (
        "L33718", "LCD", "63", "Positive Airway Pressure (PAP) Devices",
    )  # fmt: skip
    assert terms.contractors == (
        "CGS Administrators, LLC (DME MAC, J-B); CGS Administrators, LLC (DME MAC, J-C); "
        "Noridian Healthcare Solutions, LLC (DME MAC, J-D)"
    )
    # A contract that has ended for a state doesn't count, and Northern California is California.
    assert terms.states == ("AL", "CA", "KY", "OH")
    assert (fact.first_day, fact.last_day, terms.related) == (date(2025, 1, 1), None, ("A52467",))
    assert terms.link == "https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid=33718&ver=63"


def test_with_an_area_only_its_contractors_are_named(exported: CompanionStore) -> None:
    (fact,) = facts_on(exported, EditionKind.LCDS, "L33718", area="OH").facts
    assert fact.qualifiers.contractors == "CGS Administrators, LLC (DME MAC, J-B)"
    assert not facts_on(exported, EditionKind.LCDS, "L33718", area="TX").facts


def test_contracts_of_one_contractor_are_named_once(exported: CompanionStore) -> None:
    (fact,) = facts_on(exported, EditionKind.LCDS, "L39995").facts
    assert fact.qualifiers.contractors == "Palmetto GBA (A and B MAC, J-J)"


def test_a_document_ends_when_it_was_or_will_be_retired(exported: CompanionStore) -> None:
    ends = {key: facts_on(exported, EditionKind.LCDS, key).facts[0].last_day for key in ("L33901", "L33902", "L39995")}
    assert ends == {"L33901": date(2025, 6, 30), "L33902": date(2026, 6, 30), "L39995": None}


def test_a_proposed_document_is_not_kept(exported: CompanionStore) -> None:
    assert not facts_on(exported, EditionKind.LCDS, "L40050").facts


def test_a_document_is_found_by_its_title(exported: CompanionStore) -> None:
    facts = facts_on(exported, EditionKind.ARTICLES, "billing and coding:  infliximab").facts
    assert [fact.value for fact in facts] == ["A59915"]


def test_days_with_a_time_are_days(exported: CompanionStore) -> None:
    (fact,) = facts_on(exported, EditionKind.ARTICLES, "A52467").facts
    assert fact.first_day == date(2025, 1, 1)


def test_a_code_has_its_documents_with_version_group_and_row(exported: CompanionStore) -> None:
    facts = facts_on(exported, EditionKind.LCD_CODES, "E0601").facts
    stated = [(fact.value, fact.qualifiers.version, fact.qualifiers.group, fact.row) for fact in facts]
    assert stated == [("L33718", "63", "1 2", 2), ("L33901", "9", "1", 5)]
    assert not facts_on(exported, EditionKind.ARTICLE_CODES, "96413").facts


def test_the_row_of_a_document_is_the_line_of_its_table(exported: CompanionStore) -> None:
    # The text of the policy above it has two lines.
    assert facts_on(exported, EditionKind.LCDS, "L39995").facts[0].row == 4


def test_no_text_of_a_policy_or_code_is_kept(exported: CompanionStore) -> None:
    kept = " ".join(" ".join(row.cells) for packed in exported.packed() for row in packed.walk())
    assert "text" not in kept.lower()


def test_an_export_of_exports_and_an_unpacked_one_are_read_alike(tmp_path: Path) -> None:
    whole = zip_of_files({"current_lcd.zip": export_of(LCDS), "current_article.zip": export_of(ARTICLES)})
    kinds = [packed.edition.kind for packed in read_bytes(tmp_path, "all_data.zip", whole)]
    assert kinds == [EditionKind.LCDS, EditionKind.LCD_CODES, EditionKind.ARTICLES, EditionKind.ARTICLE_CODES]
    flat = zip_of_files({f"current_lcd_csv/{name}.csv": csv_of(rows) for name, rows in LCDS.items()})
    assert [packed.edition.rows for packed in read_bytes(tmp_path, "lcd.zip", flat)] == [4, 3]


def test_cp1252_and_long_texts_are_read(tmp_path: Path) -> None:
    text = csv_of(
        (
            LCDS["lcd"][0],
            ("33718", "63", "Caf\xe9 \u2013 Devices", *[""] * 5, "x" * 300_000, "A", "2026-01-08", "L33718", ""),
        )
    )
    data = zip_of_files({"lcd.csv": text.decode("utf-8").encode("cp1252")})
    (packed,) = read_bytes(tmp_path, "lcd.zip", data)
    assert [row.cells[1] for row in packed.walk()] == ["Caf\xe9 \u2013 Devices"]


def test_documents_without_contractors_and_codes_are_read_alone(tmp_path: Path) -> None:
    store = store_of(tmp_path, *read_bytes(tmp_path, "lcd.zip", zip_of_files({"lcd.csv": csv_of(LCDS["lcd"])})))
    (fact,) = facts_on(store, EditionKind.LCDS, "L33718").facts
    assert (fact.qualifiers.contractors, fact.qualifiers.states) == ("", ())


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("rev_eff_date", "soon", "rev_eff_date: 'soon' is not a day"),
        ("lcd_id", "abc", "'abc' is not the number of a coverage document"),
        ("date_retired", "2025-13-01", "is not a day"),
    ],
)
def test_a_wrong_cell_is_named_with_its_table_and_row(tmp_path: Path, column: str, cell: str, reason: str) -> None:
    row = dict(zip(LCDS["lcd"][0], LCDS["lcd"][1], strict=True)) | {column: cell}
    data = export_of({"lcd": (LCDS["lcd"][0], tuple(row.values()))})
    with pytest.raises(ReleaseError, match=reason) as raised:
        read_bytes(tmp_path, "current_lcd.zip", data)
    assert (raised.value.line, "lcd.csv" in raised.value.file) == (2, True)


def test_a_table_that_lacks_a_column_or_is_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="lacks the column title"):
        read_bytes(tmp_path, "lcd.zip", zip_of_files({"lcd.csv": b"lcd_id,lcd_version\n1,2\n"}))
    cut = csv_of(LCDS["lcd"][:2]) + b'33901,"9",Old'
    with pytest.raises(ReleaseError, match="the file is cut off"):
        read_bytes(tmp_path, "lcd.zip", zip_of_files({"lcd.csv": cut}))
