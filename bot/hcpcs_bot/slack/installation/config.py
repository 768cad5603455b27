"""The settings of the Slack interface; secrets were checked when the environment was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from hcpcs_bot.settings import SLACK_API, loopback_api

SLACK_HOOKS: Final = "hooks.slack.com"


@dataclass(frozen=True, kw_only=True)
class SlackConfig:
    """The settings. Raises ``SettingsError`` for a Web API address that is neither Slack's nor local.

    ``signing_secret`` is blank in Socket Mode, which needs none. ``code_pages`` is the address of this
    server's own code pages (``https://host/codes/``): links to them unfurl into cards. A user may ask ``burst``
    questions at once and ``per_minute`` after that. ``environ_proxy`` lets the environment's proxy settings apply.
    A call to Slack takes at most ``call_timeout`` seconds, and is tried again after ``retry_wait`` seconds.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API
    code_pages: str = ""
    burst: int = 30
    per_minute: int = 60
    environ_proxy: bool = True
    call_timeout: float = 10.0
    retry_wait: float = 1.0

    def __post_init__(self) -> None:
        """Refuses to send answers and tokens anywhere but to Slack or to a stand-in on this machine."""
        if self.api_url != SLACK_API:
            object.__setattr__(self, "api_url", loopback_api(self.api_url))

    @property
    def local(self) -> bool:
        """Whether a stand-in on this machine is used instead of Slack."""
        return self.api_url != SLACK_API

    @property
    def through_proxy(self) -> bool:
        """Whether the environment's proxy settings apply; never for a stand-in on this machine."""
        return self.environ_proxy and not self.local

    def accepts_response_url(self, url: str) -> bool:
        """Whether a ``response_url`` is Slack's own, or that of the stand-in in use on this machine."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None:
            return False
        if parts.scheme == "https" and parts.hostname == SLACK_HOOKS and port in {None, 443}:
            return True
        peer = urlsplit(self.api_url)
        return self.local and (parts.scheme, parts.netloc) == (peer.scheme, peer.netloc)
