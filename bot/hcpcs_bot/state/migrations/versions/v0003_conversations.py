"""A table of what each conversation is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
COMPATIBLE_WITH = "0002"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "conversations",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("codes", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("payer", sa.String(120), nullable=False),
        sa.Column("area", sa.String(2), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversations"),
    )
    op.create_index("ix_conversations_expires_at", "conversations", ["expires_at"])


def downgrade() -> None:
    """Removes the table."""
    op.drop_table("conversations")
