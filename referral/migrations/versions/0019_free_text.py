"""Whether a district's notes may be read by programs, and the words it found to be fine in them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.execute("ALTER TABLE organisation_settings ADD COLUMN free_text BOOLEAN DEFAULT false NOT NULL")
    op.create_table(
        "note_words",
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(word) BETWEEN 3 AND 40", name=op.f("ck_note_words_word_length")),
        sa.CheckConstraint("word = lower(word)", name=op.f("ck_note_words_word_small")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_note_words_added_by_id_users")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["organisations.id"], name=op.f("fk_note_words_district_id_organisations")
        ),
        sa.PrimaryKeyConstraint("district_id", "word", name=op.f("pk_note_words")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("note_words")
    op.execute("ALTER TABLE organisation_settings DROP COLUMN free_text")
