"""The database side of what a team sets: its notes on codes, and its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import AUTHOR_LENGTH, NoteRow, TeamRow
from hcpcs_bot.team.note import NoteScope, NoteTarget, TeamNote
from hcpcs_bot.team.note_parser import NoteError

NOTES_PER_TARGET: Final = 20
"""Maximum notes on one code, range or family."""
NOTES_PER_TEAM: Final = 2_000
"""Maximum notes of a team: what is in memory of one is under 2 MB."""


class NoteAuthor(NamedTuple):
    """Who writes a note: the keyed hash of the person, and the name that is shown with it."""

    hash: str
    name: str


class TeamNoteOf(NamedTuple):
    """A note and the team (workspace) that keeps it."""

    team: str
    note: TeamNote


class NoteStore:
    """Notes and state by team. Every method raises ``StateError`` if the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.run = database.run

    def add(self, team: str, target: NoteTarget, text: str, author: NoteAuthor, day: date) -> TeamNote:
        """Adds a note, with the next number of the team. Raises ``NoteError`` over a limit."""
        with self._database.transaction() as session:
            row = _locked_team(session, team)
            notes = select(func.count()).select_from(NoteRow).where(NoteRow.team == team)
            of_target = notes.where(NoteRow.scope == target.scope.value, NoteRow.pattern == target.pattern)
            if (session.scalar(of_target) or 0) >= NOTES_PER_TARGET:
                raise NoteError(f"There are {NOTES_PER_TARGET} notes on {target.phrase} already. Delete one first.")
            if (session.scalar(notes) or 0) >= NOTES_PER_TEAM:
                raise NoteError(f"Your team has {NOTES_PER_TEAM:,} notes already. Delete some first.")
            row.last_note += 1
            note = NoteRow(
                team=team,
                number=row.last_note,
                scope=target.scope.value,
                pattern=target.pattern,
                text=text,
                created_by=author.hash,
                author=author.name[:AUTHOR_LENGTH],
                day=day.isoformat(),
            )
            session.add(note)
            return _note_of(note)

    def find(self, team: str, number: int) -> TeamNote | None:
        """A note by its number; ``None`` for none."""
        with self._database.reading() as session:
            row = session.get(NoteRow, (team, number))
            return None if row is None else _note_of(row)

    def edit(self, team: str, number: int, text: str, author: NoteAuthor, day: date) -> TeamNote | None:
        """Gives a note another text, by the person who writes it; ``None`` where there is no such note."""
        with self._database.transaction() as session:
            row = session.get(NoteRow, (team, number), with_for_update=True)
            if row is None:
                return None
            row.text, row.author, row.day = text, author.name[:AUTHOR_LENGTH], day.isoformat()
            return _note_of(row)

    def delete(self, team: str, number: int) -> TeamNote | None:
        """Deletes a note, and returns it; ``None`` where there is no such note."""
        with self._database.transaction() as session:
            row = session.get(NoteRow, (team, number), with_for_update=True)
            if row is None:
                return None
            note = _note_of(row)
            session.delete(row)
            return note

    def set_area(self, team: str, area: str | None) -> None:
        """Sets the state of a team by its abbreviation; ``None`` clears it."""
        with self._database.transaction() as session:
            _locked_team(session, team).area = area or ""

    def read(self, team: str) -> tuple[tuple[TeamNote, ...], str | None]:
        """The notes of a team and its state."""
        with self._database.reading() as session:
            row = session.get(TeamRow, team)
            # Columns and not rows: two thousand notes are read every two seconds in the worst case.
            rows = session.execute(select(*_COLUMNS).where(NoteRow.team == team)).all()
            area = (row.area or None) if row is not None else None
        return tuple(map(_note_of, rows)), area

    def every(self, team: str | None = None) -> tuple[TeamNoteOf, ...]:
        """The notes of every team, or of one, by number."""
        with self._database.reading() as session:
            return tuple(_of_teams(session, team))


_COLUMNS: Final = (
    NoteRow.number,
    NoteRow.scope,
    NoteRow.pattern,
    NoteRow.text,
    NoteRow.created_by,
    NoteRow.author,
    NoteRow.day,
)


def _of_teams(session: Session, team: str | None) -> Iterator[TeamNoteOf]:
    query = select(NoteRow).order_by(NoteRow.team, NoteRow.number)
    for row in session.scalars(query if team is None else query.where(NoteRow.team == team)):
        yield TeamNoteOf(row.team, _note_of(row))


def _note_of(row: Any) -> TeamNote:
    """The note of a row, or of its columns."""
    return TeamNote(
        number=row.number,
        target=NoteTarget(scope=NoteScope(row.scope), pattern=row.pattern),
        text=row.text,
        created_by=row.created_by,
        author=row.author,
        day=date.fromisoformat(row.day),
    )


def _locked_team(session: Session, team: str) -> TeamRow:
    """The row of a team, made if needed, and locked: two who add at once get different numbers."""
    query = select(TeamRow).where(TeamRow.team == team).with_for_update()
    row = session.scalar(query)
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(TeamRow(team=team, area="", last_note=0))
    except IntegrityError:
        pass  # Another replica was quicker.
    return session.scalars(query).one()
