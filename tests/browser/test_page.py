"""The page itself: hostile text, keyboard, narrow and dark screens, and what stays after a reload."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from hcpcs.answers.desk import Desk
from slack_peer.workspace import BILLING, BOT_USER, Message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"
ESCAPED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


async def test_hostile_text_stays_text_in_every_block(visit: Any, starter: Desk) -> None:
    page, peer = await visit(starter)
    plain = {"type": "plain_text", "text": HOSTILE, "emoji": True}
    mrkdwn = {"type": "mrkdwn", "text": f'{ESCAPED} <javascript:alert(1)|press> <https://x.invalid/"onclick=|*b*>'}
    run = {"type": "text", "text": HOSTILE, "style": {"bold": True}}
    link = {"type": "link", "url": "javascript:document.title='broken'", "text": "press"}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain},
        {"type": "section", "text": mrkdwn, "fields": [mrkdwn, plain]},
        {
            "type": "context",
            "elements": [mrkdwn, {"type": "image", "image_url": "https://x.invalid/i.png", "alt_text": HOSTILE}],
        },
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run, link]}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": plain, "action_id": "a", "url": "javascript:document.title='broken'"},
                {"type": "static_select", "action_id": "b", "options": [{"text": plain, "value": HOSTILE}]},
            ],
        },
    ]
    space = peer.workspace
    space.put(Message(channel=BILLING, ts=space.stamp(), user=BOT_USER, text=ESCAPED, blocks=tuple(blocks)))
    space.put(Message(channel=BILLING, ts=space.stamp(), user=BOT_USER, text=f"{ESCAPED} &amp;lt;b&amp;gt;"))

    await expect(page.get_by_role("heading").filter(has_text="<script>")).to_be_visible()
    await expect(page.get_by_role("article").last).to_contain_text("&lt;b&gt;")
    assert await page.title() == "HCPCS playground"
    assert await page.locator("#log img:not(.avatar), #log script, #log [onerror], #log [onclick]").count() == 0
    assert await page.locator("#log a[href^='javascript' i]").count() == 0


async def test_mrkdwn_reads_as_in_slack(visit: Any, starter: Desk) -> None:
    page, peer = await visit(starter)
    text = "*bold* _italic_ ~gone~ `code` 2*3*4 snake_case_word :warning: :unheard_of: <@U0APPBOT> <https://www.cms.gov|CMS>"
    space = peer.workspace
    space.put(Message(channel=BILLING, ts=space.stamp(), user=BOT_USER, text=f"{text}\n&gt; quoted"))

    message = page.get_by_role("article").last
    await expect(message).to_contain_text("2*3*4 snake_case_word ⚠️ :unheard_of: @hcpcs CMS")
    for tag, inner in {"b": "bold", "i": "italic", "s": "gone", "code": "code", "blockquote": "quoted"}.items():
        await expect(message.locator(f".text {tag}")).to_have_text(inner)
    await expect(message.get_by_role("link", name="CMS")).to_have_attribute("href", "https://www.cms.gov/")


async def test_everything_can_be_done_from_the_keyboard(visit: Any, starter: Desk) -> None:
    page, peer = await visit(starter)

    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#typed")).to_be_focused()
    await page.keyboard.type("/hc")
    await expect(page.get_by_role("option", name="/hcpcs")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("S9328")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading").filter(has_text="S9328")).to_be_visible()

    explained = page.get_by_role("button", name="Full record")
    await explained.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    bolt = page.get_by_role("button", name="Shortcuts")
    await bolt.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(bolt).to_be_focused()
    assert peer.violations == []


async def test_every_control_has_a_name(visit: Any, full: Desk) -> None:
    page, _ = await visit(full)
    await page.get_by_role("button", name="/hcpcs S9328").click()
    await expect(page.get_by_role("button", name="Full record")).to_be_visible()

    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea, select, a[href], dialog, [role=region]")]
          .filter((one) => one.checkVisibility())
          .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length
            || one.getAttribute("aria-labelledby")))
          .map((one) => one.outerHTML)"""
    )

    assert nameless == []


@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1280, True)])
async def test_narrow_and_dark_screens_hold_it_all(
    visit: Any, full: Desk, picture: Any, width: int, dark: bool
) -> None:
    page, _ = await visit(full, width=width, height=844, dark=dark)
    box = page.locator("#typed")
    await box.fill("/hcpcs S9328 S9353")
    await box.press("Enter")
    await expect(page.get_by_role("table")).to_be_visible()

    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await picture(page, f"screen-{width}-{'dark' if dark else 'light'}")
    if width < 500:
        await page.get_by_role("button", name="Channels").click()
        await expect(page.get_by_role("button", name="random")).to_be_visible()


async def test_a_reload_shows_the_same(visit: Any, starter: Desk) -> None:
    page, _ = await visit(starter)
    await page.get_by_role("button", name="/hcpcs S9328").click()
    await expect(page.get_by_role("heading").filter(has_text="S9328")).to_be_visible()

    await page.reload()

    await expect(page.get_by_role("heading").filter(has_text="S9328")).to_be_visible()
    await expect(page.get_by_text("A local stand-in for Slack. Nothing leaves this machine.")).to_be_visible()
