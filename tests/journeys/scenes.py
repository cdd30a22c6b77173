"""What the pages are looked at in: drafts, a revised profile, a note, an order set, a user, a price."""

from datetime import date

from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from matching.vocabulary import PriceItem, ProgramStatus
from referral.actions import drafts, parked_forms, policies, prices, rankings, second_steps, users
from referral.actions.demo import coordinator_of, ranked_refs
from referral.callers import key_for
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.models.programs import Program
from referral.models.seats import Room
from referral.models.users import User
from referral.queries import rankings as ranking_queries
from referral.queries import students as student_queries
from referral.queries.users import actor_of, demo_user
from referral.rules.intake import StepWrite
from referral.rules.permissions import COMMAND, Actor, Role
from referral.rules.program_records import PriceRecord
from referral.rules.questions import STEPS
from referral.rules.rankings import OverrideReason
from referral.rules.users import Invitation
from referral.web import parking, second_step
from tests.journeys.answer_scenes import answer_scenes
from tests.journeys.packet_scenes import packet_scenes
from tests.journeys.referral_scenes import referral_scenes
from tests.policies import a_version
from tests.programs import a_file, load_file

NOTE = "Read with the coordinator; the ride is the open point."
COLLABORATIVE, DISTRICT, OTHER = "labbb", "lexington-ma", "river"
BARE = {"key": "river--bare", "agency": OTHER, "name": "A Program Without Rooms", "populations": ["autism"]}
AGENCY = {"key": OTHER, "name": "River Collaborative", "state": "MA"}
PRICE = PriceRecord(
    item=PriceItem.TUITION, usd_per_year=58_400, member=None, valid_from=date(2026, 7, 1), valid_to=None
)


def set_the_scene() -> dict[str, str]:
    """Make the scenes in the demo's database; gives what stands in braces in addresses."""
    coordinator = coordinator_of("Lexington")
    invited = _invited()
    reached = {**_directory(), **referral_scenes()}
    revised = _revised(coordinator)
    packet_scenes(reached, revised["revised"])
    return {
        **reached,
        **answer_scenes(reached, date.today()),  # noqa: DTZ011 - the day of the computer, as the page reads it
        **_kept(actor_of(demo_user(Role.DIRECTOR))),
        **revised,
        "draft": _draft(coordinator),
        "full_draft": drafts.begin_copy(coordinator, ranked_refs()[2][0]).ref,
        **_proposed(actor_of(demo_user(Role.DIRECTOR))),
        **_account(),
        "user": invited.ref,
        "token": generate_reset_password_token(invited),
    }


def _account() -> dict[str, str]:
    """A director about to set up a second step, and a form that a coordinator sent too late."""
    second_steps.begin(demo_user(Role.DIRECTOR), key_for(second_step.KEY))
    parked_forms.park(
        demo_user(Role.COORDINATOR),
        "/notices/choices",
        [("weekly", "y")],
        key_for(parking.KEY),
        now=utc_now(),
    )
    return {}


def _directory() -> dict[str, str]:
    """A program without rooms and with a price, and the names of others."""
    load_file(a_file(BARE, agencies=(AGENCY,)), with_examples=False, today=date.today())  # noqa: DTZ011 - the day of the computer, as the page reads it
    staff = demo_user(Role.COLLABORATIVE_STAFF)
    users.give_role(COMMAND, staff, Role.COLLABORATIVE_STAFF, _organisation(OTHER))
    prices.add(actor_of(staff), BARE["key"], PRICE)
    program = db.session.scalars(
        select(Program).join(Room).where(Program.slug.startswith(COLLABORATIVE))
    ).first()
    closed = select(Program.slug).where(Program.status == ProgramStatus.CLOSED.value)
    assert program is not None
    return {
        "program": program.slug,
        "room": program.rooms[0].key,
        "bare": BARE["key"],
        "price_day": PRICE.valid_from.isoformat() if PRICE.valid_from else "",
        "closed": str(db.session.scalar(closed)),
        "collaborative": COLLABORATIVE,
        "district": DISTRICT,
        "first_day": "1900-01-01",
    }


def _kept(director: Actor) -> dict[str, str]:
    """A ranking with a note and an order set by the director, looked at by value."""
    student, ranking = ranked_refs()[0]
    rankings.note(director, ranking, NOTE)
    row = ranking_queries.get(director, ranking)
    keys = [option.program_key for option in ranking_queries.result_of(row).ranking.ranked]
    reason = OverrideReason.VISIT.value
    rankings.override(director, ranking, program_key=keys[1], place=1, reason=reason, note_text="")
    rankings.order_by_value(director, ranking)
    places = dict(zip(("first", "second", "third", "fourth"), keys, strict=False))
    return {"student": student, "ranking": ranking, **places}


def _revised(actor: Actor) -> dict[str, str]:
    """A ranking whose student's profile was revised afterwards."""
    student, ranking = ranked_refs()[1]
    draft = drafts.begin_revision(actor, student)
    drafts.save_step(actor, draft.ref, _write(draft.version, {"age_years": 10}, {}))
    drafts.finish(actor, draft.ref)
    assert student_queries.version(student_queries.get(actor, student)).number == 2
    return {"revised": student, "revised_ranking": ranking}


def _proposed(director: Actor) -> dict[str, str]:
    """A policy proposed with other weights and a threshold, and one that was withdrawn."""
    weights = {"services": 420, "ride": 707}
    withdrawn = a_version(director, today=date.today())  # noqa: DTZ011 - the day of the computer, as the page reads it
    policies.withdraw(director, withdrawn.ref)
    proposed = a_version(director, today=date.today(), weights=weights, need_fit_threshold=700)  # noqa: DTZ011 - the day of the computer, as the page reads it
    return {"policy": proposed.ref, "withdrawn_policy": withdrawn.ref}


def _draft(actor: Actor) -> str:
    """A draft with one step saved, one answer in it unreadable."""
    draft = drafts.begin(actor, _organisation(DISTRICT).id)
    drafts.save_step(actor, draft.ref, _write(draft.version, {"age_years": 9}, {"age_extra_months": "some"}))
    return draft.ref


def _write(version: int, values: dict[str, object], refused: dict[str, str]) -> StepWrite:
    return StepWrite(
        step=STEPS[0], values=values, refused=refused, seen_version=version, tab="a-tab", by_button=True
    )


def _invited() -> User:
    """A user who was invited and has not chosen a password."""
    invitation = Invitation("new@demo.example", "New colleague", Role.COORDINATOR)
    return users.invite(COMMAND, invitation, _organisation(DISTRICT))


def _organisation(slug: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
