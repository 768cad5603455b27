"""The one table of the record's fields, from which card, text, JSON, glossary and comparison are drawn.

A field added to ``FIELDS`` appears everywhere. Forms and lengths are those of the CMS record layout;
definitions are in our own words. ``value`` is always what the record states (dates as ``YYYYMMDD``),
``meaning`` what that stands for.
"""

from __future__ import annotations

from hcpcs.records.field_spec import FieldGroup, FieldSpec, FieldValue, cms_date, coded, dated, long_date, plain
from hcpcs.records.record import Statement
from hcpcs.records.vocabularies import VocabularyName, meaning_of

__all__ = [
    "FIELDS",
    "FIELD_BY_NAME",
    "FieldGroup",
    "FieldSpec",
    "FieldValue",
    "cms_date",
    "long_date",
    "read_field",
    "read_fields",
]


def _nth(values: tuple[str, ...], n: int) -> str:
    return values[n - 1] if len(values) >= n else ""


def _pricing(n: int) -> FieldSpec:
    return coded(
        f"pricing_indicator_{n}",
        f"Pricing indicator {n}",
        FieldGroup.PRICING,
        "The method by which Medicare part B sets a price for the code. A code may have up to four.",
        "2 digits",
        lambda s: _nth(s.record.pricing_indicators, n),
        VocabularyName.PRICING_INDICATOR,
    )


def _type_of_service(n: int) -> FieldSpec:
    return coded(
        f"type_of_service_{n}",
        f"Type of service {n}",
        FieldGroup.CLASSIFICATION,
        "The sort of service that the code stands for, as Medicare's contractors file it. Up to five.",
        "1 character",
        lambda s: _nth(s.record.types_of_service, n),
        VocabularyName.TYPE_OF_SERVICE,
    )


def _lab_meanings(statement: Statement) -> str | None:
    values = statement.record.lab_certifications
    meanings = [meaning_of(VocabularyName.LAB_CERTIFICATION, value) or value for value in values]
    return "; ".join(meanings) or None


def _base_units(statement: Statement) -> str:
    units = statement.record.anesthesia_base_units
    return "" if units is None else str(units)


_G = FieldGroup

FIELDS: tuple[FieldSpec, ...] = (
    plain(
        "code",
        "HCPCS code",
        _G.IDENTITY,
        "The code that stands on the claim. A Level II procedure code is a letter and four digits; "
        "a modifier is two characters that qualify a procedure code.",
        "5 characters (modifier: 2)",
        lambda s: s.record.code,
    ),
    plain(
        "kind",
        "Kind",
        _G.IDENTITY,
        "Whether the record is a procedure, item or drug code, or a modifier.",
        "procedure or modifier",
        lambda s: s.record.kind.value,
    ),
    plain(
        "long_description",
        "Description",
        _G.IDENTITY,
        "The full official wording of what the code stands for.",
        "text, up to several thousand characters",
        lambda s: s.record.long_description,
    ),
    plain(
        "short_description",
        "Short description",
        _G.IDENTITY,
        "The abbreviated official wording, as it fits on a claim line or remittance.",
        "text, up to 28 characters",
        lambda s: s.record.short_description,
    ),
    coded(
        "coverage",
        "Coverage code",
        _G.COVERAGE,
        "Medicare's coverage status of the code: whether it may be paid, and on what condition.",
        "1 letter: C, D, I, M or S",
        lambda s: s.record.coverage,
        VocabularyName.COVERAGE,
    ),
    FieldSpec(
        "processing_note",
        "Processing note",
        _G.COVERAGE,
        "The number of a note in appendix A of the HCPCS manual that tells how claims with the code are handled.",
        "4 digits",
        lambda s: s.record.processing_note,
        lambda s: s.note,
    ),
    *(_pricing(n) for n in range(1, 5)),
    coded(
        "multiple_pricing_indicator",
        "Multiple pricing indicator",
        _G.PRICING,
        "Whether the code can be priced by more than one method, and how these divide.",
        "1 character",
        lambda s: s.record.multiple_pricing_indicator,
        VocabularyName.MULTIPLE_PRICING_INDICATOR,
    ),
    plain(
        "anesthesia_base_units",
        "Anesthesia base units",
        _G.PRICING,
        "How demanding the anesthesia for a procedure is, apart from its time. Payment multiplies base and "
        "time units by a conversion factor.",
        "whole number, up to 3 digits",
        _base_units,
    ),
    coded(
        "asc_group",
        "ASC payment group",
        _G.PRICING,
        "Whether the procedure is approved for payment in an ambulatory surgical center.",
        "2 letters; YY where approved",
        lambda s: s.record.asc_group,
        VocabularyName.ASC_GROUP,
    ),
    dated(
        "asc_effective_date",
        "ASC effective date",
        "The day from which the ASC payment group applies.",
        lambda s: s.record.asc_effective_date,
        _G.PRICING,
    ),
    plain(
        "mog_group",
        "MOG payment group",
        _G.PRICING,
        "The Medicare outpatient group (OPPS in the workbooks) in which the procedure is paid.",
        "3 characters",
        lambda s: s.record.mog_group,
    ),
    coded(
        "mog_policy_indicator",
        "MOG policy indicator",
        _G.PRICING,
        "How the code is paid when furnished in an ambulatory surgical center.",
        "1 digit",
        lambda s: s.record.mog_policy_indicator,
        VocabularyName.MOG_POLICY_INDICATOR,
    ),
    dated(
        "mog_effective_date",
        "MOG effective date",
        "The day from which the MOG payment group applies.",
        lambda s: s.record.mog_effective_date,
        _G.PRICING,
    ),
    coded(
        "betos",
        "BETOS",
        _G.CLASSIFICATION,
        "Berenson-Eggers Type of Service: a grouping of procedures and services by clinical meaning.",
        "2 or 3 characters",
        lambda s: s.record.betos,
        VocabularyName.BETOS,
    ),
    *(_type_of_service(n) for n in range(1, 6)),
    FieldSpec(
        "lab_certifications",
        "Lab certification",
        _G.CLASSIFICATION,
        "The CLIA specialties in which a laboratory must be certified to bill the code.",
        "up to 8 values of 3 digits",
        lambda s: ", ".join(s.record.lab_certifications),
        _lab_meanings,
        VocabularyName.LAB_CERTIFICATION,
    ),
    dated(
        "added_date",
        "Code added",
        "The day on which the code came into the code set.",
        lambda s: s.record.added_date,
        _G.DATES,
    ),
    dated(
        "action_effective_date",
        "Action effective",
        "The day from which the latest change to the record applies.",
        lambda s: s.record.action_effective_date,
        _G.DATES,
    ),
    coded(
        "action_code",
        "Action code",
        _G.DATES,
        "What was last done to the record: added, changed, discontinued, re-activated or nothing.",
        "1 letter",
        lambda s: s.record.action_code,
        VocabularyName.ACTION,
    ),
    dated(
        "termination_date",
        "Terminated",
        "The last day on which the code may be used; blank while it has no end.",
        lambda s: s.record.termination_date,
        _G.DATES,
    ),
    plain(
        "status",
        "Status",
        _G.DATES,
        "Whether the code is in use on the day of the answer, by its added and termination dates.",
        "Actual, Terminated or Not yet in effect",
        lambda s: s.status.value,
    ),
    plain(
        "last_update",
        "Last update",
        _G.DATES,
        "The year of the release that states this record.",
        "4 digits, YYYY",
        lambda s: f"{s.release.effective:%Y}",
    ),
    plain(
        "cim_references",
        "Coverage Issues Manual",
        _G.REFERENCES,
        "Sections of Medicare's Coverage Issues Manual (now the National Coverage Determinations Manual) "
        "that speak of the code.",
        "up to 3 references of 6 characters",
        lambda s: ", ".join(s.record.cim_references),
    ),
    plain(
        "mcm_references",
        "Medicare Carriers Manual",
        _G.REFERENCES,
        "Sections of the Medicare Carriers Manual (now part of the internet-only manuals) that speak of the code.",
        "up to 3 references of 8 characters",
        lambda s: ", ".join(s.record.mcm_references),
    ),
    plain(
        "statute",
        "Statute",
        _G.REFERENCES,
        "The section of the Social Security Act on which coverage or exclusion rests.",
        "up to 10 characters",
        lambda s: s.record.statute,
    ),
    plain(
        "cross_references",
        "Cross-references",
        _G.REFERENCES,
        "Codes that CMS points to from this one, often its successors. They may be CPT codes.",
        "up to 5 codes",
        lambda s: ", ".join(s.record.cross_references),
    ),
)

FIELD_BY_NAME: dict[str, FieldSpec] = {spec.name: spec for spec in FIELDS}


def read_field(spec: FieldSpec, statement: Statement) -> FieldValue:
    """One field of a statement with its meaning."""
    value = spec.read(statement)
    meaning = spec.interpret(statement) if value else None
    return FieldValue(name=spec.name, label=spec.label, value=value or None, meaning=meaning)


def read_fields(statement: Statement) -> tuple[FieldValue, ...]:
    """Every field of a statement, in the table's order, blank ones too."""
    return tuple(read_field(spec, statement) for spec in FIELDS)
