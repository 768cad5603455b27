"""The terminology service as FHIR's clients see it. Every answer is valid for the models of ``fhir.resources``."""

from __future__ import annotations

import json
from typing import Any

import httpx2 as httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bot.http.service_client import client_of, service_of
from tests.bot.http.terminology.fhir.fhir_requests import BASE, get, post, text, valid

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.terminology.fhir.code_system_names import ACCEPTED_SYSTEMS, SYSTEM, VALUE_SET

OPERATIONS = (
    "CodeSystem/$lookup",
    "CodeSystem/$validate-code",
    "CodeSystem/$subsumes",
    "ValueSet/$expand",
    "ValueSet/$validate-code",
    "CodeSystem/hcpcs-Level-II/$lookup",
    "ValueSet/hcpcs/$expand",
    "ValueSet/hcpcs/$validate-code",
)


async def test_what_the_service_offers_is_stated(terminology: httpx.AsyncClient) -> None:
    stated = await get(terminology, "metadata")
    assert stated["fhirVersion"] == "4.0.1"
    for resource in stated["rest"][0]["resource"]:
        for operation in resource["operation"]:
            path = f"{BASE}/{resource['type']}/${operation['name']}"
            assert (await terminology.get(path)).status_code == 400, "it asks for parameters"
    capabilities = await get(terminology, "metadata", mode="terminology")
    [system] = capabilities["codeSystem"]
    assert system["uri"] == SYSTEM
    assert [one["code"] for one in system["version"]] == ["2025-07", "2025-10", "2026-01"]


async def test_the_code_system_and_its_value_set_are_read_and_searched(terminology: httpx.AsyncClient) -> None:
    system = await get(terminology, "CodeSystem/hcpcs-Level-II")
    assert (system["url"], system["version"], system["count"]) == (SYSTEM, "2026-01", 8)
    assert system["caseSensitive"] is True
    assert (await get(terminology, "ValueSet/hcpcs"))["url"] == VALUE_SET == system["valueSet"]
    for url in ACCEPTED_SYSTEMS:
        assert (await get(terminology, "CodeSystem", url=url))["entry"][0]["resource"] == system
    assert (await get(terminology, "ValueSet", url=VALUE_SET))["total"] == 1
    for wrong in (
        {"url": "http://loinc.org"},
        {"_id": "loinc"},
        {"version": "2019"},
        {"status": "draft"},
        {"name": "x"},
    ):
        assert (await get(terminology, "CodeSystem", **wrong))["total"] == 0
    assert "entry" not in await get(terminology, "CodeSystem", _summary="count")
    assert "hcpcs-Level-II" in text(await get(terminology, "CodeSystem/loinc", 404))


@pytest.mark.parametrize(
    ("path", "status", "code", "said"),
    [
        ("CodeSystem/$lookup", 400, "invalid", "code and system"),
        ("CodeSystem/$lookup?code=S9353", 400, "invalid", "system: give"),
        ("CodeSystem/$lookup?code=S9353&code=S9328&system=x", 400, "invalid", "code: give it once"),
        ("CodeSystem/$lookup?code=S9353&system=http://loinc.org", 404, "not-found", "one code system"),
        (f"CodeSystem/$lookup?code=S9353&system={SYSTEM}&version=2019", 404, "not-found", "Loaded: 2025-07, 2025-10"),
        (f"CodeSystem/$lookup?code=S9353&system={SYSTEM}&date=2025", 400, "invalid", "date: give a day"),
        (f"CodeSystem/$lookup?code=S9353&system={SYSTEM}&date=2025-02-30", 400, "invalid", "date: give a day"),
        ("CodeSystem/$validate-code?url=http://loinc.org&code=1", 404, "not-found", "one code system"),
        ("CodeSystem/$subsumes?codeA=S9353&codeB=S9328", 501, "not-supported", "no hierarchy"),
        ("ValueSet/$expand", 400, "invalid", "url: name"),
        ("ValueSet/$expand?url=http://example.com/vs", 404, "not-found", "one value set"),
        ("ValueSet/hcpcs/$expand?count=-1", 400, "invalid", "count: give a whole number"),
        ("ValueSet/hcpcs/$expand?activeOnly=yes", 400, "invalid", "activeOnly: give true or false"),
        (f"ValueSet/hcpcs/$expand?filter={'x' * 201}", 400, "invalid", "filter: give at most 200"),
        ("ValueSet/hcpcs/$expand?exclude-system=x", 501, "not-supported", "exclude-system: not supported"),
        ("ValueSet/hcpcs/$expand?context=x", 501, "not-supported", "context: this server takes none"),
        ("ValueSet/loinc/$expand", 404, "not-found", "one ValueSet: hcpcs"),
        ("ValueSet/hcpcs/$expand?_format=xml", 406, "not-supported", "no other format"),
        ("ValueSet/hcpcs/$expand?" + "a=b&" * 101, 400, "invalid", "at most 100 parameters"),
        ("Patient/1", 404, "not-found", "/fhir/R4/metadata"),
    ],
)
async def test_an_error_is_an_outcome_that_says_what_is_wrong(
    terminology: httpx.AsyncClient, path: str, status: int, code: str, said: str
) -> None:
    outcome = valid(await terminology.get(f"{BASE}/{path}"), status)
    assert outcome["issue"][0]["code"] == code
    assert said in text(outcome)


@pytest.mark.parametrize(
    "body",
    [
        b"Jane Roe",
        b"[]",
        b'{"resourceType": "Patient"}',
        b'{"resourceType": "Parameters", "parameter": {}}',
        b'{"resourceType": "Parameters", "parameter": ["Jane Roe"]}',
        b'{"resourceType": "Parameters", "parameter": [{"name": "Jane Roe"}]}',
        b'{"resourceType": "Parameters", "parameter": [{"name": "Jane Roe", "valueString": {"a": 1}}]}',
        b'{"resourceType": "Parameters", "parameter": [{"name": "code", "valueCode": ["Jane Roe"]}]}',
        b'{"resourceType": "Parameters", "parameter": [{"name": "coding", "valueCoding": "Jane Roe"}]}',
        b'{"resourceType": "Parameters", "parameter": [{"name": "codeableConcept", "valueCodeableConcept": 5}]}',
    ],
)
async def test_a_body_that_cannot_be_read_is_refused_and_not_quoted(
    terminology: httpx.AsyncClient, body: bytes
) -> None:
    outcome = valid(await terminology.post(f"{BASE}/CodeSystem/$lookup", content=body), 400)
    assert "Roe" not in text(outcome)


async def test_a_value_set_that_is_sent_along_is_refused_and_not_ignored(terminology: httpx.AsyncClient) -> None:
    sent = {"name": "valueSet", "resource": {"resourceType": "ValueSet", "status": "active"}}
    assert "valueSet" in text(await post(terminology, "ValueSet/hcpcs/$expand", sent, status=501))


async def test_other_methods_are_refused_and_browsers_may_ask(terminology: httpx.AsyncClient) -> None:
    assert (await terminology.put(f"{BASE}/CodeSystem/hcpcs-Level-II")).json()["resourceType"] == "OperationOutcome"
    allowed = await terminology.options(f"{BASE}/ValueSet/hcpcs/$expand")
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, "*")
    first = await terminology.get(f"{BASE}/metadata")
    again = await terminology.get(f"{BASE}/metadata", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "*")


async def test_the_starter_says_that_it_is_not_the_whole_code_set() -> None:
    async with client_of(service_of(starter_desk)) as client:
        outcome = await get(client, "CodeSystem/$lookup", 404, system=SYSTEM, code="E0601")
        assert "hcpcs update" in text(outcome)


_NAMES = st.sampled_from(
    "code system url version date coding codeableConcept display property filter count offset activeOnly valueSet "
    "includeDesignations context _format mode _id _count _summary abstract".split()
) | st.text(max_size=8)
_TEXTS = (
    st.sampled_from(["S9353", "S9328", "RR", SYSTEM, VALUE_SET, "2025-10-01", "2025-10", "true", "5", "json", ""])
    | st.text(max_size=30)
    | st.dates().map(str)
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.just("coding"), inner, max_size=3),
    max_leaves=8,
)
_PARAMETERS = st.lists(
    st.dictionaries(
        st.sampled_from(["name", "valueString", "valueCode", "valueCoding", "resource", "part"]), _JSON | _NAMES
    ),
    max_size=4,
)
_PATHS = st.sampled_from([*OPERATIONS, "metadata", "CodeSystem", "ValueSet", "CodeSystem/hcpcs-Level-II"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=_PATHS, parameters=st.dictionaries(_NAMES, _TEXTS, max_size=5))
async def test_any_query_is_answered_or_refused(
    terminology: httpx.AsyncClient, path: str, parameters: dict[str, str]
) -> None:
    response = await terminology.get(f"{BASE}/{path}", params=parameters)
    assert response.status_code in {200, 400, 404, 406, 422, 501}
    valid(response, response.status_code)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(OPERATIONS), parameters=_PARAMETERS | _JSON, raw=st.binary(max_size=20) | st.none())
async def test_any_body_is_answered_or_refused(
    terminology: httpx.AsyncClient, path: str, parameters: Any, raw: bytes | None
) -> None:
    body = raw if raw is not None else json.dumps({"resourceType": "Parameters", "parameter": parameters}).encode()
    response = await terminology.post(f"{BASE}/{path}", content=body)
    assert response.status_code in {200, 400, 404, 422, 501}
    valid(response, response.status_code)
