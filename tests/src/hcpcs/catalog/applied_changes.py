"""Changes applied to what a release states: the check that a comparison of releases is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hcpcs.catalog.changes import Change, Fields
from hcpcs.records.change_kinds import ChangeKind


def apply_changes(stated: Mapping[str, Fields], changes: Iterable[Change]) -> dict[str, Fields]:
    """The fields by code after the changes; ``stated`` are those before them."""
    result = {code: dict(fields) for code, fields in stated.items()}
    for change in changes:
        if change.kind is ChangeKind.REMOVED:
            del result[change.code]
            continue
        fields = result.setdefault(change.code, {})
        fields.update(change.after)
        for name in [name for name, value in fields.items() if not value]:
            del fields[name]
    return result
