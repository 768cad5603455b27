"""The channel: the two documented questions, and the cards that answer them, as a person sees and uses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from hcpcs.answers.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOT_PAYABLE = "not payable by Medicare"


async def type_in(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    await box.fill(text)
    await box.press("Enter")


def last_card(page: Page) -> Any:
    return page.get_by_role("log").get_by_role("article").last


async def test_the_command_is_answered_privately(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)

    await page.get_by_role("button", name="/hcpcs S9328").click()

    card = last_card(page)
    await expect(card).to_contain_text("Only visible to you")
    await expect(card.get_by_role("heading")).to_contain_text("S9328 · Home infusion therapy")
    await expect(card).to_contain_text(f"No. S9328 is {NOT_PAYABLE}.")
    await expect(card).to_contain_text("implanted pump pain management infusion")
    await expect(page.locator("#spoken")).to_contain_text(f"S9328 is {NOT_PAYABLE}")
    assert peer.violations == []
    await picture(page, "card-code", "#log .message")


async def test_the_question_is_answered_in_a_thread(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)

    await page.get_by_role("button", name="is S9353 payable by Medicare?").click()

    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("heading", name=f"No. S9353 is {NOT_PAYABLE}.")).to_be_visible()
    await expect(thread).to_contain_text("Coverage code I")
    await expect(last_card(page)).to_contain_text("1 reply")
    assert peer.violations == []
    await picture(page, "documented-questions")

    reply = thread.get_by_role("textbox", name="Reply in thread")
    await reply.fill("@hcpcs S9328")
    await reply.press("Enter")
    await expect(thread.get_by_role("heading", name=re.compile("S9328"))).to_be_visible()
    await reply.fill("/hcpcs S9328")
    await reply.press("Enter")
    await expect(thread).to_contain_text("/hcpcs is not supported in threads")


async def test_a_list_turns_its_pages_in_place(visit: Any, full: Desk, picture: Any) -> None:
    page, peer = await visit(full)
    await type_in(page, "/hcpcs wheelchair")
    card = last_card(page)
    await expect(card).to_contain_text("1 to 10 of")
    await picture(page, "card-search", "#log .message")
    count = await page.get_by_role("article").count()

    await card.get_by_role("button", name="Next").click()
    await expect(card).to_contain_text("11 to 20 of")
    await card.get_by_role("button", name="Previous").click()
    await expect(card).to_contain_text("1 to 10 of")
    assert await page.get_by_role("article").count() == count

    await card.get_by_role("combobox", name="Open a code…").select_option(index=1)
    await expect(page.get_by_role("button", name="Full record")).to_be_visible()
    assert peer.violations == []


async def test_an_answer_is_shared_once_and_names_who_shared_it(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)
    await type_in(page, "/hcpcs S9353")

    await page.get_by_role("button", name="Share to channel").click()

    shared = page.get_by_role("article").filter(has_text="Shared by")
    public = shared.filter(has_not_text="Only visible to you")
    await expect(public).to_have_count(1)
    await expect(public).to_contain_text("@Robin Hale")
    await expect(public).to_contain_text("S9353 is not payable by Medicare")
    await expect(page.get_by_role("button", name="Share to channel")).to_have_count(0)
    assert peer.violations == []
    await picture(page, "card-shared", "#log .message")


async def test_two_codes_are_compared_by_typing_ahead(visit: Any, full: Desk, picture: Any) -> None:
    page, peer = await visit(full)
    await type_in(page, "/hcpcs S9328")
    box = page.get_by_role("combobox", name="Compare with…")

    await box.press_sequentially("S9353", delay=20)
    await expect(page.get_by_role("option")).to_have_count(1)
    await box.press("Backspace")
    await expect(page.get_by_role("option").nth(1)).to_contain_text("S9353")
    await picture(page, "type-ahead")
    await box.press("ArrowDown")
    await box.press("Enter")

    await expect(page.get_by_role("heading", name="S9328 vs. S9353")).to_be_visible()
    await expect(last_card(page)).to_contain_text(
        'vs. "continuous insulin infusion therapy"); Medicare coverage and pricing indicator are the same'
    )
    assert peer.violations == []
    await picture(page, "card-compare", "#log .message")


async def test_a_table_for_all_to_see_is_sorted_and_paged_by_who_reads_it(visit: Any, full: Desk, picture: Any) -> None:
    page, peer = await visit(full)
    codes = "A4253 A4259 E0607 E0601 E0143 E0149 A7030 J1745 S9353 J3490 E0784 K0856"

    await type_in(page, f"@hcpcs {codes}")

    thread = page.get_by_role("complementary", name="Thread")
    table = thread.get_by_role("table")
    await expect(table.get_by_role("row")).to_have_count(11)
    await expect(thread).to_contain_text("Page 1 of 2")
    holder = thread.locator(".table-holder")
    assert await holder.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    await table.get_by_role("button", name="Code").click()
    await expect(table.get_by_role("columnheader", name="Code")).to_have_attribute("aria-sort", "ascending")
    await expect(table.get_by_role("row").nth(1)).to_contain_text("A4253")
    await table.get_by_role("button", name="Code").click()
    await expect(table.get_by_role("row").nth(1)).to_contain_text("S9353")
    await thread.get_by_role("button", name="Next rows").click()
    await expect(thread).to_contain_text("Page 2 of 2")
    await expect(table.get_by_role("row")).to_have_count(3)
    assert peer.violations == []
    await picture(page, "data-table")


async def test_the_message_shortcut_decodes_what_a_colleague_pasted(visit: Any, full: Desk, picture: Any) -> None:
    page, peer = await visit(full)
    message = page.get_by_role("article").filter(has_text="before I call the payer")

    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Decode HCPCS codes").click()

    table = last_card(page).get_by_role("table")
    for code in ("S9328", "S9353", "E0601", "J3490"):
        await expect(table.get_by_role("row").filter(has_text=code)).not_to_have_count(0)
    await expect(last_card(page)).to_contain_text("99213")
    assert peer.violations == []
    await picture(page, "card-decode", "#log .message")


async def test_a_link_to_a_code_page_unfolds(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)

    await type_in(page, f"see {peer.address}/codes/S9353")

    await expect(last_card(page).locator(".unfurl")).to_contain_text("S9353 is not payable by Medicare")
    await expect(last_card(page).locator(".unfurl").get_by_role("button")).to_have_count(0)
    assert peer.violations == []
    await picture(page, "card-unfurl", "#log .message")


async def test_a_channel_without_the_app_says_so_and_still_takes_commands(visit: Any, starter: Desk) -> None:
    page, _ = await visit(starter)
    await page.get_by_role("button", name="random").click()

    await type_in(page, "@hcpcs S9353")
    await expect(last_card(page)).to_contain_text("not in this channel")
    await page.get_by_role("button", name="Dismiss message").click()
    await expect(page.get_by_text("not in this channel")).to_have_count(0)

    await type_in(page, "/hcpcs S9353")
    await expect(last_card(page).get_by_role("heading")).to_contain_text("S9353")
    await type_in(page, "/weather")
    await expect(last_card(page)).to_contain_text("/weather is not a valid command.")
