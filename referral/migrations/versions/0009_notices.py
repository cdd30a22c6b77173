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
        sa.CheckConstraint(
            "event IN ('submit', 'send_back', 'approve', 'show_interest', 'disclose', 'ask_information', 'answer', 'invite', 'waitlist', 'resume', 'offer', 'extend', 'decline', 'accept', 'refuse', 'undo_accept', 'enroll', 'plan_return', 'stay', 'return', 'end', 'withdraw', 'close', 'expire', 'lapse', 'reopen', 'restored', 'ask_second_look', 'uphold', 'clock_reminder', 'clock_overdue', 'hold_ends_soon', 'start_reached', 'review_due', 'return_reached', 'disclosure_ends', 'seats_to_confirm', 'told_gone', 'capacity_asked', 'capacity_answered')",
            name=op.f("ck_notices_event_known"),
        ),
        sa.CheckConstraint("ref LIKE 'N-%' AND length(ref) = 13", name=op.f("ck_notices_ref_shape")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notices_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("ref", name=op.f("uq_notices_ref")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_notices_user_id_key")),
    )
    op.create_index("ix_notices_subject_ref", "notices", ["subject_ref"], unique=False)
    op.create_index("ix_notices_user_id_read_at", "notices", ["user_id", "read_at"], unique=False)
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (body IS NULL)", name=op.f("ck_mails_sent_is_purged")),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mails_sent_when")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mails_attempts_not_negative")),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_mails_state_known")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_mails_notice_id_notices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_mails_notice_id")),
    )
    op.create_index("ix_mails_state_next_try_at", "mails", ["state", "next_try_at"], unique=False)
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
    op.drop_table("mails")
    op.drop_table("notices")
