"""What a person wrote, made plain: one line of ordinary characters, without the dressing of Slack."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

QUESTION_LIMIT: Final = 4000
"""The longest question that is read, in characters; a longer one is refused, not cut."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣⁃"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′´`ʼ"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
_CHARACTERS: Final = _DASHES | _QUOTES | {ord("µ"): "u", ord("μ"): "u", ord("…"): "...", ord("⁄"): "/"}

_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_MARKS: Final = re.compile("[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]+")
_ODD_ASCII = re.compile(r"[\x00-\x20\x7f]+")
_SPACES = re.compile(r"\s+")

_COMMAND = re.compile(r"/(?:hcpcs|hcpc)\b(?!/)", re.IGNORECASE)
_SLACK_LABELLED = re.compile(r"<(?:https?|mailto|tel):[^<>|]*\|([^<>|]*)>")
_SLACK_LINK = re.compile(r"<((?:https?|mailto|tel):[^<>|]*)>")
_NAMED_BOT = re.compile(r"@[\w.-]+")
_SLACK_REFERENCE = re.compile(r"<[@#!][^<>]*>")
_SHORTCODE = re.compile(r"(?<![\w:]):(?=[a-z0-9_+'-]*[a-z])[a-z0-9_+'-]{2,40}:(?![\w:])")
_EMPHASIS = re.compile(r"(?<![\w*~])([*_~])(?=\S)([^*~]{1,400}?)(?<=\S)\1(?![\w*~])")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_EDGES = " \t,;:-–>"


def plain(text: str) -> str:
    """``text`` in one line of composed characters: full-width forms, dashes and quotes made plain.

    Controls, surrogates and unassigned characters become spaces, invisible marks vanish. Never raises.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_CHARACTERS)).translate(_CHARACTERS)
        text = "".join(map(_visible, _MARKS.sub("", text)))
    return _ODD_ASCII.sub(" ", text.replace("`", "'")).strip()


def _visible(character: str) -> str:
    if character < "\x7f":
        return character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in _UNPRINTABLE else character


def undressed(text: str) -> str:
    """Plain text without what Slack puts around it: mentions, links, shortcodes, emphasis, the command itself."""
    if "<" in text:
        text = _SLACK_REFERENCE.sub(" ", _SLACK_LINK.sub(r"\1", _SLACK_LABELLED.sub(r"\1", text)))
    if "&" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    if ":" in text:
        text = _SHORTCODE.sub(" ", text)
    if "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub(r"\2", text)
    text = _SPACES.sub(" ", text).strip(_EDGES)
    if text.startswith("@"):
        text = _NAMED_BOT.sub("", text, count=1).lstrip(_EDGES)
    if text.startswith("/"):
        text = _COMMAND.sub("", text, count=1).lstrip(_EDGES)
    return text
