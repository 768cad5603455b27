"""Every setting of the desk, read from the environment in this one place.

A setting that is missing or malformed is one typed error with one line that says what to set.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from hcpcs.errors import HcpcsError
from hcpcs.loopback import is_loopback

SLACK_API: Final = "https://slack.com/api/"


class SettingsError(HcpcsError):
    """A setting that is missing or malformed; names the variable and what it should hold."""


class Settings(BaseSettings):
    """The desk's own settings, each from an environment variable ``HCPCS_*``."""

    model_config = SettingsConfigDict(env_prefix="HCPCS_", frozen=True)

    home: Path = Field(default=Path("~/.hcpcs"), description="Folder of catalogues and state")
    database_url: str = Field(default="", description="SQLAlchemy address of the state; SQLite under home if blank")
    log_level: str = Field(default="INFO", description="Least level that is logged")

    def at(self, home: Path | None) -> Settings:
        """These settings with another home, where one was named on the command line."""
        return self.model_copy(update={"home": (home or self.home).expanduser().absolute()})


class SlackSettings(BaseSettings):
    """What Slack gave for this app; never logged, never shown."""

    model_config = SettingsConfigDict(env_prefix="SLACK_", frozen=True)

    signing_secret: SecretStr = SecretStr("")
    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")


_SHAPES: Final = {
    "SLACK_SIGNING_SECRET": (
        re.compile(r"[\w-]{8,256}"),
        "the signing secret of the Slack app (letters and digits, Basic Information page)",
    ),
    "SLACK_BOT_TOKEN": (re.compile(r"xoxb-\S+"), "the bot token (starts with xoxb-, OAuth & Permissions page)"),
    "SLACK_APP_TOKEN": (
        re.compile(r"xapp-\S+"),
        "the app-level token (starts with xapp-, Basic Information page)",
    ),
}


def _checked(name: str, secret: SecretStr) -> str:
    shape, meaning = _SHAPES[name]
    value = secret.get_secret_value()
    if not value:
        raise SettingsError(f"{name} is not set: set it to {meaning}.")
    if not shape.fullmatch(value):
        raise SettingsError(f"{name} has the wrong form: it should be {meaning}.")
    return value


def http_secrets(slack: SlackSettings) -> tuple[str, str]:
    """Signing secret and bot token, checked. Raises ``SettingsError`` naming the first that is missing or wrong."""
    return (
        _checked("SLACK_SIGNING_SECRET", slack.signing_secret),
        _checked("SLACK_BOT_TOKEN", slack.bot_token),
    )


def socket_secrets(slack: SlackSettings) -> tuple[str, str]:
    """App-level token and bot token for Socket Mode, checked. Raises ``SettingsError`` likewise."""
    return (
        _checked("SLACK_APP_TOKEN", slack.app_token),
        _checked("SLACK_BOT_TOKEN", slack.bot_token),
    )


def loopback_api(address: str) -> str:
    """The address of a stand-in for Slack's Web API, ending in a slash; refused unless it is on loopback.

    Tokens go wherever this points, so nothing else than this machine is ever allowed.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not is_loopback(host):
        raise SettingsError("--slack-api takes only a loopback address, such as http://127.0.0.1:3001/api/.")
    return address if address.endswith("/") else address + "/"
