"""What happened to a code between two releases: its fields compared, and the differences sorted by kind."""

from __future__ import annotations

from typing import Final

from hcpcs.records.change_kinds import ChangeKind, kind_of_action, kind_of_field
from hcpcs.records.fields import FIELDS, cms_date
from hcpcs.records.record import Frozen, Statement


class Change(Frozen):
    """One change of one code: ``before`` and ``after`` are what the two releases state, field by field.

    Both map field names to values as stated (``FIELDS``), only the fields that the change concerns.
    """

    code: str
    kind: ChangeKind
    before: dict[str, str]
    after: dict[str, str]
    short_description: str = ""


BOOKKEEPING: Final = frozenset({"action_code", "action_effective_date"})
"""Fields that record what CMS did last, and revert by themselves: not a change of the code."""

DERIVED: Final = frozenset({"code", "kind", "status", "last_update"})
"""Fields that never change or follow from the day and the release."""

COMPARED: Final = tuple(spec for spec in FIELDS if spec.name not in DERIVED)
"""The fields that are compared."""

_READ_FROM: Final = tuple((spec, spec.record_field) for spec in COMPARED)
"""The fields that are compared, each with the field of the record that it is read from."""

Fields = dict[str, str]
Values = tuple[str, str]
"""What a field states before and after a change."""


def stated_fields(statement: Statement) -> Fields:
    """What a release states about a code: the fields that are not blank, by name, without the derived ones."""
    return {spec.name: value for spec in COMPARED if (value := spec.read(statement))}


def compare(before: Statement | None, after: Statement | None, *, bookkeeping: bool = False) -> tuple[Change, ...]:
    """The changes from one statement of a code to another, one per kind, in the order of the kinds.

    ``None`` stands for a release that lacks the code. A code that is added or removed has only that change, with
    everything that is stated. ``bookkeeping`` counts the action code and its date, too, as a change.
    """
    shown = after or before
    if shown is None:
        return ()
    if before is None:
        values = {ChangeKind.ADDED: {name: ("", value) for name, value in stated_fields(shown).items()}}
    elif after is None:
        values = {ChangeKind.REMOVED: {name: (value, "") for name, value in stated_fields(shown).items()}}
    else:
        values = _differences(before, after, bookkeeping=bookkeeping)
    return tuple(
        Change(
            code=shown.record.code,
            kind=kind,
            before={name: old for name, (old, _) in values[kind].items()} if before else {},
            after={name: new for name, (_, new) in values[kind].items()} if after else {},
            short_description=shown.record.short_description,
        )
        for kind in ChangeKind
        if kind in values
    )


def _differences(before: Statement, after: Statement, *, bookkeeping: bool) -> dict[ChangeKind, dict[str, Values]]:
    """What two statements of a code state differently: by kind of change, the values before and after by field."""
    values: dict[ChangeKind, dict[str, Values]] = {}
    for spec, field in _READ_FROM:
        # Most fields are equal, and reading one takes ten times as long as comparing it.
        if getattr(before.record, field) == getattr(after.record, field):
            continue
        old, new = spec.read(before), spec.read(after)
        if old != new and (bookkeeping or spec.name not in BOOKKEEPING):
            values.setdefault(_kind(spec.name, old, new), {})[spec.name] = (old, new)
    return values


def _kind(name: str, old: str, new: str) -> ChangeKind:
    if name == "termination_date" and not old:
        return ChangeKind.DISCONTINUED
    if name == "termination_date" and not new:
        return ChangeKind.REACTIVATED
    return kind_of_field(name)


def change_by_action(statement: Statement) -> Change | None:
    """The change that a release says it made to a code, by CMS's action code; ``None`` where it made none.

    ``before`` is empty: what the release before stated is not known from this one.
    """
    record = statement.record
    kind = kind_of_action(record.action_code)
    if kind is None:
        return None
    return Change(
        code=record.code,
        kind=kind,
        before={},
        after={"action_code": record.action_code, "action_effective_date": cms_date(record.action_effective_date)},
        short_description=record.short_description,
    )
