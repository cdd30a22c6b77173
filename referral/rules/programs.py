"""The profile that is ranked, made from a program record: presumptions and inferred levels named as such."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from matching import (
    Interval,
    Membership,
    Opening,
    Operator,
    Place,
    Price,
    ProgramProfile,
    Room,
    Seats,
    ServiceOffer,
    Site,
    inferred_levels,
)
from matching.vocabulary import Delivery, Dimension, PlacementType, ProgramStatus, ProgramType, Setting
from referral.rules.program_records import (
    AgencyRecord,
    Examples,
    PriceRecord,
    ProgramRecord,
    RoomRecord,
    SeatsRecord,
)

DAYS_PER_MONTH = 30

# What a published type settles without saying so. Source: 603 CMR 28.09 (approved public day programs run the
# school year), the guide's own separate type for short-term assessments, 34 CFR 300.115 (settings).
PRESUMED_PLACEMENTS: Mapping[ProgramType, frozenset[PlacementType]] = {
    ProgramType.PUBLIC_DAY: frozenset({PlacementType.SCHOOL_YEAR}),
    ProgramType.SEPARATE_CLASS: frozenset({PlacementType.SCHOOL_YEAR}),
    ProgramType.RECOVERY_HIGH_SCHOOL: frozenset({PlacementType.SCHOOL_YEAR}),
    ProgramType.TRANSITION: frozenset({PlacementType.TRANSITION, PlacementType.SCHOOL_YEAR}),
    ProgramType.ASSESSMENT: frozenset({PlacementType.ASSESSMENT_45_DAY, PlacementType.EXTENDED_EVALUATION}),
    ProgramType.HOME_OR_CONSULT: frozenset({PlacementType.CONSULTATION}),
}
PRESUMED_SETTING: Mapping[ProgramType, Setting] = {
    ProgramType.PUBLIC_DAY: Setting.PUBLIC_DAY,
    ProgramType.SEPARATE_CLASS: Setting.SEPARATE_CLASS,
    ProgramType.RECOVERY_HIGH_SCHOOL: Setting.PUBLIC_DAY,
    ProgramType.TRANSITION: Setting.COMMUNITY_TRANSITION,
    ProgramType.ASSESSMENT: Setting.PUBLIC_DAY,
    ProgramType.HOME_OR_CONSULT: Setting.IN_DISTRICT,
}

PlaceFinder = Callable[[str | None, str | None, str], Place | None]


def no_place(_zip: str | None, _town: str | None, _state: str) -> Place | None:
    """Find no place: for uses that need no distance."""
    return None


def operator_of(agency: AgencyRecord) -> Operator:
    """The operator as the method sees it."""
    return Operator(
        key=agency.key,
        name=agency.name,
        state=agency.state,
        members=tuple(
            Membership(district=m.district, valid_from=m.valid_from, valid_to=m.valid_to)
            for m in agency.members
        ),
        member_list_complete=agency.member_list_complete,
    )


def program_profile(
    record: ProgramRecord,
    agency: AgencyRecord,
    *,
    today: date,
    with_examples: bool = False,
    find_place: PlaceFinder = no_place,
) -> ProgramProfile:
    """The profile that is ranked, with presumptions and inferred levels filled in and named as such."""
    examples = record.examples if with_examples and record.examples else Examples()
    levels, inferred = _levels(record)
    setting = record.setting or (record.program_type and PRESUMED_SETTING.get(record.program_type))
    if record.setting is None and "program_type" in record.inferred:
        inferred |= {"setting"}
    return ProgramProfile(
        key=record.key,
        name=record.name,
        operator=operator_of(agency),
        status=ProgramStatus.CLOSED if agency.status == "dissolved" else record.status,
        closes_on=record.closes_on,
        placement_types=_placements(record),
        setting=setting or None,
        approved=record.approved,
        inferred=frozenset(record.inferred) | inferred,
        sites=_sites(record, agency, find_place),
        populations=None
        if record.populations is None
        else frozenset(record.populations + record.other_populations),
        ages=record.ages,
        ages_at_admission=record.ages_at_admission,
        grades=None if record.grades is None else frozenset(record.grades),
        students_per_adult=record.students_per_adult,
        services={
            service: ServiceOffer(delivery=offer.delivery, minutes_per_week_max=offer.minutes_per_week_max)
            for service, offer in record.services.items()
        },
        communication_modes=dict(record.communication_modes),
        features=dict(record.features),
        levels=levels,
        limits=frozenset(record.limits),
        peer_time=record.peer_time,
        prices=(
            *(_price(price, example=False) for price in record.prices),
            *(_price(price, example=True) for price in examples.prices),
        ),
        rooms=(
            *(_room(room, today=today, example=False) for room in record.rooms),
            *(_room(room, today=today, example=True) for room in examples.rooms),
        ),
    )


def _placements(record: ProgramRecord) -> frozenset[PlacementType] | None:
    if record.placement_types is not None:
        return frozenset(record.placement_types)
    return PRESUMED_PLACEMENTS.get(record.program_type) if record.program_type else None


def _levels(record: ProgramRecord) -> tuple[dict[Dimension, Interval], frozenset[str]]:
    """Levels that staff stated, and inferred ones for the other dimensions."""
    inferred = inferred_levels(
        populations=record.populations,
        services=frozenset(s for s, o in record.services.items() if o.delivery is not Delivery.NOT_OFFERED),
        modes=frozenset(mode for mode, offered in record.communication_modes.items() if offered),
    )
    levels = {**inferred, **record.levels}
    return levels, frozenset(
        f"levels.{dimension}" for dimension in inferred if dimension not in record.levels
    )


def _sites(record: ProgramRecord, agency: AgencyRecord, find_place: PlaceFinder) -> tuple[Site, ...]:
    return tuple(
        Site(
            key=site.key or f"site-{number}",
            town=site.town,
            state=agency.state,
            zip=site.zip,
            place=find_place(site.zip, site.town, agency.state),
        )
        for number, site in enumerate(record.sites, start=1)
    )


def _price(price: PriceRecord, *, example: bool) -> Price:
    return Price(
        item=price.item,
        usd_per_year=price.usd_per_year,
        member=price.member,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        example=example,
    )


def _room(room: RoomRecord, *, today: date, example: bool) -> Room:
    return Room(
        key=room.key,
        name=room.name or "",
        site=room.site,
        ages=room.ages,
        grades=None if room.grades is None else frozenset(room.grades),
        students_per_adult=room.students_per_adult,
        group_students=room.group_students,
        special_educators=room.special_educators,
        aides=room.aides,
        seats=None if room.seats is None else _seats(room.seats, today=today, example=example),
        example=example,
    )


def _seats(seats: SeatsRecord, *, today: date, example: bool) -> Seats:
    confirmed_on = seats.confirmed_on
    if confirmed_on is None and seats.confirmed_days_ago is not None:
        confirmed_on = today - timedelta(days=seats.confirmed_days_ago)
    return Seats(
        licensed=seats.licensed,
        enrolled=seats.enrolled,
        held=seats.held,
        confirmed_on=confirmed_on,
        openings=tuple(
            Opening(on=opening.on or month_ahead(today, opening.in_months or 0), seats=opening.seats)
            for opening in seats.openings
        ),
        youngest_months=seats.youngest_months,
        oldest_months=seats.oldest_months,
        example=example,
    )


def month_ahead(today: date, months: int) -> date:
    """The first day of the month that lies so many months (of 30 days) after today."""
    ahead = today + timedelta(days=DAYS_PER_MONTH * months)
    return ahead.replace(day=1)
