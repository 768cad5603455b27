"""The behavior that HL7's published test cases for terminology servers ask for, on codes of ours.

``ecosystem_cases.json`` has the cases, in HL7's form: those that fit one code system without hierarchy.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from tests.bot.http.terminology.fhir.fhir_requests import BASE, FHIR_JSON, codes, get, post, valid

from hcpcs_bot.http.terminology.fhir.code_system_names import SYSTEM, VALUE_SET

CASES = json.loads(Path(__file__).with_name("ecosystem_cases.json").read_text(encoding="utf-8"))["tests"]
TYPES = {"$string$": str, "$integer$": int, "$any$": object}


def named(value: Any) -> Any:
    """A case with the names of our system and value set."""
    return json.loads(json.dumps(value).replace("$system$", SYSTEM).replace("$valueset$", VALUE_SET))


def differences(pattern: Any, value: Any, where: str = "") -> list[str]:
    """Where a response is not as the pattern says."""
    if isinstance(pattern, str) and pattern in TYPES:
        return [] if isinstance(value, TYPES[pattern]) else [f"{where}: {value!r}"]
    if isinstance(pattern, dict) and isinstance(value, dict):
        return [one for key in pattern for one in differences(pattern[key], value.get(key), f"{where}.{key}")]
    if isinstance(pattern, list) and isinstance(value, list) and len(pattern) == len(value):
        pairs = enumerate(zip(pattern, value, strict=True))
        return [one for number, pair in pairs for one in differences(*pair, f"{where}[{number}]")]
    return [] if pattern == value else [f"{where}: {value!r}"]


def sorted_by_name(resource: Any) -> Any:
    """Parameters have no order."""
    if resource["resourceType"] != "Parameters":
        return resource
    return {**resource, "parameter": sorted(resource["parameter"], key=lambda one: str(one["name"]))}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
async def test_a_case_is_answered_as_its_pattern_says(terminology: httpx.AsyncClient, case: dict[str, Any]) -> None:
    headers = {"content-type": FHIR_JSON}
    body = json.dumps(named(case["request"]))
    response = await terminology.post(f"{BASE}/{case['operation']}", content=body, headers=headers)
    resource = valid(response, case.get("status", 200))
    assert differences(sorted_by_name(named(case["response"])), sorted_by_name(resource)) == []


def inactive_codes(value_set: Any) -> set[str]:
    return {one["code"] for one in value_set["expansion"]["contains"] if one.get("inactive")}


async def test_inactive_codes_are_marked_left_out_and_valid_with_a_warning(terminology: httpx.AsyncClient) -> None:
    # As in the suite "inactive": expansions with all codes and with active ones, and each code validated.
    every = await get(terminology, "ValueSet/hcpcs/$expand", count="100")
    active = await get(terminology, "ValueSet/hcpcs/$expand", count="100", activeOnly="true")
    ended = inactive_codes(every)
    assert ended
    assert set(codes(active)) == set(codes(every)) - ended
    for code in codes(every):
        coding = {"name": "coding", "valueCoding": {"system": SYSTEM, "code": code}}
        stated = await post(terminology, "ValueSet/hcpcs/$validate-code", coding)
        outcomes = [one["resource"] for one in stated["parameter"] if one["name"] == "issues"]
        issues = [issue for outcome in outcomes for issue in outcome["issue"]]
        kinds = [(one["severity"], one["code"], one["details"]["coding"][0]["code"]) for one in issues]
        assert kinds == ([("warning", "business-rule", "code-comment")] if code in ended else []), code
        assert stated["parameter"][0] == {"name": "result", "valueBoolean": True}


async def test_every_property_is_looked_up_by_an_asterisk(terminology: httpx.AsyncClient) -> None:
    # As in simple-lookup-1.
    without = await get(terminology, "CodeSystem/$lookup", system=SYSTEM, code="S9353")
    assert await get(terminology, "CodeSystem/$lookup", system=SYSTEM, code="S9353", property="*") == without


async def test_pages_of_an_expansion_have_every_code_once(terminology: httpx.AsyncClient) -> None:
    # As in the suite "big": count and offset.
    every = codes(await get(terminology, "ValueSet/hcpcs/$expand", count="100"))
    starts = range(0, len(every), 2)
    pages = [await get(terminology, "ValueSet/hcpcs/$expand", count="2", offset=str(start)) for start in starts]
    assert [code for page in pages for code in codes(page)] == every
    assert {page["expansion"]["total"] for page in pages} == {len(every)}
