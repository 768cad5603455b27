"""``/hcpcs note`` and ``/hcpcs notes``: what a team notes on codes. Each answer is for the asker only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Protocol

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.codes import is_modifier
from hcpcs_bot.slack.cards.lists.note_list import NotePage, draw_notes, note_export
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.slack.inbound.user_hash import user_hash
from hcpcs_bot.slack.ports import Asker, PrivateMessage, Subcommand
from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.note import UNNAMED_AUTHOR, NoteBook, NoteScope, NoteTarget, TeamNote
from hcpcs_bot.team.note_export import csv_rows
from hcpcs_bot.team.note_parser import EXAMPLE, NoteError, checked_text, parse_note, parse_target
from hcpcs_bot.team.note_store import NoteAuthor, NoteStore, TeamNoteOf
from hcpcs_bot.team.permissions import NoteWriters, TeamRoles
from hcpcs_bot.team.team_memory import StoredTeamMemory

USAGE: Final = (
    f"Say on which code, range or family, and what: {COMMAND} note {EXAMPLE}. "
    f"Others: note A4253-A4259 ..., note J codes ..., note DME ... See them: {COMMAND} notes"
)
NOT_NOW: Final = "The team's notes can't be read or changed right now. Please try again in a few minutes."
VISIBLE_TO_ALL: Final = "Everyone in this workspace sees it on the card. Leave out patient data."
EXPORT_LIMIT: Final = 10_000
"""Maximum characters of CSV in a message; Slack takes 13,200 of all its blocks."""
_CHANGE: Final = re.compile(r"(?:(edit|change)|delete|remove)\s+(?:note\s+)?#?(\d{1,6})\b[\s:]*", re.IGNORECASE)
"""A change by words: ``edit 17 call first``, ``delete note #17``."""
_CHANGE_WITHOUT_NUMBER: Final = re.compile(r"(edit|delete)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d")


class CatalogHolder(Protocol):
    """What has the catalog in use: a desk."""

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        ...


class NoteCommands:
    """The subcommands on one store. ``key`` makes the hashes under which people's ids are kept."""

    def __init__(
        self,
        notes: NoteStore,
        memory: StoredTeamMemory,
        roles: TeamRoles,
        desk: Callable[[], CatalogHolder],
        key: bytes,
    ) -> None:
        self._notes = notes
        self._memory = memory
        self._roles = roles
        self._desk = desk
        self._key = key

    def subcommands(self) -> dict[str, Subcommand]:
        """The subcommands by name."""
        return {"note": self.note, "notes": self.list_notes}

    async def note(self, asker: Asker, text: str) -> str | None:
        """Adds a note; with ``edit`` or ``delete`` and its number, changes one. ``None`` for another question."""
        if not text:
            return USAGE
        try:
            if change := _CHANGE.match(text):
                number = int(change[2])
                if change[1]:
                    return await self.edit(asker, number, text[change.end() :])
                return await self.delete(asker, number)
            if change := _CHANGE_WITHOUT_NUMBER.match(text):
                verb = change[1].lower()
                return f"Say which note by its number: {COMMAND} note {verb} 17. See the numbers: {COMMAND} notes"
            request = parse_note(text)
            if request is None:
                return None if _NUMBER.match(text) else USAGE
            return await self._add(asker, request.target, request.text)
        except NoteError as error:
            return str(error)
        except StateError:
            return NOT_NOW

    async def _add(self, asker: Asker, target: NoteTarget, text: str) -> str:
        if not text:
            return f"Add what to note on {target.phrase}: {COMMAND} note {target.phrase} BCBS of Texas pays with auth"
        if not self._roles.may_write(asker.user):
            return refusal(self._roles)
        covered = _covered(target, self._desk().catalog)
        note = await self._notes.run(self._notes.add, asker.team, target, text, self._author(asker), asker.today)
        self._memory.forget(asker.team)
        return f"Noted on {target.phrase}{covered} as note {note.number}: “{note.text}”\n{VISIBLE_TO_ALL}"

    async def edit(self, asker: Asker, number: int, text: str) -> str:
        """Gives a note another text. Raises ``NoteError`` and ``StateError``."""
        new = checked_text(text)
        if not new:
            return f"Add the new text: {COMMAND} note edit {number} BCBS of Texas pays with auth"
        await self.changeable(asker, number)
        note = await self._notes.run(self._notes.edit, asker.team, number, new, self._author(asker), asker.today)
        self._memory.forget(asker.team)
        return _gone(number) if note is None else f"Note {number} on {note.target.phrase} now says: “{note.text}”"

    async def delete(self, asker: Asker, number: int) -> str:
        """Deletes a note, and says what it was. Raises ``NoteError`` and ``StateError``."""
        await self.changeable(asker, number)
        note = await self._notes.run(self._notes.delete, asker.team, number)
        self._memory.forget(asker.team)
        return _gone(number) if note is None else f"Deleted note {number} on {note.target.phrase}: “{note.text}”"

    async def changeable(self, asker: Asker, number: int) -> TeamNote:
        """A note that the asker may change. Raises ``NoteError`` for any other, and ``StateError``."""
        note = await self._notes.run(self._notes.find, asker.team, number)
        if note is None:
            raise NoteError(_gone(number))
        if not self._may_change(asker, note):
            author = note.author or UNNAMED_AUTHOR
            raise NoteError(
                f"Note {number} is by {author}. Only its author and the app's administrators can change it."
            )
        return note

    async def list_notes(self, asker: Asker, text: str) -> str | PrivateMessage | None:
        """The notes on what ``text`` names, or all; ``export`` gives them as CSV."""
        try:
            if text.lower() in {"export", "csv", "export csv"}:
                return await self._export(asker)
            target = parse_target(text) if text else None
            if text and target is None:
                return None
            return await self.page(asker, target, 0)
        except NoteError as error:
            return str(error)
        except StateError:
            return NOT_NOW

    async def page(self, asker: Asker, target: NoteTarget | None, offset: int) -> str | PrivateMessage:
        """A page of notes, from ``offset`` on. Raises ``StateError``."""
        kept, _ = await self._notes.run(self._notes.read, asker.team)
        book = NoteBook(kept)
        notes = book.notes if target is None else notes_on(book, target)
        if not notes:
            about = f" on {target.phrase}" if target else ""
            return f"Your team has no notes{about} yet. To add one: {COMMAND} note {EXAMPLE}"
        changeable = frozenset(note.number for note in notes if self._may_change(asker, note))
        return PrivateMessage(*draw_notes(NotePage(notes, target, min(offset, len(notes) - 1), changeable)))

    async def _export(self, asker: Asker) -> str | PrivateMessage:
        kept = await self._notes.run(self._notes.every, asker.team)
        if not kept:
            return f"Your team has no notes yet. To add one: {COMMAND} note {EXAMPLE}"
        text, count = _fitting(kept)
        return PrivateMessage(*note_export(text, count, len(kept)))

    def _author(self, asker: Asker) -> NoteAuthor:
        return NoteAuthor(user_hash(self._key, asker.team, asker.user), asker.name)

    def _may_change(self, asker: Asker, note: TeamNote) -> bool:
        own = note.created_by == user_hash(self._key, asker.team, asker.user)
        return self._roles.may_change(asker.user, own=own)


def notes_on(book: NoteBook, target: NoteTarget) -> tuple[TeamNote, ...]:
    """The notes on what ``target`` names: on a code also those on its range and family."""
    if target.scope is NoteScope.CODE:
        return book.about([target.pattern])
    return tuple(note for note in book.notes if note.target == target or _is_within(note.target, target))


def refusal(roles: TeamRoles) -> str:
    """Why a person may not write notes, and who can."""
    if roles.writers is NoteWriters.ADMINS:
        return "Only the app's administrators write notes here (HCPCS_NOTE_WRITERS). Please ask one of them."
    return "Only some people write notes here (HCPCS_NOTE_WRITERS). Please ask your administrator to add you."


def _is_within(inner: NoteTarget, outer: NoteTarget) -> bool:
    return inner.scope is NoteScope.CODE and outer.covers(inner.pattern)


def _covered(target: NoteTarget, catalog: Catalog) -> str:
    """How many codes a note covers, so that a mistake shows at once. Raises ``NoteError`` where it is none."""
    if catalog.starter:
        return ""
    release = catalog.newest.label
    if target.scope is NoteScope.CODE:
        if target.pattern in catalog:
            return ""
        kind = "modifier" if is_modifier(target.pattern) else "code"
        raise NoteError(f"{release} has no {kind} {target.pattern}, so there is nothing to note on. Please check it.")
    if target.scope is NoteScope.RANGE:
        first, _, last = target.pattern.partition("-")
        count = len(catalog.between(first, last))
    else:
        count = sum(len(catalog.starting(prefix)) for prefix in target.prefixes)
    if not count:
        raise NoteError(f"{release} has no codes in {target.phrase}, so there is nothing to note on. Please check it.")
    return f" ({count:,} {'code' if count == 1 else 'codes'} in {release})"


def _gone(number: int) -> str:
    return f"There is no note {number}. See them: {COMMAND} notes"


def _fitting(notes: tuple[TeamNoteOf, ...]) -> tuple[str, int]:
    """The notes as CSV as far as a message takes them, and how many."""
    text, count = "", -1
    for row in csv_rows(notes):
        if len(text) + len(row) > EXPORT_LIMIT:
            break
        text, count = text + row, count + 1
    return text, count
