"""Schedules of daily prompts, whose turn it is, what was posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "schedules",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("platform", sa.String(100), nullable=False),
        sa.Column("workspace", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(200), nullable=False),
        sa.Column("lead", sa.String(100), nullable=False),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("each", sa.Boolean, nullable=False),
        sa.Column("plan", sa.JSON, nullable=False),
    )
    op.create_index("schedules_channel", "schedules", ["platform", "workspace", "channel"], unique=True)
    op.create_table(
        "prompt_turns",
        sa.Column("schedule", sa.String(32), primary_key=True),
        sa.Column("recipient", sa.String(100), primary_key=True),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True)),
    )
    op.create_index("prompt_turns_at", "prompt_turns", ["at"])
    op.create_table(
        "prompt_posts",
        sa.Column("schedule", sa.String(32), primary_key=True),
        sa.Column("recipient", sa.String(100), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("prompt", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("prompt_posts_state", "prompt_posts", ["state", "taken"])


def downgrade() -> None:
    """Drop them."""
    for table in ("prompt_posts", "prompt_turns", "schedules"):
        op.drop_table(table)
