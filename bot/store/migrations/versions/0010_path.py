"""The path of new colleagues, their sealed notes, and of which stale cards the owners were reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _owner() -> list[sa.Column[str]]:
    names = ("platform", "workspace", "person")
    return [sa.Column(name, sa.String(100), primary_key=True, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "walks",
        *_owner(),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("plan", sa.JSON, nullable=False),
        sa.Column("started", sa.Date, nullable=False),
        sa.Column("lead", sa.String(100), nullable=False),
        sa.Column("fades", sa.Boolean, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("given", sa.Integer, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("sending", sa.String(10), nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True)),
    )
    op.create_index("walks_at", "walks", ["at"])
    op.create_table(
        "path_notes",
        *_owner(),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("week", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reminders",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("card", sa.String(100), primary_key=True),
        sa.Column("review_by", sa.Date, primary_key=True),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("reminders", "path_notes", "walks"):
        op.drop_table(table)
