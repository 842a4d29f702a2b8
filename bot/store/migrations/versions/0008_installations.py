"""Installations, whose tokens stand only sealed; those that stood in clear are gone, and installed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and drop those that the library made for itself."""
    op.create_table(
        "installations",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.execute("DROP TABLE IF EXISTS slack_bots")
    op.execute("DROP TABLE IF EXISTS slack_installations")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("installations")
