"""What is typed is in no log, metric or error of the terminology."""

from __future__ import annotations

import logging

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import TODAY, client_of

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.service import create_service
from hcpcs_bot.http.terminology.fhir.code_system_names import SYSTEM

MARK = "Zyxwvut"
REQUESTS = (
    f"/api/hcpcs/v3/search?terms={MARK}",
    f"/api/hcpcs/v3/search?terms=a&q={MARK}:x",
    f"/api/hcpcs/v3/search?terms=a&df={MARK}",
    f"/api/hcpcs/v3/search?terms=a&{MARK}=1&count={MARK}",
    f"/fhir/R4/{MARK}",
    f"/fhir/R4/CodeSystem/{MARK}",
    f"/fhir/R4/CodeSystem/$lookup?system={SYSTEM}&code={MARK}",
    f"/fhir/R4/CodeSystem/$validate-code?url={SYSTEM}&code=S9353&display={MARK}",
    f"/fhir/R4/ValueSet/hcpcs/$expand?filter={MARK}",
    f"/fhir/R4/ValueSet/hcpcs/$expand?date={MARK}",
    f"/fhir/R4/ValueSet/hcpcs/$expand?_format={MARK}",
)


async def test_what_is_typed_is_in_no_log_metric_or_error(
    desk: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    # The client that asks logs the addresses; the server must not.
    caplog.set_level(logging.WARNING, logger="httpx")
    metrics = Metrics(lambda: desk, today=lambda: TODAY)
    async with client_of(create_service(QueryContext(lambda: desk, lambda: TODAY), metrics)) as client:
        for path in REQUESTS:
            assert MARK not in (await client.get(path)).text, path
    async with httpx.AsyncClient(transport=httpx.ASGITransport(metrics), base_url="http://x") as reading:
        counted = (await reading.get("/metrics")).text
    assert "/fhir/R4/CodeSystem/{identifier}" in counted
    written = capsys.readouterr()
    assert MARK not in counted + caplog.text + written.out + written.err
