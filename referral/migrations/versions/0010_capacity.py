"""Questions about capacity, the upkeep of programs, and links for their contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "capacity_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ref LIKE 'Q-%' AND length(ref) = 13", name=op.f("ck_capacity_questions_ref_shape")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_capacity_questions_asked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["organisations.id"],
            name=op.f("fk_capacity_questions_district_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_questions")),
        sa.UniqueConstraint("ref", name=op.f("uq_capacity_questions_ref")),
    )
    op.create_index(
        op.f("ix_capacity_questions_district_id"), "capacity_questions", ["district_id"], unique=False
    )
    op.create_table(
        "capacity_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reply IN ('has_capacity', 'none', 'waitlist_only', 'needs_assessment')",
            name=op.f("ck_capacity_answers_reply_known"),
        ),
        sa.CheckConstraint(
            "(reply IS NULL) = (answered_at IS NULL)", name=op.f("ck_capacity_answers_answered_when")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_capacity_answers_answered_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_capacity_answers_program_id_programs")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["capacity_questions.id"],
            name=op.f("fk_capacity_answers_question_id_capacity_questions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_answers")),
        sa.UniqueConstraint(
            "question_id", "program_id", name=op.f("uq_capacity_answers_question_id_program_id")
        ),
    )
    op.create_index(
        "ix_capacity_answers_program_id_answered_at",
        "capacity_answers",
        ["program_id", "answered_at"],
        unique=False,
    )
    op.create_table(
        "upkeeps",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("confirm_every_days", sa.Integer(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("told_gone_on", sa.Date(), nullable=True),
        sa.CheckConstraint("confirm_every_days BETWEEN 1 AND 90", name=op.f("ck_upkeeps_rhythm_range")),
        sa.CheckConstraint("contact_email = lower(contact_email)", name=op.f("ck_upkeeps_email_lower")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_upkeeps_program_id_programs")),
        sa.PrimaryKeyConstraint("program_id", name=op.f("pk_upkeeps")),
    )
    op.create_table(
        "contact_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(act = 'answer_referral') = (referral_id IS NOT NULL)",
            name=op.f("ck_contact_links_answers_a_referral"),
        ),
        sa.CheckConstraint(
            "act IN ('confirm_seats', 'answer_referral')", name=op.f("ck_contact_links_act_known")
        ),
        sa.CheckConstraint("length(secret_hash) = 64", name=op.f("ck_contact_links_hash_sha256")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_contact_links_program_id_programs")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_contact_links_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_links")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_contact_links_secret_hash")),
    )
    op.create_index(op.f("ix_contact_links_program_id"), "contact_links", ["program_id"], unique=False)
    op.create_index(op.f("ix_contact_links_referral_id"), "contact_links", ["referral_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("contact_links")
    op.drop_table("upkeeps")
    op.drop_table("capacity_answers")
    op.drop_table("capacity_questions")
