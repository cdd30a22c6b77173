"""Referrals, their moves and notes, and the ledger of seats."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_append_only, drop_unchanged, make_append_only, make_unchanged

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The ledger begins with the rooms as they are.
OPENING_BALANCE = (
    "INSERT INTO seat_moves (room_id, at, kind, licensed_change, enrolled_change, held_change) "
    "SELECT id, CURRENT_TIMESTAMP, 'began', licensed, enrolled, held FROM rooms WHERE licensed > 0"
)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=False),
        sa.Column("profile_version_id", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.Column("released", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits_for", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("enquiry_until", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("waited_from", sa.String(), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("monitor_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("return_on", sa.Date(), nullable=True),
        sa.Column("ended_from", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'waitlisted') = (waiting_since IS NOT NULL) OR ended_on IS NOT NULL",
            name=op.f("ck_referrals_waits_since"),
        ),
        sa.CheckConstraint(
            "(state IN ('declined', 'exited', 'expired', 'lapsed', 'refused', 'returned', 'withdrawn')) = (ended_on IS NOT NULL)",
            name=op.f("ck_referrals_ended_when"),
        ),
        sa.CheckConstraint(
            "NOT (state IN ('accepted', 'enrolled', 'offered', 'returning')) OR room_id IS NOT NULL",
            name=op.f("ck_referrals_claims_a_room"),
        ),
        sa.CheckConstraint(
            "override_reason IN ('team_decision', 'visit', 'continuity', 'family', 'seat_known', 'fact_corrected', 'other')",
            name=op.f("ck_referrals_override_reason_known"),
        ),
        sa.CheckConstraint("ref LIKE 'F-%' AND length(ref) = 13", name=op.f("ck_referrals_ref_shape")),
        sa.CheckConstraint(
            "state <> 'offered' OR hold_until IS NOT NULL", name=op.f("ck_referrals_offer_has_a_day")
        ),
        sa.CheckConstraint(
            "state IN ('awaiting_approval', 'draft') OR sent_at IS NOT NULL OR ended_on IS NOT NULL",
            name=op.f("ck_referrals_sent_when"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'awaiting_approval', 'enquiry_sent', 'interested', 'packet_sent', 'information_requested', 'visit', 'waitlisted', 'offered', 'accepted', 'enrolled', 'returning', 'declined', 'refused', 'expired', 'lapsed', 'withdrawn', 'exited', 'returned')",
            name=op.f("ck_referrals_state_known"),
        ),
        sa.CheckConstraint(
            "waits_for IN ('coordinator', 'director', 'staff', 'clock')",
            name=op.f("ck_referrals_waits_for_known"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_referrals_version_positive")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["referrals.id"], name=op.f("fk_referrals_closed_by_id_referrals")
        ),
        sa.ForeignKeyConstraint(
            ["collaborative_id"],
            ["organisations.id"],
            name=op.f("fk_referrals_collaborative_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_referrals_created_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["organisations.id"], name=op.f("fk_referrals_district_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["profile_version_id"],
            ["profile_versions.id"],
            name=op.f("fk_referrals_profile_version_id_profile_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_referrals_program_id_programs")
        ),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["rankings.id"], name=op.f("fk_referrals_ranking_id_rankings")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_referrals_room_id_rooms")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["students.id"], name=op.f("fk_referrals_student_id_students")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["users.id"], name=op.f("fk_referrals_submitted_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("ref", name=op.f("uq_referrals_ref")),
    )
    op.create_index(op.f("ix_referrals_closed_by_id"), "referrals", ["closed_by_id"], unique=False)
    op.create_index(
        "ix_referrals_collaborative_id_state", "referrals", ["collaborative_id", "state"], unique=False
    )
    op.create_index("ix_referrals_district_id_state", "referrals", ["district_id", "state"], unique=False)
    op.create_index(op.f("ix_referrals_due_on"), "referrals", ["due_on"], unique=False)
    op.create_index(
        op.f("ix_referrals_profile_version_id"), "referrals", ["profile_version_id"], unique=False
    )
    op.create_index(op.f("ix_referrals_program_id"), "referrals", ["program_id"], unique=False)
    op.create_index(op.f("ix_referrals_ranking_id"), "referrals", ["ranking_id"], unique=False)
    op.create_index(op.f("ix_referrals_room_id"), "referrals", ["room_id"], unique=False)
    op.create_index(op.f("ix_referrals_student_id"), "referrals", ["student_id"], unique=False)
    op.create_index(
        "uq_referrals_live",
        "referrals",
        ["student_id", "program_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "referral_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_user_id", sa.Integer(), nullable=True),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "after IN ('draft', 'awaiting_approval', 'enquiry_sent', 'interested', 'packet_sent', 'information_requested', 'visit', 'waitlisted', 'offered', 'accepted', 'enrolled', 'returning', 'declined', 'refused', 'expired', 'lapsed', 'withdrawn', 'exited', 'returned')",
            name=op.f("ck_referral_moves_after_known"),
        ),
        sa.CheckConstraint(
            "before IN ('draft', 'awaiting_approval', 'enquiry_sent', 'interested', 'packet_sent', 'information_requested', 'visit', 'waitlisted', 'offered', 'accepted', 'enrolled', 'returning', 'declined', 'refused', 'expired', 'lapsed', 'withdrawn', 'exited', 'returned')",
            name=op.f("ck_referral_moves_before_known"),
        ),
        sa.CheckConstraint(
            "party IN ('coordinator', 'director', 'staff', 'clock')",
            name=op.f("ck_referral_moves_party_known"),
        ),
        sa.CheckConstraint(
            "verb IN ('submit', 'approve', 'send_back', 'acknowledge', 'show_interest', 'disclose', 'ask_information', 'answer', 'invite', 'waitlist', 'reconfirm', 'resume', 'offer', 'extend', 'accept', 'refuse', 'undo_accept', 'enroll', 'monitor', 'review', 'plan_return', 'stay', 'return', 'end', 'decline', 'ask_second_look', 'uphold', 'withdraw', 'reopen', 'expire', 'lapse', 'close')",
            name=op.f("ck_referral_moves_verb_known"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_referral_moves_number_positive")),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name=op.f("fk_referral_moves_actor_user_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_moves_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_moves")),
        sa.UniqueConstraint("form_key", name=op.f("uq_referral_moves_form_key")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_referral_moves_referral_id_number")),
    )
    op.create_table(
        "referral_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("move_number", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("for_both", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "side IN ('district', 'collaborative')", name=op.f("ck_referral_notes_side_known")
        ),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 1000", name=op.f("ck_referral_notes_text_length")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_referral_notes_author_id_users")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_notes_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_notes")),
    )
    op.create_index(op.f("ix_referral_notes_referral_id"), "referral_notes", ["referral_id"], unique=False)
    op.create_table(
        "seat_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("licensed_change", sa.Integer(), nullable=False),
        sa.Column("enrolled_change", sa.Integer(), nullable=False),
        sa.Column("held_change", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('began', 'reported', 'imported', 'referral')", name=op.f("ck_seat_moves_kind_known")
        ),
        sa.CheckConstraint(
            "licensed_change <> 0 OR enrolled_change <> 0 OR held_change <> 0",
            name=op.f("ck_seat_moves_changes_something"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name=op.f("fk_seat_moves_actor_user_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_seat_moves_referral_id_referrals")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_seat_moves_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_moves")),
    )
    op.create_index(op.f("ix_seat_moves_referral_id"), "seat_moves", ["referral_id"], unique=False)
    op.create_index(op.f("ix_seat_moves_room_id"), "seat_moves", ["room_id"], unique=False)
    op.execute(OPENING_BALANCE)
    make_append_only("referral_moves")
    make_append_only("seat_moves")
    make_unchanged("referral_notes")


def downgrade() -> None:
    """Take it back."""
    drop_append_only("referral_moves")
    drop_append_only("seat_moves")
    drop_unchanged("referral_notes")
    op.drop_table("seat_moves")
    op.drop_table("referral_notes")
    op.drop_table("referral_moves")
    op.drop_table("referrals")
