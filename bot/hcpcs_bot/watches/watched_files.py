"""The companion files that a channel can watch, by the words for them: ``watched_files.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from hcpcs.companions.edition import EditionGroup
from hcpcs.records.billing.areas import areas
from hcpcs.records.record import Frozen


class WatchedFiles(Frozen):
    """One section of the table; its keys are explained there."""

    files: frozenset[EditionGroup]
    phrase: str
    words: tuple[str, ...]


class FileRequest(NamedTuple):
    """What a request says about companion files: which, the abbreviation of a state (blank for none), and the rest."""

    files: frozenset[EditionGroup]
    area: str
    rest: str


@cache
def watched_files() -> Mapping[str, WatchedFiles]:
    """The table, read once per process."""
    text = resources.files("hcpcs_bot.watches").joinpath("watched_files.toml").read_text(encoding="utf-8")
    return {name: WatchedFiles(**section) for name, section in tomllib.loads(text).items()}


def files_phrase(files: frozenset[EditionGroup]) -> str:
    """What some groups are called together: ``amount``, ``DMEPOS and MUE``."""
    names: list[str] = []
    left = set(files)
    for section in watched_files().values():
        if section.files <= left:
            names.append(section.phrase)
            left -= section.files
    return " and ".join(names)


def find_files(request: str) -> FileRequest | None:
    """What a request says about companion files; ``None`` if it names none, or something else beside them.

    ``amount of J1745 changes``, ``J1745's payment limit``, ``watch MUE and ASP for J17*``, ``amount of E0601 in TX``.
    """
    pattern, by_word = _words()
    matches = list(pattern.finditer(request))
    if not matches:
        return None
    files = frozenset().union(*(by_word[match[0].lower()] for match in matches))
    rest, area = _split_area(pattern.sub(" ", request))
    return FileRequest(files, area, " ".join(_NOISE.sub(" ", rest).split()).strip(" ,;:"))


_NOISE = re.compile(
    r"(?<![\w-])(?:changes?|updates?|list|lists|tables?|files?|schedule|limits?|of|for|in|to|on|the|any|all|and|or|by|"
    r"medicare|code|codes|if|when)(?![\w-])|'s\b",
    re.IGNORECASE,
)
"""Words around the codes of a request: "changes of the MUE table for J1745" is about J1745."""


def _split_area(text: str) -> tuple[str, str]:
    """A text without its state, and the state's abbreviation: "E0601 in Texas", "E0601 in TX"."""
    match = _area_pattern().search(text)
    if match is None:
        return text, ""
    named = match[1].lower()
    area = next(code for code, area in areas().items() if named in (code.lower(), area.name.lower()))
    return text[: match.start()] + " " + text[match.end() :], area


@cache
def _area_pattern() -> re.Pattern[str]:
    names = [name for code, area in areas().items() for name in (code, area.name)]
    return re.compile(rf"\bin ({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b", re.IGNORECASE)


@cache
def _words() -> tuple[re.Pattern[str], Mapping[str, frozenset[EditionGroup]]]:
    by_word = {
        word.lower(): section.files for section in watched_files().values() for word in (section.phrase, *section.words)
    }
    words = "|".join(map(re.escape, sorted(by_word, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), by_word
