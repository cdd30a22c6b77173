"""Counts for reports: what was asked and declined, a district's caseload, and totals of several districts.

Counts only. What leaves is shown by `rules.reports`; nothing here is cut.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from matching.vocabulary import AgeBand, Dimension
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.models.referrals import Referral, ReferralMove
from referral.models.students import ProfileVersion, Student
from referral.rules.ages_told import AgesTold, WideBand, wide_band
from referral.rules.declines import DeclineReason
from referral.rules.disclosure import SupportBand
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Actor, Permission, check, places
from referral.rules.referrals import ENDED, IN_PLACE, UNSENT, State, Verb
from referral.rules.released import enquiry_of
from referral.rules.students import years_of

FINE_FROM = 300  # with fewer, six bands of age would hide nearly every number
NOT_TOLD = "not_told"
NEEDED = frozenset({SupportBand.SOME, SupportBand.MUCH})
COURSES: Mapping[str, frozenset[State]] = {
    "preparing": UNSENT,
    "asked": frozenset(State) - UNSENT - IN_PLACE - ENDED,
    "in_place": IN_PLACE,
    "declined": frozenset({State.DECLINED}),
    "came_back": frozenset({State.RETURNED, State.EXITED}),
    "ended": ENDED - {State.DECLINED, State.RETURNED, State.EXITED},
}


@dataclass(frozen=True)
class Counted:
    """How many there are by row and column; codes, in the order in which they are shown."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Period:
    """The days a report is about: whole months, so that two of them do not differ by one referral."""

    first: date
    last: date


def period_before(today: date) -> Period:
    """The twelve whole months before a day."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period((last.replace(day=1) - timedelta(days=330)).replace(day=1), last)


def declined(actor: Actor, period: Period) -> tuple[Counted, Counted]:
    """What the actor's programs declined in a period: by reason, and by need, each by the age told.

    One referral has one reason and may have several needs.
    """
    check(actor, Permission.NEEDS_REPORT_READ)
    own = places(actor, Permission.NEEDS_REPORT_READ)
    rows = db.session.execute(
        select(Referral.id, Referral.released, ReferralMove.reason)
        .join(ReferralMove, ReferralMove.referral_id == Referral.id)
        .where(
            Referral.collaborative_id.in_(own),
            Referral.state == State.DECLINED.value,
            Referral.ended_on.between(period.first, period.last),
            ReferralMove.verb == Verb.DECLINE.value,
        )
        .order_by(ReferralMove.number)
    ).all()
    last = {row.id: row for row in rows}.values()  # a referral declined twice has its last reason
    copies = [(row.reason or DeclineReason.OTHER.value, enquiry_of(row.released or {})) for row in last]
    ages = _columns(len(copies))
    reasons = Counter((reason, _age_code(view.age_band, ages)) for reason, view in copies)
    needs = Counter(
        (dimension.value, _age_code(view.age_band, ages))
        for _, view in copies
        for dimension, band in view.support.items()
        if band in NEEDED
    )
    return (
        _counted(reasons, [one.value for one in DeclineReason], ages),
        _counted(needs, [one.value for one in Dimension], ages),
    )


def caseload(actor: Actor) -> tuple[Counted, Counted]:
    """The referrals of the actor's districts: by where they are, and by agency, each by the student's age."""
    check(actor, Permission.CASELOAD_READ)
    own = places(actor, Permission.CASELOAD_READ)
    rows = db.session.execute(
        select(
            Referral.state,
            Organisation.name,
            ProfileVersion.answers["age_years"].as_integer().label("age_years"),
        )
        .join(Student, Student.id == Referral.student_id)
        .join(
            ProfileVersion,
            (ProfileVersion.student_id == Student.id) & (ProfileVersion.number == Student.latest_number),
        )
        .join(Organisation, Organisation.id == Referral.collaborative_id)
        .where(Referral.district_id.in_(own))
    ).all()
    ages = _columns(len(rows))
    agencies = sorted({row.name for row in rows})
    return (
        _counted(
            Counter((_course(row.state), _years_code(row.age_years, ages)) for row in rows), COURSES, ages
        ),
        _counted(Counter((row.name, _years_code(row.age_years, ages)) for row in rows), agencies, ages),
    )


def totals(actor: Actor, today: date) -> Counted:
    """The referrals sent by all districts in the actor's care: by where they are, by the age told."""
    check(actor, Permission.AGGREGATES_READ)
    rows = db.session.execute(
        select(Referral.state, Referral.released).where(
            Referral.district_id.in_(_in_care(actor, today)), Referral.sent_at.is_not(None)
        )
    ).all()
    ages = _columns(len(rows))
    counted = Counter(
        (_course(state), _age_code(enquiry_of(released or {}).age_band, ages)) for state, released in rows
    )
    return _counted(counted, [code for code in COURSES if code != "preparing"], ages)


def _in_care(actor: Actor, today: date) -> Select[Any]:
    """Own districts, members of own cooperatives today, and every district of an agency's state."""
    own = places(actor, Permission.AGGREGATES_READ)
    members = select(Membership.district_id).where(
        Membership.collaborative_id.in_(own),
        Membership.valid_from <= today,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= today),
    )
    states = select(Organisation.state).where(
        Organisation.id.in_(own), Organisation.kind == OrganisationKind.STATE_AGENCY.value
    )
    return select(Organisation.id).where(
        Organisation.kind == OrganisationKind.DISTRICT.value,
        or_(Organisation.id.in_(own), Organisation.id.in_(members), Organisation.state.in_(states)),
    )


def _columns(number: int) -> tuple[str, ...]:
    bands: Iterable[AgesTold] = AgeBand if number >= FINE_FROM else WideBand
    return (*(band.value for band in bands), NOT_TOLD)


def _age_code(band: AgesTold | None, ages: Sequence[str]) -> str:
    if isinstance(band, AgeBand) and band.value not in ages:
        band = wide_band(years_of(band)[1])
    return band.value if band is not None and band.value in ages else NOT_TOLD


def _years_code(years: int | None, ages: Sequence[str]) -> str:
    if years is None:
        return NOT_TOLD
    fine = next((band for band in AgeBand if years <= years_of(band)[1]), None)
    return _age_code(fine, ages)


def _course(state: str) -> str:
    return next(code for code, states in COURSES.items() if State(state) in states)


def _counted(counted: Counter[tuple[str, str]], rows: Iterable[str], columns: tuple[str, ...]) -> Counted:
    rows = tuple(rows)
    counts = tuple(tuple(counted[row, column] for column in columns) for row in rows)
    return Counted(rows, columns, counts)
