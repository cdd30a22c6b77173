"""The weights drawn for a policy, kept once, and which of them a ranking's confidence was made with."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_unchanged, make_unchanged

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "weight_draws",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_weight_draws_digest_sha256")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_weight_draws")),
    )
    make_unchanged("weight_draws")
    # In one statement that both databases know: SQLite would lose the CHECKs of a table rebuilt by batch.
    op.execute(
        "ALTER TABLE rankings ADD COLUMN draws_digest VARCHAR "
        "CONSTRAINT fk_rankings_draws_digest_weight_draws REFERENCES weight_draws (digest)"
    )
    op.create_index(op.f("ix_rankings_draws_digest"), "rankings", ["draws_digest"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_rankings_draws_digest"), table_name="rankings")
    op.execute("ALTER TABLE rankings DROP COLUMN draws_digest")
    drop_unchanged("weight_draws")
    op.drop_table("weight_draws")
