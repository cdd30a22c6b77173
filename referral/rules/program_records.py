"""Program records: what a file, a form and the database hold of an agency and a program."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    model_validator,
)

from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Limit,
    PeerTime,
    PlacementType,
    Population,
    PriceItem,
    ProgramStatus,
    ProgramType,
    Service,
    Setting,
)
from referral.rules.prices import AUDIENCE_OF, BEFORE_RECORDS, PriceTerm, any_clash
from referral.rules.records import KEY, Key, Line, Note, Record, Source, State, Zip, is_key
from referral.rules.room_records import OpeningRecord, RoomRecord, SeatsRecord
from referral.rules.values import (
    Day,
    Dollars,
    Grades,
    Level,
    Ratio,
    Whole,
    Years,
)

SCHEMA = "placewell/programs/1"

__all__ = [
    "KEY",
    "SCHEMA",
    "AgencyRecord",
    "CalendarRecord",
    "Examples",
    "MemberRecord",
    "OfferRecord",
    "OpeningRecord",
    "PriceRecord",
    "ProgramFile",
    "ProgramRecord",
    "Record",
    "RoomRecord",
    "SeatsRecord",
    "SiteRecord",
    "Source",
    "is_key",
]


class MemberRecord(Record):
    """A member district, from a date to a date where these are known."""

    district: Line
    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def _dates_rise(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_to is before valid_from")
        return self


def _member(value: Any) -> Any:
    """Accept a district's name alone for a membership without dates."""
    return {"district": value} if isinstance(value, str) else value


class AgencyRecord(Record):
    """A collaborative, service cooperative, intermediate district or other operator of programs."""

    key: Key
    name: Line
    state: State
    town: Line | None = None
    status: Literal["active", "dissolved", "unverified"] = "active"
    members: tuple[
        Annotated[MemberRecord, BeforeValidator(_member, json_schema_input_type=str | MemberRecord)], ...
    ] = ()
    member_list_complete: bool = False
    member_count_published: Whole | None = None
    as_of: Whole | None = None
    note: Note | None = None
    sources: tuple[Source, ...] = ()


class SiteRecord(Record):
    """One place where a program has rooms."""

    key: Key | None = None
    town: Line | None = None
    zip: Zip | None = None
    place: Line | None = None


class PriceRecord(Record):
    """A yearly price; ``member`` left out means the same for all."""

    item: PriceItem = PriceItem.TUITION
    usd_per_year: Annotated[Dollars, Field(ge=0, le=2_000_000)]
    member: bool | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _dates_rise(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_to is before valid_from")
        return self

    @property
    def term(self) -> PriceTerm:
        """What it asks of whom, from day to day."""
        return PriceTerm(
            item=self.item,
            audience=AUDIENCE_OF[self.member],
            usd_per_year=self.usd_per_year,
            valid_from=self.valid_from or BEFORE_RECORDS,
            valid_to=self.valid_to,
        )


class CalendarRecord(Record):
    """Days a year and hours a day as printed."""

    days: Annotated[Whole, Field(ge=1, le=366)] | None = None
    hours: Line | None = None
    summer_days: Annotated[Whole, Field(ge=0, le=120)] | None = None
    summer_hours: Line | None = None


class OfferRecord(Record):
    """How a service is offered; no limit of minutes unless one is published."""

    delivery: Delivery = Delivery.DIRECT
    minutes_per_week_max: Annotated[Whole, Field(ge=0, le=3000)] | None = None


def _offer(value: Any) -> Any:
    """Accept ``direct``, ``consult``, ``not_offered``, yes and no for a whole offer."""
    if not isinstance(value, str):
        return value
    words = {"yes": "direct", "true": "direct", "no": "not_offered", "false": "not_offered"}
    return {"delivery": words.get(value.strip().lower(), value.strip())}


class Examples(Record):
    """Example figures where none is published: loaded in the demo or on request, always marked."""

    rooms: tuple[RoomRecord, ...] = ()
    prices: tuple[PriceRecord, ...] = ()


class ProgramRecord(Record):
    """One program: published facts, each with its source; what is left out is not known."""

    key: Key
    agency: Key
    name: Line
    status: ProgramStatus = ProgramStatus.LISTED
    status_note: Note | None = None
    closes_on: Day | None = None
    program_type: ProgramType | None = None
    placement_types: tuple[PlacementType, ...] | None = None
    setting: Setting | None = None
    approved: bool | None = None
    inferred: tuple[Line, ...] = ()
    sites: tuple[SiteRecord, ...] = ()
    populations: tuple[Population, ...] | None = None
    other_populations: tuple[Population, ...] = ()
    ages: Years | None = None
    ages_at_admission: Years | None = None
    grades: Grades | None = None
    students_per_adult: Ratio | None = None
    staffing_printed: Line | None = None
    capacity_printed: Line | None = None
    services: Mapping[
        Service,
        Annotated[OfferRecord, BeforeValidator(_offer, json_schema_input_type=Delivery | OfferRecord)],
    ] = {}
    services_printed: Note | None = None
    communication_modes: Mapping[CommunicationMode, bool] = {}
    communication_printed: Note | None = None
    features: Mapping[Feature, bool] = {}
    levels: Mapping[Dimension, Level] = {}
    limits: tuple[Limit, ...] = ()
    peer_time: PeerTime | None = None
    calendar: CalendarRecord | None = None
    entry: Note | None = None
    note: Note | None = None
    sources: tuple[Source, ...] = ()
    rooms: tuple[RoomRecord, ...] = ()
    prices: tuple[PriceRecord, ...] = ()
    examples: Examples | None = None

    @model_validator(mode="after")
    def _names_hold(self) -> Self:
        keys = [room.key for room in self.all_rooms]
        if len(keys) != len(set(keys)):
            raise ValueError("two rooms have the same key")
        sites = {site.key or f"site-{number}" for number, site in enumerate(self.sites, start=1)}
        if astray := sorted({room.site for room in self.all_rooms if room.site} - sites):
            raise ValueError(f"a room names a site that is not listed: {', '.join(astray)}")
        unknown = {name for name in self.inferred if name.split(".")[0] not in type(self).model_fields}
        if unknown:
            raise ValueError(f"inferred names no field of a program: {', '.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def _prices_are_clear(self) -> Self:
        for prices in (self.prices, self.examples.prices if self.examples else ()):
            if any_clash([price.term for price in prices]):
                raise ValueError("two prices hold for the same thing, people and day")
        return self

    @property
    def all_rooms(self) -> tuple[RoomRecord, ...]:
        """Published rooms, then example rooms."""
        return self.rooms + (self.examples.rooms if self.examples else ())


class ProgramFile(Record):
    """A whole file of agencies and programs."""

    format: Literal["placewell/programs/1"]
    agencies: tuple[AgencyRecord, ...] = ()
    programs: tuple[ProgramRecord, ...] = ()
