"""What a team keeps, as one part of the Slack interface: its subcommands, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from hcpcs_bot.slack.listeners.team.notes import NoteCommands
from hcpcs_bot.slack.listeners.team.reports import ReportCommand
from hcpcs_bot.slack.listeners.team.team_state import TeamStateCommand
from hcpcs_bot.slack.listeners.team.watches import WatchCommands
from hcpcs_bot.slack.ports import Subcommand
from hcpcs_bot.state.database import Database
from hcpcs_bot.team.note_store import NoteStore
from hcpcs_bot.team.permissions import TeamRoles
from hcpcs_bot.team.team_memory import StoredTeamMemory
from hcpcs_bot.team.usage_log import UsageLog
from hcpcs_bot.team.usage_store import UsageStore
from hcpcs_bot.watches.delivery import SearchingDesk
from hcpcs_bot.watches.store import WatchStore


class TeamFeatures(NamedTuple):
    """The parts: subcommands by name, what the teams keep, the notes that controls change, and what is counted."""

    subcommands: Mapping[str, Subcommand]
    memory: StoredTeamMemory
    notes: NoteCommands
    usage: UsageLog


def team_features(
    database: Database,
    desk: Callable[[], SearchingDesk],
    key: bytes,
    roles: TeamRoles,
    today: Callable[[], date] = date.today,
) -> TeamFeatures:
    """The parts, on one database. ``key`` makes the hashes under which people's ids are kept."""
    store = NoteStore(database)
    memory = StoredTeamMemory(store)
    notes = NoteCommands(store, memory, roles, desk, key)
    usage = UsageLog(UsageStore(database), today)
    subcommands = {
        **WatchCommands(WatchStore(database), desk, key).subcommands(),
        **notes.subcommands(),
        **TeamStateCommand(store, memory, roles).subcommands(),
        **ReportCommand(usage, roles).subcommands(),
    }
    return TeamFeatures(subcommands, memory, notes, usage)
