"""The App Home and the agent view's first sight: a page to read and search, and prompts to begin with."""

from __future__ import annotations

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from hcpcs_bot.slack.blockkit.mrkdwn import clean
from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.cards.home import home_view
from hcpcs_bot.slack.context import SlackContext, done
from hcpcs_bot.slack.ids import ActionId
from hcpcs_bot.slack.inbound.rate_limit import limited
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.manifest import PROMPTS
from hcpcs_bot.slack.outbound.answer import ask
from hcpcs_bot.slack.outbound.views import show

log = structlog.get_logger("hcpcs_bot.slack")


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties ``app_home_opened`` and the search box."""

    async def opened(request: SlackRequest) -> BoltResponse:
        tab, channel = request.text("event", "tab"), request.text("event", "channel")
        if tab == "messages" and channel:
            slack.later(request, prompt(channel))
        elif tab == "home" and request.user:
            view = home_view(request.desk.catalog.newest, slack.recent.of(request.team), request.today)
            slack.later(request, publish(request.user, view))
        return done()

    async def publish(user: str, view: dict[str, object]) -> None:
        await slack.outbox.client.views_publish(user_id=user, view=view)

    async def prompt(channel: str) -> None:
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        try:
            await slack.outbox.client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title="Ask about HCPCS codes", prompts=prompts
            )
        except SlackApiError as error:
            log.info("no suggested prompts", reason=str(error.response.get("error", "unknown")))

    async def searched(request: SlackRequest) -> BoltResponse:
        value = request.action.get("value")
        text = clean(value).strip() if isinstance(value, str) else ""
        card = ask(slack, request, text or "help", place=CardPlace.VIEW)
        slack.later(request, show(slack, request, "HCPCS codes", lambda _: card))
        return done()

    app.event("app_home_opened")(slack.on(Surface.HOME, opened))
    app.action(ActionId.SEARCH.pattern)(slack.on(Surface.HOME, limited(slack, searched)))
