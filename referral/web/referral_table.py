"""Referrals in a table: the same columns and rows on the page and in the file made from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from referral.formats.tables_csv import Cell
from referral.models.referrals import Referral
from referral.queries.referral_lists import ReferralFilters
from referral.rules.permissions import Actor, Permission, may
from referral.rules.released import enquiry_of
from referral.web.forms.referrals import ReferralFilterForm
from referral.web.pages import first_asked
from referral.web.referral_pages import state_kind
from referral.web.referral_turns import Turn, turns_of
from referral.wording.referrals import STATES

TITLE = "Referrals"


@dataclass(frozen=True)
class Line:
    """One referral: what a district sees of it, or what was sent of it to the program."""

    ref: str
    student: str | None
    age: str
    program: str
    agency: str
    state: str
    kind: str
    turn: Turn
    due_on: date | None

    def cells(self, *, district: bool) -> list[Cell]:
        """The row of a file."""
        whom = [self.student, self.program, self.agency] if district else [self.age, self.program]
        turn = [self.turn.who, self.due_on, self.turn.left]
        return [self.ref, *whom, self.state, *turn]


def columns(*, district: bool) -> list[str]:
    """The headings, in the order of the cells."""
    whom = ["Student", "Program", "Agency"] if district else ["Age", "Program"]
    return ["Referral", *whom, "State", "Whose turn", "Due", "Days left"]


def lines(actor: Actor, rows: Sequence[Referral], now: datetime) -> list[Line]:
    """The rows as the actor sees them."""
    turns = turns_of(actor, rows, now)
    return [_line(actor, row, turns[row.ref]) for row in rows]


def cells(shown: Iterable[Line], *, district: bool) -> list[list[Cell]]:
    """The rows of a file."""
    return [line.cells(district=district) for line in shown]


def filters_of(form: ReferralFilterForm) -> ReferralFilters:
    """What the address asks for; what makes no sense narrows nothing."""
    return ReferralFilters(
        search=(form.q.data or "")[:100],
        group=form.state.data or "",
        turn=form.turn.data or "",
        overdue=bool(form.overdue.data),
        first=first_asked(),
    )


def _line(actor: Actor, row: Referral, turn: Turn) -> Line:
    own = may(actor, Permission.REFERRAL_WRITE, row.district_id)
    return Line(
        ref=row.ref,
        student=row.student.ref if own else None,
        age="" if own else _age(row),
        program=row.program.name,
        agency=row.collaborative.name,
        state=STATES[row.state],
        kind=state_kind(row),
        turn=turn,
        due_on=row.due_on,
    )


def _age(row: Referral) -> str:
    band = enquiry_of(row.released).age_band if row.released else None
    return f"{band.label} years" if band else "Not known"
