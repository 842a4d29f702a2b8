"""Of what kind a job is stands beside it in clear, so that operators see what waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; jobs that are there already count as drafts for the hour that they are kept."""
    op.add_column("jobs", sa.Column("kind", sa.String(10), nullable=False, server_default="draft"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("jobs", "kind")
