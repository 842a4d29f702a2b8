"""What teams chose for rules, and what they have of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rule_choices",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("channel", sa.String(200), primary_key=True),
        sa.Column("rule", sa.String(100), primary_key=True),
        sa.Column("choice", sa.String(4), nullable=False),
    )
    op.create_table(
        "own_rules",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("platform", sa.String(100), nullable=False),
        sa.Column("workspace", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(200), nullable=False),
        sa.Column("approved", sa.Boolean, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("owner", sa.String(100), nullable=False),
        sa.Column("review_by", sa.Date),
        sa.Column("reminded", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("own_rules_workspace", "own_rules", ["platform", "workspace"])
    op.create_index("own_rules_due", "own_rules", ["review_by"])


def downgrade() -> None:
    """Drop them."""
    for table in ("own_rules", "rule_choices"):
        op.drop_table(table)
