"""A picture of every card, drawn for real; and the rules of Slack are met by each."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from hcpcs.answers.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CARDS = {
    "not-payable": "S9328",
    "special-coverage": "E0601",
    "contractor-decides": "G0556",
    "not-otherwise-classified": "J3490",
    "terminated": "A4397",
    "successors": "A4466",
    "modifier": "modifier RR",
    "with-modifiers": "E0601-RR-KX",
    "several": "S9353, S9328",
    "share-a-verdict": "A4253 A4259 E0607",
    "differ-in-verdict": "E0601 S9353 J1745 A4397",
    "coverage": "is E0601 payable by Medicare?",
    "coverage-of-several": "A4253 A4259 E0607 coverage",
    "another-payer": "does Medicaid cover S9353",
    "beyond-the-record": "is prior authorization required for K0856",
    "compare-two": "compare E0143 and E0149",
    "compare-three": "compare E0143 E0149 E0150",
    "search": "insulin pump",
    "search-ended": "irrigation supply sleeve",
    "units": "Kenalog 40 mg, how many units",
    "small-talk": "hello",
    "not-found": "S9354",
    "not-hcpcs": "99213",
    "not-understood": "asdf qwer zxcv",
    "nothing-asked": "???",
    "dental": "D0120",
    "define": "what does coverage code D mean",
    "field": "BETOS for S9353",
    "pricing": "how is E0601 priced",
    "status": "is G9890 still active",
    "browse": "S9325-S9328",
    "changes": "what changed this quarter",
    "history": "history of S9353",
    "contact": "contact",
    "help": "help",
    "low-confidence": "thing for the shower",
}


@pytest.mark.parametrize("code", ["E0601", "S9353", "J1745"])
async def test_a_code_s_card_is_one_phone_screen(gallery: Any, code: str) -> None:
    page, peer = gallery
    await page.set_viewport_size({"width": 390, "height": 1400})

    await page.locator("#typed").fill(f"/hcpcs {code}")
    await page.locator("#typed").press("Enter")

    card = page.get_by_role("log").get_by_role("article").filter(has_text=f"You typed /hcpcs {code}").last
    await expect(card).to_contain_text("Full record")
    box = await card.bounding_box()
    blocks = max(peer.workspace.visible(), key=lambda message: message.ts).blocks
    assert box["height"] <= 700
    assert len(blocks) <= 9
    await page.set_viewport_size({"width": 1280, "height": 1400})


@pytest.mark.parametrize(
    "name", ["several", "differ-in-verdict", "coverage-of-several", "compare-two", "compare-three"]
)
async def test_a_table_fits_a_phone_without_scrolling_sideways(gallery: Any, name: str) -> None:
    page, _ = gallery
    await page.set_viewport_size({"width": 390, "height": 1400})

    await page.locator("#typed").fill(f"/hcpcs {CARDS[name]}")
    await page.locator("#typed").press("Enter")

    card = page.get_by_role("log").get_by_role("article").filter(has_text=f"You typed /hcpcs {CARDS[name]}").last
    table = card.locator(".table-holder")
    await expect(table).to_be_visible()
    assert await table.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    await page.set_viewport_size({"width": 1280, "height": 1400})


@pytest.mark.parametrize(("name", "question"), CARDS.items())
async def test_the_card_is_drawn(gallery: Any, picture: Any, name: str, question: str) -> None:
    page, peer = gallery

    await page.locator("#typed").fill(f"/hcpcs {question}")
    await page.locator("#typed").press("Enter")

    card = page.get_by_role("log").get_by_role("article").filter(has_text=f"You typed /hcpcs {question}").last
    await expect(card).to_contain_text("Only visible to you")
    await expect(card).not_to_contain_text("which the playground can't show")
    assert peer.violations == []
    await picture(page, f"every-{name}", "#log .message")


async def test_the_starter_says_how_to_load_the_full_set(visit: Any, starter: Desk, picture: Any) -> None:
    page, peer = await visit(starter)

    await page.locator("#typed").fill("/hcpcs E0601")
    await page.locator("#typed").press("Enter")

    await expect(page.get_by_role("article").last).to_contain_text("hcpcs update")
    assert peer.violations == []
    await picture(page, "every-starter-only", "#log .message")
