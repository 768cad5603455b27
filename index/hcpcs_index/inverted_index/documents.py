"""What is indexed of a code: its newest record as a flat document, ready for Whoosh and for the filters."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.billing_units import NoUnitSize, unit_size
from hcpcs.records.record import CodeRecord, RecordKind

NOC_WORD: Final = "noc"
"""The word that stands, in the index, for every way to say "not otherwise classified"."""

_EMPTY_HEAD: Final = re.compile(
    r"(?:injection|inj\.?|instillation|infusion|prescription drug|supply of|unlisted|all)\b[\s,:;-]*",
    re.IGNORECASE,
)
_HEAD_END: Final = re.compile(
    r"[,;:(]|\b(?:for|with|w/|without|used|includ(?:es|ing)|to be|per|that|which|each|when|by|in)\b", re.IGNORECASE
)


def head(description: str) -> str:
    """What a description names, without what it is for or comes with: "Brake attachment" of "Brake attachment for
    wheeled walker, replacement, each". Openings that name nothing ("Injection, ...") are passed over.
    """
    opening = _EMPTY_HEAD.match(description)
    rest = description[opening.end() :] if opening else description
    return _HEAD_END.split(rest, maxsplit=1)[0].strip() or description.split(",", 1)[0]


class Document(NamedTuple):
    """One code as the index sees it; ``aliases`` are names that its record does not state (drug brands)."""

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
        """Whether the code is for whatever has no code of its own, and so is rarely the one that is looked for.

        A drug "not otherwise specified" that is billed by an amount is not: J3301 is the usual code of Kenalog, though
        CMS lists it as NOC.
        """
        return self.unclassified and isinstance(unit_size(self.long_description), NoUnitSize)


def document(record: CodeRecord, *, unclassified: bool, aliases: tuple[str, ...] = ()) -> Document:
    """The document of one record; ``unclassified`` says that its code is 'not otherwise classified'."""
    return Document(
        code=record.code,
        kind=record.kind,
        short_description=record.short_description,
        long_description=record.long_description,
        coverage=record.coverage,
        betos=record.betos,
        types_of_service=record.types_of_service,
        added=record.added_date,
        terminated=record.termination_date,
        unclassified=unclassified,
        aliases=aliases,
    )


def documents(catalog: Catalog) -> list[Document]:
    """The documents of a catalogue: procedures in code order, then modifiers, each by its newest record."""
    found: list[Document] = []
    for code in catalog.codes():
        statement = catalog.current(code, catalog.newest.effective)
        if statement is not None:
            aliases = tuple(catalog.aliases.get(code, ()))
            noc = catalog.is_not_otherwise_classified(statement.record)
            found.append(document(statement.record, unclassified=noc, aliases=aliases))
    return found
