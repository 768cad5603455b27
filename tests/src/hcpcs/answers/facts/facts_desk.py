"""A desk with a few codes and small companion files, for tests of the answers that are drawn from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.src.hcpcs.companions.companion_files import small_store
from tests.src.hcpcs.conftest import EmptyIndex
from tests.src.hcpcs.releases.writing import a_record

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.storage.companion_store import NO_COMPANIONS, CompanionStore
from hcpcs.records.record import RecordKind, Release
from hcpcs.releases import ReadRelease

TODAY = date(2026, 2, 1)
CODES = (
    a_record("E0601"),
    a_record("J0120", long_description="Injection, tetracycline, up to 250 mg"),
    a_record("A4217", long_description="Sterile water/saline, 500 ml", pricing_indicators=("34",)),
    a_record("J1745", long_description="Injection, infliximab, excludes biosimilar, 10 mg", pricing_indicators=("51",)),
    a_record("J0881", long_description="Injection, darbepoetin alfa, 1 microgram (non-esrd use)"),
    a_record("J0897", long_description="Injection, denosumab, 1 mg", pricing_indicators=("51",)),
    a_record("J1885", long_description="Injection, ketorolac tromethamine, per 15 mg", pricing_indicators=("51",)),
    a_record("A9606", long_description="Radium ra-223 dichloride, therapeutic, per microcurie"),
    a_record("K0856", long_description="Power wheelchair, group 3 standard, single power option"),
    a_record("L3761", long_description="Elbow orthosis (eo), with adjustable position locking joint(s)"),
    a_record("A9500", long_description="Technetium tc-99m sestamibi, diagnostic, per study dose"),
    a_record("A9512", long_description="Technetium tc-99m pertechnetate, diagnostic, per millicurie"),
    a_record(
        "S9353",
        long_description="Home infusion therapy, continuous insulin infusion therapy",
        coverage="I",
        pricing_indicators=("00",),
    ),
    a_record("C1713", long_description="Anchor/screw for opposing bone-to-bone or soft tissue-to-bone (implantable)"),
    a_record("E0114", long_description="Crutches underarm, wood, adjustable or fixed, pair, complete"),
    a_record("C9727", long_description="Insertion of implants into the soft palate; minimum of three implants"),
    a_record("B4150", long_description="Enteral formula, nutritionally complete", pricing_indicators=("39",)),
    a_record("Q5103", long_description="Injection, infliximab-dyyb, biosimilar, 10 mg", pricing_indicators=("51",)),
    a_record("C1889", long_description="Implantable/insertable device, not otherwise classified"),
    a_record("J3490", long_description="Unclassified drugs", pricing_indicators=("51",)),
    a_record("A7030", long_description="Full face mask used with positive airway pressure device, each"),
    a_record("A4520", long_description="Incontinence garment, any type, each", coverage="M"),
    a_record("E0260", long_description="Hospital bed, semi-electric", pricing_indicators=("36",)),
    a_record("RR", long_description="Rental (use the 'rr' modifier when dme is to be rented)"),
    a_record("AU", long_description="Item furnished in conjunction with a urological, ostomy, or tracheostomy supply"),
)


def facts_desk(folder: Path, *names: str, loaded: bool = True, stored: CompanionStore | None = None) -> Desk:
    """A desk with some of the small companion files, all of them if none is named, none at all, or those of a store."""
    release = Release(
        id="2025-10",
        label="HCPCS October 2025",
        effective=date(2025, 10, 1),
        digest="0" * 64,
        file="2025-10.txt",
        kinds=frozenset(RecordKind),
        procedures=len(CODES) - 2,
        modifiers=2,
        terminated=0,
    )
    catalog = Catalog.build([ReadRelease(release=release, records=CODES)])
    companions = stored or (small_store(folder, *names) if loaded else NO_COMPANIONS)
    return Desk(catalog, EmptyIndex(), lambda: TODAY, companions)
