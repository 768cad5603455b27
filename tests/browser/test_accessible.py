"""The page against the rules of accessibility that machines can check: WCAG 2.2 AA, by axe-core."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from hcpcs.answers.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AXE = Path(__file__).resolve().parents[1] / "peer" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker's program; without it the tests skip and say so, unless HCPCS_DEMAND_ALL=1."""
    if AXE.exists():
        return AXE.read_text()
    missing = "needs axe-core: npm ci --prefix tests/peer --ignore-scripts"
    if os.environ.get("HCPCS_DEMAND_ALL") == "1":
        pytest.fail(f"HCPCS_DEMAND_ALL=1, but it {missing}")
    pytest.skip(missing)


async def violations(page: Page, axe: str) -> list[str]:
    await page.evaluate(axe)
    report = await page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in report["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_no_rule_is_broken(visit: Any, starter: Desk, axe: str, dark: bool) -> None:
    page, _ = await visit(starter, dark=dark)
    await page.locator("#typed").fill("/hcpcs S9328 S9353")
    await page.locator("#typed").press("Enter")
    await expect(page.get_by_role("table")).to_be_visible()
    await page.locator("#typed").fill("@hcpcs S9328 S9353")
    await page.locator("#typed").press("Enter")
    await expect(page.get_by_role("table")).to_have_count(2)
    await page.get_by_role("button", name="is S9353 payable by Medicare?").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("No. S9353")
    assert await violations(page, axe) == []

    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Look up a code").click()
    await page.get_by_role("dialog").get_by_role("combobox").press_sequentially("insulin", delay=15)
    await expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    assert await violations(page, axe) == []

    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Request log").click()
    assert await violations(page, axe) == []
    await page.get_by_role("button", name="hcpcs", exact=True).click()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("Contacts")
    assert await violations(page, axe) == []
