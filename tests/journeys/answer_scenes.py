"""What a program's side is looked at in: questions about capacity, a contact with links, a seat told gone."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from referral.actions import capacity, links, upkeep
from referral.models.base import db, utc_now
from referral.models.programs import Program
from referral.models.referrals import Referral
from referral.queries.users import actor_of, demo_user
from referral.rules.links import LinkAct
from referral.rules.permissions import Role
from referral.rules.upkeep import UpkeepEntry

CONTACT = "office@program.example"


def answer_scenes(names: Mapping[str, str], today: date) -> dict[str, str]:
    """Make them; gives the secrets of two links."""
    coordinator, staff = actor_of(demo_user(Role.COORDINATOR)), actor_of(demo_user(Role.COLLABORATIVE_STAFF))
    question = capacity.ask(coordinator, [names["program"], names["bare"]], now=utc_now())
    capacity.ask(coordinator, [names["program"]], now=utc_now())
    capacity.answer(staff, question.ref, names["program"], "none", now=utc_now())
    upkeep.save(staff, names["program"], UpkeepEntry(CONTACT, 7))
    upkeep.tell_gone(coordinator, names["program"], today=today)
    return {
        "seats_link": _seats_link(names["program"]),
        "enquiry_link": _enquiry_link(names["enquiry_sent_answer"]),
    }


def _seats_link(slug: str) -> str:
    program = db.session.scalars(select(Program).where(Program.slug == slug)).one()
    return links.make_link(program, LinkAct.CONFIRM_SEATS, CONTACT, now=utc_now())


def _enquiry_link(ref: str) -> str:
    row = db.session.scalars(select(Referral).where(Referral.ref == ref)).one()
    return links.make_link(row.program, LinkAct.ANSWER_REFERRAL, CONTACT, now=utc_now(), referral=row)
