"""A word that only who has the key can read: so that a process with another key is told, before it seals anything."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the first process that starts writes its one row."""
    op.create_table(
        "key_check",
        sa.Column("id", sa.String(10), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("key_check")
