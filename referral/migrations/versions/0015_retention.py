"""Legal holds, purges and their certificates; a version of a profile may be emptied."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import (
    drop_append_only,
    drop_unchanged,
    make_append_only,
    make_emptied,
    make_unchanged,
)

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OTHER_COLUMNS = ("id", "student_id", "number", "origin", "draft_id", "created_at", "created_by_id")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('litigation', 'hearing', 'complaint', 'records_request', 'audit')",
            name=op.f("ck_legal_holds_reason_known"),
        ),
        sa.CheckConstraint(
            "lifted_by_id IS NULL OR lifted_at IS NOT NULL", name=op.f("ck_legal_holds_lifted_when")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["users.id"], name=op.f("fk_legal_holds_lifted_by_id_users")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["users.id"], name=op.f("fk_legal_holds_set_by_id_users")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["students.id"], name=op.f("fk_legal_holds_student_id_students")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_student_id"), "legal_holds", ["student_id"], unique=False)
    op.create_index(
        "uq_legal_holds_standing",
        "legal_holds",
        ["student_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "retention_certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("purged", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint(
            "ref LIKE 'X-%' AND length(ref) = 13", name=op.f("ck_retention_certificates_ref_shape")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_retention_certificates_digest_sha256")),
        sa.CheckConstraint("purged >= 1", name=op.f("ck_retention_certificates_purged_something")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_certificates")),
        sa.UniqueConstraint("ref", name=op.f("uq_retention_certificates_ref")),
    )
    op.create_table(
        "purged_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('referral', 'document', 'student', 'ranking', 'draft')",
            name=op.f("ck_purged_records_kind_known"),
        ),
        sa.CheckConstraint(
            "rule IN ('enquiry', 'not_placed', 'placed', 'packet_not_placed', 'student_not_placed', 'student_placed', 'draft')",
            name=op.f("ck_purged_records_rule_known"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["retention_certificates.id"],
            name=op.f("fk_purged_records_certificate_id_retention_certificates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purged_records")),
        sa.UniqueConstraint(
            "certificate_id", "ref", "rule", name=op.f("uq_purged_records_certificate_id_ref_rule")
        ),
    )
    op.create_index(
        op.f("ix_purged_records_certificate_id"), "purged_records", ["certificate_id"], unique=False
    )

    make_append_only("retention_certificates")
    make_append_only("purged_records")
    # A purge empties a version and leaves its row, to which referrals and rankings point.
    drop_unchanged("profile_versions")
    make_emptied("profile_versions", "answers", "{}", OTHER_COLUMNS)


def downgrade() -> None:
    """Take it back."""
    drop_unchanged("profile_versions")
    make_unchanged("profile_versions")
    drop_append_only("purged_records")
    drop_append_only("retention_certificates")
    op.drop_table("purged_records")
    op.drop_table("retention_certificates")
    op.drop_table("legal_holds")
