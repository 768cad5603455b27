"""Every setting, read from the environment in this one place.

A secret may also be in a file that a variable with ``_FILE`` at its end names: ``SLACK_BOT_TOKEN_FILE``. It is read
once, when the settings are. A missing or malformed setting is a ``SettingsError`` whose one line says what to set.
"""

from __future__ import annotations

import os
import re
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from hcpcs.catalog.shelf import DEFAULT_HOME
from hcpcs.errors import HcpcsError
from hcpcs.loopback import is_loopback

SLACK_API: Final = "https://slack.com/api/"


class KeyUse(StrEnum):
    """Whether programs need an API key."""

    OFF = "off"
    """No key is looked at."""
    OPTIONAL = "optional"
    """A request without a key is answered, one with a wrong key is not."""
    REQUIRED = "required"


class SettingsError(HcpcsError):
    """A missing or malformed setting; says the variable and its expected value."""


MAXIMUM_SECRET_BYTES: Final = 16_384
"""Maximum size of a file with a secret."""


class SecretFiles(PydanticBaseSettingsSource):
    """Reads each ``SecretStr`` whose variable with ``_FILE`` at its end names a file."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The secret of a field (``None`` if no file is named), and the key that the field is set by.

        Raises ``SettingsError`` if the file has no secret, or if the variable itself is set, too.
        """
        alias = field.validation_alias
        key = str(alias.choices[0]) if isinstance(alias, AliasChoices) else field_name
        variable = key if alias else f"{self.config.get('env_prefix', '')}{key}".upper()
        path = os.environ.get(f"{variable}_FILE", "")
        if field.annotation is not SecretStr or not path:
            return None, key, False
        if os.environ.get(variable):
            raise SettingsError(f"{variable} and {variable}_FILE are both set: unset one of them.")
        return read_secret(f"{variable}_FILE", path), key, False

    def __call__(self) -> dict[str, Any]:
        """The secrets that are in files, by the key of their field."""
        values = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {key: value for value, key, _ in values if value is not None}


class SettingsWithSecrets(BaseSettings):
    """Settings whose secrets may be in files."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, the first of which wins: arguments, files of secrets, the environment."""
        return (init_settings, SecretFiles(settings_cls), env_settings, dotenv_settings, file_secret_settings)


def read_secret(variable: str, path: str) -> str:
    """The secret in a file, without the space around it. Raises ``SettingsError`` with the name of ``variable``."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAXIMUM_SECRET_BYTES + 1)
        secret = content.decode("utf-8").strip()
    except OSError as error:
        raise SettingsError(
            f"{variable}: {path} can't be read ({error.strerror}); check the path, and that this user may read it."
        ) from None
    except ValueError:
        raise SettingsError(
            f"{variable}: {path} is not a text file; it must have the secret and nothing else."
        ) from None
    if not secret:
        raise SettingsError(f"{variable}: {path} is empty; write the secret into it.")
    if len(content) > MAXIMUM_SECRET_BYTES or len(secret.splitlines()) > 1:
        raise SettingsError(f"{variable}: {path} has more than one line; it must have the secret, nothing else.")
    return secret


class Settings(SettingsWithSecrets):
    """The settings of ``hcpcs``, each from an environment variable ``HCPCS_*``."""

    model_config = SettingsConfigDict(env_prefix="HCPCS_", frozen=True)

    home: Path = Field(default=DEFAULT_HOME, description="Folder of catalogs and state")
    database_url: SecretStr = Field(
        default=SecretStr(""), description="SQLAlchemy URL of the state; blank for SQLite under home"
    )
    log_level: str = Field(default="INFO", description="Minimum level that is logged")
    cms_url: str = Field(default="https://www.cms.gov", description="CMS's site, or a mirror of its pages for updates")
    max_connections: int = Field(default=512, ge=1, le=100_000, description="Connections that may be open at once")
    keep_alive_seconds: int = Field(default=75, ge=1, le=3_600, description="Seconds that an idle connection is kept")
    api_keys: KeyUse = Field(default=KeyUse.OFF, description="Whether programs need a key: off, optional or required")
    requests_per_minute: int = Field(default=0, ge=0, le=1_000_000, description="Requests of an address; 0: no limit")
    key_requests_per_minute: int = Field(default=0, ge=0, le=1_000_000, description="Requests of a key; 0: no limit")
    cors_origins: str = Field(default="", description="Sites whose pages may read the answers")
    trusted_proxies: str = Field(default="", description="Addresses of proxies whose X-Forwarded-For counts")
    admins: str = Field(default="", description="Slack user IDs of the app's administrators, separated by commas")
    note_writers: str = Field(default="everyone", description="Who may write notes: everyone, admins, or user IDs")

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            name = f"HCPCS_{first['loc'][0]}".upper()
            raise SettingsError(f"{name} is not valid: {first['msg'].removeprefix('Value error, ').lower()}.") from None

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, written: str) -> str:
        names = [one.strip() for one in written.split(",") if one.strip()]
        for name in names if names != ["*"] else ():
            try:
                ip_network(name)
            except ValueError:
                raise ValueError("use addresses or networks such as 10.0.0.0/8, separated by commas") from None
        return ",".join(names)

    def at(self, home: Path | None) -> Settings:
        """These settings with the home of the command line, if one was given."""
        return self.model_copy(update={"home": (home or self.home).expanduser().absolute()})


class SlackSettings(SettingsWithSecrets):
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
