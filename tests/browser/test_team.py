"""What a team keeps, in a browser: notes on a card, their list and modal, the report; and how tall that card is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from hcpcs.answers.desk import Desk
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.listeners.team.team_features import team_features
from hcpcs_bot.state.database import open_database
from hcpcs_bot.team.permissions import TeamRoles
from slack_peer.workspace import YOU

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOTED = "BCBS of Texas pays with auth; fax the sleep study first"


async def typed(page: Page, text: str) -> Any:
    await page.locator("#typed").fill(text)
    await page.locator("#typed").press("Enter")
    answer = page.get_by_role("log").get_by_role("article").filter(has_text=f"You typed {text}").last
    await expect(answer).to_contain_text("Only visible to you")
    return answer


async def test_a_card_with_a_note_is_one_phone_screen(visit: Any, full: Desk, picture: Any, tmp_path: Path) -> None:
    roles = TeamRoles(admins=frozenset({YOU}))

    def make(config: SlackConfig) -> SlackContext:
        team = team_features(open_database(tmp_path), lambda: full, b"key", roles)
        return SlackContext(
            config,
            lambda: full,
            subcommands=team.subcommands,
            team_memory=team.memory,
            notes=team.notes,
            usage=team.usage,
            roles=roles,
        )

    page, peer = await visit(full, height=1400, make=make)
    await typed(page, f"/hcpcs note E0601 {NOTED}")
    await page.set_viewport_size({"width": 390, "height": 1400})
    card = await typed(page, "/hcpcs E0601")
    await expect(card).to_contain_text("Team note, @robin, ")
    await expect(card).to_contain_text(NOTED)
    box = await card.bounding_box()
    assert box["height"] <= 700
    assert len(max(peer.workspace.visible(), key=lambda message: message.ts).blocks) <= 9
    await picture(page, "team-note", "#log .message")

    await page.set_viewport_size({"width": 1280, "height": 1400})
    await typed(page, "/hcpcs note E codes need a face-to-face note")
    await picture(page, "team-noted", "#log .message")
    listed = await typed(page, "/hcpcs notes")
    await picture(page, "team-notes", "#log .message")
    await listed.get_by_role("button", name="Edit note 1").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Note on E0601")
    await page.screenshot(path=Path(__file__).resolve().parents[2] / "artefacts" / "team-note-modal.png")
    await page.get_by_role("button", name="Cancel").click()
    await page.wait_for_timeout(200)
    await typed(page, "/hcpcs E0601 ")
    await picture(page, "team-two-notes", "#log .message")
    await typed(page, "/hcpcs state TX")
    await typed(page, "/hcpcs report")
    await picture(page, "team-report", "#log .message")
    await typed(page, "/hcpcs notes export")
    await picture(page, "team-export", "#log .message")
    assert peer.violations == []
