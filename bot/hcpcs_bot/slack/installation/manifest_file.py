"""The manifest that a person gives to Slack, as text with its comments: for HTTP or Socket Mode, and for a host.

``slack_manifest.yaml`` is the one source. ``make docs`` writes the files in ``deploy/`` from it.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

from hcpcs.errors import HcpcsError

EXAMPLE_HOST: Final = "desk.example.com"
"""The host in the source, and where none is given for HTTP."""
_HOST: Final = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII)
_FOR_HTTP: Final = re.compile(r"^ .*/slack/events.*\n", re.MULTILINE)
"""Addresses at which Slack reaches the app: ``    request_url: https://desk.example.com/slack/events``."""
_FOR_CODE_PAGES: Final = re.compile(r"^  unfurl_domains:\n.*\n|^ +- (?:links:|link_shared).*\n", re.MULTILINE)
"""What unfurls links to code pages, which need a public host."""
_HEAD: Final = re.compile(r"(?:^#.*\n)+", re.MULTILINE)
_SOCKET_HEAD: Final = """\
# The Slack app in Socket Mode, which needs no public address. https://api.slack.com/apps > Create New App > From a
# manifest; then create an app-level token with connections:write. `hcpcs manifest --socket` writes it, without what
# unfurls links to code pages unless their host is given: `hcpcs manifest --socket --host HOST`.
"""


class HostError(HcpcsError):
    """A host that is not the name of one."""

    def __init__(self) -> None:
        super().__init__("the host is a name such as desk.example.com, without https:// and without a port or path")


def manifest_text(*, socket: bool = False, host: str = "") -> str:
    """The manifest in YAML. Raises ``HostError`` for a host that is not a plain name.

    Over HTTP, Slack reaches the app at ``host``. In Socket Mode it is the host of the code pages; without one, what
    unfurls links to them is left out.
    """
    if host and not _HOST.fullmatch(host):
        raise HostError
    text = files("hcpcs_bot.slack.installation").joinpath("slack_manifest.yaml").read_text(encoding="utf-8")
    if socket:
        text = _HEAD.sub(_SOCKET_HEAD, _FOR_HTTP.sub("", text), count=1)
        text = text.replace("socket_mode_enabled: false", "socket_mode_enabled: true")
        text = text if host else _FOR_CODE_PAGES.sub("", text)
    return text.replace(EXAMPLE_HOST, host or EXAMPLE_HOST)
