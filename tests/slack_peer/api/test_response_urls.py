"""What may be answered to an interaction, how often, and for how long."""

from __future__ import annotations

import pytest

from slack_peer.api.response_urls import MAX_USES, Origin, ResponseUrls
from slack_peer.errors import ApiError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, BOT_USER, YOU, Message


def test_a_response_url_is_good_for_five_answers_in_half_an_hour(echo: SlackPeer) -> None:
    now = [0.0]
    urls = ResponseUrls(echo.workspace, lambda: now[0])
    often, late = urls.issue(Origin(YOU, BILLING)), urls.issue(Origin(YOU, BILLING))

    for _ in range(MAX_USES):
        urls.answer(often, {"text": "hello"})
    with pytest.raises(ApiError, match="used_url"):
        urls.answer(often, {"text": "hello"})
    now[0] = 1801
    with pytest.raises(ApiError, match="expired_url"):
        urls.answer(late, {"text": "hello"})
    with pytest.raises(ApiError, match="no_such_url"):
        urls.answer("1/x", {"text": "hello"})
    assert len(echo.workspace.messages) == MAX_USES
    assert len(urls.violations) == 3


def test_an_answer_replaces_or_deletes_its_original(echo: SlackPeer) -> None:
    space = echo.workspace
    card = space.put(Message(channel=BILLING, ts=space.stamp(), user=BOT_USER, text="card", visible_to=YOU))
    url = echo.response_urls.issue(Origin(YOU, BILLING, message=card))

    echo.response_urls.answer(url, {"text": "page 2", "replace_original": True})
    assert [message.text for message in space.visible()] == ["page 2"]
    echo.response_urls.answer(url, {"text": "for all", "response_type": "in_channel"})
    echo.response_urls.answer(url, {"delete_original": True})
    assert [(message.text, message.visible_to) for message in space.visible()] == [("for all", "")]
