"""A table of the editions of companion files of which a channel had its last digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
COMPATIBLE_WITH = "0002"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "channel_editions",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("pending_day", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "kind", name="pk_channel_editions"),
        sa.ForeignKeyConstraint(
            ["team", "channel"],
            ["channels.team", "channels.channel"],
            name="fk_channel_editions_channels",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Removes the table."""
    op.drop_table("channel_editions")
