"""A change in plain words, as every interface shows it."""

from __future__ import annotations

from datetime import date

from hcpcs.answers.rendering.word_diff import plain_diff, word_diff
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind, change_kinds
from hcpcs.records.fields import FIELD_BY_NAME, FieldType, long_date


def change_detail(change: Change) -> str:
    """What changed, field by field; blank where the kind alone is the change (added, removed)."""
    if change.kind is ChangeKind.ADDED and list(change.after) == ["added_date"]:
        return long_date(date.fromisoformat(change.after["added_date"]))
    only_ended = list(change.after) == ["termination_date"] and not any(change.before.values())
    if change.kind is ChangeKind.DISCONTINUED and only_ended:
        return f"last day {long_date(date.fromisoformat(change.after['termination_date']))}"
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        return ""
    parts = []
    for name in change.before | change.after:
        before, after = (_as_said(name, stated.get(name, "")) for stated in (change.before, change.after))
        label = FIELD_BY_NAME[name].phrase
        if name == "long_description" and before and after:
            parts.append(f"description {plain_diff(word_diff(before, after))}")
        elif change.before:
            parts.append(f"{label} {before or 'blank'} -> {after or 'blank'}")
        else:
            parts.append(f"{label} {after}")
    return ", ".join(parts)


def _as_said(name: str, value: str) -> str:
    """A field's value in a sentence: a day in words, any other value as it is stated."""
    if value.isdecimal() and FIELD_BY_NAME[name].type is FieldType.DATE:
        return long_date(date.fromisoformat(value))
    return value


def change_sentence(change: Change) -> str:
    """One change in plain words: ``J1234 (Short text) coverage changed: coverage code C -> D.``"""
    return change.code + after_code(change)


def after_code(change: Change) -> str:
    """The sentence of a change without the code that it opens with: `` (Short text) coverage changed: ...``"""
    title = f" ({change.short_description})" if change.short_description else ""
    detail = change_detail(change)
    return f"{title} {change_kinds()[change.kind].label}{f': {detail}' if detail else ''}."
