"""Looking up and validating one code."""

from __future__ import annotations

from typing import Any

import httpx2 as httpx
import pytest
from tests.bot.http.terminology.fhir.fhir_requests import codes, get, post, properties, text, values

from hcpcs_bot.http.terminology.fhir.code_system_names import ACCEPTED_SYSTEMS, SYSTEM, VALUE_SET
from hcpcs_bot.http.terminology.fhir.coded_concepts import PROPERTIES


async def test_a_code_is_looked_up_with_its_properties(terminology: httpx.AsyncClient) -> None:
    answer = await get(terminology, "CodeSystem/$lookup", system=SYSTEM, code="S9353")
    assert values(answer) == {
        "name": "HCPCS Level II",
        "version": "2026-01",
        "display": "Home infusion therapy, continuous insulin infusion therapy",
    }
    stated = properties(answer)
    assert set(stated) <= set(PROPERTIES)
    wanted = ("inactive", "status", "coverage", "pricing", "verdict", "added", "noc", "release")
    assert {name: stated[name] for name in wanted} == {
        "inactive": [False],
        "status": ["active"],
        "coverage": ["C"],
        "pricing": ["00"],
        "verdict": ["carrier_judgment"],
        "added": ["2002-01-01"],
        "noc": [False],
        "release": ["HCPCS January 2026"],
    }
    chosen = await get(terminology, "CodeSystem/hcpcs-Level-II/$lookup", code="RR", property="kind")
    assert properties(chosen) == {"kind": ["modifier"]}


async def test_a_posted_request_is_answered_as_one_in_the_address(terminology: httpx.AsyncClient) -> None:
    read = await get(terminology, "CodeSystem/$lookup", system=SYSTEM, code="S9328", date="2025-09-30")
    coding = {"name": "coding", "valueCoding": {"system": SYSTEM, "code": "S9328"}}
    assert read == await post(
        terminology, "CodeSystem/$lookup", coding, {"name": "date", "valueDateTime": "2025-09-30"}
    )
    assert properties(read)["inactive"] == [False]
    filtered = await get(terminology, "ValueSet/hcpcs/$expand", filter="insulin", count="2", activeOnly="true")
    assert filtered == await post(
        terminology,
        "ValueSet/hcpcs/$expand",
        {"name": "filter", "valueString": "insulin"},
        {"name": "count", "valueInteger": 2},
        {"name": "activeOnly", "valueBoolean": True},
    )


async def test_the_date_is_the_day_of_service(terminology: httpx.AsyncClient) -> None:
    async def status(code: str, day: str) -> Any:
        answer = await get(terminology, "CodeSystem/$lookup", system=SYSTEM, code=code, date=day)
        return properties(answer)["status"][0], properties(answer)["coverage"][0]

    assert await status("S9353", "2025-08-01") == ("active", "I")
    assert await status("S9353", "2025-11-01T10:00:00Z") == ("active", "C")
    assert await status("S9328", "2025-10-01") == ("terminated", "C")
    assert (await status("J9999", "2025-12-31"), await status("J9999", "2026-01-01")) == (
        ("active", "C"),
        ("terminated", "C"),
    )
    early = await get(terminology, "CodeSystem/$lookup", 404, system=SYSTEM, code="E0788", date="2025-08-01")
    assert "E0788" in text(early)
    older = await get(terminology, "CodeSystem/$lookup", system=SYSTEM, code="S9353", version="2025-07")
    assert (values(older)["version"], properties(older)["coverage"]) == ("2025-07", ["I"])


@pytest.mark.parametrize("code", ["S9354", "s9353", "99213", "D0120", "E0450", "S9353 ", "🙂", "x" * 500])
async def test_a_code_that_is_absent_is_said_to_be(terminology: httpx.AsyncClient, code: str) -> None:
    assert text(await get(terminology, "CodeSystem/$lookup", 404, system=SYSTEM, code=code))
    for operation in ("CodeSystem/$validate-code", "ValueSet/hcpcs/$validate-code"):
        result = values(await get(terminology, operation, system=SYSTEM, code=code))
        assert result["result"] is False
        assert result["message"]
        assert "display" not in result
    assert codes(await get(terminology, "ValueSet/hcpcs/$expand", filter=code[:200])) in ([], ["S9353"])


async def test_a_code_in_lower_case_is_not_the_code_and_the_answer_says_so(terminology: httpx.AsyncClient) -> None:
    assert "S9353 exists" in text(await get(terminology, "CodeSystem/$lookup", 404, system=SYSTEM, code="s9353"))


async def test_a_code_is_validated_with_a_warning_where_it_has_ended(terminology: httpx.AsyncClient) -> None:
    answer = values(await get(terminology, "CodeSystem/$validate-code", url=SYSTEM, code="S9328"))
    assert (answer["result"], answer["inactive"], answer["status"]) == (True, True, "terminated")
    assert "ended on September 30, 2025" in answer["message"]
    before = await get(terminology, "CodeSystem/$validate-code", url=SYSTEM, code="S9328", date="2025-09-30")
    assert (values(before)["inactive"], "message" in values(before)) == (False, False)
    early = await get(terminology, "CodeSystem/$validate-code", url=SYSTEM, code="E0788", date="2025-08-01")
    assert (values(early)["result"], values(early)["status"]) == (False, "not-yet-in-effect")
    removed = values(await get(terminology, "ValueSet/$validate-code", url=VALUE_SET, system=SYSTEM, code="J9999"))
    assert (removed["result"], removed["inactive"]) == (True, True)
    assert "HCPCS January 2026 doesn't include it" in removed["message"]


async def test_a_display_is_compared(terminology: httpx.AsyncClient) -> None:
    for display, valid_display in (("external ambulatory  INFUSION pump, insulin", True), ("Insulin pen", False)):
        answer = await get(terminology, "CodeSystem/$validate-code", url=SYSTEM, code="E0784", display=display)
        assert values(answer)["result"] is valid_display
        assert values(answer)["display"] == "External ambulatory infusion pump, insulin"


async def test_a_concept_is_valid_if_one_of_its_codings_is(terminology: httpx.AsyncClient) -> None:
    async def result(*codings: dict[str, str]) -> Any:
        concept = {"name": "codeableConcept", "valueCodeableConcept": {"coding": codings}}
        return values(await post(terminology, "ValueSet/hcpcs/$validate-code", concept))["result"]

    loinc = {"system": "http://loinc.org", "code": "S9353"}
    assert await result(loinc, {"system": SYSTEM, "code": "S9354"}, {"system": SYSTEM, "code": "S9353"}) is True
    assert await result(loinc, {"system": SYSTEM, "code": "S9354"}) is False
    assert await result(loinc) is False


@pytest.mark.parametrize("system", sorted(ACCEPTED_SYSTEMS))
async def test_other_names_of_the_system_are_accepted_and_never_written(
    terminology: httpx.AsyncClient, system: str
) -> None:
    answer = await get(terminology, "CodeSystem/$validate-code", url=system, code="S9353")
    assert values(answer)["system"] == SYSTEM
    [one] = (await get(terminology, "ValueSet/$expand", url=f"{system}?fhir_vs", filter="S9353"))["expansion"][
        "contains"
    ]
    assert one["system"] == SYSTEM
