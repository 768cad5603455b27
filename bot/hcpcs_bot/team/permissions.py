"""Who may write notes, set the team's state and read its report, as the settings say it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from hcpcs.records.record import Frozen
from hcpcs_bot.settings import Settings, SettingsError

_USER: Final = re.compile(r"[UW][A-Z0-9]{2,20}")
_SEPARATORS: Final = re.compile(r"[\s,;]+")


class NoteWriters(StrEnum):
    """Who may write notes: everyone in the workspace, administrators, or the people who are listed."""

    EVERYONE = "everyone"
    ADMINS = "admins"
    LISTED = "listed"


class TeamRoles(Frozen):
    """The administrators of the app, and who may write notes; people are Slack user ids.

    Administrators are named in a setting and not taken from Slack: ``users.info`` would need the scope ``users:read``,
    which opens every profile of the workspace, and who administers Slack is seldom who runs billing.
    """

    admins: frozenset[str] = frozenset()
    writers: NoteWriters = NoteWriters.EVERYONE
    listed: frozenset[str] = frozenset()

    def is_admin(self, user: str) -> bool:
        """Whether a person is an administrator of the app."""
        return user in self.admins

    def may_write(self, user: str) -> bool:
        """Whether a person may write notes."""
        if self.writers is NoteWriters.EVERYONE or self.is_admin(user):
            return True
        return self.writers is NoteWriters.LISTED and user in self.listed

    def may_change(self, user: str, *, own: bool) -> bool:
        """Whether a person may edit or delete a note, which is their ``own`` or not.

        Without any administrator, everyone who may write may: the note of somebody who left must not stay forever.
        """
        return self.is_admin(user) or (self.may_write(user) and (own or not self.admins))

    def may_set_state(self, user: str) -> bool:
        """Whether a person may set the team's state: administrators, or everyone where there are none."""
        return not self.admins or self.is_admin(user)


def roles_of(settings: Settings) -> TeamRoles:
    """The roles that the settings state. Raises ``SettingsError``."""
    admins = _users("HCPCS_ADMINS", settings.admins)
    written = settings.note_writers.strip()
    word = written.lower()
    if word in {NoteWriters.EVERYONE, NoteWriters.ADMINS}:
        if word == NoteWriters.ADMINS and not admins:
            raise SettingsError("HCPCS_NOTE_WRITERS is admins, but HCPCS_ADMINS is blank: set it to Slack user IDs.")
        return TeamRoles(admins=admins, writers=NoteWriters(word))
    listed = _users("HCPCS_NOTE_WRITERS", written)
    if not listed:
        raise SettingsError("HCPCS_NOTE_WRITERS is blank: set it to everyone, admins, or Slack user IDs.")
    return TeamRoles(admins=admins, writers=NoteWriters.LISTED, listed=listed)


def _users(name: str, written: str) -> frozenset[str]:
    """The Slack user ids of a setting. Raises ``SettingsError`` for anything else in it."""
    users = frozenset(filter(None, _SEPARATORS.split(written)))
    if not all(map(_USER.fullmatch, users)):
        wanted = "Slack user IDs separated by commas (U012ABCDEF, in a profile under ⋮ > Copy member ID)"
        either = wanted if name == "HCPCS_ADMINS" else f"everyone, admins, or {wanted}"
        raise SettingsError(f"{name} is not valid: set it to {either}.")
    return users
