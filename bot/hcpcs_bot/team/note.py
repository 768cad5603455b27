"""A team's note on codes: what it is about, its text, and who wrote it on which day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from hcpcs.records.codes import is_modifier
from hcpcs.records.families.family_words import code_families
from hcpcs.records.record import Frozen

NOTE_LENGTH: Final = 500
"""Maximum characters of a note."""
UNNAMED_AUTHOR: Final = "a teammate"
"""Who wrote a note where Slack did not say the name."""
_PREFIXES_OF: Final = {family.noun: family.prefixes for family in code_families().values()}


class NoteScope(StrEnum):
    """What a note is about: one code, a range, the codes with a prefix, or a family that a word names."""

    CODE = "code"
    RANGE = "range"
    PREFIX = "prefix"
    FAMILY = "family"


class NoteTarget(Frozen):
    """The codes that a note is about.

    ``pattern`` is a code or modifier (``S9353``), a range (``A4253-A4259``), a prefix (``E06``), or the noun of a
    family (``DME codes``).
    """

    scope: NoteScope
    pattern: str

    @property
    def phrase(self) -> str:
        """The codes as a person may write them: ``S9353``, ``modifier KX``, ``A4253-A4259``, ``J codes``, ``E06*``."""
        if self.scope is NoteScope.PREFIX:
            return f"{self.pattern} codes" if len(self.pattern) == 1 else f"{self.pattern}*"
        return f"modifier {self.pattern}" if is_modifier(self.pattern) else self.pattern

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes of the codes of a prefix or family; none for a family that this version does not know."""
        return (self.pattern,) if self.scope is NoteScope.PREFIX else _PREFIXES_OF.get(self.pattern, ())

    def covers(self, code: str) -> bool:
        """Whether the note is about ``code``."""
        match self.scope:
            case NoteScope.CODE:
                return code == self.pattern
            case NoteScope.RANGE:
                first, _, last = self.pattern.partition("-")
                return first <= code <= last and not is_modifier(code)
            case _:
                return code.startswith(self.prefixes) and not is_modifier(code)


class TeamNote(Frozen):
    """One note. ``number`` names it within its team; ``day`` is when its text was last written.

    ``created_by`` is the keyed hash of the person who made it, ``author`` the name of who wrote the text.
    """

    number: int
    target: NoteTarget
    text: str
    created_by: str
    author: str
    day: date

    @property
    def byline(self) -> str:
        """``@robin, Nov 26, 2026``."""
        return f"{self.author or UNNAMED_AUTHOR}, {self.day:%b} {self.day.day}, {self.day.year}"


class NoteBook:
    """The notes of one team, newest first. Immutable."""

    def __init__(self, notes: Iterable[TeamNote] = ()) -> None:
        self.notes = tuple(sorted(notes, key=lambda note: (note.day, note.number), reverse=True))
        self._by_code: dict[str, list[TeamNote]] = {}
        for note in self.notes:
            if note.target.scope is NoteScope.CODE:
                self._by_code.setdefault(note.target.pattern, []).append(note)
        wider = (note for note in self.notes if note.target.scope is not NoteScope.CODE)
        self._wider = tuple((note, *_bounds(note.target)) for note in wider)

    def about(self, codes: Iterable[str]) -> tuple[TeamNote, ...]:
        """The notes on any of ``codes``: those on one code before those on more, the newest first."""
        wanted = tuple(dict.fromkeys(codes))
        own = {note.number: note for code in wanted for note in self._by_code.get(code, ())}
        procedures = [code for code in wanted if not is_modifier(code)]
        wider = [
            note
            for note, first, last, prefixes in self._wider
            if any(first <= code <= last or code.startswith(prefixes) for code in procedures)
        ]
        order = sorted(own.values(), key=lambda note: (note.day, note.number), reverse=True)
        return (*order, *wider)


def _bounds(target: NoteTarget) -> tuple[str, str, tuple[str, ...]]:
    """The first and last code of a range, and the prefixes of a family; a range that has no code for a family."""
    if target.scope is NoteScope.RANGE:
        first, _, last = target.pattern.partition("-")
        return first, last, ()
    return "~", "", target.prefixes
