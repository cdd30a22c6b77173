"""Agencies, programs, sites, prices, rooms with seats, their history, and the stamp of the directory."""

import sqlalchemy as sa
from alembic import op

from referral.migrations.triggers import drop_append_only, drop_no_overlap, make_append_only, make_no_overlap

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONE_PRICE = ("program_id", "item", "audience", "is_example")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "directory_stamp",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_stamp_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_stamp")),
    )
    op.create_table(
        "agencies",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_agencies_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_agencies")),
    )
    op.create_table(
        "programs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("program_type", sa.String(), nullable=True),
        sa.Column("setting", sa.String(), nullable=True),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "program_type IN ('public_day', 'separate_class', 'transition', 'assessment', 'recovery_high_school', 'home_or_consult', 'other')",
            name=op.f("ck_programs_program_type_known"),
        ),
        sa.CheckConstraint(
            "setting IN ('in_district', 'separate_class', 'community_transition', 'public_day', 'private_day', 'residential', 'home_hospital')",
            name=op.f("ck_programs_setting_known"),
        ),
        sa.CheckConstraint(
            "status IN ('listed', 'unverified', 'closed')", name=op.f("ck_programs_status_known")
        ),
        sa.CheckConstraint(
            "(age_min IS NULL) = (age_max IS NULL)", name=op.f("ck_programs_ages_both_or_none")
        ),
        sa.CheckConstraint(
            "age_min BETWEEN 0 AND age_max AND age_max <= 30", name=op.f("ck_programs_ages_rise")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_programs_name_given")),
        sa.CheckConstraint("slug = lower(slug) AND length(slug) > 0", name=op.f("ck_programs_slug_lower")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_programs_version_positive")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_programs_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_programs_updated_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programs")),
        sa.UniqueConstraint("slug", name=op.f("uq_programs_slug")),
    )
    op.create_index(op.f("ix_programs_organisation_id"), "programs", ["organisation_id"], unique=False)
    op.create_table(
        "prices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("usd_per_year", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("source_address", sa.String(), nullable=True),
        sa.Column("source_year", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "audience IN ('members', 'non_members', 'all')", name=op.f("ck_prices_audience_known")
        ),
        sa.CheckConstraint(
            "item IN ('tuition', 'summer', 'aide', 'assessment')", name=op.f("ck_prices_item_known")
        ),
        sa.CheckConstraint("source_year BETWEEN 1990 AND 2100", name=op.f("ck_prices_source_year_range")),
        sa.CheckConstraint("usd_per_year BETWEEN 0 AND 2000000", name=op.f("ck_prices_amount_range")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_prices_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_prices_program_id_programs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint(
            "program_id",
            "item",
            "audience",
            "is_example",
            "valid_from",
            name=op.f("uq_prices_program_id_item_audience_is_example_valid_from"),
        ),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("grades", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ratio_students", sa.Integer(), nullable=True),
        sa.Column("ratio_adults", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("licensed", sa.Integer(), nullable=True),
        sa.Column("enrolled", sa.Integer(), nullable=True),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("youngest_months", sa.Integer(), nullable=True),
        sa.Column("oldest_months", sa.Integer(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(age_min IS NULL) = (age_max IS NULL)", name=op.f("ck_rooms_ages_both_or_none")),
        sa.CheckConstraint(
            "(licensed IS NULL) = (enrolled IS NULL)", name=op.f("ck_rooms_seats_both_or_none")
        ),
        sa.CheckConstraint(
            "(ratio_students IS NULL) = (ratio_adults IS NULL)", name=op.f("ck_rooms_ratio_both_or_none")
        ),
        sa.CheckConstraint(
            "age_min BETWEEN 0 AND age_max AND age_max <= 30", name=op.f("ck_rooms_ages_rise")
        ),
        sa.CheckConstraint("enrolled + held <= licensed", name=op.f("ck_rooms_seats_within_license")),
        sa.CheckConstraint("enrolled >= 0", name=op.f("ck_rooms_enrolled_not_negative")),
        sa.CheckConstraint(
            "held >= 0 AND (held = 0 OR licensed IS NOT NULL)", name=op.f("ck_rooms_held_not_negative")
        ),
        sa.CheckConstraint("key = lower(key) AND length(key) > 0", name=op.f("ck_rooms_key_lower")),
        sa.CheckConstraint("licensed BETWEEN 0 AND 500", name=op.f("ck_rooms_licensed_range")),
        sa.CheckConstraint("oldest_months BETWEEN 24 AND 300", name=op.f("ck_rooms_oldest_range")),
        sa.CheckConstraint("ratio_students >= 1 AND ratio_adults >= 1", name=op.f("ck_rooms_ratio_positive")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_rooms_version_positive")),
        sa.CheckConstraint("youngest_months <= oldest_months", name=op.f("ck_rooms_ages_in_room_rise")),
        sa.CheckConstraint("youngest_months BETWEEN 24 AND 300", name=op.f("ck_rooms_youngest_range")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_rooms_confirmed_by_users")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_rooms_program_id_programs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("program_id", "key", name=op.f("uq_rooms_program_id_key")),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("town", sa.String(), nullable=True),
        sa.Column("zip", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_sites_point_both_or_none")
        ),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_sites_latitude_range")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_sites_longitude_range")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_sites_position_positive")),
        sa.CheckConstraint("zip IS NULL OR length(zip) = 5", name=op.f("ck_sites_zip_length")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_sites_program_id_programs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("program_id", "key", name=op.f("uq_sites_program_id_key")),
        sa.UniqueConstraint("program_id", "position", name=op.f("uq_sites_program_id_position")),
    )
    op.create_table(
        "openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats BETWEEN 1 AND 500", name=op.f("ck_openings_seats_range")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_openings_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
        sa.UniqueConstraint("room_id", "opens_on", name=op.f("uq_openings_room_id_opens_on")),
    )
    op.create_table(
        "seat_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("licensed", sa.Integer(), nullable=True),
        sa.Column("enrolled", sa.Integer(), nullable=True),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("youngest_months", sa.Integer(), nullable=True),
        sa.Column("oldest_months", sa.Integer(), nullable=True),
        sa.Column("openings", sa.JSON(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('confirmed', 'changed', 'imported')", name=op.f("ck_seat_reports_kind_known")
        ),
        sa.CheckConstraint(
            "(licensed IS NULL) = (enrolled IS NULL)", name=op.f("ck_seat_reports_seats_both_or_none")
        ),
        sa.CheckConstraint("enrolled + held <= licensed", name=op.f("ck_seat_reports_seats_within_license")),
        sa.CheckConstraint("enrolled >= 0", name=op.f("ck_seat_reports_enrolled_not_negative")),
        sa.CheckConstraint(
            "held >= 0 AND (held = 0 OR licensed IS NOT NULL)", name=op.f("ck_seat_reports_held_not_negative")
        ),
        sa.CheckConstraint("licensed BETWEEN 0 AND 500", name=op.f("ck_seat_reports_licensed_range")),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name=op.f("fk_seat_reports_actor_user_id_users")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_seat_reports_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_reports")),
    )
    op.create_index("ix_seat_reports_room_id_at", "seat_reports", ["room_id", "at"], unique=False)

    op.execute("INSERT INTO directory_stamp (id, mark) VALUES (1, 'empty')")
    make_append_only("seat_reports")
    make_no_overlap("prices", ONE_PRICE)


def downgrade() -> None:
    """Take the change back."""
    drop_no_overlap("prices")
    drop_append_only("seat_reports")
    for table in (
        "seat_reports",
        "openings",
        "rooms",
        "prices",
        "sites",
        "programs",
        "agencies",
        "directory_stamp",
    ):
        op.drop_table(table)
