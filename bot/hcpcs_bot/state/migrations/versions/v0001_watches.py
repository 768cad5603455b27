"""The first tables: channels and their watches, digests sent to them, and keys already seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
COMPATIBLE_WITH = "0001"


def upgrade() -> None:
    """Creates the tables."""
    op.create_table(
        "channels",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("told", sa.String(16), nullable=False),
        sa.Column("holder", sa.String(36), nullable=False),
        sa.Column("held_until", sa.Double(), nullable=False),
        sa.Column("not_before", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name="pk_channels"),
    )
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("pattern", sa.String(200), nullable=False),
        sa.Column("kinds", sa.String(120), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("team", "channel", "about", "pattern", "kinds", name="uq_watches"),
        sa.ForeignKeyConstraint(
            ["team", "channel"],
            ["channels.team", "channels.channel"],
            name="fk_watches_channels",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "deliveries",
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("before", sa.String(16), nullable=False),
        sa.Column("after", sa.String(16), nullable=False),
        sa.Column("begun_at", sa.Double(), nullable=False),
        sa.Column("posted_as", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_deliveries"),
        sa.UniqueConstraint("team", "channel", "after", name="uq_deliveries"),
    )
    op.create_table(
        "seen_keys",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_seen_keys"),
    )
    op.create_index("ix_seen_keys_expires_at", "seen_keys", ["expires_at"])


def downgrade() -> None:
    """Removes the tables."""
    for table in ("seen_keys", "deliveries", "watches", "channels"):
        op.drop_table(table)
