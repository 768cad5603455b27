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

Fields = dict[str, str]


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
    old = stated_fields(before) if before else {}
    new = stated_fields(after) if after else {}
    fields_by_kind: dict[ChangeKind, list[str]] = {}
    if before is None:
        fields_by_kind[ChangeKind.ADDED] = list(new)
    elif after is None:
        fields_by_kind[ChangeKind.REMOVED] = list(old)
    else:
        for spec in COMPARED:
            name = spec.name
            if old.get(name) != new.get(name) and (bookkeeping or name not in BOOKKEEPING):
                fields_by_kind.setdefault(_kind(name, old, new), []).append(name)
    return tuple(
        Change(
            code=shown.record.code,
            kind=kind,
            before={name: old.get(name, "") for name in fields_by_kind[kind]} if before else {},
            after={name: new.get(name, "") for name in fields_by_kind[kind]} if after else {},
            short_description=shown.record.short_description,
        )
        for kind in ChangeKind
        if kind in fields_by_kind
    )


def _kind(name: str, old: Fields, new: Fields) -> ChangeKind:
    if name == "termination_date" and name not in old:
        return ChangeKind.DISCONTINUED
    if name == "termination_date" and name not in new:
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
