"""Which entry of the identity vault counts for a student; the core knows no more of it than that number."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.execute(
        "ALTER TABLE students ADD COLUMN identity_number INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_students_identity_number_range CHECK (identity_number >= 0)"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE students DROP COLUMN identity_number")
