"""The App Home and the agent view's first sight: a page to read and search, and prompts to begin with."""

from __future__ import annotations

from typing import Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from hcpcs_bot.slack.answering import ask
from hcpcs_bot.slack.call import Call, Surface
from hcpcs_bot.slack.cards import Place
from hcpcs_bot.slack.cards.home import home_view
from hcpcs_bot.slack.face import Face, done
from hcpcs_bot.slack.ids import ActionId
from hcpcs_bot.slack.limits import limited
from hcpcs_bot.slack.mrkdwn import clean
from hcpcs_bot.slack.showing import show

log = structlog.get_logger("hcpcs_bot.slack")

PROMPTS: Final = (
    ("Show me a code", "S9328"),
    ("Does Medicare pay?", "Is S9353 payable by Medicare?"),
    ("Find a code in words", "home infusion insulin pump"),
    ("Compare two codes", "compare S9328 and S9353"),
)
"""Title and message of each suggested prompt; Slack shows four at most."""


def register(app: AsyncApp, face: Face) -> None:
    """Ties ``app_home_opened`` and the search box."""

    async def opened(call: Call) -> BoltResponse:
        tab, channel = call.text("event", "tab"), call.text("event", "channel")
        if tab == "messages" and channel:
            face.later(call, prompt(channel))
        elif tab == "home" and call.user:
            view = home_view(call.desk.catalog.newest, face.recent.of(call.team), call.today)
            face.later(call, publish(call.user, view))
        return done()

    async def publish(user: str, view: dict[str, object]) -> None:
        await face.outbox.client.views_publish(user_id=user, view=view)

    async def prompt(channel: str) -> None:
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        try:
            await face.outbox.client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title="Ask about HCPCS codes", prompts=prompts
            )
        except SlackApiError as error:
            log.info("no suggested prompts", reason=str(error.response.get("error", "unknown")))

    async def searched(call: Call) -> BoltResponse:
        value = call.action.get("value")
        text = clean(value).strip() if isinstance(value, str) else ""
        card = ask(face, call, text or "help", place=Place.VIEW)
        face.later(call, show(face, call, "HCPCS codes", lambda _: card))
        return done()

    app.event("app_home_opened")(face.on(Surface.HOME, opened))
    app.action(ActionId.SEARCH.pattern)(face.on(Surface.HOME, limited(face, searched)))
