"""Versions of districts' policies and the decisions on them, both append-only."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_append_only, make_append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "policy_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("base_version", sa.String(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("wished_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.CheckConstraint("ref LIKE 'P-%' AND length(ref) = 13", name=op.f("ck_policy_versions_ref_shape")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_policy_versions_number_positive")),
        sa.CheckConstraint("length(version) > 0", name=op.f("ck_policy_versions_version_given")),
        sa.CheckConstraint(
            "based_on_id IS NULL OR based_on_id <> id", name=op.f("ck_policy_versions_based_on_another")
        ),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 500", name=op.f("ck_policy_versions_reason_length")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_policy_versions_author_id_users")),
        sa.ForeignKeyConstraint(
            ["based_on_id", "district_id"],
            ["policy_versions.id", "policy_versions.district_id"],
            name=op.f("fk_policy_versions_based_on_id_district_id_policy_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["organisations.id"], name=op.f("fk_policy_versions_district_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_versions")),
        sa.UniqueConstraint("district_id", "number", name=op.f("uq_policy_versions_district_id_number")),
        sa.UniqueConstraint("district_id", "version", name=op.f("uq_policy_versions_district_id_version")),
        sa.UniqueConstraint("id", "district_id", name=op.f("uq_policy_versions_id_district_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_policy_versions_ref")),
    )
    op.create_index("ix_policy_versions_based_on_id", "policy_versions", ["based_on_id"], unique=False)
    op.create_table(
        "policy_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('approved', 'withdrawn')", name=op.f("ck_policy_decisions_decision_known")
        ),
        sa.CheckConstraint(
            "(decision = 'approved') = (in_force_from IS NOT NULL)",
            name=op.f("ck_policy_decisions_approved_from_a_day"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_policy_decisions_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy_versions.id"], name=op.f("fk_policy_decisions_policy_id_policy_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_decisions")),
        sa.UniqueConstraint("policy_id", name=op.f("uq_policy_decisions_policy_id")),
    )
    make_append_only("policy_versions")
    make_append_only("policy_decisions")


def downgrade() -> None:
    """Take it back."""
    drop_append_only("policy_decisions")
    drop_append_only("policy_versions")
    op.drop_table("policy_decisions")
    op.drop_index("ix_policy_versions_based_on_id", table_name="policy_versions")
    op.drop_table("policy_versions")
