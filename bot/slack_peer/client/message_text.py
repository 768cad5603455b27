"""What a person types, in the form in which Slack sends it to an app.

Source: docs.slack.dev, "Formatting message text": ``&``, ``<`` and ``>`` become entities, people ``<@U...>``,
channels ``<#C...|name>``, addresses ``<https://...>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from slack_peer.workspace import Channel, Person

_URL: Final = re.compile(r"https?://[^\s<>]+")
_TRAILING: Final = ".,;:!?)'\""
"""Punctuation after an address that belongs to the sentence and not to the address."""


def escape_text(text: str) -> str:
    """Text with the three characters that Slack uses itself as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def find_urls(text: str) -> list[str]:
    """The web addresses in typed text."""
    return [match.group().rstrip(_TRAILING) for match in _URL.finditer(text)]


def encode_text(text: str, people: Iterable[Person], channels: Iterable[Channel]) -> str:
    """Typed text as Slack stores it."""
    encoded = escape_text(text)
    for url in sorted(set(find_urls(text)), key=len, reverse=True):
        encoded = encoded.replace(escape_text(url), f"<{escape_text(url)}>")
    for person in people:
        encoded = re.sub(rf"(?<![\w@])@{re.escape(person.handle)}\b", f"<@{person.id}>", encoded, flags=re.IGNORECASE)
    for channel in channels:
        if channel.kind == "channel":
            encoded = re.sub(rf"(?<![\w#&])#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", encoded)
    return encoded


def shared_links(text: str, domains: Iterable[str]) -> list[dict[str, str]]:
    """The addresses in typed text that the app may unfurl, as ``link_shared`` names them."""
    known = set(domains)
    links = ((url, urlsplit(url).netloc) for url in find_urls(text))
    return [{"domain": domain, "url": url} for url, domain in links if domain in known]
