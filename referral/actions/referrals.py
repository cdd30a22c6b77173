"""What is done to a referral: one way through for every verb of the table in `rules.referrals`."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from referral.actions import audit, links, openings, seat_ledger
from referral.actions.enquiries import release_enquiry
from referral.actions.notes_sent import cleared_terms, note_crosses, note_kept
from referral.actions.notices import tell_of_referral
from referral.actions.own_notices import read_about
from referral.actions.referral_rows import facts_said, write_dates, write_state
from referral.errors import InvalidInput, ReferralError, SeatUnavailable, StaleUpdate
from referral.models.base import db
from referral.models.referrals import Referral, ReferralMove, ReferralNote
from referral.models.seats import Room
from referral.queries import referrals as queries
from referral.queries.referrals import Standing
from referral.queries.released_fit import contradicted
from referral.queries.seats import open_room
from referral.rules.moving import Situation, next_state, refusal, without_seat
from referral.rules.note_review import NOT_REVIEWED, Reviewing
from referral.rules.notices import Event
from referral.rules.permissions import Actor
from referral.rules.referrals import CLAIMS, Party, State, Verb, find_move
from referral.rules.terms import NOTHING, Terms, check_note, check_terms

# When several sides of one person may make a move, it is made as the first of these.
SIDES = (Party.CLOCK, Party.COORDINATOR, Party.DIRECTOR, Party.STAFF)
TOLD_OF = {event.value for event in Event}


class MoveRefused(ReferralError):
    """The table of states does not allow this move now."""

    status = 409
    default_code = "not_from_here"


@dataclass(frozen=True)
class Said:
    """What comes with a move from a page: the terms, the form's one-time key, the version it was read at.

    ``reviewing`` is what a person decided on the words of a note that leaves the district.
    """

    terms: Terms = NOTHING
    form_key: str | None = None
    version_seen: int | None = None
    reviewing: Reviewing = NOT_REVIEWED


def move(actor: Actor, ref: str, verb: Verb, said: Said | None = None, *, now: datetime) -> Referral:
    """Make one move of a referral, with everything that follows from it, or nothing.

    The same form sent twice makes the move once.

    Raises
    ------
    RecordNotFound : not the actor's to see.
    MoveRefused : the table does not allow it now; its code says why.
    StaleUpdate : the referral moved after the page was opened.
    InvalidInput : something that must be said is missing.
    SeatUnavailable : the seat it needs is gone.
    """
    said = said or Said()
    found = queries.get_locked(actor, ref)
    if said.form_key is not None and _was_sent(found.row, said.form_key):
        return found.row
    if said.version_seen is not None and said.version_seen != found.row.version:
        raise StaleUpdate(seen=said.version_seen, now=found.row.version)
    party, situation = _allowed(found, verb, now)
    with db.session.begin_nested():  # a refusal half way leaves nothing behind, whoever catches it
        _make(actor, found, party, verb, situation, said, now)
        _make_what_follows(actor, found, party, verb, now)
    return found.row


def _make_what_follows(actor: Actor, found: Standing, party: Party, verb: Verb, now: datetime) -> None:
    if verb is Verb.SUBMIT and found.district.sends_at_once:
        _make(actor, found, party, Verb.APPROVE, queries.situation(found, party, now), Said(), now)
    if verb is Verb.ACCEPT:
        _close_others(actor, found, now)
    if verb is Verb.UNDO_ACCEPT:
        _restore_others(actor, found, now)


def add_note(
    actor: Actor, ref: str, text: str, *, for_both: bool, now: datetime, reviewing: Reviewing = NOT_REVIEWED
) -> ReferralNote:
    """A note beside the moves: for one's own side, or for both once the packet was sent.

    Raises
    ------
    RecordNotFound
    InvalidInput : no text, too much, for both before the packet, or text the district may not keep or send.
    NoteHeld : for both, with words that must be decided on first.
    """
    found = queries.get(actor, ref)
    check_note(text, state=State(found.row.state), for_both=for_both)
    party = _any_side(found)
    text = note_kept(actor, found, party, (text.strip(), reviewing), for_both=for_both, now=now)
    note = _add_note(actor, found.row, party, None, text, for_both=for_both)
    audit.record(actor, "referral:note:added", "referral", found.row.ref, for_both=for_both)
    return note


def _allowed(found: Standing, verb: Verb, now: datetime) -> tuple[Party, Situation]:
    state = State(found.row.state)
    allowed = find_move(state, verb)
    parties = found.parties & (allowed.by if allowed else frozenset())
    party = next((side for side in SIDES if side in parties), None)
    situation = queries.situation(found, party or _any_side(found), now)
    code = refusal(verb, situation, found.parties)
    if code is not None or party is None:
        raise MoveRefused(code or "not_your_move", verb=verb.value, state=state.value)
    return party, situation


def _any_side(found: Standing) -> Party:
    return next((side for side in SIDES if side in found.parties), Party.COORDINATOR)


def _was_sent(row: Referral, form_key: str) -> bool:
    made = select(ReferralMove.referral_id).where(ReferralMove.form_key == form_key)
    return db.session.scalar(made) == row.id


def _make(
    actor: Actor,
    found: Standing,
    party: Party,
    verb: Verb,
    situation: Situation,
    said: Said,
    now: datetime,
) -> None:
    """One move, allowed before: seats, state, dates, the record of it, and who is told."""
    row, before, planned = found.row, State(found.row.state), found.row.return_on
    taken = find_move(before, verb)
    if taken is None:
        raise MoveRefused(verb=verb.value, state=before.value)
    today = found.today(party, now)
    check_terms(taken.needs, said.terms, today=today, start_on=row.start_on)
    wanted = next_state(taken, situation)
    reviewed = (said.terms, said.reviewing)
    said = replace(said, terms=cleared_terms(actor, found, party, wanted, reviewed, now=now))
    if verb is Verb.DECLINE:
        codes = contradicted(row, said.terms.reason, today)
        said = replace(said, terms=replace(said.terms, contradicts=codes))
    if verb is Verb.OFFER:
        row.room_id = _room_offered(row, said.terms).id
    if verb is Verb.SUBMIT:
        row.submitted_by_id = actor.user_id or None
    if verb is Verb.APPROVE:
        release_enquiry(actor, row, found.district, now)
    after = _claimed(actor, row, before, wanted)
    write_state(row, before, after, verb, said.terms, found.today(Party.COORDINATOR, now), now)
    row.version += 1
    _expect_opening(row, before, after, planned)
    write_dates(found, verb, today, now)
    number = _record(actor, found, party, verb, before, said, now)
    _tell(actor, found, verb, number, now)


def _record(
    actor: Actor, found: Standing, party: Party, verb: Verb, before: State, said: Said, now: datetime
) -> int:
    """The move as history and in the audit log, with its note; its number."""
    row = found.row
    number, after, terms = _next_number(row), State(row.state), said.terms
    made = ReferralMove(
        referral_id=row.id,
        number=number,
        at=now,
        actor_user_id=actor.user_id or None,
        party=party.value,
        verb=verb.value,
        before=before.value,
        after=after.value,
        reason=terms.reason,
        facts=facts_said(terms),
        form_key=said.form_key,
    )
    db.session.add(made)
    if terms.note:
        for_both = note_crosses(found, party, before, after)
        _add_note(actor, row, party, number, terms.note, for_both=for_both)
    db.session.flush()
    audit.record(
        actor,
        f"referral:state:{verb.value}",
        "referral",
        row.ref,
        before=before.value,
        after=after.value,
        party=party.value,
        reason=terms.reason,
        number=number,
    )
    return number


def _tell(actor: Actor, found: Standing, verb: Verb, number: int, now: datetime) -> None:
    """Notices to those who must know, the link to answer by, and the actor's own notices as read."""
    row = found.row
    if verb is Verb.APPROVE:
        links.send_answer_link(row, now=now)
    read_about(actor, "referral", row.ref, now=now)
    if verb.value in TOLD_OF:
        deputy = found.district.deputy_id
        tell_of_referral(actor, Event(verb.value), row, occasion=str(number), deputy_id=deputy)


def _claimed(actor: Actor, row: Referral, before: State, wanted: State) -> State:
    """The state reached once the seat it claims is held or freed; the waiting list where it is gone."""
    if CLAIMS[before] is CLAIMS[wanted]:
        return wanted
    if row.room_id is None:
        raise SeatUnavailable
    try:
        with db.session.begin_nested():
            seat_ledger.change_claim(actor, row.room_id, CLAIMS[before], CLAIMS[wanted], referral_id=row.id)
    except SeatUnavailable:
        instead = without_seat(wanted) if before not in (State.PACKET_SENT, State.VISIT) else None
        if instead is None:
            raise
        return instead
    return wanted


def _expect_opening(row: Referral, before: State, after: State, planned: date | None) -> None:
    """A planned return is a seat expected to open; a stay, a return or another day takes it back."""
    if row.room_id is None:
        return
    if before is State.RETURNING and planned is not None:
        openings.no_longer_expect(row.room_id, planned)
    if after is State.RETURNING and row.return_on is not None:
        openings.expect(row.room_id, row.return_on)


def _room_offered(row: Referral, terms: Terms) -> Room:
    room = open_room(row.program_id, terms.room or "")
    if room.licensed is None:
        raise InvalidInput((), "seats_not_known")
    return room


def _next_number(row: Referral) -> int:
    last = select(func.max(ReferralMove.number)).where(ReferralMove.referral_id == row.id)
    return 1 + (db.session.scalar(last) or 0)


def _add_note(
    actor: Actor, row: Referral, party: Party, number: int | None, text: str, *, for_both: bool
) -> ReferralNote:
    note = ReferralNote(
        referral_id=row.id,
        move_number=number,
        author_id=actor.user_id or None,
        side="collaborative" if party is Party.STAFF else "district",
        for_both=for_both,
        text=text,
    )
    db.session.add(note)
    return note


def _close_others(actor: Actor, found: Standing, now: datetime) -> None:
    """Accepting one referral withdraws the student's others and frees what they held."""
    for other in queries.others_live(found.row):
        if find_move(State(other.state), Verb.CLOSE) is None:
            continue
        standing = queries.standing(actor, other)
        situation = queries.situation(standing, Party.COORDINATOR, now)
        other.closed_by_id = found.row.id
        _make(actor, standing, Party.CLOCK, Verb.CLOSE, situation, Said(), now)


def _restore_others(actor: Actor, found: Standing, now: datetime) -> None:
    """Undoing an accept brings the others back as far as seats allow, with their places in line.

    One whose student was referred to the same program again meanwhile stays ended.
    """
    for other in queries.closed_by(found.row):
        standing = queries.standing(actor, other)
        situation = queries.situation(standing, Party.COORDINATOR, now)
        if situation.referred_again:
            continue
        waited_since = other.waiting_since
        _make(actor, standing, Party.COORDINATOR, Verb.REOPEN, situation, _RESTORED, now)
        if other.state == State.WAITLISTED.value and waited_since is not None:
            other.waiting_since = waited_since


_RESTORED = Said(Terms(reason="by_mistake"))
