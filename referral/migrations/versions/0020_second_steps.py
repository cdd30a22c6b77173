"""The second step of a sign-in: a sealed secret for each user, and recovery codes."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COLUMNS = ("second_step_at", "second_step_secret", "second_step_counter")


def upgrade() -> None:
    """Apply the change."""
    op.add_column("users", sa.Column("second_step_secret", sa.LargeBinary(), nullable=True))
    op.add_column("users", sa.Column("second_step_counter", sa.Integer(), nullable=True))
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    op.execute(  # as both databases know it: SQLite would lose the CHECKs of a rebuilt table
        f"ALTER TABLE users ADD COLUMN second_step_at {moment} CONSTRAINT ck_users_second_step_whole"
        " CHECK (second_step_at IS NULL OR second_step_secret IS NOT NULL)"
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_recovery_codes_hash_sha256")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recovery_codes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("user_id", "code_hash", name=op.f("uq_recovery_codes_user_id_code_hash")),
    )
    op.create_index(op.f("ix_recovery_codes_user_id"), "recovery_codes", ["user_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("recovery_codes")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE users DROP COLUMN {column}")
