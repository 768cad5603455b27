"""What every method of the Web API works on."""

from __future__ import annotations

from collections.abc import Callable

from slack_peer.api.checks import Arguments
from slack_peer.api.limits import PostingLimit, Triggers
from slack_peer.errors import ApiError
from slack_peer.workspace import BOT_USER, Channel, Message, Workspace


class ApiContext:
    """The workspace, the trigger ids, the posting limit, and what is called for each message that the app posts.

    ``deduplicates``: a message is posted once under one ``client_msg_id``. Slack doesn't document whether it does
    so, which is why an app must be right either way.
    """

    def __init__(self, workspace: Workspace, *, burst: float, deduplicates: bool) -> None:
        self.workspace = workspace
        self.triggers = Triggers()
        self.limit = PostingLimit(burst)
        self.deduplicates = deduplicates
        self.on_post: Callable[[Message], None] | None = None
        self.posted: dict[tuple[str, str], str] = {}
        """The ``ts`` of each message that came with a ``client_msg_id``, by channel and that id."""

    def channel(self, arguments: Arguments) -> Channel:
        """The channel of a call; a user's id stands for their direct messages with the app. Raises ``ApiError``."""
        name = str(arguments.get("channel", ""))
        channel = self.workspace.channels.get(name) or self.workspace.direct_messages(name)
        if channel is None:
            raise ApiError("channel_not_found")
        return channel

    def own_channel(self, arguments: Arguments) -> Channel:
        """The channel of a call, where the app is a member. Raises ``ApiError``."""
        channel = self.channel(arguments)
        if BOT_USER not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def message(self, arguments: Arguments) -> Message:
        """The message of a call. Raises ``ApiError``, as Slack does for an ephemeral one, too."""
        channel = self.channel(arguments)
        message = self.workspace.messages.get((channel.id, str(arguments.get("ts", ""))))
        if message is None or message.visible_to:
            raise ApiError("message_not_found")
        return message

    def own_message(self, arguments: Arguments, refusal: str) -> Message:
        """The message of a call, if the app posted it. Raises ``ApiError``, with the code ``refusal`` if it did not."""
        message = self.message(arguments)
        if message.user != BOT_USER:
            raise ApiError(refusal)
        return message
