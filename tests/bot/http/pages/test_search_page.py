"""The page of a search, answered on the server: what is shown without JavaScript."""

from __future__ import annotations

import httpx2 as httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bot.http.service_client import client_of, service_of

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk

SERVICE = service_of(starter_desk)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "S9353</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\x00\ud83d\u202e",
]


async def test_the_page_is_a_form_that_needs_no_program(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    assert '<form class="search" action="/" role="search">' in page
    assert '<label for="q">' in page
    assert 'name="q"' in page
    assert "Only the two starter codes are loaded." in page


async def test_a_question_is_answered_with_its_proof_and_source(client: httpx.AsyncClient) -> None:
    page = (await client.get("/", params={"q": "is S9353 payable by Medicare?"})).text
    assert '<h1 id="headline">No. S9353 is not payable by Medicare.</h1>' in page
    assert "Coverage code I (Not payable by Medicare)." in page
    assert "Other payers set their own policies." in page
    assert "Source: HCPCS" in page
    assert 'value="is S9353 payable by Medicare?"' in page


async def test_words_list_codes_with_verdicts(client: httpx.AsyncClient) -> None:
    page = (await client.get("/", params={"q": "insulin infusion"})).text
    assert '<a href="/codes/S9353"><span class="code">S9353</span>' in page
    assert "No: not payable" in page


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("compare S9328 and S9353", '<table class="compare">'),
        ("what does coverage code I mean?", "Not payable by Medicare"),
        ("history of S9353", "S9353"),
        ("S9353", "<dt>Coverage code</dt>"),
        ("99213", "CPT"),
        ("help", "S9353"),
    ],
)
async def test_every_kind_of_answer_has_a_page(client: httpx.AsyncClient, question: str, shown: str) -> None:
    response = await client.get("/", params={"q": question})
    assert response.status_code == 200
    assert shown in response.text


async def test_a_long_list_has_pages(one_release: Desk) -> None:
    async with client_of(service_of(lambda: one_release)) as client:
        first = (await client.get("/", params={"q": "wheelchair"})).text
        second = (await client.get("/", params={"q": "wheelchair", "page": "2"})).text
    assert first.count('<a href="/codes/') == 20
    assert 'href="/?q=wheelchair&amp;page=2">Next' in first
    assert '<ol class="hits" start="21">' in second
    assert 'href="/?q=wheelchair&amp;page=1">Previous' in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "501", "1e9", "٣", "9" * 5000])
async def test_a_page_that_is_not_there_is_refused(client: httpx.AsyncClient, page: str) -> None:
    response = await client.get("/", params={"q": "S9353", "page": page})
    assert response.status_code == 400
    assert "Pages are numbered from 1 to 500." in response.text


async def test_a_text_that_is_too_long_is_refused_in_a_sentence(client: httpx.AsyncClient) -> None:
    response = await client.get("/", params={"q": "S9353 " * 400})
    assert response.status_code == 400
    assert "The question is too long." in response.text


@pytest.mark.parametrize("typed", [text for text in HOSTILE if text.isascii()])
async def test_what_is_typed_is_shown_as_text(client: httpx.AsyncClient, typed: str) -> None:
    response = await client.get("/", params={"q": typed})
    assert response.status_code == 200
    for dangerous in ("<script>alert", "<img", "' autofocus", "49", 'href="javascript:'):
        assert dangerous not in response.text.replace("&#39;", "").replace("{{ 7 * 7 }}", "")


@pytest.mark.slow
@given(typed=st.one_of(st.text(max_size=80), st.sampled_from(HOSTILE[:-1])))
async def test_any_text_is_answered(typed: str) -> None:
    async with client_of(SERVICE) as client:
        response = await client.get("/", params={"q": typed})
    assert response.status_code == 200
    assert "<script>" not in response.text


@pytest.mark.slow
@given(query=st.binary(max_size=60))
async def test_any_bytes_are_answered(query: bytes) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in query)
    async with client_of(SERVICE) as client:
        assert (await client.get(f"/?q={quoted}")).status_code == 200


async def test_a_list_may_have_modifiers(one_release: Desk) -> None:
    async with client_of(service_of(lambda: one_release)) as client:
        page = await client.get("/?q=7")
    assert page.status_code == 200
    assert '<a href="/codes/U7">' in page.text
