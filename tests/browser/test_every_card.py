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


@pytest.mark.parametrize(("name", "question"), CARDS.items())
async def test_the_card_is_drawn(gallery: Any, picture: Any, name: str, question: str) -> None:
    page, peer = gallery

    await page.locator("#typed").fill(f"/hcpcs {question}")
    await page.locator("#typed").press("Enter")

    card = page.get_by_role("log").get_by_role("article").filter(has_text=f"You typed /hcpcs {question}")
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
