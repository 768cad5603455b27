"""The playground: the stand-in for Slack with its page, and the same ASGI application that real Slack talks to."""

from __future__ import annotations

import asyncio
import signal
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

from hcpcs.errors import HcpcsError
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import BOT_NAME, COMMAND
from hcpcs_bot.slack.installation.app_manifest import MANIFEST
from hcpcs_bot.slack.installation.config import SlackConfig
from slack_peer.app_manifest import AppManifest
from slack_peer.client.message_text import encode_text
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.errors import SlackPeerError
from slack_peer.page.page import PageSettings, PlaygroundPage
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, COLLEAGUE, Container, Message

MakeContext = Callable[[SlackConfig], SlackContext]
"""Makes the Slack interface for the address and secrets of a playground."""

DOCUMENTED: Final = (f"{COMMAND} S9328", f"@{BOT_NAME} is S9353 payable by Medicare?")
"""The two questions of the documentation, as they are typed in a channel."""
CODE_PAGES: Final = "/codes/"
"""The path of the code pages on the playground's address."""

_PAGE: Final = PageSettings(
    title="HCPCS playground",
    examples=DOCUMENTED,
    when_stopped="The playground has stopped. Start it again with: hcpcs playground",
    without_script='The playground needs JavaScript. In a terminal, ask with: hcpcs ask "S9328"',
    app_paths=(CODE_PAGES,),
)
_FIRST_MESSAGE: Final = (
    "Can you look at these lines of an EOB before I call the payer? "
    "S9328 x 3, S9353, E0601-RR-KX, J3490, and 99213. (Try “Decode HCPCS codes” in this message's menu.)"
)


class PlaygroundError(HcpcsError):
    """The playground's own questions were not answered."""


@asynccontextmanager
async def open_playground(make_context: MakeContext, port: int = 0) -> AsyncIterator[SlackPeer]:
    """A playground on ``port`` of loopback (0: any free one) around the Slack interface of ``make_context``.

    Raises ``OSError`` when the port is taken.
    """
    manifest = AppManifest.from_mapping(MANIFEST)
    peer = SlackPeer(manifest)
    page = PlaygroundPage(peer, _PAGE)
    try:
        await peer.start(port, page.add_routes)
        peer.install(manifest.with_unfurl_domains(urlsplit(peer.address).netloc))
        config = SlackConfig(
            bot_token=peer.bot_token,
            signing_secret=peer.signing_secret,
            api_url=peer.api_url,
            code_pages=f"{peer.address}{CODE_PAGES}",
            environ_proxy=False,
        )
        async with InProcess(asgi_app(make_context(config))) as application:
            page.application = application
            peer.connect(SignedConnection(application, peer.signing_secret))
            yield peer
    finally:
        await peer.stop()


def post_as_colleague(peer: SlackPeer, typed: str = _FIRST_MESSAGE) -> Message:
    """Posts a colleague's message with codes in it, to try the message shortcut on."""
    space = peer.workspace
    text = encode_text(typed, space.people.values(), space.channels.values())
    return space.put(Message(channel=BILLING, ts=space.stamp(), user=COLLEAGUE, text=text))


async def ask_documented(peer: SlackPeer) -> list[tuple[str, Container]]:
    """Asks the documented questions by signed requests. Returns each with what the app showed.

    Raises ``PlaygroundError``.
    """
    try:
        return [
            (typed, await (peer.slash(typed) if typed.startswith("/") else peer.ask(typed))) for typed in DOCUMENTED
        ]
    except SlackPeerError as error:
        raise PlaygroundError(f"The playground got no answer: {error}.") from error


async def run_playground(
    make_context: MakeContext, port: int, say: Callable[[str], object], *, browser: bool, leave: bool
) -> None:
    """Opens a playground, asks the documented questions in it, and keeps it open until SIGINT or SIGTERM.

    ``say`` prints a line; ``browser`` opens the page, ``leave`` ends after the questions. Raises ``OSError`` when the
    port is taken, and ``PlaygroundError``.
    """
    async with open_playground(make_context, port) as peer:
        say(f"HCPCS playground at {peer.address}: a local stand-in for Slack; nothing leaves this machine.")
        post_as_colleague(peer)
        for typed, shown in await ask_documented(peer):
            say(f"\n> {typed}\n{plain_question(shown.text)}")
        if leave:
            return
        say(f"\nOpen {peer.address} in a browser. Ctrl+C stops the playground.")
        if browser:
            webbrowser.open(peer.address)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await stop.wait()
    say("The playground has stopped.")
