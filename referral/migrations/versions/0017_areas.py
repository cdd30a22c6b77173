"""What a district says of the area around it, and how many children must share what it sends."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = (
    ("region", "VARCHAR", "length(region) BETWEEN 1 AND 80", "length"),
    ("region_children", "INTEGER", "region_children BETWEEN 1 AND 1000000", "range"),
    ("district_children", "INTEGER", "district_children BETWEEN 1 AND 1000000", "range"),
    ("counted_year", "INTEGER", "counted_year BETWEEN 2000 AND 2100", "range"),
    ("count_source", "VARCHAR", "length(count_source) BETWEEN 1 AND 200", "length"),
    ("meter_k", "INTEGER DEFAULT 10 NOT NULL", "meter_k BETWEEN 5 AND 1000", "range"),
)


def upgrade() -> None:
    """Apply the change."""
    for column, kind, rule, name in COLUMNS:  # SQLite would lose the CHECKs of a rebuilt table
        op.execute(
            f"ALTER TABLE organisation_settings ADD COLUMN {column} {kind} "
            f"CONSTRAINT ck_organisation_settings_{column}_{name} CHECK ({rule})"
        )


def downgrade() -> None:
    """Take it back."""
    for column, *_ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE organisation_settings DROP COLUMN {column}")
