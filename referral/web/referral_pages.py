"""What the page of a referral shows: its state, whose turn it is, its dates, and what can be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, url_for

from referral.actions.referrals import SIDES
from referral.models.referrals import Referral, ReferralMove
from referral.queries import referrals as queries
from referral.queries.meter import sendings_of, stated_at
from referral.queries.referrals import Standing
from referral.queries.released_fit import fit_of_copy
from referral.queries.seats import room_name
from referral.rules.answer_words import day_words
from referral.rules.disclosure import hidden_labels
from referral.rules.moving import Choice, Situation, choices
from referral.rules.permissions import Actor
from referral.rules.referrals import DISCLOSED, UNSENT, Party, State, Verb
from referral.rules.released import readable
from referral.web.forms.once import new_key
from referral.web.note_review import may_write_both
from referral.web.referral_timeline import timeline
from referral.web.referral_turns import calendar_of_turn, is_mine, turn_of
from referral.web.released_words import beside_rows, released_shown, seats_words
from referral.wording.rankings.director import OVERRIDE_REASONS
from referral.wording.referral_story import REFUSALS_FOR_STAFF
from referral.wording.referrals import PHRASES, REFUSALS, STATES, VERBS

# The move that leads on in its state stands first; those that end something stand last.
LEADING = (
    Verb.SUBMIT,
    Verb.APPROVE,
    Verb.SHOW_INTEREST,
    Verb.DISCLOSE,
    Verb.ANSWER,
    Verb.OFFER,
    Verb.ACCEPT,
    Verb.ENROLL,
    Verb.RETURN,
    Verb.RESUME,
    Verb.RECONFIRM,
    Verb.REOPEN,
)
ENDING = (Verb.SEND_BACK, Verb.DECLINE, Verb.REFUSE, Verb.END, Verb.UNDO_ACCEPT, Verb.WITHDRAW)
RECORD_HELPS = frozenset({"needs_disclosure", "identifiable_needs_disclosure"})
UNDOES = {Verb.ACCEPT.value: Verb.UNDO_ACCEPT, Verb.WITHDRAW.value: Verb.REOPEN}
STATE_KINDS = {
    State.OFFERED: "good",
    State.ACCEPTED: "good",
    State.ENROLLED: "good",
    State.WAITLISTED: "warn",
}


@dataclass(frozen=True)
class Button:
    """A move as a button: pressed at once, or a page that asks for more; or why it must wait."""

    verb: str
    label: str
    url: str
    at_once: bool
    refusal: str
    kind: str
    key: str
    asks_record: bool = False


def side_of(found: Standing) -> Party:
    """The side on which the actor stands, in whose days things are counted."""
    return next((side for side in SIDES if side in found.parties), Party.COORDINATOR)


def page_shown(actor: Actor, found: Standing, now: datetime) -> dict[str, Any]:
    """All the page of a referral needs."""
    row, side = found.row, side_of(found)
    situation = queries.situation(found, side, now)
    calendar = calendar_of_turn(row, found.district, found.collaborative)
    moves = queries.moves(found)
    return {
        "row": row,
        "is_district": found.is_district,
        "district": row.district.name if State(row.state) in DISCLOSED else None,
        "state": STATES[row.state],
        "state_kind": state_kind(row),
        "turn": turn_of(row, calendar, now, mine=is_mine(actor, row, found.district)),
        "facts": facts_rows(row, queries.place_in_line(row)),
        "buttons": buttons(found, situation),
        "undo": undo_of(actor, found, situation, moves),
        "timeline": timeline(found, moves, has_disclosure=situation.has_disclosure),
        "phrases": [PHRASES[code] for code in row.phrases if code in PHRASES],
        "ranking_ref": queries.ranking_ref(row) if found.is_district else None,
        "override": OVERRIDE_REASONS.get(row.override_reason or ""),
        "may_write_both": may_write_both(found, has_disclosure=situation.has_disclosure),
        "documents_url": documents_url(found),
        **profile_shown(found, situation, now),
    }


def documents_url(found: Standing) -> str | None:
    """Where the packet's documents are: for the program once it was sent, for the district always."""
    state = State(found.row.state)
    has_page = state not in UNSENT if found.is_district else state in DISCLOSED
    return url_for("documents.index", referral=found.row.ref) if has_page else None


def is_purged(row: Referral) -> bool:
    """Whether what was sent was deleted since."""
    return row.sent_at is not None and row.released is None and row.ended_on is not None


def state_kind(row: Referral) -> str:
    """The kind of the tag of a state."""
    return STATE_KINDS.get(State(row.state), "neutral")


def facts_rows(row: Referral, place: int | None) -> list[dict[str, str]]:
    """Place in line, room and the dates that are known."""
    days: Sequence[tuple[str, date | None, bool]] = (
        ("Seat held until", row.hold_until, row.state == State.OFFERED.value),
        ("Visit", row.visit_on, row.state == State.VISIT.value),
        ("First day", row.start_on, True),
        ("Next monitoring", row.monitor_on, row.state == State.ENROLLED.value),
        ("Next annual review", row.review_on, row.state == State.ENROLLED.value),
        ("Planned return", row.return_on, row.state in {State.RETURNING.value, State.RETURNED.value}),
    )
    line = [] if place is None else [{"term": "Place in line", "value": str(place)}]
    room = [] if row.room is None else [{"term": "Room", "value": room_name(row.room.name, row.room.key)}]
    return line + room + [{"term": term, "value": day_words(day)} for term, day, told in days if day and told]


def profile_shown(found: Standing, situation: Situation, now: datetime) -> dict[str, Any]:
    """The copy that was sent; before it, on the district's side, exactly what would be sent."""
    row = found.row
    if is_purged(row):
        return {"copy": None, "view": None, "is_purged": True}
    if row.released is not None and not (found.is_district and State(row.state) in UNSENT):
        readable = readable_copy(found, situation)
        beside = {} if found.is_district else beside_shown(found, readable, situation.today)
        return {"copy": released_shown(readable), "view": None, **beside}
    return {"copy": None, **(would_be_sent(found, situation, now) if found.is_district else {"view": None})}


def would_be_sent(found: Standing, situation: Situation, now: datetime) -> dict[str, Any]:
    """Exactly what the program would see, and what the meter says of it."""
    row = found.row
    sending = sendings_of([row], {row.district_id: found.district}, now)[row.ref]
    return {
        "view": sending.view(stated_at(row.program.slug, now)),
        "meter": sending.words(is_covered=situation.has_disclosure),
        "is_exact": True,
        "record_url": url_for("disclosures.index", code=row.student.ref, referral=row.ref),
        "hidden": hidden_labels(),
    }


def beside_shown(found: Standing, readable: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The copy, as far as the program may read it, beside what the program states."""
    demo = bool(current_app.config["SETTINGS"].demo)
    fit = fit_of_copy(readable, found.row.ref, found.row.program.slug, today, with_examples=demo)
    return {"beside": beside_rows(fit, readable), "fit_seats": seats_words(fit.seats)}


def readable_copy(found: Standing, situation: Situation) -> dict[str, Any]:
    """The copy as the actor may read it: the program reads a packet only while a disclosure record lives."""
    is_open = State(found.row.state) in DISCLOSED and situation.has_disclosure
    return readable(found.row.released or {}, packet=found.is_district or is_open)


def buttons(found: Standing, situation: Situation) -> list[Button]:
    """What the actor can do now, the move that leads on first; the refused ones with their reason."""
    offered = [
        choice
        for choice in choices(situation, found.parties)
        if not (choice.move.verb is Verb.ACKNOWLEDGE and found.row.acknowledged_at)
    ]
    offered.sort(key=_order)
    return [_button(choice, found, first=place == 0) for place, choice in enumerate(offered)]


def _order(choice: Choice) -> tuple[bool, bool, int]:
    verb = choice.move.verb
    leads = LEADING.index(verb) if verb in LEADING else len(LEADING)
    return choice.refusal is not None, verb in ENDING, leads


def _button(choice: Choice, found: Standing, *, first: bool) -> Button:
    verb = choice.move.verb
    leads = first and choice.refusal is None and verb not in ENDING
    return Button(
        verb=verb.value,
        label=label_of(verb, found),
        url=url_of(verb, found.row.ref),
        at_once=not choice.move.needs,
        refusal=why_not(choice.refusal, found) if choice.refusal else "",
        kind="main" if leads else "quiet",
        key=new_key(),
        asks_record=found.is_district and choice.refusal in RECORD_HELPS,
    )


def url_of(verb: Verb, ref: str) -> str:
    """Where a move is made; a decline has a page of its own, which hears the program's own facts."""
    if verb is Verb.DECLINE:
        return url_for("inbox.decline", ref=ref)
    return url_for("referrals.move", ref=ref, verb=verb.value)


def why_not(code: str, found: Standing) -> str:
    """Why a move must wait, in the words of the actor's side."""
    other = None if found.is_district else REFUSALS_FOR_STAFF.get(code)
    return other or REFUSALS[code]


def label_of(verb: Verb, found: Standing) -> str:
    """What the button of a move says."""
    if verb is Verb.SUBMIT and found.district.sends_at_once:
        return "Send the enquiry"
    return VERBS[verb.value]


def undo_of(
    actor: Actor, found: Standing, situation: Situation, moves: Sequence[ReferralMove]
) -> Button | None:
    """One press that takes back the actor's own last move, where the table allows it."""
    last = moves[-1] if moves else None
    if last is None or last.actor_user_id != actor.user_id or last.verb not in UNDOES:
        return None
    wanted = UNDOES[last.verb]
    choice = next((one for one in choices(situation, found.parties) if one.move.verb is wanted), None)
    if choice is None or choice.refusal is not None:
        return None
    url = url_for("referrals.move", ref=found.row.ref, verb=wanted.value)
    return Button(wanted.value, "Undo", url, at_once=True, refusal="", kind="quiet", key=new_key())
