"""Small companion files in the forms that CMS publishes, with invented amounts."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl

from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.edition import EVERYTHING, EditionKind, FactLookUp, Selection
from hcpcs.companions.storage.companion_store import CompanionStore, open_companions, write_companions
from hcpcs.companions.storage.packed_rows import PackedEdition

Rows = Sequence[Sequence[str]]

FEE_HEADER = (
    "HCPCS", "Mod", "Mod2", "JURIS", "CATG", "Ceiling", "Floor",
    "AL (NR)", "AL (R)", "TX (NR)", "TX (R)", "AK (NR)", "AK (R)", "Description",
)  # fmt: skip
FEE_BANNER = (
    ("2026 DMEPOS Fee Schedule",),
    ("The inclusion of a fee schedule amount, modifier, or code does not imply coverage.",),
    (),
    ("January 2026",),
    (),
    (),
)
FEE_ROWS = (
    ("E0601", "RR", "", "D", "CR", "0", "0", "51.11", "92", "50.5", "91.52", "60", "0", "Cont airway pressure device"),
    ("A4217", "AU", "", "J", "OS", "4.47", "3.8", "3.80", "0", "4.47", "0", "4.93", "0", "Sterile water/saline"),
    ("A4217", "", "", "J", "SU", "4.47", "3.8", "3.81", "0", "4.46", "0", "4.94", "0", "Sterile water/saline"),
    ("E0935", "RR", "", "D", "FS", "0", "0", "25", "0", "26", "0", "27", "0", "Cont pas motion exercise dev"),
    ("L8680", "", "", "L", "PO", "0", "0", "0", "0", "400.5", "0", "0", "0", "Implt neurostim elctr each"),
)
LIMIT_BANNER = (
    ("Payment Allowance Limits for Medicare Part B Drugs",),
    (),
    ("Effective January 1, 2026 through March 31, 2026",),
    (),
    ("Note 1: Payment allowance limits subject to the ASP methodology are based on 3Q25 ASP data.",),
    ("Note 2: The absence or presence of a HCPCS code does not indicate whether Medicare covers a drug.",),
    (),
    (),
)
LIMIT_HEADER = (
    "HCPCS Code", "Short Description", "HCPCS Code Dosage", "Payment Limit", "Co-insurance Percentage",
    "Vaccine AWP%", "Vaccine Limit", "Blood AWP%", "Blood limit", "Clotting Factor", "Notes",
)  # fmt: skip
LIMIT_ROWS = (
    ("J1745", "Infliximab", "10 MG", "31.415", "20.000", "", "", "", "", "", ""),
    ("J0897", "Denosumab", "1 MG", "1,029.856", "17.885", "", "", "", "", "", "Inflation-adjusted coinsurance"),
    ("A9606", "Radium", "1 microCurie", "N/A", "20.000", "", "", "", "", "", "100% AWP = $212.84\n100% WAC = $177.37"),
)
NDC_BANNER = (("January 2026 ASP NDC - HCPCS Crosswalk",), ("Effective January 1, 2026 through March 31, 2026",), ())
NDC_HEADER = (
    "_2026_CODE", "Short Description", "LABELER NAME", "NDC2", "Drug Name", "HCPCS dosage",
    "PKG SIZE", "PKG QTY", "BILLUNITS", "BILLUNITSPKG",
)  # fmt: skip
NDC_ROWS = (
    ("J1745", "Infliximab", "Janssen ", "57894-0030-01 ", "Remicade ", "10 MG", "1", "1", "10", "10"),
    ("J0881", "Darbepoetin", "Amgen", "55513-0002-04", "Aranesp", "1 MCG", "1", "4", "25", "100"),
    ("J0882", "Darbepoetin", "Amgen", "55513-0002-04", "Aranesp", "1 MCG", "1", "4", "25", "100"),
    ("J7331", "Synojoynt", "Arthrex", "888867413689", "SynoJoynt", "1 MG", "2", "3", "20", "60"),
    ("Q4111", "Gammagraft", "Promethean", "GG100", "GammaGraft", "1 SQ CM", "2.25", "1", "2.25", "3"),
)
STATUS_BANNER = (("", "Addendum B.-- OPPS Payment by HCPCS Code for CY 2025"), ("", "A notice."))
STATUS_HEADER = (
    "HCPCS Code", "Short Descriptor", "SI", "APC", "Relative Weight", "Payment Rate",
    "National Unadjusted Copayment", "Minimum Unadjusted Copayment", "IRA Coinsurance percentage ",
    "Adjusted Beneficiary Copayment", "Drug and Device Pass-Through Expiration during Calendar Year", "Note",
    "* Indicates a Change",
)  # fmt: skip
STATUS_ROWS = (
    ("C1713", "Anchor", "N ", "", "", " ", "", "", "", "", "", "", ""),
    ("J1745", "Infliximab", "K", "7043 ", "", "$31.090", ".", "$6.22", "18.5%", "$6.22", "", "A note", "*"),
    ("C9727", "Implants", "T", "5165", "61.3", "$1,031,090.5", "", "", "", "", "", "", ""),
)
LIST_HEADER = ("HCPCS", "CATEGORY", "EFFECTIVE", "STATES")
LIST_ROWS = (
    ("K0856", "Power mobility devices", "2017-03-20", "IL MO NY WV"),
    ("K0856", "Power mobility devices", "2017-07-17", "US"),
    ("L3761", "Added 2026-07-29 notice", "2026-10-28", "NY MI FL CA"),
)
PAIR_HEADER = ("COLUMN1", "COLUMN2", "DELETION_DATE", "MODIFIER_INDICATOR", "RATIONALE")
PAIR_ROWS = (
    ("A9500", "A9512", "", "1", "Misuse of Column Two code with Column One code"),
    ("A4263", "A4262", "1996-01-01", "9", "More extensive procedure"),
    ("G0108", "G0270", "2005-03-31", "0", "Mutually exclusive procedures"),
    ("G0108", "G0270", "", "1", "Mutually exclusive procedures"),
)
UNIT_HEADER = ("HCPCS", "MUE", "MAI", "RATIONALE", "SETTING")
UNIT_ROWS = (
    ("J1885", "0", "3", "CMS Policy", "DME Supplier"),
    ("E0114", "1", "2", "Code Descriptor / CPT Instruction", "DME Supplier"),
    ("J1885", "8", "3", "Prescribing Information", "Practitioner"),
    ("J0120", "0", "1", "Drug discontinued", "Practitioner"),
    ("J1885", "9", "3", "Prescribing Information", "Outpatient Hospital"),
    ("A7030", "1", "2", "Nature of Equipment", "DME Supplier"),
    ("A4520", "0", "1", "Noncovered", "DME Supplier"),
)
ZIP_HEADER = ("STATE", "DMEPOS RURAL ZIP CODE", "YEAR/QTR", "LOCATION")
ZIP_ROWS = (
    ("MA", "1223", "202601", "RURAL"),
    ("PR", "612", "202601", "RURAL"),
    ("TX", "79936", "202601", "El Paso  TX CBA"),
)

FILES: Mapping[str, tuple[Rows, Sequence[str], Rows]] = {
    "DMEPOS26_JAN.csv": (FEE_BANNER, FEE_HEADER, FEE_ROWS),
    "payment limits.csv": (LIMIT_BANNER, LIMIT_HEADER, LIMIT_ROWS),
    "crosswalk.csv": (NDC_BANNER, NDC_HEADER, NDC_ROWS),
    "508 version of October 2025 Web Addendum B.10.31.25.csv": (STATUS_BANNER, STATUS_HEADER, STATUS_ROWS),
    "prior_authorization_2026-07-29.csv": ((), LIST_HEADER, LIST_ROWS),
    "PTP_2024-07_practitioner.csv": ((), PAIR_HEADER, PAIR_ROWS),
    "MUE_2024-07.csv": ((), UNIT_HEADER, UNIT_ROWS),
    "rural zips.csv": ((), ZIP_HEADER, ZIP_ROWS),
}
"""A small file of most forms: its name, the rows above the header, the header and the rows."""


def table_text(name: str, rows: Rows | None = None, header: Sequence[str] | None = None) -> bytes:
    """One of ``FILES`` as a .csv, with other rows or another header where they are given."""
    banner, columns, body = FILES[name]
    return csv_of([*banner, header or columns, *(body if rows is None else rows)])


def csv_of(rows: Rows) -> bytes:
    """Rows as a .csv of full width, as a spreadsheet saves it."""
    width = max(len(row) for row in rows)
    text = io.StringIO()
    csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode()


def workbook_of(rows: Rows) -> bytes:
    """Rows as an .xlsx; numbers are numbers in it, so that leading zeros are lost."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell or None for cell in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def zip_of_files(files: Mapping[str, bytes]) -> bytes:
    """An archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[PackedEdition, ...]:
    """The editions of a file with these bytes."""
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return read_companions(path)


def store_of(folder: Path, *editions: PackedEdition) -> CompanionStore:
    """Editions as they are read back from a version's folder."""
    write_companions(folder, editions)
    return open_companions(folder)


def small_store(folder: Path, *names: str) -> CompanionStore:
    """The editions of some of ``FILES``, all of them if none is named."""
    editions = [one for name in names or FILES for one in read_bytes(folder, name, table_text(name))]
    return store_of(folder, *editions)


def facts_on(
    store: CompanionStore, kind: EditionKind, text: str, day: date = date(2026, 2, 1), **wanted: object
) -> FactLookUp:
    """A look-up with a selection by keyword."""
    return store.look_up(kind, text, day, Selection(**wanted) if wanted else EVERYTHING)  # type: ignore[arg-type]
