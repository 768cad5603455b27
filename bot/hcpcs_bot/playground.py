"""The playground put together: the stand-in, its page, and the same ASGI application that real Slack talks to."""

from __future__ import annotations

import asyncio
import signal
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from hcpcs_bot.server import asgi_app
from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.context import SlackContext
from slack_peer.app_manifest import HCPCS_APP
from slack_peer.delivery.delivery import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.message_text import slack_text
from slack_peer.page.page import CODE_PAGES, PlaygroundPage
from slack_peer.peer import SlackPeer
from slack_peer.user_actions import Place
from slack_peer.workspace import BILLING, COLLEAGUE, Message

MakeFace = Callable[[SlackConfig], SlackContext]
"""Makes the Slack face for the address and secrets of a playground."""

DOCUMENTED: Final = ("/hcpcs S9328", "@HCPCS is S9353 payable by Medicare?")
"""The two questions of the documentation, as they are typed in a channel."""

_FIRST_MESSAGE: Final = (
    "Can you look at these lines of an EOB before I call the payer? "
    "S9328 x 3, S9353, E0601-RR-KX, J3490, and 99213. (Try “Decode HCPCS codes” in this message's menu.)"
)


@asynccontextmanager
async def opened(make_face: MakeFace, port: int = 0) -> AsyncIterator[SlackPeer]:
    """A playground on ``port`` of loopback (0: any free one) around the face that ``make_face`` makes.

    Raises ``OSError`` when the port is taken.
    """
    peer = SlackPeer()
    page = PlaygroundPage(peer)
    try:
        await peer.start(port, page.furnish)
        manifest = replace(HCPCS_APP, unfurl_domains=(urlsplit(peer.address).netloc,))
        peer.introduce(manifest)
        config = SlackConfig(
            bot_token=peer.bot_token,
            signing_secret=peer.signing_secret,
            api_url=peer.api_url,
            code_pages=f"{peer.address}{CODE_PAGES}",
            environ_proxy=False,
        )
        async with InProcess(asgi_app(make_face(config))) as running:
            page.application = running
            peer.connect(SignedConnection(running, peer.signing_secret))
            yield peer
    finally:
        await peer.stop()


def colleague_writes(peer: SlackPeer, typed: str = _FIRST_MESSAGE) -> Message:
    """A message of a colleague with codes in it, to try the message shortcut on."""
    space = peer.workspace
    text = slack_text(typed, space.people.values(), space.rooms.values())
    return space.put(Message(channel=BILLING, ts=space.stamp(), user=COLLEAGUE, text=text))


async def documented_answers(peer: SlackPeer) -> list[tuple[str, Place]]:
    """The two documented questions, asked by signed requests, each with what the app showed."""
    return [(typed, await (peer.slash(typed) if typed.startswith("/") else peer.ask(typed))) for typed in DOCUMENTED]


async def play(make_face: MakeFace, port: int, say: Callable[[str], object], *, browser: bool, leave: bool) -> None:
    """Opens a playground, answers the documented questions in it, and keeps it open until SIGINT or SIGTERM.

    ``say`` tells the terminal a line; ``browser`` opens the page there, ``leave`` ends at once instead. Raises
    ``OSError`` when the port is taken.
    """
    async with opened(make_face, port) as peer:
        say(f"HCPCS playground at {peer.address}: a local stand-in for Slack; nothing leaves this machine.")
        colleague_writes(peer)
        for typed, shown in await documented_answers(peer):
            say(f"\n> {typed}\n{plain_question(shown.text)}")
        if leave:
            return
        say(f"\nOpen {peer.address} in a browser. Ctrl+C stops the playground.")
        if browser:
            webbrowser.open(peer.address)
        stop = asyncio.Event()
        for told in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(told, stop.set)
        await stop.wait()
    say("The playground has stopped.")
