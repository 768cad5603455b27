"""Applies a published correction to the record that it corrects.

CMS corrects a published release by a list of codes, each with an action in words and the values that change.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError

from hcpcs.errors import CatalogError
from hcpcs.records.codes import is_modifier
from hcpcs.records.record import CodeRecord, RecordKind
from hcpcs.releases.content import Correction

_REMOVE_REFERENCE: Final = re.compile(r"remove xref(?: code)? (?P<code>[A-Z0-9]{5})", re.IGNORECASE)
_TERMINATE: Final = re.compile(r"terminate|discontinue", re.IGNORECASE)
_ADD: Final = re.compile(r"add\b", re.IGNORECASE)


def kind_of_code(code: str) -> RecordKind:
    """Whether a code is a procedure or a modifier, by its length."""
    return RecordKind.MODIFIER if is_modifier(code) else RecordKind.PROCEDURE


def correct_record(record: CodeRecord | None, correction: Correction) -> CodeRecord:
    """The record as corrected; ``None`` stands for a code that the release lacks.

    A code terminated from a day on was valid until the day before. Raises ``CatalogError`` for an action that
    can't be carried out.
    """
    changes = _changes(record, correction)
    if record is None:
        changes = {"code": correction.code, "kind": kind_of_code(correction.code), **changes}
    else:
        changes = {**dict(record), **changes}
    try:
        return CodeRecord.model_validate(changes)
    except ValidationError as error:
        raise _unclear(correction) from error


def _changes(record: CodeRecord | None, correction: Correction) -> dict[str, Any]:
    changes: dict[str, Any] = dict(correction.values)
    if match := _REMOVE_REFERENCE.match(correction.action):
        references = () if record is None else record.cross_references
        changes["cross_references"] = tuple(code for code in references if code != match["code"].upper())
    if _TERMINATE.match(correction.action) and correction.effective is not None:
        changes["termination_date"] = correction.effective - timedelta(days=1)
    if _ADD.match(correction.action) and record is None:
        changes |= {
            "added_date": correction.effective,
            "action_effective_date": correction.effective,
            "action_code": "A",
        }
    elif record is None or not changes:
        raise _unclear(correction)
    return changes


def _unclear(correction: Correction) -> CatalogError:
    return CatalogError(
        f"correction of {correction.code}: can't carry out {correction.action[:40]!r}; "
        "load the release without the corrections file"
    )
