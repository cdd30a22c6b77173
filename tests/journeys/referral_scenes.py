"""Referrals of the demo by state, as the coordinator and as the program's staff reach them, and a draft."""

from datetime import date

from referral.actions import rankings
from referral.actions import students as student_actions
from referral.actions.demo import ranked_refs
from referral.actions.referring import Chosen, refer
from referral.errors import RecordNotFound
from referral.models.base import db, utc_now
from referral.models.referrals import Referral
from referral.models.students import Student
from referral.queries import rankings as ranking_queries
from referral.queries import referrals as queries
from referral.queries import students
from referral.queries.users import actor_of, demo_user
from referral.rules.permissions import Actor, Role

COORDINATORS, STAFFS = "{}_referral", "{}_answer"


def referral_scenes() -> dict[str, str]:
    """What stands in braces: "offered_referral" is the coordinator's, "visit_answer" the program's."""
    coordinator = actor_of(demo_user(Role.COORDINATOR))
    drafted = _drafted(coordinator)
    return {
        **_by_state(coordinator, COORDINATORS),
        **_by_state(actor_of(demo_user(Role.COLLABORATIVE_STAFF)), STAFFS),
        "drafted_referral": drafted.ref,
        "consented": _consented(coordinator),
        "fresh_ranking": fresh_ranking(coordinator),
    }


def _by_state(actor: Actor, name: str) -> dict[str, str]:
    rows = db.session.scalars(queries.visible(actor).order_by(Referral.id))
    return {name.format(row.state): row.ref for row in rows}


def _consented(coordinator: Actor) -> str:
    """A student with a record of consent."""
    offered = queries.visible(coordinator).where(Referral.state == "offered")
    return str(db.session.scalars(offered).one().student.ref)


def fresh_ranking(coordinator: Actor, place: int = 0) -> str:
    """A ranking of a student who is not referred anywhere: the answers of the nth under another code."""
    wanted = students.visible(coordinator).order_by(Student.id).offset(place).limit(1)
    like = db.session.scalars(wanted).one()
    answers = students.answers_of(students.version(like))
    made = student_actions.create(coordinator, like.district_id, answers)
    today = date.today()  # noqa: DTZ011 - the day of the computer, as the page reads it
    return rankings.rank_for(coordinator, made.ref, today=today, with_examples=True).ref


def _drafted(coordinator: Actor) -> Referral:
    """A draft to the last option of the first ranking the coordinator can read."""
    for _, ranking in ranked_refs():
        try:
            kept = ranking_queries.result_of(ranking_queries.get(coordinator, ranking))
        except RecordNotFound:
            continue
        last = Chosen(kept.ranking.ranked[-1].program_key, phrases=("visit_welcome",))
        return refer(coordinator, ranking, [last], submit=False, now=utc_now())[0]
    raise LookupError("the demo's coordinator has no ranking")
