"""The pages of the query service in Chromium: typing ahead by keyboard, dark and narrow screens, accessibility."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from tests.bot.http.service_client import service_of
from tests.browser.conftest import PICTURES, served
from tests.browser.test_accessible import axe, violations

from hcpcs.answers.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

__all__ = ["axe"]

PATHS = {
    "search": "/",
    "answer": "/?q=is+S9353+payable+by+Medicare%3F",
    "hits": "/?q=wheelchair",
    "compare": "/?q=compare+E0601+and+E0470",
    "code": "/codes/E0601?with=E0470",
    "on-a-day": "/codes/E0601?as_of=2025-03-01&state=TX",
    "not-there": "/codes/S9354",
    "changes": "/changes",
}
LOOKS = [(1280, False), (1280, True), (390, False), (390, True)]
SHOW = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def address(full: Desk) -> AsyncIterator[str]:
    """The address of the service over the release of October 2025."""
    async with served(service_of(lambda: full)) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def show(browser: Browser, address: str) -> AsyncIterator[SHOW]:
    """Opens a page; at the end nothing was refused by its policy, failed, or asked for from elsewhere."""
    contexts = []
    problems: list[str] = []

    async def opening(path: str, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        # A page that is not there is also named in the console; it is not an error of the page.
        page.on(
            "console",
            lambda entry: problems.append(entry.text) if entry.type == "error" and "404" not in entry.text else None,
        )
        page.on("request", lambda one: None if one.url.startswith(address) else problems.append(one.url))
        await page.goto(f"{address}{path}")
        return page

    yield opening
    for context in contexts:
        await context.close()
    assert problems == []


async def test_codes_are_chosen_by_keyboard(show: SHOW) -> None:
    page = await show("/")
    field = page.get_by_role("combobox", name="Code, words or a question")
    await expect(field).to_be_focused()
    await field.press_sequentially("oxygen conc", delay=20)
    options = page.get_by_role("option")
    await expect(options.first).to_contain_text("E1390")
    await expect(field).to_have_attribute("aria-expanded", "true")
    await field.press("ArrowDown")
    await field.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await expect(field).to_have_attribute("aria-activedescendant", "q-option-1")
    await field.press("ArrowUp")
    await field.press("Enter")
    await page.wait_for_url("**/codes/E1390")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Oxygen concentrator")


async def test_escape_closes_the_list_and_enter_asks_what_was_typed(show: SHOW) -> None:
    page = await show("/")
    field = page.get_by_role("combobox")
    await field.press_sequentially("wheelchair", delay=20)
    await expect(page.get_by_role("option").first).to_be_visible()
    await field.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await expect(field).to_have_attribute("aria-expanded", "false")
    await expect(field).to_have_value("wheelchair")
    await field.fill("is S9353 payable by Medicare?")
    await field.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("No. S9353 is not payable by Medicare.")


async def test_a_code_is_chosen_with_a_pointer_in_the_header_of_any_page(show: SHOW) -> None:
    page = await show("/changes", width=390)
    await page.get_by_role("combobox").press_sequentially("s9353", delay=20)
    await page.get_by_role("option").first.click()
    await page.wait_for_url("**/codes/S9353")


async def test_the_pages_work_without_a_program(show: SHOW) -> None:
    page = await show("/", scripts=False)
    await page.locator("#q").fill("cpap machine")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("link", name="E0601").first.click()
    await page.get_by_label("Compare E0601 with").fill("E0470")
    await page.get_by_role("button", name="Compare").click()
    await expect(page.get_by_role("table")).to_contain_text("Respiratory assist device")


@pytest.mark.parametrize(("width", "dark"), LOOKS, ids=lambda value: str(value))
async def test_every_page_fits_and_breaks_no_rule(show: SHOW, axe: str, width: int, dark: bool) -> None:
    for name, path in PATHS.items():
        page = await show(path, width=width, dark=dark)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, name
        background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(20, 24, 27)") == dark
        PICTURES.mkdir(exist_ok=True)
        await page.screenshot(path=PICTURES / f"page-{name}-{width}{'-dark' if dark else ''}.png", full_page=True)
        assert await violations(page, axe) == [], name


async def test_the_open_list_breaks_no_rule(show: SHOW, axe: str) -> None:
    page = await show("/", width=390, dark=True)
    await page.get_by_role("combobox").press_sequentially("oxygen conc", delay=20)
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.get_by_role("combobox").press("ArrowDown")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await violations(page, axe) == []
