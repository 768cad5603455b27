"""Slack fails where a window or the Home is shown: it opens all the same, or the person who asked is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.bot.slack.conftest import settle
from tests.bot.slack.failures.conftest import kinds
from tests.slack_app import as_message, as_view

from hcpcs_bot.slack.context import SlackContext
from slack_peer.api.faults import (
    BAD_GATEWAY,
    FATAL_ERROR,
    GATEWAY_TIMEOUT,
    RATE_LIMITED,
    Misbehavior,
)
from slack_peer.peer import SlackPeer
from slack_peer.workspace import DIRECT, YOU


@pytest.mark.parametrize("failure", kinds())
async def test_a_window_opens_once_slack_recovers(slack: SlackPeer, failure: Misbehavior) -> None:
    card = await slack.slash("/hcpcs S9328")
    slack.faults.plan("views.open", failure, times=1)
    assert "Coverage code" in as_view(await slack.press("Full record", card)).words


@pytest.mark.parametrize(
    "failure", [BAD_GATEWAY, FATAL_ERROR, Misbehavior(error="expired_trigger_id"), replace(RATE_LIMITED, retry_after=9)]
)
async def test_a_window_that_does_not_open_is_explained(
    slack: SlackPeer, context: SlackContext, failure: Misbehavior
) -> None:
    slack.faults.plan("views.open", failure)
    notice = as_message(await slack.shortcut("Look up a code"))
    await settle(context)
    assert (notice.channel, notice.visible_to) == (DIRECT, "")
    assert "try again" in notice.text


async def test_a_window_that_opened_unconfirmed_is_not_doubled(slack: SlackPeer, context: SlackContext) -> None:
    slack.faults.plan("views.open", replace(GATEWAY_TIMEOUT, carried_out=True), times=1)
    await slack.shortcut("Look up a code")
    await settle(context)
    assert len(slack.workspace.modals[YOU]) == 1
    notice = list(slack.workspace.messages.values())[-1]
    assert "If you don't see it" in notice.text


@pytest.mark.parametrize("error", ["hash_conflict", "not_found"], ids=["replaced by a later choice", "closed"])
async def test_a_choice_whose_window_is_another_by_now_is_not_reported(
    slack: SlackPeer, context: SlackContext, error: str
) -> None:
    view = await slack.shortcut("Look up a code")
    slack.faults.plan("views.update", Misbehavior(error=error))
    control = slack.control("lookup", view)
    await slack.actions.suggest(YOU, view, control, "S9353")
    await slack.actions.act(YOU, view, control, "S9353")
    await settle(context)
    assert len(slack.calls("views.update")) == 1
    assert slack.workspace.messages == {}


@pytest.mark.parametrize("error", ["view_too_large", "invalid_blocks"])
async def test_a_window_that_slack_refuses_shows_its_first_blocks(slack: SlackPeer, error: str) -> None:
    card = await slack.slash("/hcpcs S9328")
    slack.faults.plan("views.open", Misbehavior(error=error), times=1)
    record = as_view(await slack.press("Full record", card))
    assert "Coverage code" in record.words
    assert record.words.endswith("Ask for one field at a time, as in: BETOS for S9353")
    assert len(record.blocks) == 9


async def test_home_is_shown_once_slack_recovers_and_costs_nobody_a_message(
    slack: SlackPeer, context: SlackContext
) -> None:
    slack.faults.plan("views.publish", BAD_GATEWAY, times=2)
    assert as_view(await slack.open_home()).kind == "home"
    slack.faults.plan("views.publish", BAD_GATEWAY)
    await slack.actions.open_home(YOU, "home")
    await settle(context)
    assert slack.workspace.messages == {}
