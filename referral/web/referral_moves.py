"""The form page of one move: its first values, what comes with it, and what was refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from referral.errors import InvalidInput, ReferralError, SeatUnavailable
from referral.models.referrals import Disclosure
from referral.queries import referrals as queries
from referral.queries import seats
from referral.queries.referrals import Standing
from referral.queries.seats import room_name
from referral.queries.students import answers_of
from referral.rules.disclosure import packet_answers
from referral.rules.moving import Situation, next_state, refusal
from referral.rules.permissions import Actor
from referral.rules.program_records import RoomRecord
from referral.rules.referrals import Move, Need, Party, State, Verb, find_move
from referral.rules.state_clocks import ClockName, day_after
from referral.web.forms.once import new_key
from referral.web.forms.referrals import NEUTRAL, MoveForm, move_form
from referral.web.forms.refusals import explain
from referral.web.need_words import sections
from referral.web.note_review import readers_words
from referral.web.referral_pages import side_of, why_not
from referral.wording import sentence
from referral.wording.counts import counted
from referral.wording.disclosures import record_sentence


@dataclass(frozen=True)
class Step:
    """A move about to be made: where it leads from here, or why it cannot be made."""

    found: Standing
    verb: Verb
    move: Move | None
    situation: Situation
    refusal: str | None

    @property
    def row_ref(self) -> str:
        """The reference of the referral."""
        return self.found.row.ref


def step_of(actor: Actor, ref: str, verb: Verb, now: datetime) -> Step:
    """The move of this verb as it stands now.

    Raises
    ------
    RecordNotFound : the referral is not the actor's to see.
    """
    found = queries.get(actor, ref)
    move = find_move(State(found.row.state), verb)
    own = found.parties & (move.by if move else frozenset())
    situation = queries.situation(found, next(iter(sorted(own, key=_rank)), side_of(found)), now)
    return Step(found, verb, move, situation, refusal(verb, situation, found.parties))


def _rank(party: Party) -> int:
    return list(Party).index(party)


def form_of(actor: Actor, step: Step) -> MoveForm:
    """The form of a move with its first values and the rooms to choose from."""
    move = step.move
    if move is None:
        return MoveForm()
    form = move_form(move, **_first_values(step))
    form.form_key.data = form.key or new_key()
    form.version.data = form.version.data or str(step.found.row.version)
    readers = readers_words(step.found, step.situation.state, next_state(move, step.situation))
    form["note"].description = f"{readers} {NEUTRAL}"
    if Need.ROOM in move.needs:
        form["room"].choices = rooms_to_offer(actor, step.found.row.program.slug)
    return form


def _first_values(step: Step) -> dict[str, Any]:
    row, today = step.found.row, step.situation.today
    return {
        "hold_until": _hold_until(step.found, row.hold_until or today if step.verb is Verb.EXTEND else today),
        "start_on": row.start_on,
        "return_on": row.return_on,
        "ended_on": today,
        "done_on": today,
    }


def _hold_until(found: Standing, since: date) -> date:
    """The last day of an offer that begins on a day, by the collaborative's own setting."""
    settings = found.collaborative
    calendar = settings.calendar(found.row.collaborative.state)
    return day_after(ClockName.HOLD, since, calendar, settings.clock_days)


def rooms_to_offer(actor: Actor, slug: str) -> dict[str, str]:
    """The rooms of a program with their open seats, by key."""
    rooms = [entry.record for entry in seats.program(actor, slug).rooms]
    return {room.key: f"{room_name(room.name, room.key)}: {_open_words(room)}" for room in rooms}


def _open_words(room: RoomRecord) -> str:
    held = room.seats
    if held is None or held.licensed is None or held.enrolled is None:
        return "seats not entered yet"
    return f"{held.licensed - held.enrolled - (held.held or 0)} open of {counted(held.licensed, 'seat')}"


def what_leaves(step: Step) -> dict[str, Any]:
    """With the packet: the record it would be sent under, and exactly what the program would see."""
    if step.verb is not Verb.DISCLOSE:
        return {"record": "", "packet": []}
    record = queries.live_disclosure(step.found.row, step.situation.today)
    answers = packet_answers(answers_of(step.found.row.profile_version))
    shown = sections(answers, {}, known_only=True)
    return {
        "record": record_words(record) if record else "",
        "packet": [section for section in shown if section["rows"]],
    }


def record_words(record: Disclosure) -> str:
    """A record in a sentence."""
    return record_sentence(
        record.signer, record.authority, signed_on=record.signed_on, expires_on=record.expires_on
    )


def tell(form: MoveForm, error: ReferralError) -> None:
    """Say beside the fields, or above the form, why the move was refused."""
    if isinstance(error, InvalidInput) and error.errors:
        explain(form, error)
    elif isinstance(error, SeatUnavailable) and "room" in form:
        form["room"].errors = [*form["room"].errors, sentence(error)]
    else:
        form.form_errors.append(sentence(error))


def refusal_sentence(step: Step) -> str:
    """Why the move cannot be made now."""
    return why_not(step.refusal or "not_from_here", step.found)
