"""Referrals of the demo at every step, so that each role finds something to do. Synthetic students only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from matching.results import RankedProgram
from matching.vocabulary import SeatStatus
from referral.actions import disclosures, referrals, referring, settings
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.models.users import RoleAssignment, User
from referral.queries.rankings import result_of
from referral.queries.settings import settings_of
from referral.queries.users import actor_of
from referral.rules.areas import AreaCounts
from referral.rules.disclosures import DisclosureBasis, DisclosureRecord, SignerRole
from referral.rules.permissions import Actor, Role
from referral.rules.referrals import Party, State, Verb, find_move
from referral.rules.terms import Terms

EXAMPLE_AREAS = AreaCounts("Middlesex West (example)", 11_500, 900, 2025, "example figures, made up")
SENT = (Verb.SUBMIT, Verb.APPROVE)
PACKET = (*SENT, Verb.SHOW_INTEREST, Verb.DISCLOSE)
STEP = timedelta(days=1)
HOUR = 15  # of UTC: in the morning in both states
ROLE_OF = {
    Party.COORDINATOR: (Role.COORDINATOR,),
    Party.DIRECTOR: (Role.DIRECTOR,),
    Party.STAFF: (Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR),
}


@dataclass(frozen=True)
class Story:
    """How far the referral of the nth student to the best ranked program of a collaborative went."""

    student: int
    collaborative: str
    verbs: Sequence[Verb]


STORIES = (
    Story(0, "southeastern-mass", SENT),
    Story(0, "caps", PACKET),
    Story(1, "caps", (*SENT, Verb.WAITLIST)),
    Story(2, "caps", (*PACKET, Verb.OFFER)),
    Story(2, "labbb", SENT),
    Story(3, "caps", SENT[:1]),
    Story(3, "southeastern-mass", SENT[:1]),
    Story(4, "caps", (*SENT, Verb.SHOW_INTEREST)),
    Story(5, "labbb", (*SENT, Verb.SHOW_INTEREST)),
    Story(8, "labbb", (*PACKET, Verb.INVITE)),
    Story(9, "caps", (*SENT, Verb.DECLINE)),
)


def make_referrals(now: datetime) -> int:
    """Add the stories, unless the demo has referrals already; give how many were added."""
    if db.session.scalar(select(exists().where(Referral.id.is_not(None)))):
        return 0
    rankings = db.session.scalars(select(Ranking).order_by(Ranking.student_id, Ranking.id)).all()
    for district in {ranking.student.district for ranking in rankings}:
        _count_around(district)
    told = [_tell(story, rankings[story.student], now) for story in STORIES if story.student < len(rankings)]
    return sum(told)


def _count_around(district: Organisation) -> None:
    """A made up region around a district of Massachusetts, so that its enquiries can name it."""
    if district.state == "MA":
        now = settings_of(district)
        director = _someone(district.id, Party.DIRECTOR)
        settings.save(director, district.slug, replace(now, areas=EXAMPLE_AREAS), version_seen=0)


def _tell(story: Story, ranking: Ranking, now: datetime) -> bool:
    option = _best_of(story, ranking)
    if option is None:
        return False
    begins = now.replace(hour=HOUR, minute=0) - STEP * len(story.verbs)
    coordinator = _someone(ranking.student.district_id, Party.COORDINATOR)
    if Verb.DISCLOSE in story.verbs:
        disclosures.record(coordinator, ranking.student.ref, _consent(begins.date()), today=begins.date())
    chosen = [referring.Chosen(option.program_key, ("visit_welcome",))]
    [row] = referring.refer(coordinator, ranking.ref, chosen, submit=False, now=begins)
    for number, verb in enumerate(story.verbs):
        at = begins + STEP * number
        said = referrals.Said(_terms(option, verb, at.date()))
        referrals.move(_actor(row, verb), row.ref, verb, said, now=at)
    return True


def _best_of(story: Story, ranking: Ranking) -> RankedProgram | None:
    """The best ranked program of the story's collaborative; for an offer one whose room has an open seat."""
    own = [
        option
        for option in result_of(ranking).ranking.ranked
        if option.program_key.startswith(f"{story.collaborative}--")
    ]
    offers = Verb.OFFER in story.verbs
    return next((one for one in own if not offers or one.seats.status is SeatStatus.OPEN), None)


def _actor(row: Referral, verb: Verb) -> Actor:
    move = find_move(State(row.state), verb)
    party = next(iter(move.by)) if move else Party.COORDINATOR
    return _someone(row.collaborative_id if party is Party.STAFF else row.district_id, party)


def _someone(organisation_id: int, party: Party) -> Actor:
    """A demo user who may act for a party at an organization."""
    roles = [role.value for role in ROLE_OF[party]]
    user = db.session.scalars(
        select(User)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .where(RoleAssignment.organisation_id == organisation_id, RoleAssignment.role.in_(roles))
        .order_by(User.id)
    ).first()
    if user is None:
        raise LookupError(f"the demo has no {party.value} there")
    return actor_of(user)


def _consent(today: date) -> DisclosureRecord:
    return DisclosureRecord(
        basis=DisclosureBasis.CONSENT,
        signer=SignerRole.PARENT,
        signed_on=today,
        expires_on=today + timedelta(days=365),
    )


def _terms(option: RankedProgram, verb: Verb, today: date) -> Terms:
    """What the demo says with a move."""
    if verb is Verb.OFFER:
        return Terms(room=option.room_key, hold_until=today + timedelta(days=30))
    if verb is Verb.INVITE:
        return Terms(visit_kind="tour", visit_on=today + timedelta(days=10))
    if verb is Verb.DECLINE:
        return Terms(reason="staffing")
    return Terms()
