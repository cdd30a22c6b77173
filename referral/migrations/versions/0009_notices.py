"""Notices to users, and what each wants mailed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_ref", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "event IN ('submit', 'send_back', 'approve', 'show_interest', 'disclose', 'ask_information', 'answer', 'invite', 'waitlist', 'resume', 'offer', 'extend', 'decline', 'accept', 'refuse', 'undo_accept', 'enroll', 'plan_return', 'stay', 'return', 'end', 'withdraw', 'close', 'expire', 'lapse', 'reopen', 'restored', 'ask_second_look', 'uphold', 'clock_reminder', 'clock_overdue', 'hold_ends_soon', 'start_reached', 'review_due', 'return_reached', 'seats_to_confirm', 'told_gone', 'capacity_asked', 'capacity_answered')",
            name=op.f("ck_notices_event_known"),
        ),
        sa.CheckConstraint(
            "mail IN ('not_wanted', 'queued', 'sent', 'failed')", name=op.f("ck_notices_mail_known")
        ),
        sa.CheckConstraint("ref LIKE 'N-%' AND length(ref) = 13", name=op.f("ck_notices_ref_shape")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_notices_attempts_not_negative")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notices_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("ref", name=op.f("uq_notices_ref")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_notices_user_id_key")),
    )
    op.create_index("ix_notices_mail_next_try_at", "notices", ["mail", "next_try_at"], unique=False)
    op.create_index("ix_notices_user_id_read_at", "notices", ["user_id", "read_at"], unique=False)
    op.create_table(
        "notice_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "topic IN ('approvals', 'referrals', 'reminders', 'seats', 'capacity')",
            name=op.f("ck_notice_choices_topic_known"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_choices_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "topic", name=op.f("pk_notice_choices")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("notice_choices")
    op.drop_table("notices")
