"""What all pages share: headers that forbid everything from elsewhere, entity tags, static files."""

from __future__ import annotations

import re

import httpx2 as httpx
import pytest

from hcpcs_bot.http.pages.page_response import POLICY, STATIC_TYPES

PAGES = ["/", "/?q=S9353", "/?q=compare+S9328+and+S9353", "/codes/S9353", "/codes/S9352", "/codes/x", "/changes"]


@pytest.mark.parametrize("path", [*PAGES, "/codes/S9353.json", *(f"/static/{name}" for name in STATIC_TYPES)])
async def test_nothing_comes_from_elsewhere(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
async def test_nothing_is_inline_that_the_policy_refuses(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(path)).text
    assert re.findall(r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+=", page) == []
    addresses = re.findall(r'(?:src|action|rel="stylesheet" href)="([^"]*)"', page)
    assert addresses
    assert all(address.startswith("/") for address in addresses)


@pytest.mark.parametrize("path", ["/", "/?q=S9353", "/codes/S9353", "/codes/S9353.json", "/changes"])
async def test_a_browser_does_not_get_again_what_it_has(client: httpx.AsyncClient, path: str) -> None:
    first = await client.get(path)
    tag = first.headers["etag"]
    again = await client.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.get(path, headers={"if-none-match": '"other"'})).status_code == 200


@pytest.mark.parametrize("path", ["/codes/S9352", "/codes/x", "/changes?page=99"])
async def test_a_page_that_is_not_there_is_not_kept(client: httpx.AsyncClient, path: str) -> None:
    assert "etag" not in (await client.get(path)).headers


async def test_static_files_are_named_by_their_content(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        assert re.fullmatch(r"/static/[\w.]+\?[0-9a-f]{12}", address)
        response = await client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fpage_response.py", "%2Fetc%2Fpasswd"])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    response = await client.get(f"/static/{name}")
    assert response.status_code == 404


async def test_pages_are_not_a_part_of_the_described_api(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert not {"/", "/changes", "/codes/{name}"} & set(paths)
