"""Applies a published correction to the record that it corrects.

CMS corrects a published release by a list of codes, each with an action in words and the values that change. An action
that the values don't carry out ("Change ASC Ind/ASC eff date", "revert back to 2017 description") is not applied.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError

from hcpcs.records.codes import is_modifier
from hcpcs.records.record import CodeRecord, Frozen, RecordKind
from hcpcs.releases.content import Correction

_REMOVE_REFERENCE: Final = re.compile(r"remove xref(?: code)? (?P<code>[A-Z0-9]{5})", re.IGNORECASE)
_TERMINATE: Final = re.compile(r"terminate|discontinue", re.IGNORECASE)
# "ADD", "ADD Code", but not "Add Lab Cert code 220" or "Add YY ASC Ind", which add a value.
_ADD: Final = re.compile(r"add(?: (?:new )?(?:code|modifier))?", re.IGNORECASE)
# "DELETE", "Remove, will be assigned at a later date", "DO NOT ADD - Remove from previous corrections document".
_WITHDRAW: Final = re.compile(r"delete\b|remove(?! xref)\b|do not add\b", re.IGNORECASE)


class UnappliedCorrection(Frozen):
    """A correction that could not be carried out in a release, as CMS words it."""

    release_id: str
    code: str
    action: str


def kind_of_code(code: str) -> RecordKind:
    """Whether a code is a procedure or a modifier, by its length."""
    return RecordKind.MODIFIER if is_modifier(code) else RecordKind.PROCEDURE


def is_addition(correction: Correction) -> bool:
    """Whether a correction adds a code to the release."""
    return _ADD.fullmatch(correction.action) is not None


def is_withdrawal(correction: Correction) -> bool:
    """Whether a correction removes a code from the release, or from a former list of corrections."""
    return _WITHDRAW.match(correction.action) is not None


def correct_record(record: CodeRecord | None, correction: Correction) -> CodeRecord | None:
    """The record as corrected, or ``None`` if the correction can't be carried out.

    A ``record`` of ``None`` stands for a code that the release lacks. A code terminated from a day on was valid until
    the day before.
    """
    changes = _changes(record, correction)
    if changes is None:
        return None
    if record is None:
        changes = {"code": correction.code, "kind": kind_of_code(correction.code), **changes}
    else:
        changes = {**dict(record), **changes}
    try:
        return CodeRecord.model_validate(changes)
    except ValidationError:
        return None


def _changes(record: CodeRecord | None, correction: Correction) -> dict[str, Any] | None:
    changes: dict[str, Any] = dict(correction.values)
    if match := _REMOVE_REFERENCE.match(correction.action):
        references = () if record is None else record.cross_references
        changes["cross_references"] = tuple(code for code in references if code != match["code"].upper())
    if _TERMINATE.match(correction.action):
        if correction.effective is None:
            return None
        changes["termination_date"] = correction.effective - timedelta(days=1)
    if record is not None:
        return changes or None
    if not is_addition(correction) or correction.effective is None:
        return None
    return changes | {
        "added_date": correction.effective,
        "action_effective_date": correction.effective,
        "action_code": "A",
    }
