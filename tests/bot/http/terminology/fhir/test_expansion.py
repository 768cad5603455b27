"""Listing codes: pages, ended codes, and the day of an expansion."""

from __future__ import annotations

import httpx2 as httpx
import pytest
from tests.bot.http.terminology.fhir.fhir_requests import codes, get, text


async def test_codes_are_expanded_in_pages_with_the_exact_code_first(terminology: httpx.AsyncClient) -> None:
    whole = await get(terminology, "ValueSet/hcpcs/$expand")
    pages = [await get(terminology, "ValueSet/hcpcs/$expand", count="3", offset=str(offset)) for offset in (0, 3, 6, 9)]
    assert [code for page in pages for code in codes(page)] == codes(whole)
    assert {page["expansion"]["total"] for page in pages} == {len(codes(whole))} == {8}
    assert codes(await get(terminology, "ValueSet/hcpcs/$expand", filter="e0784", count="1")) == ["E0784"]
    assert (await get(terminology, "ValueSet/hcpcs/$expand", count="0"))["expansion"]["total"] == 8
    designated = await get(terminology, "ValueSet/hcpcs/$expand", filter="E0784", includeDesignations="true")
    assert designated["expansion"]["contains"][0]["designation"][0]["value"] == "External ambulatory infusion"


async def test_ended_codes_are_marked_or_left_out(terminology: httpx.AsyncClient) -> None:
    whole = await get(terminology, "ValueSet/hcpcs/$expand")
    inactive = {one["code"] for one in whole["expansion"]["contains"] if one.get("inactive")}
    active = set(codes(await get(terminology, "ValueSet/hcpcs/$expand", activeOnly="true")))
    assert inactive == {"S9328", "J9999"}
    assert active == set(codes(whole)) - inactive


async def test_an_expansion_is_that_of_its_day(terminology: httpx.AsyncClient) -> None:
    async def expanded(day: str, **more: str) -> set[str]:
        return set(codes(await get(terminology, "ValueSet/hcpcs/$expand", date=day, **more)))

    everything = {"S9353", "S9328", "E0601", "E0784", "J9999", "RR", "S9359"}
    assert await expanded("2025-08-01", activeOnly="true") == everything
    assert await expanded("2025-11-01") == everything | {"E0788"}
    assert await expanded("2025-11-01", activeOnly="true") == everything - {"S9328"} | {"E0788"}
    assert await expanded("1990-01-01") == set()


async def test_too_large_an_expansion_is_refused_unless_it_is_paged(
    terminology: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hcpcs_bot.http.terminology.fhir.expansion.MAX_PAGE", 5)
    outcome = await get(terminology, "ValueSet/hcpcs/$expand", 422)
    assert (outcome["issue"][0]["code"], "8 codes" in text(outcome)) == ("too-costly", True)
    assert len(codes(await get(terminology, "ValueSet/hcpcs/$expand", count="100"))) == 5
