"""An independent FHIR client, ``fhirpy``, against the service over a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn
from fhirpy import AsyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound
from tests.bot.http.service_client import service_of

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.terminology.fhir.code_system_names import SYSTEM, VALUE_SET


@pytest.fixture
async def fhir(desk: Desk) -> AsyncIterator[AsyncFHIRClient]:
    """The client of a running server."""
    server = uvicorn.Server(uvicorn.Config(service_of(lambda: desk), port=0, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield AsyncFHIRClient(f"http://{host}:{port}/fhir/R4")
    server.should_exit = True
    await serving


async def test_the_client_finds_reads_and_asks(fhir: AsyncFHIRClient) -> None:
    [system] = await fhir.resources("CodeSystem").search(url=SYSTEM).fetch()
    assert system["version"] == "2026-01"
    assert await fhir.resources("ValueSet").search(url=VALUE_SET).count() == 1
    assert (await fhir.reference("CodeSystem", "hcpcs-Level-II").to_resource())["url"] == SYSTEM

    looked_up = await fhir.execute("CodeSystem/$lookup", "get", params={"system": SYSTEM, "code": "E0601"})
    displays = [one["valueString"] for one in looked_up["parameter"] if one["name"] == "display"]
    assert displays == ["Continuous positive airway pressure (cpap) device, any type"]

    coding = {"name": "coding", "valueCoding": {"system": SYSTEM, "code": "S9328"}}
    validated = await fhir.execute(
        "CodeSystem/$validate-code", data={"resourceType": "Parameters", "parameter": [coding]}
    )
    assert validated["parameter"][0] == {"name": "result", "valueBoolean": True}

    expanded = await fhir.reference("ValueSet", "hcpcs").execute(
        "$expand", "get", params={"filter": "insulin pump", "activeOnly": "true"}
    )
    assert {one["code"] for one in expanded["expansion"]["contains"]} == {"E0784", "E0788"}


async def test_the_client_understands_the_errors(fhir: AsyncFHIRClient) -> None:
    with pytest.raises(ResourceNotFound):
        await fhir.reference("CodeSystem", "loinc").to_resource()
    with pytest.raises(OperationOutcome, match="no hierarchy"):
        await fhir.execute("CodeSystem/$subsumes", "get", params={"codeA": "S9353", "codeB": "S9328"})
