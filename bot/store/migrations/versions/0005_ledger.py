"""The team budget's months, gestures, best customers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "ledger_months",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("granted", sa.BigInteger, nullable=False),
        sa.Column("spent", sa.BigInteger, nullable=False),
        sa.CheckConstraint("spent >= 0 AND spent <= granted", name="never_overdrawn"),
    )
    op.create_table(
        "gestures",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("platform", sa.String(100), nullable=False),
        sa.Column("workspace", sa.String(100), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("customer", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("funding", sa.String(100), nullable=False),
    )
    op.create_index("gestures_day", "gestures", ["platform", "workspace", "day"])
    op.create_index("gestures_customer", "gestures", ["platform", "workspace", "customer"])
    op.create_table(
        "best_customers",
        sa.Column("platform", sa.String(100), primary_key=True),
        sa.Column("workspace", sa.String(100), primary_key=True),
        sa.Column("customer", sa.String(64), primary_key=True),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("best_customers", "gestures", "ledger_months"):
        op.drop_table(table)
