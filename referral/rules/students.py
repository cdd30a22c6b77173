"""The coded need profile made from intake answers: identity stops here."""

from collections.abc import Mapping
from fractions import Fraction

from matching import NO_RATIO_LIMIT, Interval, NeedProfile, Place, ServiceNeed, Wish
from matching.vocabulary import (
    Academics,
    AgeBand,
    Dimension,
    HealthLevel,
    Hearing,
    Lift,
    Limit,
    Mobility,
    ReadingMedium,
    Setting,
    StateCategory,
    Track,
    Vision,
    academic_level,
    behavior_level,
    communication_level,
    medical_level,
    mobility_level,
    sensory_level,
)
from referral.rules.answers import NO_LIMIT, Answers, ServiceAnswer, StudentRecord

BOTH_SENSES = 4
BRAILLE = frozenset({ReadingMedium.BRAILLE_CONTRACTED, ReadingMedium.BRAILLE_UNCONTRACTED})
TRANSITION_AGE_YEARS = 14  # Massachusetts plans transition from 14: M.G.L. c. 71B s. 2


def pruned(answers: Answers) -> Answers:
    """The answers without those whose question does not arise from the others."""
    return answers.model_copy(update=dict.fromkeys(not_asked(answers)))


def not_asked(answers: Answers) -> frozenset[str]:
    """The fields whose question does not arise from the other answers."""
    age_years = answers.age_years
    skipped = {
        "age_extra_months": age_years is None,
        "hearing_technology": answers.hearing == Hearing.TYPICAL,
        "intervener": answers.hearing == Hearing.TYPICAL
        and answers.vision in (Vision.TYPICAL, Vision.CORRECTED),
        "sober_30_days": answers.substance_use_recovery is not True,
        "health_flags": answers.health == HealthLevel.NONE,
        "transition_goals": age_years is not None and age_years < TRANSITION_AGE_YEARS,
        "team_status_on": answers.team_status is None,
    }
    return frozenset(name for name, left_out in skipped.items() if left_out)


def derived_levels(answers: Answers) -> dict[Dimension, Interval]:
    """The six levels that the answers give, before any correction by hand."""
    modes = (*(answers.expressive or ()), *(answers.receptive or ()))
    behaviors = {kind: (said.frequency, said.intensity) for kind, said in (answers.behaviors or {}).items()}
    return {
        Dimension.COMMUNICATION: communication_level(modes),
        Dimension.BEHAVIOR: behavior_level(behaviors),
        Dimension.MEDICAL: medical_level(answers.health),
        Dimension.MOBILITY: mobility_level(answers.mobility, answers.lift),
        Dimension.SENSORY: sensory_level(answers.hearing, answers.hearing_technology, answers.vision),
        Dimension.ACADEMIC: academic_level(answers.academics, answers.alternate_assessment),
    }


def levels(answers: Answers) -> dict[Dimension, Interval]:
    """The six levels, with those corrected by hand in their place."""
    corrected = {
        dimension: Interval(correction.level, correction.level)
        for dimension, correction in (answers.level_corrections or {}).items()
    }
    return {**derived_levels(answers), **corrected}


def age_months(answers: Answers) -> Interval | None:
    """Age at the start in months; a year wide where only the years are known."""
    if answers.age_years is None:
        return None
    first = answers.age_years * 12
    if answers.age_extra_months is None:
        return Interval(first, first + 11)
    return Interval(first + answers.age_extra_months, first + answers.age_extra_months)


def age_band(answers: Answers) -> AgeBand | None:
    """The band the age falls in, as wide as it may leave the district."""
    years = answers.age_years
    if years is None:
        return None
    return next((band for band in AgeBand if years <= years_of(band)[1]), list(AgeBand)[-1])


def years_of(band: AgeBand) -> tuple[int, int]:
    """The first and last year of age of a band; the outer bands take in the few outside."""
    least, most = (int(end) for end in band.value.split("-"))
    bands = list(AgeBand)
    return (0 if band is bands[0] else least, 99 if band is bands[-1] else most)


def need_profile(
    answers: Answers,
    *,
    code: str,
    district: str | None = None,
    state: str | None = None,
    origin: Place | None = None,
    ride_minutes: Mapping[str, int] | None = None,
) -> NeedProfile:
    """The coded need profile that is ranked; ``origin`` is a ZIP or town centroid, never an address."""
    answers = pruned(answers)
    modes = frozenset((*(answers.expressive or ()), *(answers.receptive or ())))
    return NeedProfile(
        code=code,
        age_months=age_months(answers),
        grade=answers.grade,
        placement_type=answers.placement_type,
        start_on=answers.start_on,
        categories=_categories(answers),
        levels=levels(answers),
        services=None if answers.services is None else tuple(map(_service_need, answers.services)),
        students_per_adult=answers.students_per_adult,
        one_to_one=answers.one_to_one,
        communication_modes=modes or None,
        wheelchair=_one_of(answers.mobility, Mobility.MANUAL_CHAIR, Mobility.POWER_CHAIR),
        lift=_unless_walking(answers, _one_of(answers.lift, Lift.ONE, Lift.TWO)),
        accessible_changing=_unless_walking(answers, answers.accessible_changing),
        braille=_braille(answers),
        intervener=False if levels(answers)[Dimension.SENSORY].high < BOTH_SENSES else answers.intervener,
        meets=_conditions(answers),
        permitted_settings=_set(answers.permitted_settings),
        peer_time=answers.peer_time,
        summer=answers.summer,
        wishes=tuple(Wish(feature=w.feature, insistence=w.insistence) for w in answers.wishes or ()),
        origin=origin,
        ride_minutes=dict(ride_minutes or {}),
        ride_limit_minutes=answers.ride_limit_minutes,
        ride_limit_is_firm=bool(answers.ride_limit_is_firm),
        preferred_programs=tuple(dict.fromkeys(answers.preferred_programs or ())),
        district=district,
        state=state,
    )


def _unless_walking(answers: Answers, answer: bool | None) -> bool | None:
    """A need that does not arise for a student who walks, unless it was answered."""
    return False if answer is None and answers.mobility in (Mobility.WALKS, Mobility.AIDS) else answer


def _service_need(answer: ServiceAnswer) -> ServiceNeed:
    return ServiceNeed(
        service=answer.service,
        importance=answer.importance,
        delivery=answer.delivery,
        minutes_per_week=answer.minutes_per_week,
    )


def _categories(answers: Answers) -> frozenset[StateCategory] | None:
    if answers.primary_category is None:
        return None
    return frozenset({answers.primary_category, *(answers.other_categories or ())})


def _one_of(answer: object | None, *yes: object) -> bool | None:
    return None if answer is None else answer in yes


def _set(answer: tuple[Setting, ...] | None) -> frozenset[Setting] | None:
    return frozenset(answer) if answer else None  # a Team that permits no setting has recorded none


def _braille(answers: Answers) -> bool | None:
    if answers.vision is not None and answers.reading_media is None and _loss_of_sight(answers.vision) < 2:
        return False
    if answers.reading_media is None:
        return None
    return bool(
        {ReadingMedium.BRAILLE_CONTRACTED, ReadingMedium.BRAILLE_UNCONTRACTED} & {*answers.reading_media}
    )


def _loss_of_sight(vision: Vision) -> int:
    return sensory_level(Hearing.TYPICAL, None, vision).low


def _conditions(answers: Answers) -> dict[Limit, bool]:
    known_conditions = {
        Limit.IN_RECOVERY: answers.substance_use_recovery,
        Limit.SOBER_30_DAYS: answers.sober_30_days,
        Limit.DIPLOMA_TRACK: _one_of(answers.track, Track.DIPLOMA),
        Limit.AVERAGE_ACADEMICS: _one_of(answers.academics, Academics.AVERAGE),
    }
    return {limit: met for limit, met in known_conditions.items() if met is not None}


def record_profile(record: StudentRecord, *, origin: Place | None) -> NeedProfile:
    """The need profile of a student in a file."""
    answers = Answers.model_validate(
        {name: getattr(record, name) for name in Answers.model_fields}, from_attributes=True
    )
    return need_profile(
        answers,
        code=record.code,
        district=record.district,
        state=record.state,
        origin=origin,
        ride_minutes=record.ride_minutes,
    )


def ratio_text(ratio: Fraction | None) -> str:
    """Students per adult as people write it: "3 to 1", "no limit" or nothing."""
    if ratio is None:
        return ""
    if ratio == NO_RATIO_LIMIT:
        return NO_LIMIT
    return f"{ratio.numerator}:{ratio.denominator}"
