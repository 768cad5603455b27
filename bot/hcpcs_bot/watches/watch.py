"""A watch: the codes and kinds of change that a channel follows, and whether a change matches it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from pydantic import field_validator

from hcpcs.companions.edition import EditionGroup
from hcpcs.records.change_kinds import ChangeKind, change_kinds, with_same_words
from hcpcs.records.codes import is_modifier
from hcpcs.records.record import Frozen
from hcpcs_bot.watches.watched_files import files_phrase
from hcpcs_index.text.analysis import tokenize

WordSearch = Callable[[str], frozenset[str]]
"""Finds the codes that words are about, by the search's synonyms."""


class About(StrEnum):
    """What a watch is about, in the order in which a list shows watches."""

    ALL = "all"
    CODE = "code"
    PREFIX = "prefix"
    RANGE = "range"
    WORDS = "words"


class Watch(Frozen):
    """What a channel follows.

    ``pattern`` is a code or modifier, a prefix (``S93``), a range (``S9325-S9328``) or words in lower case; blank
    for all. ``kinds`` narrows it to kinds of change; empty for every kind. Kinds that share their words
    (discontinued, removed from the file) are always watched together. A watch with ``files`` is about those companion
    files instead of the releases, and with ``area`` (``TX``) about the amounts of one state.
    """

    about: About
    pattern: str = ""
    kinds: frozenset[ChangeKind] = frozenset()
    files: frozenset[EditionGroup] = frozenset()
    area: str = ""

    @field_validator("kinds")
    @classmethod
    def _add_kinds_of_the_same_words(cls, kinds: frozenset[ChangeKind]) -> frozenset[ChangeKind]:
        return with_same_words(kinds)

    @property
    def phrase(self) -> str:
        """The watch as a person may write it: ``S93*``, ``coverage changes S93*``, ``insulin pump``, ``all``,
        ``amount changes E0601 in TX``.
        """
        target = f"{self.pattern}*" if self.about is About.PREFIX else self.pattern
        if self.files:
            place = f" in {self.area}" if self.area else ""
            return f"{files_phrase(self.files)} changes {target}".strip() + place
        kinds = dict.fromkeys(spec.phrase for kind, spec in change_kinds().items() if kind in self.kinds)
        return f"{' and '.join(kinds)} {target}".strip() or "all"

    @property
    def meaning(self) -> tuple[object, ...]:
        """What two equal watches share, however written: ``insulin pump`` and ``pumps, insulin``."""
        pattern = stems(self.pattern) if self.about is About.WORDS else frozenset({self.pattern})
        return self.about, pattern, self.kinds, self.files, self.area


def stems(text: str) -> frozenset[str]:
    """The words of a text in the form in which they are compared: ``pumps`` and ``pump`` are one."""
    return frozenset(word.stem for word in tokenize(text))


def matches(
    watch: Watch, code: str, kind: ChangeKind, description: frozenset[str], found_by_search: bool = False
) -> bool:
    """Whether a change of ``code`` is what a watch is about.

    ``description`` are the stems of the code's descriptions; ``found_by_search`` says that the search finds the
    code by the watch's words.
    """
    if watch.files or (watch.kinds and kind not in watch.kinds):
        return False
    return covers(watch, code, description, found_by_search)


def covers(watch: Watch, code: str, description: frozenset[str], found_by_search: bool) -> bool:
    """Whether a watch is about a code, whatever changed of it; the arguments are those of ``matches``."""
    match watch.about:
        case About.ALL:
            return True
        case About.CODE:
            return code == watch.pattern
        case About.PREFIX:
            return code.startswith(watch.pattern) and not is_modifier(code)
        case About.RANGE:
            first, _, last = watch.pattern.partition("-")
            return first <= code <= last and not is_modifier(code)
        case About.WORDS:
            return found_by_search or stems(watch.pattern) <= description


def order_watches(watches: Iterable[Watch]) -> tuple[Watch, ...]:
    """Watches as a list shows them: all and kinds first, then codes, then words."""
    order = list(About)
    return tuple(sorted(watches, key=lambda watch: (order.index(watch.about), watch.pattern, watch.phrase)))
