"""Slow reference of the gates, written from the method's text: plain loops, one option at a time.

Answers are "yes", "no" and "unknown". A gate that is not asked is not given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from matching import NeedProfile, Policy, ProgramProfile, Room, ServiceNeed, Site
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Importance,
    Insistence,
    Limit,
    OneToOne,
    ProgramStatus,
    Setting,
)
from tests.matching.reference_group import span_answer

YES, NO, UNKNOWN = "yes", "no", "unknown"
FLUENCY_NEEDED = {
    CommunicationMode.ASL,
    CommunicationMode.SIGNED_ENGLISH,
    CommunicationMode.TACTILE_SIGN,
    CommunicationMode.OBJECT_CUES,
    CommunicationMode.AAC_DEVICE,
    CommunicationMode.AAC_PICTURES,
    CommunicationMode.SWITCH,
}
FEATURE_NEEDS = {
    "wheelchair": Feature.WHEELCHAIR_ACCESS,
    "lift": Feature.LIFT,
    "accessible_changing": Feature.ACCESSIBLE_CHANGING,
    "braille": Feature.BRAILLE,
    "intervener": Feature.INTERVENER,
}
MANY_DAYS = 500
Answers = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Pair:
    """One student against one option, on a day."""

    student: NeedProfile
    program: ProgramProfile
    room: Room | None
    site: Site | None
    policy: Policy
    today: date
    ride: tuple[int, int] | None

    @property
    def first_day(self) -> date:
        """The start, but never before today."""
        return max(self.student.start_on or self.today, self.today)

    @property
    def ride_limit(self) -> int:
        """The limit of the profile, or the policy's."""
        return self.student.ride_limit_minutes or self.policy.ride_default_limit_minutes

    def said(self, field: str, subject: str = "") -> bool:
        """Whether a fact of the program was stated rather than inferred."""
        if self.room is not None and getattr(self.room, field, None) is not None:
            return True
        return field not in self.program.inferred and f"{field}.{subject}" not in self.program.inferred


def verdict(answers: dict[str, str]) -> str:
    """Kleene's "and"."""
    if NO in answers.values():
        return "not_eligible"
    return "to_confirm" if UNKNOWN in answers.values() else "eligible"


def gate_answers(pair: Pair) -> dict[str, str]:
    """Every gate that is asked, by its code."""
    answers: dict[str, str] = {}
    for part in (
        _when,
        _ages,
        _group,
        _services,
        _levels,
        _features,
        _modes,
        _setting,
        _wishes,
        _ride,
        _limits,
    ):
        answers.update(part(pair))
    return answers


def _when(pair: Pair) -> Answers:
    student, program = pair.student, pair.program
    offered = program.placement_types if pair.said("placement_types") else None
    if student.placement_type is None or offered is None:
        yield "placement_type", UNKNOWN
    else:
        yield "placement_type", YES if student.placement_type in offered else NO
    yield "operating", _operating(pair)
    grades = pair.room.grades if pair.room and pair.room.grades is not None else program.grades
    if grades is not None:
        settled = student.grade is not None and pair.said("grades")
        yield "grade_served", (YES if student.grade in grades else NO) if settled else UNKNOWN


def _operating(pair: Pair) -> str:
    program = pair.program
    if program.status is ProgramStatus.CLOSED:
        return NO
    if program.closes_on is not None and program.closes_on < pair.first_day:
        return NO
    if program.status is ProgramStatus.UNVERIFIED:
        return UNKNOWN
    return UNKNOWN if program.closes_on is not None and pair.student.start_on is None else YES


def _ages(pair: Pair) -> Answers:
    age = pair.student.age_months
    possible = range(0, 361) if age is None else range(age.low, age.high + 1)
    served = pair.room.ages if pair.room and pair.room.ages else pair.program.ages
    yield "age_served", _inside(possible, served) if pair.said("ages") else UNKNOWN
    if pair.program.ages_at_admission is not None:
        answer = _inside(possible, pair.program.ages_at_admission)
        yield "age_admission", answer if pair.said("ages_at_admission") else UNKNOWN
    below = [month < pair.policy.age_limit_months for month in possible]
    if not all(below):
        yield "age_limit", UNKNOWN if any(below) else NO


def _group(pair: Pair) -> Answers:
    answer = span_answer(pair.student, pair.program, pair.room, pair.policy, pair.today)
    if answer is not None:
        yield "age_span", answer


def _inside(months: range, years) -> str:
    if years is None:
        return UNKNOWN
    inside = [years.low * 12 <= month < (years.high + 1) * 12 for month in months]
    return YES if all(inside) else UNKNOWN if any(inside) else NO


def deliverable(need: ServiceNeed, program: ProgramProfile) -> str:
    """Whether a service can be delivered: the delivery and the minutes, by Kleene's "and"."""
    offer = program.services.get(need.service)
    if offer is None:
        return UNKNOWN
    if offer.delivery is Delivery.NOT_OFFERED:
        return NO
    if offer.delivery is Delivery.DIRECT or need.delivery is Delivery.CONSULT:
        delivery = YES
    else:
        delivery = UNKNOWN if need.delivery is None else NO
    most = offer.minutes_per_week_max
    if most is None:
        minutes = YES
    elif need.minutes_per_week is None:
        minutes = UNKNOWN
    else:
        minutes = YES if need.minutes_per_week <= most else NO
    return NO if NO in (delivery, minutes) else UNKNOWN if UNKNOWN in (delivery, minutes) else YES


def _services(pair: Pair) -> Answers:
    if pair.student.services is None:
        yield "services", UNKNOWN
    for need in pair.student.services or ():
        if need.importance is Importance.REQUIRED:
            answer = deliverable(need, pair.program)
            yield f"service:{need.service}", answer if pair.said("services", need.service) else UNKNOWN


def _levels(pair: Pair) -> Answers:
    for code, dimension, least in (
        ("health_level", Dimension.MEDICAL, pair.policy.medical_gate_from),
        ("behavior_level", Dimension.BEHAVIOR, pair.policy.behavior_gate_from),
    ):
        need, offer = pair.student.level(dimension), pair.program.level(dimension)
        if need.high < least:
            continue
        met = [
            n < least or o >= n
            for n in range(need.low, need.high + 1)
            for o in range(offer.low, offer.high + 1)
        ]
        stated = dimension in pair.program.levels and pair.said("levels", dimension)
        yield code, (YES if all(met) else UNKNOWN if any(met) else NO) if stated else UNKNOWN


def _features(pair: Pair) -> Answers:
    one_to_one = pair.student.one_to_one
    wanted = {name: getattr(pair.student, name) for name in FEATURE_NEEDS}
    wanted["one_to_one"] = None if one_to_one is None else one_to_one is not OneToOne.NONE
    for name, need in wanted.items():
        offer = _feature(pair, FEATURE_NEEDS.get(name, Feature.ONE_TO_ONE))
        code = "changing" if name == "accessible_changing" else name
        if need is True:
            yield code, offer
        elif need is None:
            yield code, YES if offer == YES else UNKNOWN


def _feature(pair: Pair, feature: Feature) -> str:
    there = pair.program.features.get(feature)
    if there is None or not pair.said("features", feature):
        return UNKNOWN
    return YES if there else NO


def _modes(pair: Pair) -> Answers:
    taught = {
        mode: pair.program.communication_modes.get(mode) if pair.said("communication_modes", mode) else None
        for mode in FLUENCY_NEEDED
    }
    words = {True: YES, False: NO, None: UNKNOWN}
    if pair.student.communication_modes is None:
        yield "modes", YES if all(taught.values()) else UNKNOWN
    for mode in pair.student.communication_modes or ():
        if mode in FLUENCY_NEEDED:
            yield f"mode:{mode}", words[taught[mode]]


def possible_settings(program: ProgramProfile) -> set[Setting]:
    """A listed program of a public agency is a class or a day school unless its setting is stated."""
    if program.setting is not None and "setting" not in program.inferred:
        return {program.setting}
    presumed = {Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY} if program.operator.public else set(Setting)
    return presumed | ({program.setting} if program.setting else set())


def _setting(pair: Pair) -> Answers:
    if pair.student.permitted_settings is not None:
        allowed = [one in pair.student.permitted_settings for one in possible_settings(pair.program)]
        yield "setting", YES if all(allowed) else NO if allowed == [False] else UNKNOWN


def _wishes(pair: Pair) -> Answers:
    opposite = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
    for wish in pair.student.wishes:
        offer = _feature(pair, wish.feature)
        if wish.insistence is Insistence.MUST_HAVE:
            yield f"must_have:{wish.feature}", offer
        if wish.insistence is Insistence.MUST_NOT:
            yield f"must_not:{wish.feature}", opposite[offer]


def _ride(pair: Pair) -> Answers:
    if not pair.student.ride_limit_is_firm:
        return
    if pair.ride is None:
        yield "ride", UNKNOWN
        return
    within = [minutes <= pair.ride_limit for minutes in pair.ride]
    yield "ride", YES if all(within) else UNKNOWN if any(within) else NO


def _limits(pair: Pair) -> Answers:
    words = {True: YES, False: NO, None: UNKNOWN}
    for limit in pair.program.limits:
        met = _is_member(pair) if limit is Limit.MEMBERS_ONLY else pair.student.meets.get(limit)
        answer = words[met]
        yield f"limit:{limit}", UNKNOWN if answer == NO and not pair.said("limits", limit) else answer


def _is_member(pair: Pair) -> bool | None:
    """Membership on the start date; on any day from today while the start is open."""
    operator, district = pair.program.operator, pair.student.district
    terms = [term for term in operator.members if term.district == district]
    if district is None:
        return None
    if not terms:
        return False if operator.member_list_complete else None
    later = 1 if pair.student.start_on else MANY_DAYS
    days = [pair.first_day + timedelta(days=n) for n in range(later)]
    answers = {any(_holds(term, day) for term in terms) for day in days}
    return answers.pop() if len(answers) == 1 else None


def _holds(term, day: date) -> bool:
    return (term.valid_from is None or term.valid_from <= day) and (
        term.valid_to is None or day <= term.valid_to
    )
