"""What is indexed of a code: its newest record as a flat document, ready for Whoosh and for the filters."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.record import CodeRecord, RecordKind

NOC_WORD: Final = "noc"
"""The word that stands, in the index, for every way to say "not otherwise classified"."""

_UNCLASSIFIED: Final = re.compile(
    r"\b(?:not otherwise (?:classified|specified|listed)|not elsewhere (?:classified|specified)|unclassified|"
    r"unspecified|unlisted|miscellaneous|noc|nos|n\.o\.[cs]|nec)\b",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(
    r"\b(?:\d[\d.,]*\s*(?:mg|mcg|ml|gm?|grams?|units?|i\.u|mci|cc)|per (?:i\.u|dose|unit|ml))\b", re.I
)

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


def document(record: CodeRecord, *, aliases: tuple[str, ...] = (), on_noc_list: bool = False) -> Document:
    """The document of one record."""
    descriptions = f"{record.short_description} {record.long_description}"
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
        unclassified=on_noc_list or is_unclassified(descriptions),
        aliases=aliases,
    )


def is_unclassified(descriptions: str) -> bool:
    """Whether a record is for what has no code of its own.

    A drug "not otherwise specified" that is billed by an amount is not: it is that drug's usual code.
    """
    return bool(unclassified_as(descriptions)) and _AMOUNT.search(descriptions) is None


def unclassified_as(descriptions: str) -> str:
    """How descriptions say "not otherwise classified"; blank if they don't."""
    match = _UNCLASSIFIED.search(descriptions)
    return "" if match is None else match[0].lower()


def documents(catalog: Catalog) -> list[Document]:
    """The documents of a catalogue: procedures in code order, then modifiers, each by its newest record."""
    found: list[Document] = []
    for code in catalog.codes():
        statement = catalog.current(code, catalog.newest.effective)
        if statement is not None:
            aliases = tuple(catalog.aliases.get(code, ()))
            noc = code in catalog.not_otherwise_classified
            found.append(document(statement.record, aliases=aliases, on_noc_list=noc))
    return found
