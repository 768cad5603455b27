"""Which notes are about a code, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs_bot.team.note import NoteBook, NoteScope, NoteTarget, TeamNote


def note(number: int, scope: NoteScope, pattern: str, day: date = date(2026, 1, 1), author: str = "@robin") -> TeamNote:
    target = NoteTarget(scope=scope, pattern=pattern)
    return TeamNote(number=number, target=target, text=f"text {number}", created_by="h", author=author, day=day)


@pytest.mark.parametrize(
    ("scope", "pattern", "inside", "outside"),
    [
        (NoteScope.CODE, "S9353", ["S9353"], ["S9354", "KX"]),
        (NoteScope.RANGE, "A4253-A4259", ["A4253", "A4255", "A4259"], ["A4252", "A4260", "A5"]),
        (NoteScope.PREFIX, "E06", ["E0601"], ["E0700", "E0"]),
        (NoteScope.PREFIX, "J", ["J1885"], ["JW", "Q5103"]),
        (NoteScope.FAMILY, "DME codes", ["E0601", "K0856"], ["A4253", "KX"]),
        (NoteScope.FAMILY, "codes of another version", [], ["E0601"]),
    ],
)
def test_the_codes_that_a_note_covers(scope: NoteScope, pattern: str, inside: list[str], outside: list[str]) -> None:
    target = NoteTarget(scope=scope, pattern=pattern)
    assert [code for code in inside + outside if target.covers(code)] == inside


def test_notes_on_the_code_come_first_and_the_newest_of_them() -> None:
    book = NoteBook(
        [
            note(1, NoteScope.CODE, "E0601", date(2026, 1, 1)),
            note(2, NoteScope.PREFIX, "E", date(2026, 3, 1)),
            note(3, NoteScope.CODE, "E0601", date(2026, 2, 1)),
            note(4, NoteScope.CODE, "E0601", date(2026, 2, 1)),
            note(5, NoteScope.CODE, "S9353", date(2026, 2, 1)),
        ]
    )
    assert [one.number for one in book.about(["E0601"])] == [4, 3, 1, 2]
    assert [one.number for one in book.about(["E0601", "S9353", "E0601"])] == [5, 4, 3, 1, 2]
    assert book.about(["J1885"]) == ()


def test_the_byline_names_author_and_day() -> None:
    assert note(1, NoteScope.CODE, "S9353", date(2026, 11, 26)).byline == "@robin, Nov 26, 2026"
    assert note(1, NoteScope.CODE, "S9353", author="").byline == "a teammate, Jan 1, 2026"
