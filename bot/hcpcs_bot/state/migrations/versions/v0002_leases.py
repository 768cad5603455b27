"""Columns named for what they hold: leases, retries, and the release of a channel's last digest."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
COMPATIBLE_WITH = "0002"

RENAMED: Final = (
    ("channels", "told", "last_release"),
    ("channels", "holder", "lease_holder"),
    ("channels", "held_until", "lease_expires_at"),
    ("channels", "not_before", "retry_at"),
    ("deliveries", "begun_at", "started_at"),
    ("deliveries", "posted_as", "message_ts"),
)


def upgrade() -> None:
    """Renames the columns. SQLite and PostgreSQL both know this statement; Alembic would copy the tables of SQLite."""
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")


def downgrade() -> None:
    """Gives the columns their former names."""
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
