"""The Bolt app of the Slack face: made here, and nowhere else."""

from __future__ import annotations

import logging
from typing import Final

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners import register

BOLT_LOGGER: Final = "slack_bolt"


def quiet(name: str) -> logging.Logger:
    """A library's logger, heard for errors alone unless a level was set: unset, it composes debug lines."""
    logger = logging.getLogger(name)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.ERROR)
    return logger


def create_app(slack: SlackContext) -> AsyncApp:
    """The app with every listener.

    It answers before it responds (Bolt's other way polls, and costs 10 ms a request), authorizes with a fixed
    result (no call to Slack a request), and does not verify signatures: the guard before it has.
    """
    app = AsyncApp(
        name=BOLT_LOGGER,
        logger=quiet(BOLT_LOGGER),
        client=AsyncWebClient(base_url=slack.config.api_url, logger=quiet("slack_sdk")),
        authorize=slack.identity,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
    )
    register(app, slack)
    return app
