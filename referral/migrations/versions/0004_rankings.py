"""Rankings kept as shown, the directory they were made from, directors' notes and overrides."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "directory_snapshots",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_directory_snapshots_digest_sha256")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_directory_snapshots")),
    )
    op.create_table(
        "rankings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("profile_version_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("snapshot_digest", sa.String(), nullable=False),
        sa.Column("with_examples", sa.Boolean(), nullable=False),
        sa.Column("rests_on_examples", sa.Boolean(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("to_confirm", sa.Integer(), nullable=False),
        sa.Column("ruled_out", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("ref LIKE 'R-%' AND length(ref) = 13", name=op.f("ck_rankings_ref_shape")),
        sa.CheckConstraint(
            "eligible >= 0 AND to_confirm >= 0 AND ruled_out >= 0", name=op.f("ck_rankings_counts_positive")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_rankings_made_by_id_users")),
        sa.ForeignKeyConstraint(
            ["profile_version_id"],
            ["profile_versions.id"],
            name=op.f("fk_rankings_profile_version_id_profile_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_digest"],
            ["directory_snapshots.digest"],
            name=op.f("fk_rankings_snapshot_digest_directory_snapshots"),
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["students.id"], name=op.f("fk_rankings_student_id_students")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rankings")),
        sa.UniqueConstraint("ref", name=op.f("uq_rankings_ref")),
    )
    op.create_index("ix_rankings_made_at", "rankings", ["made_at"], unique=False)
    op.create_index(op.f("ix_rankings_profile_version_id"), "rankings", ["profile_version_id"], unique=False)
    op.create_index(op.f("ix_rankings_snapshot_digest"), "rankings", ["snapshot_digest"], unique=False)
    op.create_index("ix_rankings_student_id_made_at", "rankings", ["student_id", "made_at"], unique=False)
    op.create_table(
        "ranking_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 1000", name=op.f("ck_ranking_notes_text_length")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_ranking_notes_author_id_users")),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["rankings.id"], name=op.f("fk_ranking_notes_ranking_id_rankings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_notes")),
    )
    op.create_index(op.f("ix_ranking_notes_ranking_id"), "ranking_notes", ["ranking_id"], unique=False)
    op.create_table(
        "ranking_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("program_key", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('team_decision', 'visit', 'continuity', 'family', 'seat_known', 'fact_corrected', 'other')",
            name=op.f("ck_ranking_overrides_reason_known"),
        ),
        sa.CheckConstraint("length(note) <= 300", name=op.f("ck_ranking_overrides_note_length")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_ranking_overrides_number_positive")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_ranking_overrides_place_positive")),
        sa.CheckConstraint(
            "withdrawn_by_id IS NULL OR withdrawn_at IS NOT NULL",
            name=op.f("ck_ranking_overrides_withdrawn_when"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_ranking_overrides_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["rankings.id"], name=op.f("fk_ranking_overrides_ranking_id_rankings")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["users.id"], name=op.f("fk_ranking_overrides_withdrawn_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_overrides")),
        sa.UniqueConstraint("ranking_id", "number", name=op.f("uq_ranking_overrides_ranking_id_number")),
    )
    op.create_index(
        "uq_ranking_overrides_standing",
        "ranking_overrides",
        ["ranking_id", "program_key"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index(
        "uq_ranking_overrides_standing",
        table_name="ranking_overrides",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("ranking_overrides")
    op.drop_index(op.f("ix_ranking_notes_ranking_id"), table_name="ranking_notes")
    op.drop_table("ranking_notes")
    op.drop_index("ix_rankings_student_id_made_at", table_name="rankings")
    op.drop_index(op.f("ix_rankings_snapshot_digest"), table_name="rankings")
    op.drop_index(op.f("ix_rankings_profile_version_id"), table_name="rankings")
    op.drop_index("ix_rankings_made_at", table_name="rankings")
    op.drop_table("rankings")
    op.drop_table("directory_snapshots")
