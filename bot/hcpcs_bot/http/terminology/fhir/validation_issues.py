"""What a validation finds, as clients that check resources read it: an ``OperationOutcome`` in ``issues``.

The kinds are those of HL7's terminology ecosystem (http://hl7.org/fhir/tools/CodeSystem/tx-issue-type).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final, NamedTuple

ISSUE_SYSTEM: Final = "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type"


class IssueForm(NamedTuple):
    """How a kind of issue is written: severity, FHIR's issue type, HL7's kind, and the element that it is about."""

    severity: str
    code: str
    kind: str
    element: str


class IssueKind(Enum):
    """What may be found."""

    UNKNOWN_CODE = IssueForm("error", "code-invalid", "invalid-code", "code")
    NOT_IN_VALUE_SET = IssueForm("error", "code-invalid", "not-in-vs", "code")
    UNKNOWN_SYSTEM = IssueForm("error", "not-found", "not-found", "system")
    OTHER_DISPLAY = IssueForm("error", "invalid", "invalid-display", "display")
    NOT_YET = IssueForm("error", "business-rule", "code-rule", "code")
    INACTIVE = IssueForm("warning", "business-rule", "code-comment", "")


class ValidationIssue(NamedTuple):
    """One issue and its sentence."""

    kind: IssueKind
    text: str


def issues_parameter(issues: Sequence[ValidationIssue], place: str) -> dict[str, Any]:
    """The parameter. ``place`` is the element that has the code: ``Coding``, say; blank for a parameter of its own."""
    resource = {"resourceType": "OperationOutcome", "issue": [_issue(one, place) for one in issues]}
    return {"name": "issues", "resource": resource}


def _issue(issue: ValidationIssue, place: str) -> dict[str, Any]:
    form = issue.kind.value
    stated: dict[str, Any] = {
        "severity": form.severity,
        "code": form.code,
        "details": {"coding": [{"system": ISSUE_SYSTEM, "code": form.kind}], "text": issue.text},
    }
    expression = ".".join(part for part in (place, form.element) if part)
    return {**stated, "expression": [expression]} if expression else stated
