"""A table of one row: the oldest version that can use the schema, for programs that don't know its newest migration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
COMPATIBLE_WITH = "0002"


def upgrade() -> None:
    """Creates the table; ``migrations/env.py`` writes its row."""
    op.create_table(
        "schema_compatibility",
        sa.Column("oldest_revision", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("oldest_revision", name="pk_schema_compatibility"),
    )


def downgrade() -> None:
    """Removes the table."""
    op.drop_table("schema_compatibility")
