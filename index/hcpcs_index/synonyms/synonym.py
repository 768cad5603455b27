"""A synonym and its targets, as the data files write them and as the file of an index has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hcpcs_index.text.analysis import Word, tokenize
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.text.word_lists import SPANISH_STOP_WORDS

ITEM: Final = "item"
"""The kind of the synonyms that count only as a whole query: "walker" asks for E0143, "walker basket" does not."""
SPANISH: Final = "spanish"
WITH: Final = Word("with", "with")
"""A stop word that counts in the name of an item: "walker with seat" is a walker, "walker seat" a seat."""
CODE_PREFIX: Final = "code:"


class Target(NamedTuple):
    """What a synonym means: a phrase of the records (all ``stems`` must match) or one ``code``."""

    text: str
    stems: tuple[str, ...]
    code: str = ""


class Synonym(NamedTuple):
    """One key with its targets, best first. ``surface`` and ``stems`` are its words, joined by spaces."""

    surface: str
    stems: str
    kind: str
    targets: tuple[Target, ...]


def parse_target(text: str) -> Target:
    """The target that the data writes as ``text``."""
    if text.startswith(CODE_PREFIX):
        return Target(text, (), text.removeprefix(CODE_PREFIX).strip().upper())
    return Target(text, tuple(word.stem for word in tokenize(text, cached_stem)))


def parse_synonym(key: str, kind: str, targets: Iterable[str]) -> Synonym:
    """The synonym of a key and its targets, as the data writes them."""
    parts = [tokenize(part, cached_stem) for part in (key.split(" with ") if kind == ITEM else [key])]
    words = [*parts[0], *(word for part in parts[1:] for word in (WITH, *part))]
    if kind == SPANISH:
        words = [word for word in words if word.surface not in SPANISH_STOP_WORDS]
    return Synonym(
        " ".join(word.surface for word in words),
        " ".join(word.stem for word in words),
        kind,
        tuple(parse_target(text) for text in targets),
    )


class SynonymColumns(NamedTuple):
    """Synonyms as a file has them: the surface, the stems and the kind of each, and its targets as one text."""

    surfaces: Sequence[str]
    stems: Sequence[str]
    kinds: Sequence[str]
    targets: Sequence[str]


def columns_of(synonyms: Iterable[Synonym]) -> SynonymColumns:
    """Synonyms in columns; equal surfaces are one synonym, with the targets of all."""
    merged: dict[str, Synonym] = {}
    for synonym in synonyms:
        known = merged.get(synonym.surface)
        if known is not None:
            synonym = known._replace(targets=tuple(dict.fromkeys(known.targets + synonym.targets)))
        if synonym.surface:
            merged[synonym.surface] = synonym
    rows = merged.values()
    return SynonymColumns(
        [row.surface for row in rows],
        [row.stems for row in rows],
        [row.kind for row in rows],
        [write_targets(row.targets) for row in rows],
    )


def write_targets(targets: Iterable[Target]) -> str:
    """Targets as one text: "code:J1745", or a phrase and its stems, "power wheelchair=power wheelchair"."""
    return "\t".join(map(_write_target, targets))


def _write_target(target: Target) -> str:
    return f"{CODE_PREFIX}{target.code}" if target.code else f"{target.text}={' '.join(target.stems)}"


def read_targets(written: str) -> tuple[Target, ...]:
    """The inverse of ``write_targets``."""
    return tuple([_read_target(one) for one in written.split("\t")]) if written else ()


def _read_target(written: str) -> Target:
    if written.startswith(CODE_PREFIX):
        return parse_target(written)
    text, _, stems = written.rpartition("=")
    return Target(text, tuple(stems.split()))
