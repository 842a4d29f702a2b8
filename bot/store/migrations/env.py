"""Run by Alembic with the connection that ``open_database`` gives it."""

from __future__ import annotations

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="heartware_version",
)
with context.begin_transaction():
    context.run_migrations()
