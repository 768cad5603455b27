"""Which other sites' pages may read which answers."""

from __future__ import annotations

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of, service_of

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.admission.cross_origin import AllowedOrigins, OriginError
from hcpcs_bot.http.service import ServiceRules

FORMS, OTHER = "https://forms.example.com", "https://other.example"
API = "/api/v1/codes/S9353"
NLM = "/api/hcpcs/v3/search?terms=S9353"
FHIR = "/fhir/R4/metadata"
JSON = "/codes/S9353.json"
PAGE = "/codes/S9353"


async def read_by(written: str, origin: str) -> dict[str, str | None]:
    service = service_of(starter_desk, rules=ServiceRules(origins=AllowedOrigins(written)))
    async with client_of(service) as client:
        return {
            path: (await client.get(path, headers={"origin": origin})).headers.get("access-control-allow-origin")
            for path in (API, NLM, FHIR, JSON, PAGE)
        }


async def test_any_site_may_read_the_terminology_services_and_no_other_the_rest() -> None:
    assert await read_by("", OTHER) == {API: None, NLM: "*", FHIR: "*", JSON: None, PAGE: None}


async def test_named_sites_may_read_what_is_for_programs() -> None:
    written = f"{FORMS}, https://emr.example:8443/"
    assert await read_by(written, FORMS) == {API: FORMS, NLM: FORMS, FHIR: FORMS, JSON: FORMS, PAGE: None}
    assert set((await read_by(written, OTHER)).values()) == {None}
    assert (await read_by("*", OTHER))[API] == "*"
    assert set((await read_by("none", FORMS)).values()) == {None}


async def test_a_browser_may_ask_before_it_sends_a_key() -> None:
    service = service_of(starter_desk, rules=ServiceRules(origins=AllowedOrigins(FORMS)))
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type"}
    async with client_of(service) as client:
        allowed = await client.options("/api/v1/ask", headers={"origin": FORMS, **asked})
        refused = await client.options("/api/v1/ask", headers={"origin": OTHER, **asked})
        page = await client.options(PAGE, headers={"origin": FORMS, **asked})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, FORMS)
    assert "authorization" in allowed.headers["access-control-allow-headers"]
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert (refused.status_code, page.status_code) == (405, 405)


async def test_copies_of_an_answer_are_kept_by_site_where_sites_differ() -> None:
    service = service_of(starter_desk, rules=ServiceRules(origins=AllowedOrigins(FORMS)))
    async with client_of(service) as client:
        for origin in (FORMS, OTHER):
            assert "Origin" in (await client.get(API, headers={"origin": origin})).headers["vary"]


async def test_a_page_of_another_site_can_read_why_it_was_refused(client: httpx.AsyncClient) -> None:
    response = await client.get("/fhir/R4/nothing", headers={"origin": OTHER})
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (404, "*")


@pytest.mark.parametrize("written", ["forms.example.com", "https://a.example/path", "*, https://a.example", "null"])
def test_what_is_not_a_site_is_refused(written: str) -> None:
    with pytest.raises(OriginError):
        AllowedOrigins(written)
