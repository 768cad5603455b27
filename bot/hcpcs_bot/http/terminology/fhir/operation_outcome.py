"""An error as FHIR writes it: an ``OperationOutcome`` with one issue."""

from __future__ import annotations

from typing import Final

import orjson

from hcpcs_bot.http.problems import Problem

FHIR_JSON: Final = "application/fhir+json"
ISSUE_CODES: Final = {
    400: "invalid",
    401: "login",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    408: "timeout",
    413: "too-long",
    422: "too-costly",
    429: "throttled",
    501: "not-supported",
    503: "transient",
}
"""FHIR's issue types (value set issue-type) by HTTP status; ``exception`` for any other."""


def operation_outcome(problem: Problem) -> tuple[str, bytes]:
    """The media type and body of a problem."""
    issue = {
        "severity": "error",
        "code": ISSUE_CODES.get(problem.status, "exception"),
        "diagnostics": problem.detail,
        "details": {"text": problem.detail},
    }
    return FHIR_JSON, orjson.dumps({"resourceType": "OperationOutcome", "issue": [issue]})
