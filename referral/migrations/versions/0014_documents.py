"""Documents of a packet."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("stored_name", sa.String(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "file_type IN ('pdf', 'docx', 'png', 'jpg')", name=op.f("ck_documents_file_type_known")
        ),
        sa.CheckConstraint(
            "kind IN ('release', 'iep', 'evaluation', 'progress', 'behavior_plan', 'transcript', 'health_record', 'english_learner_record', 'referral_questions', 'other_document')",
            name=op.f("ck_documents_kind_known"),
        ),
        sa.CheckConstraint("ref LIKE 'B-%' AND length(ref) = 13", name=op.f("ck_documents_ref_shape")),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (sealed_key IS NOT NULL)", name=op.f("ck_documents_removed_has_no_key")
        ),
        sa.CheckConstraint(
            "(sealed_key IS NULL) = (stored_name IS NULL)", name=op.f("ck_documents_key_with_name")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_documents_number_positive")),
        sa.CheckConstraint("size_bytes BETWEEN 1 AND 10485760", name=op.f("ck_documents_size_range")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_documents_added_by_id_users")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_documents_referral_id_referrals")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["users.id"], name=op.f("fk_documents_removed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("ref", name=op.f("uq_documents_ref")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_documents_referral_id_number")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_documents_stored_name")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("documents")
