"""The words by which a question refers to what was asked before, from ``tables/follow_ups.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from hcpcs.questions.subject import Subject


class AskedAgain(NamedTuple):
    """A short question that goes on with the subject before: what it matches, and how it is asked then, by subject."""

    pattern: re.Pattern[str]
    wordings: Mapping[Subject, str]


class FollowUpWords(NamedTuple):
    """The table, compiled for text in lower case without apostrophes.

    ``references`` stand for codes; ``demonstratives`` do where no noun follows; ``expletives`` contain a reference
    that stands for nothing; ``connectives`` open a question that goes on with the one before. ``wordings`` ask a
    question on a subject of ``{codes}``. ``asked_of_a_code`` are subjects beyond the record that are asked of a code.
    ``all_of_list`` stand for all of a list, ``positions`` choose one of it, ``numbers`` are those of its words; what
    ``after_position`` matches may follow one without a noun.
    ``terms_of_a_code`` are glossary terms that a code has. ``asked_again`` are short questions that go on with a
    subject.
    """

    references: re.Pattern[str]
    demonstratives: re.Pattern[str]
    expletives: re.Pattern[str]
    connectives: re.Pattern[str]
    wordings: Mapping[Subject, str]
    asked_of_a_code: frozenset[Subject]
    all_of_list: re.Pattern[str]
    positions: re.Pattern[str]
    after_position: re.Pattern[str]
    numbers: Mapping[str, int]
    terms_of_a_code: frozenset[str]
    asked_again: tuple[AskedAgain, ...]

    def position_of(self, match: re.Match[str]) -> int:
        """The position that a match of ``positions`` names."""
        return self.numbers[match["word"]] if match["word"] else int(match["number"])


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
        all_of_list=_whole_words(table["references"]["all_of_list"]),
        after_position=re.compile(rf"\W*(?:$|(?:{'|'.join(table['positions']['words_after'].split())})\b)"),
        positions=_positions(table["positions"]["numbers"]),
        numbers=table["positions"]["numbers"],
        terms_of_a_code=frozenset(table["terms_of_a_code"]["terms"].split()),
        asked_again=tuple(
            AskedAgain(
                re.compile(rf"\W*(?:{row['pattern']})\W*"),
                {Subject(name): wording for name, wording in row["wordings"].items()},
            )
            for row in table["asked_again"]
        ),
    )


def _positions(numbers: Mapping[str, int]) -> re.Pattern[str]:
    """ "the second one", "2nd result", "the last", "#2", "number 2", "result 2"; the noun may follow."""
    words = "|".join(sorted(numbers, key=len, reverse=True))
    noun = r"(?P<noun> (?:one|code|result|option|item|hit|entry)\b)?"
    number = r"(?:#|number |no\. ?|option |result |item )(?P<number>10|[1-9])(?!\d)"
    # "The second" needs no noun, "second one" no article: but "second" alone is a time, and "2" a count.
    return re.compile(rf"(?:\bthe |\b(?=\w+ (?:one|result|option|hit)\b))(?P<word>{words})\b{noun}|(?<!\w){number}")


def _whole_words(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")
