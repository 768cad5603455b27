"""What a person types, in the form in which Slack hands it to an app.

Source: docs.slack.dev, "Formatting message text": ``&``, ``<`` and ``>`` become entities, people ``<@U...>``,
channels ``<#C...|name>``, addresses ``<https://...>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from slack_peer.workspace import Person, Room

_ADDRESS: Final = re.compile(r"https?://[^\s<>]+")
_TRAILING: Final = ".,;:!?)'\""


def escaped(text: str) -> str:
    """The three characters that Slack uses itself, as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def addresses(text: str) -> list[str]:
    """The web addresses in what was typed."""
    return [found.group().rstrip(_TRAILING) for found in _ADDRESS.finditer(text)]


def slack_text(text: str, people: Iterable[Person], rooms: Iterable[Room]) -> str:
    """Typed text as Slack stores it."""
    links = addresses(text)
    stored = escaped(text)
    for link in sorted(set(links), key=len, reverse=True):
        stored = stored.replace(escaped(link), f"<{escaped(link)}>")
    for person in people:
        stored = re.sub(rf"(?<![\w@])@{re.escape(person.handle)}\b", f"<@{person.id}>", stored, flags=re.IGNORECASE)
    for room in rooms:
        if room.kind == "channel":
            stored = re.sub(rf"(?<![\w#&])#{re.escape(room.name)}\b", f"<#{room.id}|{room.name}>", stored)
    return stored


def links_of(text: str, domains: Iterable[str]) -> list[dict[str, str]]:
    """The addresses whose previews the app may give, as ``link_shared`` names them."""
    known = set(domains)
    found = ((address, urlsplit(address).netloc) for address in addresses(text))
    return [{"domain": place, "url": address} for address, place in found if place in known]
