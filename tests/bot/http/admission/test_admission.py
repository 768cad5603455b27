"""Requests with and without a key, and too many of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of, service_of
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from hcpcs.errors import HcpcsError
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.admission.admission import AdmissionRules
from hcpcs_bot.http.admission.api_keys import KeyRing, make_key
from hcpcs_bot.http.asgi import Asgi
from hcpcs_bot.http.service import ServiceRules
from hcpcs_bot.settings import KeyUse

KEY, REVOKED = make_key(), make_key()
PROGRAMS = (
    "/api/v1/codes/S9353",
    "/api/hcpcs/v3/search?terms=S9353",
    "/fhir/R4/metadata",
    "/codes/S9353.json",
    "/mcp",
)
OPEN = ("/", "/codes/S9353", "/changes", "/static/pages.css", "/openapi.json", "/type-ahead?terms=S9353")


async def valid_keys() -> Mapping[str, str]:
    return {KEY.id: KEY.digest}


async def no_database() -> Mapping[str, str]:
    raise HcpcsError("the database is away")


def service_with(
    use: KeyUse = KeyUse.OFF, *, per_address: int = 0, per_key: int = 0, read: object = valid_keys
) -> Asgi:
    keys = None if use is KeyUse.OFF else KeyRing(read)  # type: ignore[arg-type]
    return service_of(starter_desk, rules=ServiceRules(AdmissionRules(use, keys, per_address, per_key)))


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


async def get(client: httpx.AsyncClient, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    if path == "/mcp":
        return await client.post(path, headers=headers, content=b"{}")
    return await client.get(path, headers=headers)


async def test_where_a_key_is_required_programs_need_one_and_people_do_not() -> None:
    async with client_of(service_with(KeyUse.REQUIRED)) as client:
        for path in PROGRAMS:
            response = await get(client, path)
            assert (response.status_code, response.headers["www-authenticate"]) == (401, 'Bearer realm="hcpcs"'), path
            assert (await get(client, path, bearer(KEY.text))).status_code != 401, path
        for path in OPEN:
            assert (await client.get(path)).status_code == 200, path


@pytest.mark.parametrize("use", [KeyUse.OPTIONAL, KeyUse.REQUIRED])
async def test_a_wrong_key_is_refused_whether_keys_are_required_or_not(use: KeyUse) -> None:
    wrong = [bearer(REVOKED.text), bearer(""), bearer("x" * 5_000), {"authorization": f"Basic {KEY.text}"}]
    async with client_of(service_with(use)) as client:
        for headers in wrong:
            response = await client.get(PROGRAMS[0], headers=headers)
            assert response.status_code == 401
            assert 'error="invalid_token"' in response.headers["www-authenticate"]
        twice = [("authorization", f"Bearer {KEY.text}"), ("authorization", f"Bearer {REVOKED.text}")]
        assert (await client.get(PROGRAMS[0], headers=twice)).status_code == 401
        assert (await client.get(PROGRAMS[0], headers={"authorization": f"bearer  {KEY.text}"})).status_code == 200


async def test_an_optional_key_may_be_left_out_and_without_keys_none_is_looked_at() -> None:
    async with client_of(service_with(KeyUse.OPTIONAL)) as client:
        assert (await client.get(PROGRAMS[0])).status_code == 200
    async with client_of(service_with()) as client:
        assert (await client.get(PROGRAMS[0], headers=bearer(REVOKED.text))).status_code == 200


async def test_a_refusal_has_the_form_of_the_interface() -> None:
    async with client_of(service_with(KeyUse.REQUIRED, per_address=2)) as client:
        api, fhir = await client.get(PROGRAMS[0]), await client.get("/fhir/R4/metadata")
        late = await client.get("/fhir/R4/metadata")
    assert api.headers["content-type"] == "application/problem+json"
    assert api.json()["detail"].endswith("Authorization: Bearer KEY.")
    assert [(one.status_code, one.json()["issue"][0]["code"]) for one in (fhir, late)] == [
        (401, "login"),
        (429, "throttled"),
    ]


async def test_without_the_database_a_key_is_asked_for_again_later() -> None:
    async with client_of(service_with(KeyUse.REQUIRED, read=no_database)) as client:
        response = await client.get(PROGRAMS[0], headers=bearer(KEY.text))
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        assert (await client.get("/codes/S9353")).status_code == 200


async def test_too_many_requests_of_an_address_are_refused_and_each_answer_says_what_is_left() -> None:
    async with client_of(service_with(per_address=2)) as client:
        first, second, third = [await client.get("/codes/S9353") for _ in range(3)]
        assert (first.headers["ratelimit-policy"], first.headers["ratelimit"]) == (
            '"default";q=2;w=60',
            '"default";r=1;t=30',
        )
        assert [one.status_code for one in (first, second, third)] == [200, 200, 429]
        wait = third.headers["retry-after"]
        assert 0 < int(wait) <= 30, "less than 30 where the answers before took seconds"
        assert third.headers["ratelimit"] == f'"default";r=0;t={wait}'
        assert "2 a minute" in third.json()["detail"]
        assert (await client.get("/static/pages.css")).status_code == 200


async def test_a_key_has_a_rate_of_its_own_and_wrong_keys_count_for_the_address() -> None:
    async with client_of(service_with(KeyUse.OPTIONAL, per_address=2, per_key=3)) as client:
        statuses = [(await client.get(PROGRAMS[0], headers=bearer(KEY.text))).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        statuses = [(await client.get(PROGRAMS[0], headers=bearer(REVOKED.text))).status_code for _ in range(3)]
        assert statuses == [401, 401, 429]


async def ask_through(proxy: Asgi, address: str, forwarded: str | None = None) -> int:
    transport = httpx.ASGITransport(app=proxy, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example.com") as client:
        headers = {"x-forwarded-for": forwarded} if forwarded else {}
        return (await client.get("/codes/S9353", headers=headers)).status_code


async def test_addresses_are_counted_apart_and_a_network_of_ipv6_together() -> None:
    service = service_with(per_address=1)
    asked = (
        "192.0.2.1",
        "192.0.2.2",
        "192.0.2.1",
        "2001:db8::1",
        "2001:db8::2:3",
        "2001:db8:0:1::1",
        "::ffff:192.0.2.2",
    )
    assert [await ask_through(service, one) for one in asked] == [200, 200, 429, 200, 429, 200, 429]


async def test_only_a_trusted_proxy_says_who_asks() -> None:
    # As the server sets it up for HCPCS_TRUSTED_PROXIES.
    service: Asgi = ProxyHeadersMiddleware(service_with(per_address=1), "10.0.0.0/8")  # type: ignore[arg-type,assignment]
    asked = [("10.1.1.1", "192.0.2.1"), ("10.1.1.1", "192.0.2.2"), ("10.1.1.1", "192.0.2.9, 192.0.2.2")]
    assert [await ask_through(service, *one) for one in asked] == [200, 200, 429]
    forged = [("203.0.113.1", f"192.0.2.{number}") for number in range(50, 53)]
    assert [await ask_through(service, *one) for one in forged] == [200, 429, 429]


async def test_no_key_is_in_a_log_or_an_answer(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, logger="httpx")
    texts = ""
    for read in (valid_keys, no_database):
        async with client_of(service_with(KeyUse.REQUIRED, read=read)) as client:
            for key in (KEY, REVOKED):
                response = await client.get(PROGRAMS[0], headers=bearer(key.text))
                texts += response.text + str(response.headers)
    written = capsys.readouterr()
    texts += caplog.text + written.out + written.err
    assert KEY.text[-43:] not in texts
    assert REVOKED.text[-43:] not in texts


async def test_the_description_of_the_api_states_keys_and_limits_where_they_are_used() -> None:
    async with client_of(service_with(KeyUse.REQUIRED, per_address=100)) as client:
        stated = (await client.get("/openapi.json")).json()
    assert stated["security"] == [{"key": []}]
    assert {"401", "429", "503"} <= set(stated["paths"]["/api/v1/codes/{code}"]["get"]["responses"])
    async with client_of(service_with()) as client:
        stated = (await client.get("/openapi.json")).json()
    assert "security" not in stated
