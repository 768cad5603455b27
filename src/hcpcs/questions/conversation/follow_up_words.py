"""The words by which a question refers to what was asked before, from ``tables/follow_ups.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from hcpcs.questions.subject import Subject


class FollowUpWords(NamedTuple):
    """The table, compiled for text in lower case without apostrophes.

    ``references`` stand for codes; ``demonstratives`` do where no noun follows; ``expletives`` contain a reference
    that stands for nothing; ``connectives`` open a question that goes on with the one before. ``wordings`` ask a
    question on a subject of ``{codes}``. ``asked_of_a_code`` are subjects beyond the record that are asked of a code.
    """

    references: re.Pattern[str]
    demonstratives: re.Pattern[str]
    expletives: re.Pattern[str]
    connectives: re.Pattern[str]
    wordings: Mapping[Subject, str]
    asked_of_a_code: frozenset[Subject]


@cache
def follow_up_words() -> FollowUpWords:
    """The table, read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "follow_ups.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return FollowUpWords(
        references=_whole_words(table["references"]["phrases"]),
        demonstratives=_whole_words(table["references"]["demonstratives"]),
        expletives=_whole_words(table["expletives"]["phrases"]),
        connectives=re.compile(rf"\W*(?:{'|'.join(table['connectives']['phrases'])})\b\W*"),
        wordings={Subject(name): wording for name, wording in table["wordings"].items()},
        asked_of_a_code=frozenset(Subject(name) for name in table["asked_of_a_code"]["subjects"].split()),
    )


def _whole_words(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")
