"""Makes referrals for tests: a district, two collaboratives, a synthetic student, and the people of each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from referral.actions import disclosures, rankings, referrals
from referral.actions.referring import Chosen, refer
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.models.students import Student
from referral.queries.users import actor_of
from referral.rules.disclosures import DisclosureBasis, DisclosureRecord, SignerRole
from referral.rules.permissions import Actor, Role
from referral.rules.referrals import Verb
from referral.rules.terms import Terms
from tests.factories import a_district, a_user
from tests.programs import TODAY
from tests.rankings import SAID, a_directory
from tests.students import a_student

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # Monday morning in Massachusetts
CONSENT = DisclosureRecord(
    basis=DisclosureBasis.CONSENT,
    signer=SignerRole.PARENT,
    signed_on=TODAY,
    expires_on=TODAY + timedelta(days=365),
)
# What each verb needs said, as of NOW.
SAYING: dict[Verb, dict[str, Any]] = {
    Verb.SEND_BACK: {"note": "Add the start date."},
    Verb.ASK_INFORMATION: {"note": "Please send the last evaluation."},
    Verb.ANSWER: {"note": "It is in the packet."},
    Verb.INVITE: {"visit_kind": "tour", "visit_on": date(2026, 12, 1)},
    Verb.OFFER: {"room": "room-1", "hold_until": date(2026, 12, 23)},
    Verb.EXTEND: {"hold_until": date(2027, 1, 15)},
    Verb.DECLINE: {"reason": "staffing"},
    Verb.ACCEPT: {
        "proposed_on": date(2026, 11, 20),
        "family_answer": "accepted",
        "family_answered_on": date(2026, 11, 22),
    },
    Verb.REFUSE: {"reason": "family_decided"},
    Verb.WITHDRAW: {"reason": "team_decided"},
    Verb.REOPEN: {"reason": "by_mistake"},
    Verb.UNDO_ACCEPT: {"reason": "by_mistake"},
    Verb.ASK_SECOND_LOOK: {"reason": "facts_say_otherwise"},
    Verb.ENROLL: {"start_on": date(2027, 1, 4)},
    Verb.MONITOR: {"done_on": date(2026, 11, 20)},
    Verb.REVIEW: {"done_on": date(2026, 11, 20)},
    Verb.PLAN_RETURN: {
        "return_on": date(2027, 6, 22),
        "criteria": ("goals_met",),
        "home_plan": "own_program",
    },
    Verb.RETURN: {"ended_on": date(2026, 11, 23)},
    Verb.END: {"ended_on": date(2026, 11, 23), "reason": "moved_away"},
}
# The same on another day: the days from it.
FROM_TODAY = {
    "visit_on": 5,
    "hold_until": 20,
    "proposed_on": -3,
    "family_answered_on": -1,
    "start_on": 40,
    "return_on": 90,
    "ended_on": 0,
    "done_on": -2,
}


def said_on(verb: str, today: date) -> dict[str, Any]:
    """What a verb needs said on a day."""
    said = SAYING.get(Verb(verb), {})
    moved_days = {name: today + timedelta(days=days) for name, days in FROM_TODAY.items() if name in said}
    return said | moved_days


@dataclass(frozen=True)
class Cast:
    """Everyone in a referral: the district's two, the staff of both collaboratives, the student ranked."""

    coordinator: Actor
    director: Actor
    river_staff: Actor
    lake_staff: Actor
    student: Student
    ranking: Ranking

    def staff_of(self, row: Referral) -> Actor:
        """The staff of the collaborative a referral went to."""
        return self.river_staff if row.program.slug == "bridge" else self.lake_staff

    def actor_for(self, verb: Verb, row: Referral) -> Actor:
        """Someone who may make this move."""
        if verb in (Verb.APPROVE, Verb.SEND_BACK, Verb.ASK_SECOND_LOOK):
            return self.director
        return self.staff_of(row) if verb in STAFF_VERBS else self.coordinator


STAFF_VERBS = frozenset(
    {
        Verb.ACKNOWLEDGE,
        Verb.SHOW_INTEREST,
        Verb.ASK_INFORMATION,
        Verb.INVITE,
        Verb.WAITLIST,
        Verb.RESUME,
        Verb.OFFER,
        Verb.EXTEND,
        Verb.DECLINE,
        Verb.UPHOLD,
    }
)


def staff_at(slug: str) -> Actor:
    """A staff member of the collaborative with this slug."""
    place = db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
    return actor_of(a_user(Role.COLLABORATIVE_STAFF, at=place))


def a_cast(**said: Any) -> Cast:
    """A district that ranked a student on the programs of two collaboratives; consent is on file."""
    a_directory()
    district = a_district(name="Lexington District", state="MA", town="Lexington")
    coordinator = actor_of(a_user(Role.COORDINATOR, at=district))
    director = actor_of(a_user(Role.DIRECTOR, at=district))
    student = a_student(coordinator, **(SAID | said))
    ranking = rankings.rank_for(coordinator, student.ref, today=TODAY, with_examples=True)
    disclosures.record(coordinator, student.ref, CONSENT, today=TODAY)
    return Cast(coordinator, director, staff_at("river"), staff_at("lake"), student, ranking)


def referred(cast: Cast, *slugs: str, submit: bool = True, now: datetime = NOW) -> list[Referral]:
    """The student referred to programs, `bridge` unless others are named."""
    chosen = [Chosen(slug) for slug in slugs or ("bridge",)]
    return refer(cast.coordinator, cast.ranking.ref, chosen, submit=submit, now=now)


def moved(cast: Cast, row: Referral, *verbs: Verb, now: datetime = NOW, **terms: Any) -> Referral:
    """The referral after these moves, each by someone who may make it; ``terms`` go with the last."""
    for verb in verbs:
        said = SAYING.get(verb, {}) | (terms if verb is verbs[-1] else {})
        actor = cast.actor_for(verb, row)
        row = referrals.move(actor, row.ref, verb, referrals.Said(Terms(**said)), now=now)
    return row
