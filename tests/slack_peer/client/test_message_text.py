"""What is typed, as Slack hands it to an app."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.slack_app import APP

from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from slack_peer.client.message_text import encode_text, find_urls, shared_links
from slack_peer.feed import Feed
from slack_peer.workspace import Workspace

SPACE = Workspace(Feed(), APP)


def stored(text: str) -> str:
    return encode_text(text, SPACE.people.values(), SPACE.channels.values())


@pytest.mark.parametrize(
    ("text", "as_stored"),
    [
        ("@HCPCS S9328", "<@U0APPBOT> S9328"),
        ("mail@hcpcs.example", "mail@hcpcs.example"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("see #billing", "see <#C0BILLING|billing>"),
        ("see https://a.example/x?a=1&b=2.", "see <https://a.example/x?a=1&amp;b=2>."),
    ],
)
def test_text_is_stored_in_slacks_form(text: str, as_stored: str) -> None:
    assert stored(text) == as_stored


def test_links_are_told_for_known_domains_only() -> None:
    text = "https://desk.example/codes/S9353, https://other.example/"
    assert find_urls(text) == ["https://desk.example/codes/S9353", "https://other.example/"]
    assert shared_links(text, ["desk.example"]) == [
        {"domain": "desk.example", "url": "https://desk.example/codes/S9353"}
    ]


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="@#"), max_size=60))
def test_nothing_typed_becomes_a_mention(text: str) -> None:
    assert not any(mark in stored(text) for mark in ("<!", "<@", "<#"))


@given(st.from_regex(r"[a-z0-9 <>&?,.]{1,40}", fullmatch=True))
def test_the_app_reads_what_was_typed(text: str) -> None:
    assert plain_question(stored(text)) == text.strip()
