"""Escapes, shortens and reads Slack's text; the only place that knows its markup.

``escape`` is for mrkdwn and a message's top-level ``text``; ``literal`` for plain_text and rich_text, which Slack
shows as they are. Source: docs.slack.dev, "Formatting message text" (escaping) and "Mentions".
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CONTROL_OPENING: Final = re.compile(r"<(?=[!@#/A-Za-z])")
_PARTIAL_ENTITY: Final = re.compile(r"&[a-z]{0,4}$")
_USER_ID: Final = re.compile(r"[UW][A-Z0-9]{2,20}")

_ANGLE: Final = re.compile(r"<([^<>\n]{1,2000})>")
_SHORTCODE: Final = re.compile(r"(?<![\w:]):(?=[a-z0-9_+'-]*[a-z])[a-z0-9_+'-]{2,40}:(?![\w:])")
"""An emoji as Slack sends it, ``:thinking_face:``. A time (``10:30:00``) and a filter (``tos:R``) are not."""
_BACKQUOTED: Final = re.compile(r"`([^`]*)`")
_UNSEEN: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Cf"})
_KEPT: Final = frozenset("\n\t")

ELLIPSIS: Final = "…"


def escape(text: str) -> str:
    """``text`` for mrkdwn: nothing in it can become a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """``text`` for plain_text and rich_text, which are shown as they are.

    A ``<`` that could open a mention or a link becomes ``‹``, so that a client that parses the text anyway
    (a notification, an export) finds nothing to parse. ``< 1500 g`` stays as it is.
    """
    return _CONTROL_OPENING.sub("‹", text) if "<" in text else text


def without_backquotes(text: str) -> str:
    """``text`` for plain_text, which shows no code: a command in backquotes is put in quotation marks."""
    return _BACKQUOTED.sub(r"“\1”", text) if "`" in text else text


def clean(text: str) -> str:
    """``text`` without what can't be seen or sent: control characters, direction marks, lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)


def clip(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut between words and ended with ``…`` where it is longer."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(" ,;:\n") + ELLIPSIS


def clip_middle(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut in the middle between words: descriptions end with what decides.

    "..., per 50 strips" and "..., for dialysis" stay, "…" stands for what is left out.
    """
    if len(text) <= limit:
        return text
    _, _, tail = text[-(limit // 3) :].partition(" ")
    return f"{clip(text, limit - len(tail) - 1)} {tail}" if tail else clip(text, limit)


def clip_escaped(text: str, limit: int) -> str:
    """``escape(text)`` in at most ``limit`` characters, with no entity cut in two."""
    escaped = escape(text)
    if len(escaped) <= limit:
        return escaped
    return _PARTIAL_ENTITY.sub("", escaped[: limit - 1].rstrip()) + ELLIPSIS


def clip_markup(text: str, limit: int) -> str:
    """mrkdwn in at most ``limit`` characters: whole lines where it has several, and no link or entity cut in two."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, _ = cut.rpartition("\n")
    if not head:
        opening = cut.rfind("<")
        head = cut[:opening] if opening > cut.rfind(">") else cut
    return _PARTIAL_ENTITY.sub("", head).rstrip() + ELLIPSIS


def mention(user: str) -> str:
    """A mention of a user by id, for mrkdwn; blank for anything else."""
    return f"<@{user}>" if is_user(user) else ""


def is_user(user: str) -> bool:
    """Whether ``user`` looks like a Slack user id."""
    return _USER_ID.fullmatch(user) is not None


def _label(match: re.Match[str]) -> str:
    """What a person sees of a part in angle brackets: nothing of a mention, the label of a link or its address."""
    inside = match.group(1)
    if inside[0] in "@!#":
        return " "
    target, bar, label = inside.partition("|")
    return label if bar else target


def plain_question(text: str) -> str:
    """What a person wrote, from the form in which Slack sends it; Slack's markup is undone here and nowhere else.

    Mentions and emoji shortcodes are removed, links become their labels, entities are undone once: of
    ``&amp;lt;``, which is how Slack sends a typed ``&lt;``, the ``&lt;`` stays. Raises nothing.
    """
    plain = _ANGLE.sub(_label, text) if "<" in text else text
    if ":" in plain:
        plain = _SHORTCODE.sub(" ", plain)
    if "&" in plain:
        # The ampersand comes last, so that nothing that it yields is undone again.
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return clean(plain).strip()
