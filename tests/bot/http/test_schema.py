"""Requests of every form that the description of the API permits, and of forms that it doesn't: never a fault.

``HCPCS_SCHEMA_EXAMPLES`` is how many requests are made for each operation, 15 if it isn't set.
"""

from __future__ import annotations

import os

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.bot.http.service_client import service_of

from hcpcs_bot.bootstrap import starter_desk

EXAMPLES = int(os.environ.get("HCPCS_SCHEMA_EXAMPLES", "15"))
schema = schemathesis.openapi.from_asgi("/openapi.json", service_of(starter_desk))


@schema.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_every_request_is_answered_as_described(case: schemathesis.Case) -> None:
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    case.call_and_validate(checks=checks)
