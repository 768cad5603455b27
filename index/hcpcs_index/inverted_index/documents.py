"""Documents: the newest record of each code, flattened for indexing and filtering."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.billing.billing_units import NoUnitSize, unit_size
from hcpcs.records.record import CodeRecord, RecordKind

NOC_WORD: Final = "noc"
"""The term of the index for every way to say "not otherwise classified"."""

# Openings that name nothing: "Injection, ondansetron hydrochloride, per 1 mg" is about ondansetron.
_EMPTY_HEAD: Final = re.compile(
    r"(?:injection|inj\.?|instillation|infusion|prescription drug|supply of|unlisted|all)\b[\s,:;-]*",
    re.IGNORECASE,
)
# Where a head ends: "Brake attachment | for wheeled walker", "Walker|, rigid", "Cane |(with tip)".
_HEAD_END: Final = re.compile(
    r"[,;:(]|\b(?:for|with|w/|without|used|includ(?:es|ing)|to be|per|that|which|each|when|by|in)\b", re.IGNORECASE
)


def head(description: str) -> str:
    """The head of a description: what it names, without what it is for or comes with.

    "Brake attachment for wheeled walker, replacement, each" gives "Brake attachment". Openings that name nothing
    ("Injection, ...") are skipped.
    """
    opening = _EMPTY_HEAD.match(description)
    rest = description[opening.end() :] if opening else description
    return _HEAD_END.split(rest, maxsplit=1)[0].strip() or description.split(",", 1)[0]


class Document(NamedTuple):
    """One code as it is indexed; ``aliases`` are names that its record doesn't state (drug brands)."""

    code: str
    kind: RecordKind
    short_description: str
    long_description: str
    coverage: str
    betos: str
    types_of_service: tuple[str, ...]
    added: date | None
    terminated: date | None
    unclassified: bool
    aliases: tuple[str, ...] = ()

    @property
    def catch_all(self) -> bool:
        """Whether the code is for whatever has no code of its own, and so is rarely the one that is meant.

        A drug "not otherwise specified" that is billed by an amount is not: J3301 is the usual code of Kenalog, though
        CMS lists it as NOC.
        """
        return self.unclassified and isinstance(unit_size(self.long_description), NoUnitSize)


def build_document(
    record: CodeRecord, *, unclassified: bool, aliases: tuple[str, ...] = (), removed_on: date | None = None
) -> Document:
    """The document of one record; ``unclassified`` is true if its code is "not otherwise classified".

    A code that CMS removed counts as ended on the day before ``removed_on``.
    """
    return Document(
        code=record.code,
        kind=record.kind,
        short_description=record.short_description,
        long_description=record.long_description,
        coverage=record.coverage,
        betos=record.betos,
        types_of_service=record.types_of_service,
        added=record.added_date,
        terminated=record.termination_date or (removed_on and removed_on - timedelta(days=1)),
        unclassified=unclassified,
        aliases=aliases,
    )


def documents(catalog: Catalog) -> list[Document]:
    """The documents of a catalog: procedures in code order, then modifiers, each by its newest record."""
    return [
        build_document(
            record,
            unclassified=catalog.is_not_otherwise_classified(record),
            aliases=tuple(catalog.aliases.get(record.code, ())),
            removed_on=catalog.removed.get(record.code),
        )
        for record in catalog.newest_records()
    ]
