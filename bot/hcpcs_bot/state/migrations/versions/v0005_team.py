"""Tables of what a team keeps: its notes and state, and the counts of its report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
COMPATIBLE_WITH = "0002"


def upgrade() -> None:
    """Creates the tables."""
    op.create_table(
        "teams",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("area", sa.String(2), nullable=False),
        sa.Column("last_note", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_teams"),
    )
    op.create_table(
        "notes",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("pattern", sa.String(40), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("team", "number", name="pk_notes"),
    )
    op.create_table(
        "question_counts",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("intent", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "day", "intent", "outcome", name="pk_question_counts"),
    )
    op.create_table(
        "unknown_words",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "day", "words", name="pk_unknown_words"),
    )
    op.create_table(
        "feedback",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("intent", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_feedback"),
    )
    op.create_index("ix_feedback_team", "feedback", ["team", "day"])


def downgrade() -> None:
    """Removes the tables."""
    for name in ("feedback", "unknown_words", "question_counts", "notes", "teams"):
        op.drop_table(name)
