"""The instructional group of a room: its students where not all who are enrolled, and its staff."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COLUMNS = (("group_students", 500), ("special_educators", 50), ("aides", 50))


def upgrade() -> None:
    """Apply the change."""
    for column, most in COLUMNS:  # as both databases know it: SQLite would lose the CHECKs of a rebuilt table
        op.execute(
            f"ALTER TABLE rooms ADD COLUMN {column} INTEGER "
            f"CONSTRAINT ck_rooms_{column}_range CHECK ({column} BETWEEN 0 AND {most})"
        )


def downgrade() -> None:
    """Take it back."""
    for column, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE rooms DROP COLUMN {column}")
