"""The tokenizer: the words of a text with their places. A span that is already recognized is one token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hcpcs.questions.words.function_words import function_words

# The keys of recognized spans; no word starts with "#".
CODE: Final = "#code"
DAY: Final = "#day"
RANGE: Final = "#range"
FILTER: Final = "#filter"
IGNORED: Final = "#ignored"

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Token(NamedTuple):
    """A word of the text and its offsets.

    ``key`` is the form to look up: lower case, without apostrophe, or for a recognized span the name of what it
    is (``#code``, ``#day``).
    """

    key: str
    start: int
    end: int


class RecognizedSpan(NamedTuple):
    """A span of the text that is already recognized, and the key of its token."""

    start: int
    end: int
    key: str


def tokenize(text: str, recognized: Sequence[RecognizedSpan] = ()) -> list[Token]:
    """The tokens of a plain text; ``recognized`` are spans in order that don't overlap, one token each."""
    tokens: list[Token] = []
    position = 0
    for start, end, key in recognized:
        tokens.extend(_words(text, position, start))
        tokens.append(Token(key, start, end))
        position = end
    tokens.extend(_words(text, position, len(text)))
    return tokens


def lower_case(text: str) -> str:
    """``text`` in lower case, in which every character keeps its offset."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def blank_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with spaces where the spans are, so that every other place keeps its offset."""
    characters: list[str] | None = None
    for start, end in spans:
        characters = list(text) if characters is None else characters
        characters[start:end] = " " * (end - start)
    return text if characters is None else "".join(characters)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    scaffolding = function_words().scaffolding
    for match in _WORD.finditer(text, start, end):
        word = match[0].lower()
        # "Medicare's" is "medicare", but "what's" is "whats", a word of its own.
        if word.endswith("'s") and word[:-2] + "s" not in scaffolding:
            word = word[:-2]
        yield Token(word.replace("'", ""), *match.span())
