"""Failures that slow those who cause them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

THROTTLES = (
    "'account', 'account_at_address', 'sign_in_address', 'code', 'again', 'link_address', 'token_address'"
)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "throttled_subjects",
        sa.Column("throttle", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"throttle IN ({THROTTLES})", name=op.f("ck_throttled_subjects_throttle_known")),
        sa.CheckConstraint("length(subject) = 64", name=op.f("ck_throttled_subjects_subject_hash")),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_throttled_subjects_failures_counted")),
        sa.PrimaryKeyConstraint("throttle", "subject", name=op.f("pk_throttled_subjects")),
    )
    op.create_index(op.f("ix_throttled_subjects_last_at"), "throttled_subjects", ["last_at"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("throttled_subjects")
