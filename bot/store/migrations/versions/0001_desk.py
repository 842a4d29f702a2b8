"""Jobs, preferences, silenced rules, reviews asked, feedback, processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _owner(*, key: bool = False) -> list[sa.Column[str]]:
    names = ("platform", "workspace", "person")
    return [sa.Column(name, sa.String(100), primary_key=key, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(200), primary_key=True),
        *_owner(),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("jobs_used", "jobs", ["used"])
    op.create_index("jobs_owner", "jobs", ["platform", "workspace", "person"])
    op.create_table(
        "preferences",
        *_owner(key=True),
        sa.Column("language", sa.String(3), nullable=False, server_default=""),
        sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table("silenced", *_owner(key=True), sa.Column("rule", sa.String(100), primary_key=True))
    op.create_table(
        "reviews_asked",
        sa.Column("job", sa.String(200), primary_key=True),
        *_owner(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("criteria", sa.JSON, nullable=False),
    )
    op.create_index("reviews_asked_owner", "reviews_asked", ["platform", "workspace", "person", "day"])
    op.create_table(
        "feedback",
        sa.Column("job", sa.String(200), primary_key=True),
        *_owner(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("feedback_owner", "feedback", ["platform", "workspace", "person", "day"])
    op.create_table(
        "processes",
        sa.Column("id", sa.String(50), primary_key=True),
        sa.Column("beats", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("processes", "feedback", "reviews_asked", "silenced", "preferences", "jobs"):
        op.drop_table(table)
