"""Normalization of a question: one line of ordinary characters, without the command or mention that opens it.

Markup of a chat program is not known here; the Slack interface undoes its own before it asks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from hcpcs.questions.words.list_items import separate_items

QUESTION_LIMIT: Final = 4000
"""Maximum characters of a question; a longer one is refused, not cut."""
ADDRESSES: Final = 2
"""Maximum commands and mentions removed from the start of a question (``@hcpcs /hcpcs S9328`` has two)."""

_DASHES = dict.fromkeys("‐‑‒–—―−﹣⁃", "-")
_QUOTES = dict.fromkeys("‘’‚‛′´`ʼ", "'") | dict.fromkeys("“”„‟″«»", '"')
_LETTERS = {"ı": "i", "İ": "I"}
"""Letters that a pattern in any case takes for an i, and ``str.lower`` doesn't: "bıd" matched, and was not known."""
_CHARACTERS: Final = _DASHES | _QUOTES | _LETTERS | {"µ": "u", "μ": "u", "…": "...", "⁄": "/", "×": "x"}
_TYPOGRAPHIC: Final = re.compile(f"[{''.join(_CHARACTERS)}]")

_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_MARKS: Final = re.compile("[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7e]")
_ODD_ASCII = re.compile(r"[\x00-\x20\x7f]+")
_SPACES = re.compile(r"\s+")

# "Q: is G0463 covered", "Q1. is it?": the label of a question that is copied from a list; "Q4:" is rather a quarter.
_ADDRESS: Final = re.compile(
    r"/hcpcs?\b(?!/)|@[\w.-]+|<@[^<>]*>|q(?:uestion)?(?: ?\d{1,2})?[.)] (?=\w)|q(?:uestion)?: ?(?=\w)", re.IGNORECASE
)
"""What a question is opened with and isn't part of it: ``/hcpcs S9328``, ``<@U123> S9328``, ``Q: is S9328 paid?``."""
_EMPHASIS: Final = re.compile(r"(?<![\w*~])([*_~])(?=\S)([^*~]{1,400}?)(?<=\S)\1(?![\w*~])")
"""Words between marks, as in ``is *S9353* payable``. A mark that only ends a word isn't one: ``S93*``, ``look_up``."""
_EDGES = " \t,;:-–>"


def plain(text: str) -> str:
    """``text`` in one line of composed characters: full-width forms, dashes, quotes and a dotless i made plain.

    A line break between items of a list becomes a semicolon, any other one a space. Controls, surrogates and
    unassigned characters become spaces, invisible marks vanish. Never raises.
    """
    text = separate_items(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _TYPOGRAPHIC.sub(_typed, text))
        text = _NOT_ASCII.sub(_visible, _MARKS.sub("", _TYPOGRAPHIC.sub(_typed, text)))
    return _ODD_ASCII.sub(" ", text.replace("`", "'")).strip()


def _typed(match: re.Match[str]) -> str:
    return _CHARACTERS[match[0]]


def _visible(match: re.Match[str]) -> str:
    category = unicodedata.category(match[0])
    if category == "Cf":
        return ""
    return " " if category in _UNPRINTABLE else match[0]


def trim_question(text: str) -> str:
    """Plain text without the command or mention that opens it, without marks of emphasis, in single spaces."""
    if "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub(r"\2", text)
    text = _SPACES.sub(" ", text).lstrip(_EDGES)
    for _ in range(ADDRESSES):
        address = _ADDRESS.match(text)
        if address is None:
            break
        text = text[address.end() :].lstrip(_EDGES)
    return text.rstrip(_EDGES)
