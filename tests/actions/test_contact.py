"""One-use links: one act, eight days, once; looking uses nothing, and a spent one says nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.actions import contact, links, upkeep
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.capacity import ContactLink
from referral.models.notices import Mail
from referral.models.referrals import ReferralMove
from referral.queries import links as queries
from referral.queries import upkeep as upkeep_queries
from referral.queries.links import LinkSpent
from referral.rules.links import LINK_LASTS, LinkAct
from referral.rules.referrals import Verb
from referral.rules.terms import Terms
from referral.rules.upkeep import UpkeepEntry
from tests.programs import TODAY, a_program, room_of
from tests.referrals import NOW, Cast, a_cast, moved, referred, staff_at

CONTACT = "contact@river.example"


def seats_link() -> str:
    """A link to confirm the seats of the Bridge Program."""
    return links.make_link(a_program(), LinkAct.CONFIRM_SEATS, CONTACT, now=NOW)


def versions() -> dict[str, int]:
    return {"room-1": room_of().version}


def enquiry_link(cast: Cast) -> tuple[str, str]:
    """The reference of an enquiry to a program with a contact, and the secret that was mailed."""
    upkeep.save(cast.river_staff, "bridge", UpkeepEntry(CONTACT))
    row = moved(cast, referred(cast)[0], Verb.APPROVE)
    return row.ref, mailed()


def mailed() -> str:
    """The secret in the last mail to the contact."""
    path = db.session.scalars(
        select(Mail.path).where(Mail.to_address == CONTACT).order_by(Mail.id.desc())
    ).first()
    assert path is not None
    return path.removeprefix("/c/")


def confirm(secret: str, **seen: int) -> int:
    return contact.confirm_seats(secret, seen or versions(), now=NOW, today=TODAY)


def test_a_link_confirms_the_rooms_that_were_shown(database):
    assert confirm(seats_link()) == 1

    assert (room_of().confirmed_on, room_of().confirmed_by) == (TODAY, None)


def test_only_the_hash_of_a_secret_is_kept(database):
    secret = seats_link()

    row = db.session.scalars(select(ContactLink)).one()
    assert secret not in {str(getattr(row, column.name)) for column in ContactLink.__table__.columns}


def test_a_link_works_once(database):
    secret = seats_link()
    confirm(secret)

    with pytest.raises(LinkSpent):
        confirm(secret)


def test_looking_uses_nothing(database):
    secret = seats_link()

    for _ in range(3):
        queries.opened(secret, now=NOW)

    assert confirm(secret) == 1


def test_a_link_works_for_eight_days_to_the_second(database):
    secret = seats_link()

    assert queries.opened(secret, now=NOW + LINK_LASTS - timedelta(seconds=1)).row.used_at is None
    with pytest.raises(LinkSpent):
        queries.opened(secret, now=NOW + LINK_LASTS)


@pytest.mark.parametrize("secret", ["", "no-such-secret", "x" * 5000, "\0"])
def test_an_unknown_link_is_like_a_spent_one(database, secret):
    with pytest.raises(LinkSpent):
        queries.opened(secret, now=NOW)


def test_a_link_for_seats_answers_no_referral(database):
    cast = a_cast()
    row = moved(cast, referred(cast)[0], Verb.APPROVE)
    secret = links.make_link(row.program, LinkAct.CONFIRM_SEATS, CONTACT, now=NOW)

    with pytest.raises(LinkSpent):
        contact.answer_referral(secret, Verb.SHOW_INTEREST, now=NOW)


def test_a_link_for_a_referral_confirms_no_seats(database):
    _, secret = enquiry_link(a_cast())

    with pytest.raises(LinkSpent):
        confirm(secret)


def test_a_link_confirms_no_rooms_of_another_program(database):
    cast = a_cast()
    row = referred(cast, "harbor", submit=False)[0]
    secret = links.make_link(row.program, LinkAct.CONFIRM_SEATS, CONTACT, now=NOW)

    with pytest.raises(RecordNotFound):
        confirm(secret, **{"no-such-room": 1})


def test_seats_that_changed_meanwhile_are_not_confirmed_and_the_link_stays(database):
    secret = seats_link()

    with pytest.raises(StaleUpdate):
        confirm(secret, **{"room-1": 7})

    assert confirm(secret) == 1


def test_confirming_no_room_uses_no_link(database):
    secret = seats_link()

    with pytest.raises(RecordNotFound):
        contact.confirm_seats(secret, {}, now=NOW, today=TODAY)

    assert confirm(secret) == 1


def test_a_closed_program_is_told_gone_by_nobody(database):
    cast = a_cast()

    with pytest.raises(RecordNotFound):
        upkeep.tell_gone(cast.coordinator, "old-mill", today=TODAY)


def test_what_a_link_did_is_on_record_as_done_by_a_link(database):
    confirm(seats_link())

    line = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "program:seats:confirmed")).one()
    assert (line.actor_user_id, line.facts["door"]) == (None, "link")


def test_a_program_with_a_contact_gets_a_link_with_each_enquiry(database):
    ref, secret = enquiry_link(a_cast())

    link = queries.opened(secret, now=NOW)

    assert link.referral is not None
    assert (link.act, link.referral.ref) == (LinkAct.ANSWER_REFERRAL, ref)


def test_a_mail_with_a_link_says_nothing_of_the_student_the_program_or_the_district(database):
    cast = a_cast()
    ref, _ = enquiry_link(cast)

    mail = db.session.scalars(select(Mail).where(Mail.to_address == CONTACT)).one()
    words = f"{mail.subject} {mail.body} {mail.path}"
    assert not [one for one in (ref, cast.student.ref, "Bridge", "Lexington") if one in words]


def test_a_program_without_a_contact_gets_no_link(database):
    cast = a_cast()

    moved(cast, referred(cast)[0], Verb.APPROVE)

    assert db.session.scalars(select(ContactLink)).all() == []


@pytest.mark.parametrize(
    ("verb", "state"), [(Verb.SHOW_INTEREST, "interested"), (Verb.WAITLIST, "waitlisted")]
)
def test_a_contact_answers_an_enquiry(database, verb, state):
    _, secret = enquiry_link(a_cast())

    row = contact.answer_referral(secret, verb, now=NOW)

    last = db.session.scalars(select(ReferralMove).order_by(ReferralMove.id.desc())).first()
    assert last is not None
    assert (row.state, last.party, last.actor_user_id) == (state, "staff", None)


def test_a_contact_declines_with_a_reason(database):
    _, secret = enquiry_link(a_cast())

    row = contact.answer_referral(secret, Verb.DECLINE, Terms(reason="distance"), now=NOW)

    assert row.state == "declined"


def test_a_decline_without_its_reason_uses_no_link(database):
    _, secret = enquiry_link(a_cast())

    with pytest.raises(InvalidInput):
        contact.answer_referral(secret, Verb.DECLINE, now=NOW)

    assert contact.answer_referral(secret, Verb.SHOW_INTEREST, now=NOW).state == "interested"


@pytest.mark.parametrize("verb", [Verb.OFFER, Verb.ENROLL, Verb.WITHDRAW, Verb.APPROVE, Verb.ACKNOWLEDGE])
def test_a_link_allows_no_other_move(database, verb):
    _, secret = enquiry_link(a_cast())

    with pytest.raises(RecordNotFound):
        contact.answer_referral(secret, verb, now=NOW)


def test_an_enquiry_answered_by_staff_needs_no_link_any_more(database):
    cast = a_cast()
    _, secret = enquiry_link(cast)
    row = queries.opened(secret, now=NOW).referral
    assert row is not None

    moved(cast, row, Verb.SHOW_INTEREST)

    with pytest.raises(LinkSpent):
        queries.opened(secret, now=NOW)


def test_staff_have_a_link_mailed_to_the_contact(database):
    program = a_program()
    staff = staff_at("river")

    assert not links.ask_contact(staff, program.slug, now=NOW)
    upkeep.save(staff, program.slug, UpkeepEntry(CONTACT))

    assert links.ask_contact(staff, program.slug, now=NOW)
    assert confirm(mailed()) == 1


def test_what_a_district_was_told_stands_until_the_seats_are_confirmed(database):
    cast = a_cast()
    upkeep.tell_gone(cast.coordinator, "bridge", today=TODAY)
    assert upkeep_queries.told_gone_on(cast.coordinator, "bridge") == TODAY

    confirm(links.make_link(referred(cast)[0].program, LinkAct.CONFIRM_SEATS, CONTACT, now=NOW))

    assert upkeep_queries.told_gone_on(cast.coordinator, "bridge") is None
