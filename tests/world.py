"""Two districts and two collaboratives with one thing of every kind, each foreign to the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app
from sqlalchemy import select

from matching.vocabulary import PriceItem
from referral.actions import capacity, disclosures, documents, prices, rankings, referrals
from referral.actions.referring import Chosen, refer
from referral.formats.sealed_files import SealedFolder
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.models.referrals import Referral
from referral.queries.users import actor_of
from referral.rules.documents import DocumentKind
from referral.rules.permissions import Actor, Role
from referral.rules.program_records import PriceRecord
from referral.rules.rankings import OverrideReason
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import State, Verb
from tests.documents import PDF
from tests.factories import a_district, a_user
from tests.policies import a_version
from tests.programs import AGENCY, PROGRAM, TODAY, a_file, load_file
from tests.rankings import SAID
from tests.referrals import CONSENT, NOW
from tests.students import a_draft, a_student
from tests.tokens import a_token

PRICE = PriceRecord(
    item=PriceItem.TUITION, usd_per_year=58_400, member=None, valid_from=date(2026, 7, 1), valid_to=None
)
HILL = {"key": "hill", "name": "Hill Collaborative", "state": "MA", "members": [{"district": "Hillside"}]}
PROGRAMS = (PROGRAM, PROGRAM | {"key": "hilltop", "agency": "hill", "name": "Hilltop Program"})
# Of arguments that mean different things on different pages: which one it is there.
NOUNS = {
    "organisations": "organisation",
    "memberships": "organisation",
    "users": "home",
    "identities": "home",
}
REFS = {
    "intake": "draft",
    "users": "user",
    "policies": "policy",
    "priorities": "ranking",
    "approvals": "referral",
    "referring": "ranking",
    "inbox": "referral",
    "capacity": "question",
    "student_timeline": "student",
    "identities": "student",
}


@dataclass(frozen=True)
class Side:
    """One district, one collaborative and what is theirs, by the names addresses use."""

    names: Mapping[str, str]
    places: Mapping[Role, int]

    def address(self, app: Flask, endpoint: str) -> str:
        """The address of a page about what is this side's."""
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        values = {name: self.names[meaning(endpoint, name)] for name in rule.arguments}
        with app.test_request_context():
            return app.url_for(endpoint, **values, _external=False)


def meaning(endpoint: str, argument: str) -> str:
    """What an argument of an address names there: a student's code, a program, a collaborative."""
    noun = endpoint.partition(".")[0]
    if argument == "ref":
        return REFS.get(noun, noun.removesuffix("s"))
    if argument == "slug":
        return NOUNS.get(noun, "program")
    return argument


def two_sides() -> tuple[Side, Side]:
    """Both sides, in the database."""
    load_file(a_file(*PROGRAMS, agencies=(AGENCY, HILL)))
    return _side("river", "bridge"), _side("hill", "hilltop")


def seen_by(role: Role | None, side: Side) -> Side:
    """The side with what is a role's own, where both organizations have one: their tokens."""
    is_staff = role is Role.COLLABORATIVE_ADMINISTRATOR
    return Side({**side.names, "token": side.names["staff_token" if is_staff else "token"]}, side.places)


def missing(side: Side) -> Side:
    """A side whose names all read well and name nothing."""
    made = {
        "student": make_reference(ReferenceKind.STUDENT),
        "code": make_reference(ReferenceKind.STUDENT),
        "ranking": make_reference(ReferenceKind.RANKING),
        "draft": make_reference(ReferenceKind.DRAFT),
        "user": make_reference(ReferenceKind.USER),
        "policy": make_reference(ReferenceKind.POLICY),
        "referral": make_reference(ReferenceKind.REFERRAL),
        "disclosure": make_reference(ReferenceKind.CONSENT),
        "document": make_reference(ReferenceKind.DOCUMENT),
        "question": make_reference(ReferenceKind.QUESTION),
        "token": make_reference(ReferenceKind.TOKEN),
        "staff_token": make_reference(ReferenceKind.TOKEN),
        "program": "no-such-program",
        "organisation": "no-such-organization",
        "home": "no-such-organization",
    }
    return Side({**side.names, **made}, side.places)


def _side(agency: str, program: str) -> Side:
    collaborative = db.session.scalars(select(Organisation).where(Organisation.slug == agency)).one()
    district = a_district(name=f"District of {agency}", state="MA", town="Lexington")
    coordinator = actor_of(a_user(Role.COORDINATOR, at=district))
    director = actor_of(a_user(Role.DIRECTOR, at=district))
    staff = actor_of(a_user(Role.COLLABORATIVE_STAFF, at=collaborative))
    prices.add(staff, program, PRICE)
    member = db.session.scalars(
        select(Membership).where(Membership.collaborative_id == collaborative.id)
    ).first()
    assert member is not None
    student, ranking = _ranked(coordinator, director)
    referral = _referred(coordinator, director, ranking, program)
    return Side(
        {
            "student": student,
            "code": student,
            "ranking": ranking,
            "referral": referral,
            "disclosure": disclosures.record(coordinator, student, CONSENT, today=TODAY).ref,
            "document": _document(coordinator, referral),
            "question": capacity.ask(coordinator, [program], now=NOW).ref,
            "token": a_token(district)[0],
            "staff_token": a_token(collaborative)[0],
            "verb": "withdraw",
            "draft": a_draft(coordinator).ref,
            "user": a_user(Role.COORDINATOR, at=district).ref,
            "policy": a_version(director).ref,
            "program": program,
            "organisation": agency,
            "home": district.slug,
            "district": member.district.slug,
            "first_day": member.valid_from.isoformat(),
            "key": "room-1",
            "step_key": "student",
            "number": "1",
            "item": "tuition",
            "audience": "all",
            "first": "2026-07-01",
            "role": "coordinator",
        },
        {
            Role.COORDINATOR: district.id,
            Role.DIRECTOR: district.id,
            Role.COLLABORATIVE_STAFF: collaborative.id,
            Role.COLLABORATIVE_ADMINISTRATOR: collaborative.id,
        },
    )


def _referred(coordinator: Actor, director: Actor, ranking: str, program: str) -> str:
    """A referral that was sent."""
    [row] = refer(coordinator, ranking, [Chosen(program)], submit=True, now=NOW)
    return referrals.move(director, row.ref, Verb.APPROVE, now=NOW).ref


def _document(coordinator: Actor, referral: str) -> str:
    """A document of a second student's packet, which was sent to the same program."""
    like = db.session.scalars(select(Referral).where(Referral.ref == referral)).one()
    student = a_student(coordinator, **SAID)
    disclosures.record(coordinator, student.ref, CONSENT, today=TODAY)
    names = ("program_id", "district_id", "collaborative_id", "profile_version_id", "released", "sent_at")
    packet = Referral(
        ref=make_reference(ReferenceKind.REFERRAL),
        student_id=student.id,
        state=State.PACKET_SENT.value,
        **{name: getattr(like, name) for name in names},
    )
    db.session.add(packet)
    db.session.flush()
    settings = current_app.config["SETTINGS"]
    folder = SealedFolder.of_instance(settings.instance, settings.secret)
    return documents.add(coordinator, folder, packet.ref, DocumentKind.IEP, PDF).ref


def _ranked(coordinator: Actor, director: Actor) -> tuple[str, str]:
    student = a_student(coordinator, **SAID)
    ranking = rankings.rank_for(coordinator, student.ref, today=TODAY, with_examples=True)
    reason = OverrideReason.VISIT.value
    rankings.override(director, ranking.ref, program_key="bridge", place=1, reason=reason)
    return student.ref, ranking.ref
