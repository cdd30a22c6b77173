"""Organizations, memberships, users, roles, ended sessions and the audit log."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_append_only, drop_no_overlap, make_append_only, make_no_overlap

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "ended_sessions",
        sa.Column("session_key", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_key", name=op.f("pk_ended_sessions")),
    )
    op.create_index("ix_ended_sessions_ended_at", "ended_sessions", ["ended_at"])

    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("town", sa.String(), nullable=True),
        sa.Column("source_address", sa.String(), nullable=True),
        sa.Column("source_year", sa.Integer(), nullable=True),
        sa.Column("member_list_complete", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "NOT member_list_complete OR kind IN ('collaborative', 'cooperative')",
            name=op.f("ck_organisations_members_have_place"),
        ),
        sa.CheckConstraint(
            "kind IN ('district', 'collaborative', 'cooperative', 'state_agency', 'platform')",
            name=op.f("ck_organisations_kind_known"),
        ),
        sa.CheckConstraint(
            "status IN ('active', 'unverified', 'closed')", name=op.f("ck_organisations_status_known")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_organisations_name_given")),
        sa.CheckConstraint(
            "slug = lower(slug) AND length(slug) > 0", name=op.f("ck_organisations_slug_lower")
        ),
        sa.CheckConstraint(
            "source_year BETWEEN 1975 AND 2100", name=op.f("ck_organisations_source_year_range")
        ),
        sa.CheckConstraint(
            "state IS NULL OR (length(state) = 2 AND state = upper(state))",
            name=op.f("ck_organisations_state_letters"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_organisations_version_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
    )
    op.create_index("ix_organisations_kind", "organisations", ["kind"])

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email) AND length(email) > 2", name=op.f("ck_users_email_lower")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_users_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("ref", name=op.f("uq_users_ref")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_users_fs_uniquifier")),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_user_id", sa.Integer(), nullable=True),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_ref", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint("tag LIKE '%:%:%'", name=op.f("ck_audit_events_tag_three_parts")),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name=op.f("fk_audit_events_actor_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index("ix_audit_events_actor_user_id", "audit_events", ["actor_user_id"])
    op.create_index("ix_audit_events_at", "audit_events", ["at"])
    op.create_index("ix_audit_events_subject", "audit_events", ["subject_kind", "subject_ref"])

    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source_address", sa.String(), nullable=True),
        sa.CheckConstraint("district_id <> collaborative_id", name=op.f("ck_memberships_not_own_member")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_memberships_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["collaborative_id"],
            ["organisations.id"],
            name=op.f("fk_memberships_collaborative_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["organisations.id"], name=op.f("fk_memberships_district_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "district_id",
            "collaborative_id",
            "valid_from",
            name=op.f("uq_memberships_district_id_collaborative_id_valid_from"),
        ),
    )
    op.create_index("ix_memberships_collaborative_id", "memberships", ["collaborative_id"])
    op.create_index(
        "uq_memberships_open",
        "memberships",
        ["district_id", "collaborative_id"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )

    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('coordinator', 'director', 'collaborative_staff', 'collaborative_administrator', 'cooperative_administrator', 'site_administrator')",
            name=op.f("ck_role_assignments_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_role_assignments_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_role_assignments_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignments")),
        sa.UniqueConstraint(
            "user_id",
            "role",
            "organisation_id",
            name=op.f("uq_role_assignments_user_id_role_organisation_id"),
        ),
    )
    op.create_index("ix_role_assignments_organisation_id", "role_assignments", ["organisation_id"])

    make_append_only("audit_events")
    make_no_overlap("memberships", ("district_id", "collaborative_id"))


def downgrade() -> None:
    """Take the change back."""
    drop_no_overlap("memberships")
    drop_append_only("audit_events")
    for table in (
        "role_assignments",
        "memberships",
        "audit_events",
        "users",
        "organisations",
        "ended_sessions",
    ):
        op.drop_table(table)
