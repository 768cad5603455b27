"""The recognizer of misspelled question words, by ``tables/spelling.toml``: "is S9353 coverd by medicaer"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from hcpcs.questions.words.common_words import common_words
from hcpcs.questions.words.phrases import cue_phrases

_GLUED: Final = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\d{4})([A-Za-z]{4,20})(?![\w'])")
"""A word typed onto a code: ``E0601payable``. Shorter ones are modifiers (``E0601RR``)."""
_CODE: Final = re.compile(r"[A-Za-z]\d{4}")
"""A code within ``E0601E0470``."""
_CODES_GLUED: Final = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]\d{4}){2,8}(?![A-Za-z0-9])")
_UNKNOWN: Final = re.compile(r"(?<![\w'])[A-Za-z]{3,20}(?![\w'])")
_SHORTEST: Final = 4
"""Minimum letters of a word that is repaired."""
_LONGEST: Final = 20
"""Maximum letters of a word that is repaired."""
_LONG: Final = 8
"""Letters from which two typos are repaired; one in shorter words."""


class SpellingTable(NamedTuple):
    """What is repaired to what.

    ``by_length`` are the words worth repairing by their length; ``typos`` are misspellings with their word;
    ``not_misspelled`` are real words that are close to a word worth repairing.
    """

    by_length: Mapping[int, tuple[str, ...]]
    typos: Mapping[str, str]
    not_misspelled: frozenset[str]


class Replacement(NamedTuple):
    """A span of the text and what it is read as."""

    start: int
    end: int
    meant: str


def find_glued(text: str) -> list[Replacement]:
    """Codes that a cue word or another code is typed onto, with the space that is missing."""
    replaced = [
        *replacements(_CODES_GLUED.finditer(text), lambda match: _CODE.sub(r"\g<0> ", match[0]).rstrip()),
        *replacements(_GLUED.finditer(text), _separate),
    ]
    return sorted(replaced)


def find_misspelled(text: str) -> list[Replacement]:
    """The misspelled words that a question may turn on, with their right spelling; capitals stay capitals."""
    return replacements(_UNKNOWN.finditer(text), _repair)


def replacements(matches: Iterable[re.Match[str]], meant: Callable[[re.Match[str]], str]) -> list[Replacement]:
    """Each match that ``meant`` reads as something else than it is written."""
    read = ((match, meant(match)) for match in matches)
    return [Replacement(match.start(), match.end(), text) for match, text in read if text != match[0]]


def known_form(word: str) -> str:
    """The cue word that ``word`` (lower case) is, or is one or two typos away from; else ``word`` itself.

    Only words that a question may turn on are repaired. A typo is a letter wrong, missing or too many, or two
    swapped: one in words of four to seven letters, two in longer ones. The first letter must be right or swapped,
    and words of the guard list are never touched.
    """
    table = spelling_table()
    if meant := table.typos.get(word):
        return meant
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return word
    if word in cue_phrases().words or word in table.not_misspelled or word in common_words():
        return word
    nearest = _nearest(word, table.by_length)
    if nearest is None or (nearest[0] != word[0] and nearest[:2] != word[1::-1]):
        return word
    return nearest


@cache
def spelling_table() -> SpellingTable:
    """The table, read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "spelling.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    words = sorted(table["misspelled"]["words"].split())
    return SpellingTable(
        by_length={length: _within(words, length) for length in range(_SHORTEST, _LONGEST + 1)},
        typos={typo: word for word, typos in table["misspelled"]["as"].items() for typo in typos.split()},
        not_misspelled=frozenset(table["not_misspelled"]["words"].split()),
    )


def _max_typos(length: int) -> int:
    return 1 if length < _LONG else 2


def _within(words: list[str], length: int) -> tuple[str, ...]:
    """The words that a word of ``length`` letters can be a misspelling of, by their length alone."""
    return tuple(word for word in words if abs(len(word) - length) <= _max_typos(length))


def _nearest(word: str, by_length: Mapping[int, tuple[str, ...]]) -> str | None:
    cutoff = _max_typos(len(word))
    best = extractOne(word, by_length[len(word)], scorer=OSA.distance, score_cutoff=cutoff)
    return None if best is None else str(best[0])


def _separate(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}" if known_form(match[2].lower()) in cue_phrases().words else match[0]


def _repair(match: re.Match[str]) -> str:
    word = match[0]
    known = known_form(word.lower())
    if known == word.lower():
        return word
    return known.upper() if word[0].isupper() and word[-1].isupper() else known
