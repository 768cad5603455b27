"""The App Home, to read and search, and the suggested prompts of the agent view."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from hcpcs_bot.slack.blockkit.mrkdwn import clean
from hcpcs_bot.slack.cards import Card, CardPlace
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.views.home import home_view
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.installation.app_manifest import PROMPTS
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.ports import HomeFacts
from hcpcs_bot.slack.replies.answer import ask
from hcpcs_bot.slack.replies.notices import TITLE
from hcpcs_bot.slack.replies.rate_limited import rate_limited
from hcpcs_bot.slack.replies.views import show
from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.report import TeamReport

REPORT_SECONDS: Final = 1.0
"""Maximum seconds that the Home waits for the report, and for watches: Slack waits three for the acknowledgement."""

log = structlog.get_logger("hcpcs_bot.slack")


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``app_home_opened`` and the search box."""

    async def open_home(request: SlackRequest) -> BoltResponse:
        tab, channel = request.text("event", "tab"), request.text("event", "channel")
        if tab == "messages" and channel:
            slack.run_later(request, suggest_prompts(channel))
        elif tab == "home" and request.user:
            desk = request.desk
            recent = slack.recent_codes.of(request.team)
            report = await report_for(request)
            facts = await facts_for(request)
            view = home_view(desk.catalog.newest, recent, request.today, desk.companions.editions, report, facts)
            slack.run_later(request, publish(request.user, view))
        return acknowledge()

    async def report_for(request: SlackRequest) -> TeamReport | None:
        """The report of the team for an administrator; ``None`` for anybody else, and while it can't be read."""
        if slack.usage is None or not slack.roles.is_admin(request.user):
            return None
        try:
            async with asyncio.timeout(REPORT_SECONDS):
                return await slack.usage.report(request.team)
        except (StateError, TimeoutError) as error:
            log.warning("report not shown", error=type(error).__name__)
            return None

    async def facts_for(request: SlackRequest) -> HomeFacts:
        """Failed updates for everybody, watches for an administrator; nothing while they can't be read."""
        if slack.home_facts is None:
            return HomeFacts()
        try:
            async with asyncio.timeout(REPORT_SECONDS):
                facts = await slack.home_facts(request.team)
        except (StateError, TimeoutError) as error:
            log.warning("updates and watches not shown", error=type(error).__name__)
            return HomeFacts()
        return facts if slack.roles.is_admin(request.user) else facts._replace(watches=())

    async def publish(user: str, view: dict[str, object]) -> None:
        await slack.outbox.client.views_publish(user_id=user, view=view)

    async def suggest_prompts(channel: str) -> None:
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        try:
            await slack.outbox.client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title="Ask about HCPCS codes", prompts=prompts
            )
        except SlackApiError as error:
            log.info("suggested prompts refused", reason=str(error.response.get("error", "unknown")))

    async def search(request: SlackRequest) -> BoltResponse:
        value = request.action.get("value")
        text = clean(value).strip() if isinstance(value, str) else ""

        def render(_: CardPlace) -> Awaitable[Card]:
            return ask(slack, request, text or "help", place=CardPlace.VIEW)

        slack.run_later(request, await show(slack, request, TITLE, render))
        return acknowledge()

    app.event("app_home_opened")(slack.listener(Surface.HOME, open_home))
    app.action(ActionId.SEARCH.pattern)(slack.listener(Surface.HOME, rate_limited(slack, search)))
