"""The kinds of change, read from ``change_kinds.toml``: the one place that knows their names, words and codes.

A new kind is a member of ``ChangeKind`` and a table in that file. A member without a table gets plain defaults
instead of an error, and a test that asks for the table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from hcpcs.records.fields import FIELDS
from hcpcs.records.record import Frozen

_LISTS: Final = ("codes", "events", "subjects", "before_changes", "verbs", "action_codes", "fields")
_CHANGES: Final = r"\s+(?:changes?|updates?)\b"
# "Codes with new descriptions" are not new codes.
_NEW_TEXT: Final = re.compile(r"\bnew (descriptions?|descriptors?|wording|prices?|pricing|coverage)\b", re.IGNORECASE)
# What is said of the last day of use, where "deleted" is said of the day after it: "codes ending this year".
_LAST_DAY: Final = re.compile(
    r"\b(?:end(?:s|ed|ing)?|terminat\w+|term(?:e?d)|expir\w+|sunset\w*|last day|going away|phas(?:ed|ing) out)\b",
    re.IGNORECASE,
)


class ChangeKind(StrEnum):
    """What happened to a code between two releases, in the order in which answers list it."""

    ADDED = "added"
    DISCONTINUED = "discontinued"
    REACTIVATED = "reactivated"
    DESCRIPTION = "description"
    COVERAGE = "coverage"
    PRICING = "pricing"
    OTHER = "other"
    REMOVED = "removed"


class ChangeKindSpec(Frozen):
    """One kind of change as ``change_kinds.toml`` describes it; the head of that file explains each field."""

    kind: ChangeKind
    label: str
    counted_one: str
    counted: str
    phrase: str
    sign: str
    codes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    before_changes: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    same_words_as: ChangeKind | None = None
    action_codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    field_group: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that people use for this kind, lower case."""
        return self.codes + self.events + self.subjects + self.before_changes


@cache
def change_kinds() -> Mapping[ChangeKind, ChangeKindSpec]:
    """Every kind of change with its description, in the order of ``ChangeKind``."""
    text = resources.files("hcpcs.records").joinpath("tables", "change_kinds.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return MappingProxyType({kind: _spec(kind, tables.get(kind.value, {})) for kind in ChangeKind})


def count_text(count: int, kind: ChangeKind) -> str:
    """A number of changes of a kind: ``13 description changes``, ``1 description change``, ``76 added``."""
    spec = change_kinds()[kind]
    return f"{count:,} {spec.counted_one if count == 1 else spec.counted}"


def kind_of_action(action_code: str) -> ChangeKind | None:
    """The kind of change that an action code of CMS means; ``None`` for ``N`` (no change) and unknown codes."""
    return _by_action_code().get(action_code)


def kind_of_field(name: str) -> ChangeKind:
    """The kind of change that a difference in this field (a name in ``FIELDS``) is."""
    return _by_field().get(name, ChangeKind.OTHER)


def kinds_of_word(word: str) -> frozenset[ChangeKind]:
    """The kinds of change that a word of the table asks for, in any case; none for any other word."""
    return _by_word().get(word.lower(), frozenset())


def kinds_named(text: str) -> frozenset[ChangeKind]:
    """The kinds of change that a question about changes names; none where it names none, which means all."""
    by_verb = {verb: with_same_words({spec.kind}) for spec in change_kinds().values() for verb in spec.verbs}
    named = (match[0].split()[0] for match in _named().finditer(_NEW_TEXT.sub(r"\1", text)))
    return frozenset().union(*(kinds_of_word(word) or by_verb[word.lower()] for word in named))


def counts_last_day(text: str) -> bool:
    """Whether a question about codes that ended asks for their last day of use ("ending this year").

    Codes are "deleted" or "discontinued" on the day after it, which is CMS's effective date of the deletion.
    """
    return bool(_LAST_DAY.search(text))


def with_same_words(kinds: Iterable[ChangeKind]) -> frozenset[ChangeKind]:
    """The kinds, and those that share their words: nobody can ask for one of these without the other."""
    given = frozenset(kinds)
    owners = {_owner(kind) for kind in given}
    return given | {kind for kind in ChangeKind if _owner(kind) in owners}


def _spec(kind: ChangeKind, table: Mapping[str, Any]) -> ChangeKindSpec:
    label = table.get("label", f"{kind.value} changed")
    values = {
        "kind": kind,
        "label": label,
        "counted_one": label,
        "counted": label,
        "phrase": f"{kind.value} changes",
        "sign": "•",
        **table,
    }
    return ChangeKindSpec(**{name: tuple(v.split()) if name in _LISTS else v for name, v in values.items()})


def _owner(kind: ChangeKind) -> ChangeKind:
    return change_kinds()[kind].same_words_as or kind


@cache
def _by_word() -> Mapping[str, frozenset[ChangeKind]]:
    return {word: with_same_words({spec.kind}) for spec in change_kinds().values() for word in spec.words}


@cache
def _by_action_code() -> Mapping[str, ChangeKind]:
    return {code: spec.kind for spec in change_kinds().values() for code in spec.action_codes}


@cache
def _by_field() -> Mapping[str, ChangeKind]:
    by_group = {spec.field_group: spec.kind for spec in change_kinds().values() if spec.field_group}
    grouped = {field.name: by_group[field.group] for field in FIELDS if field.group in by_group}
    return grouped | {name: spec.kind for spec in change_kinds().values() for name in spec.fields}


@cache
def _named() -> re.Pattern[str]:
    """Any word of the table; those of ``before_changes`` only where "changes" or "updates" follows."""
    specs = change_kinds().values()
    anywhere = _alternatives(word for spec in specs for word in spec.codes + spec.events + spec.subjects + spec.verbs)
    before = _alternatives(word for spec in specs for word in spec.before_changes)
    return re.compile(rf"(?<![\w-])(?:(?:{anywhere})(?![\w-])|(?:{before}){_CHANGES})", re.IGNORECASE)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
