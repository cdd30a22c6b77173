"""Referrals of one's own organization: the list, and one with its moves."""

from flask import Response

from referral.api.access import current_bearer, requires
from referral.api.answers import answered
from referral.api.blueprint import bp
from referral.api.reading import asked
from referral.formats.api_documents import (
    MoveAnswer,
    ReferralAnswer,
    ReferralLine,
    ReferralsAnswer,
    ReferralsAsked,
)
from referral.models.referrals import Referral, ReferralMove
from referral.queries import referral_lists
from referral.queries import referrals as queries
from referral.rules.permissions import Actor, Permission, may
from referral.rules.referrals import DISCLOSED, UNSENT, Party, State, Verb
from referral.rules.told_moments import is_told_exactly, told


@bp.get("/referrals")
@requires(Permission.REFERRAL_READ)
def referrals() -> Response:
    """Referrals, the newest first."""
    actor, wanted = current_bearer().actor, asked(ReferralsAsked)
    page = referral_lists.in_states(actor, wanted.state, first=wanted.first, limit=wanted.limit)
    lines = tuple(line_of(actor, row) for row in page.rows)
    return answered(ReferralsAnswer(first=page.first, limit=page.limit, total=page.total, referrals=lines))


@bp.get("/referrals/<ref>")
@requires(Permission.REFERRAL_READ)
def referral(ref: str) -> Response:
    """One referral with the moves its side may see."""
    actor = current_bearer().actor
    found = queries.get(actor, ref)
    moves = tuple(move_of(move, found.row, is_district=found.is_district) for move in queries.moves(found))
    return answered(ReferralAnswer(referral=line_of(actor, found.row), moves=moves))


def line_of(actor: Actor, row: Referral) -> ReferralLine:
    """A referral as the actor's side may see it: a program reads no student and, at first, no district."""
    is_district = may(actor, Permission.REFERRAL_WRITE, row.district_id)
    state = State(row.state)
    area = None if state in UNSENT else (row.released or {}).get("area")
    return ReferralLine(
        ref=row.ref,
        state=state,
        program=row.program.slug,
        program_name=row.program.name,
        student=row.student.ref if is_district else None,
        district=row.district.name if is_district or state in DISCLOSED else None,
        area=area,
        room=None if row.room is None else row.room.key,
        waits_for=None if row.waits_for is None else Party(row.waits_for),
        due_on=row.due_on,
        sent_at=row.sent_at and told(row.sent_at, exactly=_is_exact(row, is_district=is_district)),
        hold_until=row.hold_until,
        visit_on=row.visit_on,
        start_on=row.start_on,
        return_on=row.return_on,
        ended_on=row.ended_on,
        version=row.version,
    )


def move_of(move: ReferralMove, row: Referral, *, is_district: bool) -> MoveAnswer:
    """A move; a program reads the other side's reason only where a packet crossed."""
    crossed = State(move.before) in DISCLOSED or State(move.after) in DISCLOSED
    is_told = is_district or move.party == Party.STAFF.value or crossed
    return MoveAnswer(
        number=move.number,
        at=told(move.at, exactly=_is_exact(row, is_district=is_district, party=move.party)),
        verb=Verb(move.verb),
        party=Party(move.party),
        before=State(move.before),
        after=State(move.after),
        reason=move.reason if is_told else None,
    )


def _is_exact(row: Referral, *, is_district: bool, party: str = Party.COORDINATOR.value) -> bool:
    return is_told_exactly(
        is_district=is_district,
        is_own=party == Party.STAFF.value,
        is_disclosed=State(row.state) in DISCLOSED,
    )
