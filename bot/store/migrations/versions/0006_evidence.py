"""Stories, what was put to use, tickets and their outcomes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _team(*, key: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(100), primary_key=key, nullable=False) for name in ("platform", "workspace")]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stories",
        sa.Column("id", sa.String(32), primary_key=True),
        *_team(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("stories_day", "stories", ["platform", "workspace", "day"])
    op.create_table(
        "uses",
        *_team(key=True),
        sa.Column("job", sa.String(200), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "tickets",
        sa.Column("job", sa.String(200), primary_key=True),
        *_team(),
        sa.Column("ticket", sa.String(64), nullable=False),
    )
    op.create_index("tickets_ticket", "tickets", ["platform", "workspace", "ticket"])
    op.create_table(
        "outcomes",
        *_team(key=True),
        sa.Column("ticket", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("csat", sa.Float),
        sa.Column("reopened", sa.Boolean),
        sa.Column("repurchased", sa.Boolean),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("outcomes", "tickets", "uses", "stories"):
        op.drop_table(table)
