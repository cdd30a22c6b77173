"""The intake answers of a student, as forms, files and the database hold them.

Every answer may be left out: ``None`` means *not known yet*, an empty list means *none*. There is no field
for a name, a birth date, an identifier, a school or free text.
"""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from matching import NO_RATIO_LIMIT
from matching.vocabulary import (
    Academics,
    Approach,
    BehaviorType,
    CommunicationMode,
    CurrentSetting,
    Delivery,
    Dimension,
    Feature,
    FederalCategory,
    Frequency,
    Grade,
    Grouping,
    HealthFlag,
    HealthLevel,
    Hearing,
    HearingTechnology,
    Importance,
    Insistence,
    Intensity,
    Language,
    LevelReason,
    Lift,
    Mobility,
    OneToOne,
    PeerTime,
    PlacementType,
    ReadingMedium,
    Restraint,
    RideSupport,
    SaidBy,
    Service,
    Setting,
    StateCategory,
    Strength,
    SummerNeed,
    TeamStatus,
    Track,
    TransitionGoal,
    Urgency,
    Vision,
    WishReason,
)
from referral.rules.values import Day, Minutes, Ratio, Whole, known

NO_LIMIT = "no limit"


class Answer(BaseModel):
    """A frozen group of answers that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class BehaviorAnswer(Answer):
    """How often, and how serious, one type of behavior was in the last 90 days."""

    frequency: Frequency
    intensity: Intensity | None = None


class ServiceAnswer(Answer):
    """One related service asked for."""

    service: Service
    importance: Importance = Importance.REQUIRED
    minutes_per_week: Annotated[Minutes, Field(ge=1, le=2400)] | None = None
    grouping: Grouping | None = None
    delivery: Delivery | None = None


class WishAnswer(Answer):
    """A must-have, must-not or nice-to-have, with who said so and why."""

    feature: Feature
    insistence: Insistence
    said_by: SaidBy | None = None
    reason: WishReason | None = None


class Correction(Answer):
    """A derived level set by hand."""

    level: Annotated[Whole, Field(ge=0, le=4)]
    reason: LevelReason


def _ratio_or_no_limit(value: object) -> object:
    return NO_RATIO_LIMIT if isinstance(value, str) and value.strip().lower() == NO_LIMIT else value


def _more_than_nobody(value: Fraction) -> Fraction:
    if value <= 0:
        raise ValueError("must be more than 0 students")
    return value


def _ratio_text(value: Fraction) -> str:
    return NO_LIMIT if value == NO_RATIO_LIMIT else f"{value.numerator}:{value.denominator}"


def _zip_of_five(value: object) -> object:
    """The first five digits of a ZIP+4: nothing nearer than a ZIP is kept."""
    found = re.fullmatch(r"\s*([0-9]{5})(?:-[0-9]{4})?\s*", value) if isinstance(value, str) else None
    return found[1] if found else value


PlanDay = Annotated[Day, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
RatioOrNoLimit = Annotated[
    Ratio,
    BeforeValidator(_ratio_or_no_limit),
    AfterValidator(_more_than_nobody),
    PlainSerializer(_ratio_text, return_type=str),
]
Zip = Annotated[str, BeforeValidator(_zip_of_five), Field(pattern=r"^[0-9]{5}$")]
ProgramKey = Annotated[str, Field(pattern=r"^[a-z0-9]+(-{1,2}[a-z0-9]+)*$", max_length=80)]


class Answers(Answer):
    """All answers of the six intake steps."""

    # Step 1: the student and the Team
    age_years: Annotated[Whole, Field(ge=2, le=25)] | None = None
    age_extra_months: Annotated[Whole, Field(ge=0, le=11)] | None = None
    grade: Grade | None = None
    team_status: TeamStatus | None = None
    team_status_on: PlanDay | None = None
    placement_type: PlacementType | None = None
    urgency: Urgency | None = None
    start_on: PlanDay | None = None
    # Step 2: disability and strengths
    primary_category: StateCategory | None = None
    other_categories: tuple[StateCategory, ...] | None = None
    federal_category: FederalCategory | None = None
    academics: Academics | None = None
    alternate_assessment: bool | None = None
    track: Track | None = None
    strengths: tuple[Strength, ...] | None = None
    # Step 3: communication, senses, mobility, health
    expressive: tuple[CommunicationMode, ...] | None = None
    receptive: tuple[CommunicationMode, ...] | None = None
    language_of_instruction: Language | None = None
    home_language: Language | None = None
    english_learner: bool | None = None
    hearing: Hearing | None = None
    hearing_technology: tuple[HearingTechnology, ...] | None = None
    vision: Vision | None = None
    reading_media: tuple[ReadingMedium, ...] | None = None
    intervener: bool | None = None
    mobility: Mobility | None = None
    lift: Lift | None = None
    accessible_changing: bool | None = None
    health: HealthLevel | None = None
    health_flags: tuple[HealthFlag, ...] | None = None
    # Step 4: behavior and supports
    behaviors: Mapping[BehaviorType, BehaviorAnswer] | None = None
    behavior_plan: bool | None = None
    restraint: Restraint | None = None
    substance_use_recovery: bool | None = None
    sober_30_days: bool | None = None
    students_per_adult: RatioOrNoLimit | None = None
    one_to_one: OneToOne | None = None
    approaches: tuple[Approach, ...] | None = None
    # Step 5: related services
    services: tuple[ServiceAnswer, ...] | None = None
    services_not_needed: tuple[Service, ...] | None = None
    # Step 6: setting, place, ride, time, preferences
    current_setting: CurrentSetting | None = None
    permitted_settings: Annotated[tuple[Setting, ...], Field(min_length=1)] | None = None
    peer_time: PeerTime | None = None
    summer: SummerNeed | None = None
    transition_goals: tuple[TransitionGoal, ...] | None = None
    home_zip: Zip | None = None
    ride_limit_minutes: Annotated[Minutes, Field(ge=10, le=180)] | None = None
    ride_limit_is_firm: bool | None = None
    ride_supports: tuple[RideSupport, ...] | None = None
    wishes: tuple[WishAnswer, ...] | None = None
    preferred_programs: Annotated[tuple[ProgramKey, ...], Field(max_length=3)] | None = None
    # Corrections of derived levels
    level_corrections: Mapping[Dimension, Correction] | None = None

    @model_validator(mode="before")
    @classmethod
    def _unknown_words(cls, values: object) -> object:
        return {key: known(value) for key, value in values.items()} if isinstance(values, dict) else values

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        asked = [answer.service for answer in self.services or ()]
        if len(asked) != len(set(asked)):
            raise ValueError("services: a service is asked twice")
        if set(asked) & set(self.services_not_needed or ()):
            raise ValueError("services: a service is asked and not needed")
        wished = [wish.feature for wish in self.wishes or ()]
        if len(wished) != len(set(wished)):
            raise ValueError("wishes: a feature is named twice")
        return self


class StudentRecord(Answers):
    """One student in a file for ``placewell rank``: the answers, a code, a district and measured rides."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")] = "S-FILE"
    district: Annotated[str, Field(max_length=200)] | None = None
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "MA"
    town: Annotated[str, Field(max_length=100)] | None = None
    ride_minutes: Mapping[str, Annotated[Minutes, Field(ge=0, le=600)]] = {}
