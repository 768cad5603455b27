"""Runs the migrations over the connection that ``hcpcs_bot.state.database`` opened for them, in its transaction."""

from __future__ import annotations

from alembic import context

from hcpcs_bot.state.schema import record_compatibility
from hcpcs_bot.state.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
record_compatibility(context.config.attributes["connection"])
