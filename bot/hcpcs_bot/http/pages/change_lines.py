"""One change as a page shows it: its words, and a changed description as a word diff."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.answer import DiffSpan
from hcpcs.answers.parts.change_text import change_detail
from hcpcs.answers.rendering.word_diff import word_diff
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import change_kinds

DESCRIPTION: Final = "long_description"


class ChangeLine(NamedTuple):
    """``label`` is the kind of change, ``diff`` that of a description before and after, ``detail`` the other fields."""

    code: str
    title: str
    kind: str
    label: str
    diff: tuple[DiffSpan, ...]
    detail: str


def change_line(change: Change) -> ChangeLine:
    """What a page shows of a change."""
    before, after = change.before.get(DESCRIPTION, ""), change.after.get(DESCRIPTION, "")
    diff: tuple[DiffSpan, ...] = ()
    others = change
    if change.before and before and after:
        diff = tuple(word_diff(before, after))
        kept = (
            {name: value for name, value in stated.items() if name != DESCRIPTION}
            for stated in (change.before, change.after)
        )
        others = change.model_copy(update=dict(zip(("before", "after"), kept, strict=True)))
    return ChangeLine(
        code=change.code,
        title=change.short_description,
        kind=change.kind.value,
        label=change_kinds()[change.kind].label,
        diff=diff,
        detail=change_detail(others),
    )
