"""A disk that is full: whoever stores something is told no, the log says why, health shows it, and reading goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from hcpcs_bot.http.health import Condition
from hcpcs_bot.slack.inbound.claims import Claims
from hcpcs_bot.slack.inbound.request_log import error_fields
from hcpcs_bot.state.claim_store import ClaimContent, ClaimStore
from hcpcs_bot.state.connections.engines import reason_of
from hcpcs_bot.state.database import Database, StateError, open_database
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

CHANNEL = WatchedChannel("T1", "C1")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    opened.close()


def allow_pages(database: Database, more: int) -> None:
    """SQLite refuses to grow beyond a number of pages as on a full disk."""
    with database.transaction() as session:
        pages = session.scalar(text("PRAGMA page_count")) or 0
        session.execute(text(f"PRAGMA max_page_count = {pages + more}"))


def watch_much(watches: WatchStore) -> None:
    for number in range(2_000):
        watches.add(
            WatchedChannel("T1", f"C{number}"), parse_watches("S9353"), last_release="", created_by="x", now=1.0
        )


def test_what_can_not_be_stored_is_said_with_its_reason(database: Database) -> None:
    watches, claims = WatchStore(database), Claims(ClaimStore(database))
    watches.add(CHANNEL, parse_watches("S9353"), last_release="", created_by="x", now=1.0)
    allow_pages(database, 0)
    with pytest.raises(StateError, match=r"\(the disk is full\); free space on the disk of .*state.sqlite3") as refused:
        watch_much(watches)
    assert "the disk is full" in error_fields(refused.value)["detail"]
    assert [one.phrase for one in watches.of(CHANNEL)] == ["S9353"]
    health = claims.health()
    assert health.condition is Condition.DEGRADED
    assert "the disk is full" in health.detail


async def test_readiness_names_the_reason_while_questions_are_answered_without_the_database(database: Database) -> None:
    claims = Claims(ClaimStore(database))
    allow_pages(database, 0)
    for number in range(100):
        await claims.claim(f"event {number}", ClaimContent("mention", {"team": "T1"}, "x" * 3_000))
        if claims.health().condition is Condition.DEGRADED:
            break
    assert "can't be used (the disk is full): questions are answered" in claims.health().detail


def test_a_transaction_that_stores_nothing_does_not_hide_it(database: Database) -> None:
    watches, claims = WatchStore(database), Claims(ClaimStore(database))
    allow_pages(database, 0)
    with pytest.raises(StateError):
        watch_much(watches)
    with database.transaction():
        pass
    assert claims.health().condition is Condition.DEGRADED


def test_another_failure_is_over_with_the_next_success(database: Database) -> None:
    claims = Claims(ClaimStore(database))
    with pytest.raises(StateError), database.transaction() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    assert claims.health().condition is Condition.DEGRADED
    with database.transaction():
        pass
    assert claims.health().condition is Condition.OK


def test_an_unknown_failure_is_named_by_its_type() -> None:
    assert reason_of(OperationalError("", {}, sqlite3.OperationalError("user text"))) == "OperationalError"
