"""NLM's own form field, npm's autocomplete-lhc as it is published, on a page of another site, against this service."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from tests.bot.http.service_client import service_of
from tests.browser.conftest import served

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.asgi import HTML, Asgi, Receive, Scope, Send, respond

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PACKAGE = Path(__file__).resolve().parents[1] / "peer" / "node_modules" / "autocomplete-lhc"
FORM = '<!doctype html><html lang="en"><label>HCPCS <input id="hcpcs"></label><p><a href="#">Next</a>'


def modules() -> Iterator[str]:
    """The package's modules for a browser, each as it is, by its name."""
    for path in sorted((*PACKAGE.glob("source/*.js"), *PACKAGE.glob("soundmanager/*.js"))):
        yield f"{json.dumps(path.stem)}: function (module, exports, require) {{{path.read_text()}\n}}"


@pytest.fixture(scope="session")
def field() -> str:
    """The program of the form field; without it the tests skip and say so, unless HCPCS_DEMAND_ALL=1."""
    if PACKAGE.exists():
        load = (
            "const loaded = {}; function load(name) { name = name.split('/').pop(); if (!loaded[name]) {"
            " loaded[name] = {exports: {}}; modules[name](loaded[name], loaded[name].exports, load); }"
            " return loaded[name].exports; } window.Def = load('index');"
        )
        return f"(() => {{ const modules = {{{','.join(modules())}}}; {load} }})()"
    missing = "needs autocomplete-lhc: npm ci --prefix tests/peer --ignore-scripts"
    if os.environ.get("HCPCS_DEMAND_ALL") == "1":
        pytest.fail(f"HCPCS_DEMAND_ALL=1, but it {missing}")
    pytest.skip(missing)


def with_form(service: Asgi) -> Asgi:
    """The service, with the page of a form beside it."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/form":
            await respond(send, 200, FORM.encode(), HTML)
        else:
            await service(scope, receive, send)

    return serve


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service(full: Desk) -> AsyncIterator[str]:
    """The address of the service over the release of October 2025."""
    async with served(with_form(service_of(lambda: full))) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def form(browser: Browser, field: str, service: str) -> AsyncIterator[Page]:
    """A page with one field, of another origin than the service: ``localhost`` is not ``127.0.0.1``."""
    page = await browser.new_page()
    page.set_default_timeout(15_000)
    await page.goto(service.replace("127.0.0.1", "localhost") + "/form")
    await page.add_style_tag(path=PACKAGE / "source" / "auto_completion.css")
    await page.evaluate(field)
    yield page
    await page.close()


async def test_typing_lists_codes_and_choosing_one_gives_its_code(form: Page, service: str) -> None:
    await form.evaluate(
        """url => { window.list = new Def.Autocompleter.Search('hcpcs', url, {
          tableFormat: true, valueCols: [0, 1], matchListValue: true,
          sort: false, suggestionMode: Def.Autocompleter.NO_COMPLETION_SUGGESTIONS
        }) }""",
        f"{service}/api/hcpcs/v3/search?ef=verdict,coverage",
    )
    await form.locator("#hcpcs").press_sequentially("oxygen conc", delay=30)
    rows = form.locator("#completionOptions tr")
    await expect(rows.first).to_contain_text("E1390")
    await rows.first.click()
    await form.locator("#hcpcs").press("Tab")
    assert await form.evaluate("list.getSelectedCodes()") == ["E1390"]
    chosen = await form.locator("#hcpcs").input_value()
    assert chosen.startswith("E1390 - Oxygen concentrator, single delivery port")
    extra = await form.evaluate("text => list.getItemExtraData(text)", chosen)
    assert extra == {"verdict": "conditional", "coverage": "D"}


async def test_see_more_lists_all_that_match(form: Page, service: str) -> None:
    await form.evaluate(
        "url => { window.list = new Def.Autocompleter.Search('hcpcs', url) }", f"{service}/api/hcpcs/v3/search"
    )
    await form.locator("#hcpcs").press_sequentially("wheelchair", delay=30)
    items = form.locator("#completionOptions li")
    await expect(items).to_have_count(7)
    more = form.locator("#lhc-tools-moreResults")
    await expect(more).to_be_visible()
    await more.click()
    await expect(items.nth(100)).to_be_attached()
    await expect(more).to_be_hidden()


async def test_a_code_that_does_not_exist_lists_nothing(form: Page, service: str) -> None:
    await form.evaluate(
        "url => { window.list = new Def.Autocompleter.Search('hcpcs', url, {matchListValue: true}) }",
        f"{service}/api/hcpcs/v3/search",
    )
    async with form.expect_response(lambda response: "terms=E9999" in response.url) as answering:
        await form.locator("#hcpcs").press_sequentially("E9999", delay=30)
    assert await (await answering.value).json() == [0, [], None, []]
    await expect(form.locator("#completionOptions li")).to_have_count(0)


async def test_the_field_asks_fhir_as_well(form: Page, service: str) -> None:
    await form.evaluate(
        "url => { window.list = new Def.Autocompleter.Search('hcpcs', url, {fhir: true, matchListValue: true}) }",
        f"{service}/fhir/R4/ValueSet/hcpcs/$expand",
    )
    await form.locator("#hcpcs").press_sequentially("S9353", delay=30)
    items = form.locator("#completionOptions li")
    await expect(items).to_have_count(1)
    await items.click()
    await form.locator("#hcpcs").press("Tab")
    assert await form.evaluate("list.getSelectedCodes()") == ["S9353"]
