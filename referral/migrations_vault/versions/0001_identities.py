"""Identities, sealed column by column, and the wrapped key of each district."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEALED = ("nickname", "birth_date", "state_id", "school", "town", "street", "parents", "notes")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "district_keys",
        sa.Column("district_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("master_print", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrapped_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(master_print) = 16", name=op.f("ck_district_keys_master_print_shape")),
        sa.PrimaryKeyConstraint("district_id", name=op.f("pk_district_keys")),
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        *(sa.Column(column, sa.LargeBinary(), nullable=True) for column in SEALED),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "student_ref LIKE 'S-%' AND length(student_ref) = 13",
            name=op.f("ck_identities_student_ref_shape"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_identities_number_positive")),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["district_keys.district_id"],
            name=op.f("fk_identities_district_id_district_keys"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("student_ref", "number", name=op.f("uq_identities_student_ref_number")),
    )
    op.create_index("ix_identities_district_id", "identities", ["district_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("identities")
    op.drop_table("district_keys")
