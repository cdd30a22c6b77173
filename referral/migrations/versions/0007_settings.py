"""Settings of organizations, their days off, and records that allow a disclosure."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "organisation_settings",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("clock_days", sa.JSON(), nullable=False),
        sa.Column("approval", sa.String(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("live_referrals_max", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approval IN ('on', 'own_allowed', 'off')", name=op.f("ck_organisation_settings_approval_known")
        ),
        sa.CheckConstraint(
            "live_referrals_max BETWEEN 1 AND 20", name=op.f("ck_organisation_settings_live_referrals_range")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_organisation_settings_version_positive")),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["users.id"], name=op.f("fk_organisation_settings_deputy_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_settings_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_organisation_settings")),
    )
    op.create_table(
        "days_off",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_days_off_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "day", name=op.f("pk_days_off")),
    )
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(basis = 'authority') = (authority IS NOT NULL)", name=op.f("ck_disclosures_authority_has_code")
        ),
        sa.CheckConstraint(
            "(basis = 'consent') = (signer IS NOT NULL)", name=op.f("ck_disclosures_consent_has_signer")
        ),
        sa.CheckConstraint(
            "authority IN ('34 CFR 99.31(a)(2)')", name=op.f("ck_disclosures_authority_known")
        ),
        sa.CheckConstraint("basis IN ('consent', 'authority')", name=op.f("ck_disclosures_basis_known")),
        sa.CheckConstraint("ref LIKE 'C-%' AND length(ref) = 13", name=op.f("ck_disclosures_ref_shape")),
        sa.CheckConstraint(
            "signer IN ('parent', 'guardian', 'adult_student', 'educational_surrogate')",
            name=op.f("ck_disclosures_signer_known"),
        ),
        sa.CheckConstraint("expires_on >= signed_on", name=op.f("ck_disclosures_expires_after_signing")),
        sa.ForeignKeyConstraint(
            ["collaborative_id"],
            ["organisations.id"],
            name=op.f("fk_disclosures_collaborative_id_organisations"),
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_disclosures_made_by_id_users")),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["users.id"], name=op.f("fk_disclosures_revoked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["students.id"], name=op.f("fk_disclosures_student_id_students")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sa.UniqueConstraint("ref", name=op.f("uq_disclosures_ref")),
    )
    op.create_index(op.f("ix_disclosures_student_id"), "disclosures", ["student_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("disclosures")
    op.drop_table("days_off")
    op.drop_table("organisation_settings")
