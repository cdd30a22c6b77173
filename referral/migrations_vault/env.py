"""Runs migrations of the vault on the engine they are given, in one transaction."""

from alembic import context
from sqlalchemy import Engine

from referral.models import identities
from referral.models.vault import VaultBase

TABLES = identities.__name__  # importing it declared every table
engine: Engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=VaultBase.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
