"""A language model's words for prompts, and which lead was sent which month's report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "prompt_texts",
        sa.Column("platform", sa.String(100), nullable=False),
        sa.Column("workspace", sa.String(100), nullable=False),
        sa.Column("schedule", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("prompt", sa.String(100), nullable=False),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("prompt_texts_day", "prompt_texts", ["day"])
    op.create_table(
        "lead_reports",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("person", sa.String(100), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("lead_reports")
    op.drop_index("prompt_texts_day", "prompt_texts")
    op.drop_table("prompt_texts")
