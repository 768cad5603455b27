"""Opening the database at start, when its server may not be up yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

from hcpcs_bot.state.database import Database, StateUnreachableError, open_database

PAUSES: Final = (1, 2, 4, 8, 15)
"""Seconds between the tries to reach the database: 30 in all, as a server of PostgreSQL takes to start and recover."""

_log = structlog.get_logger("hcpcs_bot.state")


def open_database_at_start(home: Path, url: str, *, sleep: Callable[[float], None] = time.sleep) -> Database:
    """The database as ``open_database`` gives it; a server that takes no connection is tried again for 30 seconds.

    Raises ``StateError``, at once for whatever waiting doesn't change.
    """
    for number, pause in enumerate(PAUSES, 1):
        try:
            return open_database(home, url)
        except StateUnreachableError as error:
            tries = {"attempt": number, "attempts": len(PAUSES) + 1, "again_in": pause}
            _log.warning("the database can't be reached", reason=error.reason, **tries)
            sleep(pause)
    return open_database(home, url)
