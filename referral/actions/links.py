"""One-use links for a program's contact, made and mailed; only the hash of the secret is kept."""

import secrets
from datetime import datetime

from referral.actions import audit, mail
from referral.models.base import db
from referral.models.capacity import ContactLink, Upkeep
from referral.models.programs import Program
from referral.models.referrals import Referral
from referral.queries.links import secret_hash
from referral.queries.programs import own_row
from referral.rules.links import LINK_LASTS, LinkAct
from referral.rules.permissions import Actor, Permission
from referral.wording.links import MAILS


def make_link(
    program: Program,
    act: LinkAct,
    email: str,
    *,
    now: datetime,
    referral: Referral | None = None,
) -> str:
    """The secret of a new link for one act, which is mailed to the contact."""
    secret = secrets.token_urlsafe(32)
    db.session.add(
        ContactLink(
            secret_hash=secret_hash(secret),
            act=act.value,
            program_id=program.id,
            referral_id=None if referral is None else referral.id,
            email=email,
            made_at=now,
            expires_at=now + LINK_LASTS,
        )
    )
    subject, body = MAILS[act.value]
    mail.queue(email, subject, body, path=f"/c/{secret}")
    return secret


def send_seats_link(program_id: int, *, now: datetime) -> bool:
    """Ask the contact of a program, if it has one, to confirm its seats; gives whether a mail was queued."""
    program, upkeep = db.session.get_one(Program, program_id), db.session.get(Upkeep, program_id)
    if upkeep is None or upkeep.contact_email is None:
        return False
    make_link(program, LinkAct.CONFIRM_SEATS, upkeep.contact_email, now=now)
    return True


def ask_contact(actor: Actor, slug: str, *, now: datetime) -> bool:
    """Mail the contact a link to confirm the seats now.

    Raises
    ------
    RecordNotFound
    """
    program = own_row(actor, slug, Permission.SEATS_UPDATE)
    is_sent = send_seats_link(program.id, now=now)
    if is_sent:
        audit.record(actor, "program:link:sent", "program", slug, act=LinkAct.CONFIRM_SEATS.value)
    return is_sent


def send_answer_link(referral: Referral, *, now: datetime) -> bool:
    """Mail the contact of a referral's program, if it has one, a link to answer the enquiry."""
    upkeep = db.session.get(Upkeep, referral.program_id)
    if upkeep is None or upkeep.contact_email is None:
        return False
    make_link(referral.program, LinkAct.ANSWER_REFERRAL, upkeep.contact_email, now=now, referral=referral)
    return True
