"""Forms that came after their session had ended, sealed, for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "parked_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(ref) = 32", name=op.f("ck_parked_forms_ref_shape")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_parked_forms_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_forms")),
        sa.UniqueConstraint("ref", name=op.f("uq_parked_forms_ref")),
    )
    op.create_index(op.f("ix_parked_forms_user_id"), "parked_forms", ["user_id"], unique=False)
    op.create_index(op.f("ix_parked_forms_parked_at"), "parked_forms", ["parked_at"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("parked_forms")
