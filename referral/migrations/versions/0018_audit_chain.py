"""The chain of the audit log, and marks of what was read in an hour.

Lines written before it are chained in the order in which they were written, as they are found now. One more
line, audit:chain:begun, says how many they were and on which day they got their seals.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_append_only, make_append_only
from referral.models.audit import KEY
from referral.rules.audit_chain import BEGINNING, hash_after, seal_of

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXTS = {
    "sqlite": "id || char(10) || at || char(10) || coalesce(actor_user_id, '') || char(10) || tag || char(10)"
    " || subject_kind || char(10) || subject_ref || char(10) || facts",
    "postgresql": "id || chr(10) || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || chr(10)"
    " || coalesce(actor_user_id::text, '') || chr(10) || tag || chr(10) || subject_kind || chr(10)"
    " || subject_ref || chr(10) || facts::text",
}
BATCH = 1000


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "audit_chain",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_audit_chain_position_positive")),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_audit_chain_seal_length")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_audit_chain_hash_length")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_events.id"], name=op.f("fk_audit_chain_event_id_audit_events")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_chain")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_chain_event_id")),
    )
    op.create_table(
        "read_marks",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("subject_ref", sa.String(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reader", "tag", "subject_ref", "hour", name=op.f("pk_read_marks")),
    )
    op.create_index("ix_read_marks_hour", "read_marks", ["hour"])
    _chain_what_is_there()
    make_append_only("audit_chain")


def downgrade() -> None:
    """Take it back; the line that the chain was begun stays, as every line does."""
    drop_append_only("audit_chain")
    op.drop_table("read_marks")
    op.drop_table("audit_chain")


def _chain_what_is_there() -> None:
    connection = op.get_bind()
    lines = connection.scalar(sa.text("SELECT count(*) FROM audit_events"))
    if not lines:
        return
    if connection.dialect.name == "postgresql":  # rows may have been put in with their keys
        connection.execute(
            sa.text(
                "SELECT setval(pg_get_serial_sequence('audit_events', 'id'), (SELECT max(id) FROM audit_events))"
            )
        )
    connection.execute(
        sa.table(
            "audit_events",
            sa.column("at", sa.DateTime(timezone=True)),
            sa.column("tag"),
            sa.column("subject_kind"),
            sa.column("subject_ref"),
            sa.column("facts", sa.JSON()),
        ).insert(),
        {
            "at": _moment(connection.dialect.name),
            "tag": "audit:chain:begun",
            "subject_kind": "audit",
            "subject_ref": "log",
            "facts": {"lines": lines},
        },
    )
    key = connection.get_execution_options()[KEY]
    chain = sa.table("audit_chain", *(sa.column(name) for name in ("position", "event_id", "seal", "hash")))
    text = TEXTS[connection.dialect.name]
    found = connection.execute(sa.text(f"SELECT id, {text} FROM audit_events ORDER BY id"))
    position, before = 0, BEGINNING
    while batch := found.fetchmany(BATCH):
        rows = []
        for event, told in batch:
            position += 1
            seal = seal_of(key, told)
            before = hash_after(key, before, position, seal)
            rows.append({"position": position, "event_id": event, "seal": seal, "hash": before})
        connection.execute(chain.insert(), rows)


def _moment(dialect: str) -> datetime:
    now = datetime.now(UTC)
    return now.replace(tzinfo=None) if dialect == "sqlite" else now
