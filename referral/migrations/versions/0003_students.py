"""Students, versions of their need profiles, and drafts of the intake."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_unchanged, make_unchanged

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ORIGINS = "origin IN ('new', 'copy', 'revision', 'demo')"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "students",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("latest_number", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ref LIKE 'S-%' AND length(ref) = 13", name=op.f("ck_students_ref_shape")),
        sa.CheckConstraint("latest_number >= 1", name=op.f("ck_students_latest_number_positive")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["organisations.id"], name=op.f("fk_students_district_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_students_created_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_students")),
        sa.UniqueConstraint("ref", name=op.f("uq_students_ref")),
    )
    op.create_index("ix_students_district_id_archived", "students", ["district_id", "archived"])
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("student_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("saved_steps", sa.JSON(), nullable=False),
        sa.Column("writes", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ref LIKE 'D-%' AND length(ref) = 13", name=op.f("ck_drafts_ref_shape")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_drafts_version_positive")),
        sa.CheckConstraint(ORIGINS, name=op.f("ck_drafts_origin_known")),
        sa.CheckConstraint(
            "(origin = 'revision' AND student_id IS NOT NULL) OR origin <> 'revision'",
            name=op.f("ck_drafts_revision_of_one"),
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["organisations.id"], name=op.f("fk_drafts_district_id_organisations")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_drafts_author_id_users")),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f("fk_drafts_student_id_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("ref", name=op.f("uq_drafts_ref")),
    )
    op.create_index("ix_drafts_district_id_finished_at", "drafts", ["district_id", "finished_at"])
    op.create_index("ix_drafts_student_id", "drafts", ["student_id"])
    op.create_table(
        "profile_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_profile_versions_number_positive")),
        sa.CheckConstraint(ORIGINS, name=op.f("ck_profile_versions_origin_known")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["students.id"], name=op.f("fk_profile_versions_student_id_students")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_profile_versions_draft_id_drafts")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_profile_versions_created_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_versions")),
        sa.UniqueConstraint("student_id", "number", name=op.f("uq_profile_versions_student_id_number")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_profile_versions_draft_id")),
    )
    make_unchanged("profile_versions")


def downgrade() -> None:
    """Take the change back."""
    drop_unchanged("profile_versions")
    for table in ("profile_versions", "drafts", "students"):
        op.drop_table(table)
