"""The app's own pages: the look-up modal, the App Home, and direct messages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import expect

from hcpcs.answers.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_modal_finds_a_code_as_one_types(visit: Any, full: Desk, picture: Any) -> None:
    page, peer = await visit(full)
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Look up a code").click()
    modal = page.get_by_role("dialog")
    box = modal.get_by_role("combobox")
    await expect(box).to_be_focused()

    await box.press_sequentially("continuous insulin", delay=15)
    await expect(modal.get_by_role("option").filter(has_text="S9353")).to_be_visible()
    await picture(page, "modal-type-ahead")
    await modal.get_by_role("option").filter(has_text="S9353").click()

    await expect(modal).to_contain_text("No. S9353 is not payable by Medicare.")
    await picture(page, "modal-card")
    await page.keyboard.press("Escape")
    await expect(modal).to_have_count(0)
    assert peer.violations == []


async def test_the_modal_asks_for_a_choice(visit: Any, starter: Desk) -> None:
    page, _ = await visit(starter)
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Look up a code").click()
    modal = page.get_by_role("dialog")

    await modal.locator("button[type=submit]").click()

    await expect(modal.get_by_role("alert")).not_to_have_text("")


async def test_the_full_record_opens_above_the_channel(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)
    await page.get_by_role("button", name="/hcpcs S9328").click()

    await page.get_by_role("button", name="Full record").click()

    modal = page.get_by_role("dialog", name="Full record")
    await expect(modal).to_contain_text("Coverage code")
    await expect(modal.get_by_role("note")).to_contain_text("Not payable by Medicare")
    await picture(page, "modal-full-record")
    await modal.get_by_role("button", name="Close").first.click()
    await expect(modal).to_have_count(0)
    assert peer.violations == []


async def test_the_home_searches_and_tells_the_release(visit: Any, full: Desk, picture: Any) -> None:
    page, peer = await visit(full)
    await page.get_by_role("button", name="hcpcs", exact=True).click()
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel")
    await expect(home).to_contain_text("October 2025")
    await picture(page, "home")

    await home.get_by_role("textbox").fill("insulin pump")
    await home.get_by_role("textbox").press("Enter")

    await expect(page.get_by_role("dialog")).to_contain_text(re.compile("matches. Top result"))
    assert peer.violations == []


async def test_a_direct_message_is_answered_there(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)
    await page.get_by_role("button", name="hcpcs", exact=True).click()
    await expect(page.get_by_role("button", name="Does Medicare pay?")).to_be_visible()

    await page.get_by_role("button", name="Does Medicare pay?").click()

    answer = page.get_by_role("log").get_by_role("article").last
    await expect(answer.get_by_role("heading")).to_contain_text("No. S9353 is not payable by Medicare.")
    assert peer.violations == []
    await picture(page, "direct-message")
