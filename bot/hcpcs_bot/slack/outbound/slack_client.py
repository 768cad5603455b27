"""Slack's client of the Web API, with our rules of what is tried again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from hcpcs_bot.slack.inbound.request import mapping
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.outbound.retries import (
    CALL_SECONDS,
    TRIGGER_SECONDS,
    UNREADABLE,
    CallFailure,
    SlackCallError,
    with_retries,
)

TRIGGER_WAIT: Final = 0.5
"""Maximum seconds before the second attempt of a call with a trigger id."""


class SlackClient(AsyncWebClient):
    """Every method raises ``SlackCallError``, and nothing else, where Slack does not carry it out.

    The SDK's own retries know 429, 500 and 503 only; of a broken answer it makes exceptions of many types.
    ``learn_app`` gets the id of the app that Slack states in its answers, ``on_retry`` the reason of each further try.
    """

    def __init__(
        self, config: SlackConfig, learn_app: Callable[[str], None], on_retry: Callable[[str], object] = bool
    ) -> None:
        super().__init__(
            token=config.bot_token,
            base_url=config.api_url,
            timeout=max(1, round(config.call_timeout)),
            trust_env_in_session=config.through_proxy,
            retry_handlers=[],
        )
        if not config.through_proxy:
            self.proxy = None
        self._wait = config.retry_wait
        self._learn_app = learn_app
        self._on_retry = on_retry

    async def api_call(self, api_method: str, *, repeatable: bool = True, **arguments: Any) -> AsyncSlackResponse:
        """Slack's answer to a method. Raises ``SlackCallError``.

        What is not ``repeatable`` is not tried again once Slack may have done it.
        """
        call = super().api_call

        async def attempt() -> AsyncSlackResponse:
            try:
                return await call(api_method, **arguments)
            except (AttributeError, TypeError, ValueError):
                # The SDK expects an object, and text in UTF-8.
                raise SlackCallError(CallFailure(UNREADABLE, transient=True, maybe_done=True)) from None

        triggered = "trigger_id" in mapping(arguments.get("json"))
        seconds = TRIGGER_SECONDS if triggered else CALL_SECONDS
        wait = min(self._wait, TRIGGER_WAIT) if triggered else self._wait
        response = await with_retries(
            attempt, api_method, wait=wait, seconds=seconds, repeatable=repeatable, on_retry=self._on_retry
        )
        app = app_in(response.data)
        if app:
            self._learn_app(app)
        return response


def app_in(answer: object) -> str:
    """The id of the app in an answer that contains the app's own message or view; blank where it contains neither."""
    body: Mapping[str, Any] = mapping(answer)
    for part in ("message", "view"):
        app = mapping(body.get(part)).get("app_id")
        if isinstance(app, str) and app:
            return app
    return ""
