"""What a conversation remembers further: the modifiers of its code, a dose, and the codes of its last list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
COMPATIBLE_WITH = "0002"
COLUMNS = {"modifiers": 16, "dose": 24, "listed": 80}


def upgrade() -> None:
    """Adds the columns, blank for the conversations that are remembered."""
    for name, length in COLUMNS.items():
        op.add_column("conversations", sa.Column(name, sa.String(length), nullable=False, server_default=""))


def downgrade() -> None:
    """Removes the columns."""
    for name in COLUMNS:
        op.drop_column("conversations", name)
