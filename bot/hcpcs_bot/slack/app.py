"""Builds the Bolt app."""

from __future__ import annotations

import logging
from typing import Final

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners import register

BOLT_LOGGER: Final = "slack_bolt"


def quiet_logger(name: str) -> logging.Logger:
    """A library's logger, limited to errors unless a level was set; without a level it formats debug lines."""
    logger = logging.getLogger(name)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.ERROR)
    return logger


def create_app(slack: SlackContext) -> AsyncApp:
    """The app with every listener.

    It runs the listener before it responds (the alternative polls, and costs 10 ms per request), authorizes with a
    fixed result (no call to Slack per request), and does not verify signatures, which the guard has done. What no
    listener takes goes to the error handler, which acknowledges it.
    """
    app = AsyncApp(
        name=BOLT_LOGGER,
        logger=quiet_logger(BOLT_LOGGER),
        client=AsyncWebClient(base_url=slack.config.api_url, logger=quiet_logger("slack_sdk")),
        authorize=slack.identity,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    register(app, slack)
    return app
