"""The subjects of a question that no HCPCS record states, by ``tables/out_of_scope.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple


class OutOfScopePatterns(NamedTuple):
    """The patterns of every subject in the order of the table, and of any of them; all for text in lower case."""

    subjects: Mapping[str, re.Pattern[str]]
    any_subject: re.Pattern[str]


def find_out_of_scope(text: str) -> tuple[str, ...]:
    """The subjects that a plain text names, as keys of the table, in its order."""
    patterns = out_of_scope_patterns()
    text = text.lower()  # much faster to search than text in both cases
    if not patterns.any_subject.search(text):
        return ()
    return tuple(subject for subject, pattern in patterns.subjects.items() if pattern.search(text))


def out_of_scope_spans(text: str) -> list[tuple[str, int, int]]:
    """Every place where a plain text names such a subject: the key of the subject, start and end."""
    subjects = out_of_scope_patterns().subjects.items()
    # Lower case may be longer than what was written ("İ"): then the offsets would be wrong.
    lower = text.lower() if len(text.lower()) == len(text) else text
    return [(subject, *match.span()) for subject, pattern in subjects for match in pattern.finditer(lower)]


@cache
def out_of_scope_patterns() -> OutOfScopePatterns:
    """The table, read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "out_of_scope.toml")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(source.read_text(encoding="utf-8"))
    subjects = {subject: _whole_words(entry["patterns"]) for subject, entry in table.items()}
    every = [pattern for entry in table.values() for pattern in entry["patterns"]]
    return OutOfScopePatterns(subjects, _whole_words(every))


def _whole_words(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")
