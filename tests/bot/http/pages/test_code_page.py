"""The page of a code, as a browser and a program get it."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx2 as httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bot.http.service_client import client_of, service_of

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk

SERVICE = service_of(starter_desk)


async def test_a_code_has_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/codes/s9353")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "continuous insulin infusion therapy" in response.text
    assert "No. S9353 is not payable by Medicare." in response.text
    assert "<dt>Coverage code</dt><dd>I (Not payable by Medicare)</dd>" in response.text
    assert "Blank in the record:" in response.text


async def test_a_link_to_it_has_a_preview_and_one_address(client: httpx.AsyncClient) -> None:
    page = (await client.get("/codes/s9353?with=S9328")).text
    assert '<link rel="canonical" href="http://desk.example.com/codes/S9353">' in page
    assert '<meta property="og:title" content="HCPCS S9353">' in page
    stated = re.search(r'og:description" content="([^"]*)"', page)
    assert stated is not None
    assert stated[1].endswith("No. S9353 is not payable by Medicare.")


async def test_a_page_is_for_a_day_of_service(one_release: Desk) -> None:
    async with client_of(service_of(lambda: one_release)) as client:
        ended = (await client.get("/codes/Q5102")).text
        before = (await client.get("/codes/Q5102?as_of=2018-03-31&state=&with=Q5103")).text
        stated = (await client.get("/codes/Q5102.json?as_of=2018-03-31")).json()
    assert "not active" in ended
    assert "active on March 31, 2018" in before
    assert "On March 31, 2018" in before
    assert 'name="as_of" type="date" value="2018-03-31"' in before
    # Comparing keeps the day.
    assert '<input type="hidden" name="as_of" value="2018-03-31">' in before
    assert (stated["source"]["day"], stated["records"][0]["active"]) == ("2018-03-31", True)


async def test_a_state_is_chosen_for_the_amounts(client: httpx.AsyncClient) -> None:
    page = (await client.get("/codes/S9353?state=tx")).text
    assert '<option value="TX" selected>Texas</option>' in page
    assert "· Texas" in page


async def test_a_modifier_of_two_letters_is_explained(one_release: Desk) -> None:
    async with client_of(service_of(lambda: one_release)) as client:
        page = await client.get("/codes/is")
        stated = await client.get("/codes/IS.json")
    assert (page.status_code, stated.status_code) == (200, 200)
    assert "on an ambulance claim" in page.text
    assert "not found" not in page.text


@pytest.mark.parametrize("query", ["as_of=3/1/2025", "as_of=2026-02-30", "as_of=0000-01-01", "state=XX", "state=Texas"])
async def test_what_is_not_a_day_or_a_state_is_refused(client: httpx.AsyncClient, query: str) -> None:
    for name in ("S9353", "S9353.json"):
        assert (await client.get(f"/codes/{name}?{query}")).status_code == 400


async def test_the_same_answer_in_json(client: httpx.AsyncClient) -> None:
    response = await client.get("/codes/S9353.json")
    assert response.status_code == 200
    assert response.json()["codes"] == ["S9353"]


async def test_a_modifier_that_is_a_word_is_looked_up(one_release: Desk) -> None:
    async with client_of(service_of(lambda: one_release)) as client:
        assert (await client.get("/codes/HI.json")).json()["codes"] == ["HI"]
        page = await client.get("/codes/HI")
    assert page.status_code == 200
    assert "HCPCS Level II modifier" in page.text


@pytest.mark.parametrize(
    "path",
    ["S9354", "S9354.json", "99213", "", "S9353/x", "hello", "S93", "S9353.xml", "%00", "S9353%20", "%D9%A0%D9%A1"],
)
async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(f"/codes/{path}")).status_code == 404


async def test_suggestions_are_links_and_no_other_code_is_shown(client: httpx.AsyncClient) -> None:
    page = (await client.get("/codes/S9352")).text
    assert 'href="/codes/S9353"' in page
    assert "continuous insulin infusion therapy" not in page


async def test_two_codes_are_compared(client: httpx.AsyncClient) -> None:
    page = (await client.get("/codes/S9353?with=s9328")).text
    assert '<th scope="col"><a href="/codes/S9328">S9328</a></th>' in page
    assert 'value="S9328"' in page


@pytest.mark.parametrize("other", ["S9353", "S9352", "99213", "'\"><script>", "RR"])
async def test_what_cannot_be_compared_is_said(client: httpx.AsyncClient, other: str) -> None:
    response = await client.get("/codes/S9353", params={"with": other})
    assert response.status_code == 200
    assert '<table class="compare">' not in response.text
    assert "<script>" not in response.text


@pytest.mark.slow
async def test_the_history_is_a_timeline_with_what_changed(three_releases: Desk) -> None:
    async with client_of(service_of(lambda: three_releases)) as client:
        page = (await client.get("/codes/A4453")).text
    assert '<ol class="timeline">' in page
    assert "HCPCS October 2025" in page
    assert "<ins>with or without balloon,</ins>" in page


async def test_only_reading_is_allowed(client: httpx.AsyncClient) -> None:
    assert (await client.post("/codes/S9353")).status_code == 405
    assert (await client.head("/codes/S9353")).status_code == 200


@pytest.mark.slow
@given(path=st.text(max_size=40).filter(lambda path: path not in {".", ".."}))
async def test_any_path_is_answered(path: str) -> None:
    async with client_of(SERVICE) as client:
        response = await client.get(f"/codes/{quote(path, safe='')}")
    assert response.status_code in (200, 404)
    assert "<script>" not in response.text
