"""Conversations in which people can be written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "conversations",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("id", sa.String(300), primary_key=True),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("team", sa.String(300), nullable=False),
        sa.Column("welcomed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("conversations_person", "conversations", ["platform", "workspace", "person"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("conversations")
