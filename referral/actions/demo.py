"""What the demo adds: users of each role, synthetic students, a ranking of each. Again, it adds nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from referral.actions import organisations, rankings, students, users
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.rankings import Ranking
from referral.models.students import Student
from referral.models.users import User
from referral.queries.users import actor_of
from referral.rules.answers import Answers, StudentRecord
from referral.rules.organisations import OrganisationFacts, OrganisationKind
from referral.rules.permissions import COMMAND, Actor, Role
from referral.rules.users import Invitation

SITE = OrganisationFacts(slug="this-installation", name="This installation", kind=OrganisationKind.PLATFORM)
OFFICE = OrganisationFacts(
    slug="state-office-demo", name="State office (demo)", kind=OrganisationKind.STATE_AGENCY
)
COLLABORATIVES = {"LABBB": "labbb", "CAPS": "caps"}


@dataclass(frozen=True)
class DemoUser:
    """A user of the demo, called by the role and where it is held."""

    role: Role
    title: str
    place: str

    @property
    def name(self) -> str:
        """The name shown: "Coordinator, Lexington (demo)"."""
        return f"{self.title}, {self.place} (demo)" if self.place else f"{self.title} (demo)"

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return "-".join([self.role.value, *self.place.lower().split()]).replace("_", "-") + "@demo.example"


# The first user of a role is the one that one click signs in.
USERS = (
    DemoUser(Role.COORDINATOR, "Coordinator", "Lexington"),
    DemoUser(Role.DIRECTOR, "Director", "Lexington"),
    DemoUser(Role.COLLABORATIVE_STAFF, "Collaborative staff", "LABBB"),
    DemoUser(Role.COLLABORATIVE_ADMINISTRATOR, "Collaborative administrator", "LABBB"),
    DemoUser(Role.COOPERATIVE_ADMINISTRATOR, "State office", ""),
    DemoUser(Role.SITE_ADMINISTRATOR, "Site administrator", ""),
    DemoUser(Role.COORDINATOR, "Coordinator", "Reading"),
    DemoUser(Role.DIRECTOR, "Director", "Reading"),
    DemoUser(Role.COORDINATOR, "Coordinator", "Red Wing"),
    DemoUser(Role.COLLABORATIVE_STAFF, "Collaborative staff", "CAPS"),
)


def make_users() -> int:
    """Add the demo's users that are missing; give how many were added."""
    there = set(db.session.scalars(select(User.email).where(User.is_demo)))
    missing = [user for user in USERS if user.email not in there]
    for user in missing:
        invitation = Invitation(user.email, user.name, user.role)
        users.invite(COMMAND, invitation, _place_of(user), is_demo=True)
    return len(missing)


def _place_of(user: DemoUser) -> Organisation:
    if user.role is Role.SITE_ADMINISTRATOR:
        return _organisation(SITE)
    if user.role is Role.COOPERATIVE_ADMINISTRATOR:
        return _organisation(OFFICE)
    if user.role in (Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR):
        slug = COLLABORATIVES[user.place]
        return db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
    return _district(user.place)


def _organisation(facts: OrganisationFacts) -> Organisation:
    found = db.session.scalar(select(Organisation).where(Organisation.slug == facts.slug))
    return found or organisations.add(COMMAND, facts)


def _district(name: str) -> Organisation:
    statement = select(Organisation).where(
        Organisation.name == name, Organisation.kind == OrganisationKind.DISTRICT.value
    )
    return db.session.scalars(statement).one()


def coordinator_of(district: str) -> Actor:
    """The demo's coordinator of a district."""
    title = next(user for user in USERS if (user.role, user.place) == (Role.COORDINATOR, district))
    return actor_of(db.session.scalars(select(User).where(User.email == title.email)).one())


def make_students(records: Iterable[StudentRecord]) -> int:
    """Add the synthetic students, unless the demo has students already; give how many were added."""
    if db.session.scalar(select(exists().where(Student.id.is_not(None)))):
        return 0
    added = list(records)
    for record in added:
        district = record.district or ""
        students.create(coordinator_of(district), _district(district).id, answers_of(record))
    return len(added)


def answers_of(record: StudentRecord) -> Answers:
    """The answers of a student in a file, without what is of the file."""
    return Answers.model_validate(
        {name: getattr(record, name) for name in Answers.model_fields}, from_attributes=True
    )


def rank_students(today: date) -> int:
    """Rank every student that has no ranking yet; give how many were ranked."""
    unranked = db.session.scalars(
        select(Student).where(~exists().where(Ranking.student_id == Student.id)).order_by(Student.id)
    ).all()
    for student in unranked:
        actor = coordinator_of(student.district.name)
        rankings.rank_for(actor, student.ref, today=today, with_examples=True)
    return len(unranked)


def first_ranking() -> Ranking:
    """The latest ranking of the first student."""
    return db.session.scalars(select(Ranking).order_by(Ranking.student_id, Ranking.id.desc()).limit(1)).one()


def ranked_refs() -> Sequence[tuple[str, str]]:
    """Students and rankings of the demo, first to last."""
    rows = db.session.execute(
        select(Student.ref, Ranking.ref).join(Student, Ranking.student_id == Student.id).order_by(Ranking.id)
    )
    return [(student, ranking) for student, ranking in rows]
