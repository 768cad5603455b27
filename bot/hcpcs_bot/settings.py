"""Every setting, read from the environment in this one place.

A missing or malformed setting is a ``SettingsError`` whose one line says what to set.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from hcpcs.errors import HcpcsError
from hcpcs.loopback import is_loopback

SLACK_API: Final = "https://slack.com/api/"


class SettingsError(HcpcsError):
    """A missing or malformed setting; says the variable and its expected value."""


class Settings(BaseSettings):
    """The settings of ``hcpcs``, each from an environment variable ``HCPCS_*``."""

    model_config = SettingsConfigDict(env_prefix="HCPCS_", frozen=True)

    home: Path = Field(default=Path("~/.hcpcs"), description="Folder of catalogs and state")
    database_url: str = Field(default="", description="SQLAlchemy URL of the state; blank for SQLite under home")
    log_level: str = Field(default="INFO", description="Minimum level that is logged")
    cms_url: str = Field(default="https://www.cms.gov", description="CMS's site, or a mirror of its pages for updates")
    max_connections: int = Field(default=512, ge=1, le=100_000, description="Connections that may be open at once")
    keep_alive_seconds: int = Field(default=75, ge=1, le=3_600, description="Seconds that an idle connection is kept")
    admins: str = Field(default="", description="Slack user IDs of the app's administrators, separated by commas")
    note_writers: str = Field(default="everyone", description="Who may write notes: everyone, admins, or user IDs")

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            name = f"HCPCS_{first['loc'][0]}".upper()
            raise SettingsError(f"{name} is not valid: {first['msg'].lower()}.") from None

    def at(self, home: Path | None) -> Settings:
        """These settings with the home of the command line, if one was given."""
        return self.model_copy(update={"home": (home or self.home).expanduser().absolute()})


class SlackSettings(BaseSettings):
    """The app's secrets from Slack; never logged, never shown.

    ``slack run`` gives the tokens of the app that it has made under names of its own.
    """

    model_config = SettingsConfigDict(env_prefix="SLACK_", frozen=True)

    signing_secret: SecretStr = SecretStr("")
    bot_token: SecretStr = Field(SecretStr(""), validation_alias=AliasChoices("SLACK_BOT_TOKEN", "SLACK_CLI_XOXB"))
    app_token: SecretStr = Field(SecretStr(""), validation_alias=AliasChoices("SLACK_APP_TOKEN", "SLACK_CLI_XAPP"))


_FORMATS: Final = {
    "SLACK_SIGNING_SECRET": (
        re.compile(r"[\w-]{8,256}"),
        "the Slack app's signing secret (letters and digits, on its Basic Information page)",
    ),
    "SLACK_BOT_TOKEN": (re.compile(r"xoxb-\S+"), "the bot token (starts with xoxb-, on the OAuth & Permissions page)"),
    "SLACK_APP_TOKEN": (
        re.compile(r"xapp-\S+"),
        "the app-level token (starts with xapp-, on the Basic Information page)",
    ),
}


def _checked(name: str, secret: SecretStr) -> str:
    pattern, meaning = _FORMATS[name]
    value = secret.get_secret_value()
    if not value:
        raise SettingsError(f"{name} is not set: set it to {meaning}.")
    if not pattern.fullmatch(value):
        raise SettingsError(f"{name} is not valid: set it to {meaning}.")
    return value


def http_secrets(slack: SlackSettings) -> tuple[str, str]:
    """Signing secret and bot token, checked. Raises ``SettingsError`` for the first that is missing or malformed."""
    return (
        _checked("SLACK_SIGNING_SECRET", slack.signing_secret),
        _checked("SLACK_BOT_TOKEN", slack.bot_token),
    )


def socket_secrets(slack: SlackSettings) -> tuple[str, str]:
    """App-level token and bot token for Socket Mode, checked. Raises ``SettingsError`` like ``http_secrets``."""
    return (
        _checked("SLACK_APP_TOKEN", slack.app_token),
        _checked("SLACK_BOT_TOKEN", slack.bot_token),
    )


def loopback_api(address: str) -> str:
    """The address of a stand-in for Slack's Web API, ending in a slash. Raises ``SettingsError`` off loopback.

    Tokens are sent to it, so it may only be on this machine.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not is_loopback(host):
        raise SettingsError("--slack-api must be an address on this machine, such as http://127.0.0.1:3001/api/.")
    return address if address.endswith("/") else address + "/"
