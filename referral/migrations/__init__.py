"""Alembic migrations: one file per change, a linear chain, run up, down and up on data."""
