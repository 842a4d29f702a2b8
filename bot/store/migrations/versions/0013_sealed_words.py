"""Why a review was not useful, and what a gesture was: the words are sealed, those that are there too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = {"feedback": ("job", "why"), "gestures": ("id", "what")}
"""The tables, their keys, and the columns of which the words were in clear."""


def upgrade() -> None:
    """Seal them, with the key that ``open_database`` gives."""
    for name, (key, column) in WORDS.items():
        op.add_column(name, sa.Column("sealed", sa.LargeBinary, nullable=True))
        table = sa.table(name, sa.column(key), sa.column(column), sa.column("sealed", sa.LargeBinary))
        for row in op.get_bind().execute(sa.select(table.c[key], table.c[column])).all():
            sealed = context.config.attributes["seal"].close(row[1])
            op.execute(table.update().where(table.c[key] == row[0]).values(sealed=sealed))
        with op.batch_alter_table(name) as changed:
            changed.alter_column("sealed", existing_type=sa.LargeBinary, nullable=False)
            changed.drop_column(column)


def downgrade() -> None:
    """Have them in clear again; what was sealed with another key is empty."""
    for name, (key, column) in WORDS.items():
        op.add_column(name, sa.Column(column, sa.Text, nullable=False, server_default=""))
        table = sa.table(name, sa.column(key), sa.column(column), sa.column("sealed", sa.LargeBinary))
        for row in op.get_bind().execute(sa.select(table.c[key], table.c.sealed)).all():
            words = context.config.attributes["seal"].open_or(row.sealed, "")
            op.execute(table.update().where(table.c[key] == row[0]).values({column: words}))
        with op.batch_alter_table(name) as changed:
            changed.drop_column("sealed")
