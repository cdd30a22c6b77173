"""Lines of the inbox in words, by program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matching import ProgramProfile
from referral.models.referrals import Referral
from referral.queries.inbox import InboxLine
from referral.queries.released_fit import fit_between, programs_on
from referral.rules.inbox import InboxView, answers_at_once, answers_with_more, may_decline
from referral.rules.referrals import DISCLOSED, Party, State, Verb
from referral.rules.released import enquiry_of
from referral.web.forms.inbox import DeclineForm
from referral.web.forms.once import new_key
from referral.web.released_words import age_words, fit_words, glance_words
from referral.wording.referral_turns import left_words, weekday_words
from referral.wording.referrals import DECLINE_REASONS, DONE, PHRASES, STATES, VERBS

Dated = tuple[str, str]


@dataclass(frozen=True)
class LineShown:
    """A referral in the inbox."""

    ref: str
    version: int
    key: str
    state: str
    where: str
    age: str
    glance: str
    phrases: list[str]
    fit: str
    left: tuple[str, str] | None
    dates: list[Dated]
    said: str
    at_once: list[tuple[str, str]]
    with_more: list[tuple[str, str]]
    decline: DeclineForm | None

    @property
    def sent(self) -> dict[str, object]:
        """What every answer sends along."""
        return {"form_key": self.key, "version": self.version}


@dataclass(frozen=True)
class ProgramShown:
    """The lines of one program."""

    slug: str
    name: str
    lines: list[LineShown]


def programs_shown(lines: Iterable[InboxLine], view: InboxView, *, with_examples: bool) -> list[ProgramShown]:
    """The lines by program, in the order in which the programs first appear."""
    listed = list(lines)
    facts = {day: programs_on(day, with_examples=with_examples) for day in {line.today for line in listed}}
    found: dict[tuple[str, str], list[LineShown]] = {}
    for line in listed:
        key = (line.row.program.slug, line.row.program.name)
        found.setdefault(key, []).append(line_shown(line, view, facts[line.today]))
    return [ProgramShown(slug, name, shown) for (slug, name), shown in found.items()]


def line_shown(line: InboxLine, view: InboxView, programs: Mapping[str, ProgramProfile]) -> LineShown:
    """One line in words; what can be answered stands on it while it waits for staff."""
    row, state = line.row, line.state
    copy = enquiry_of(row.released or {})
    waits = row.waits_for == Party.STAFF.value
    is_open = waits or view is InboxView.WAITLISTS
    return LineShown(
        ref=row.ref,
        version=row.version,
        key=new_key(),
        state=STATES[row.state],
        where=row.district.name if state in DISCLOSED else copy.area or "Area not shown",
        age=age_words(copy),
        glance=glance_words(copy),
        phrases=[PHRASES[one] for one in row.phrases if one in PHRASES],
        fit=_fit(line, programs) if waits else "",
        left=_left(line) if waits else None,
        dates=_dates(line),
        said=_said(line),
        at_once=_labelled(_at_once(row, state)) if is_open else [],
        with_more=_labelled(answers_with_more(state)) if waits else [],
        decline=_decline_form(row) if is_open and may_decline(state) else None,
    )


def _fit(line: InboxLine, programs: Mapping[str, ProgramProfile]) -> str:
    """How the enquiry fits; a list does not look into packets."""
    row = line.row
    enquiry = {name: value for name, value in (row.released or {}).items() if name != "answers"}
    return fit_words(fit_between(enquiry, row.ref, programs[row.program.slug], line.today))


def _labelled(verbs: Iterable[Verb]) -> list[tuple[str, str]]:
    return [(verb.value, VERBS[verb.value]) for verb in verbs]


def _at_once(row: Referral, state: State) -> list[Verb]:
    """Answers of one click; receipt is confirmed once, and a decline is kept only when it was questioned."""
    hidden = {Verb.ACKNOWLEDGE} if row.acknowledged_at else set()
    if state is State.DECLINED and row.waits_for != Party.STAFF.value:
        hidden.add(Verb.UPHOLD)
    first = [Verb.SHOW_INTEREST, Verb.WAITLIST]
    verbs = [verb for verb in answers_at_once(state) if verb not in hidden]
    return sorted(verbs, key=lambda verb: first.index(verb) if verb in first else len(first))


def _decline_form(row: Referral) -> DeclineForm:
    form = DeclineForm(formdata=None, prefix=f"{row.ref}-")
    form.form_key.data, form.version.data = new_key(), str(row.version)
    return form


def _left(line: InboxLine) -> tuple[str, str] | None:
    if line.row.due_on is None or line.days_left is None:
        return None
    if line.is_overdue:
        return left_words(min(line.days_left, -1)), "bad"
    return left_words(line.days_left), "warn" if line.days_left <= 3 else "neutral"


def _dates(line: InboxLine) -> list[Dated]:
    """The days that matter in the state, each with its name."""
    row = line.row
    days: dict[str, date | None] = {
        State.WAITLISTED: {"Waiting since": row.waiting_since and row.waiting_since.date()},
        State.VISIT: {"Visit": row.visit_on},
        State.OFFERED: {"Held until": row.hold_until},
        State.ACCEPTED: {"Start": row.start_on},
        State.ENROLLED: {
            "Started": row.start_on,
            "Monitoring": row.monitor_on,
            "Annual review": row.review_on,
        },
        State.RETURNING: {"Started": row.start_on, "Returns": row.return_on},
    }.get(line.state, {})
    if line.row.waits_for == Party.STAFF.value:
        days = {"Answer by": row.due_on, **days}
    said = [(name, weekday_words(day, line.today)) for name, day in days.items() if day]
    room = [("Room", row.room.name or row.room.key)] if row.room and line.state in DISCLOSED else []
    place = [("Place in line", str(line.place))] if line.place else []
    return [*place, *room, *said]


def _said(line: InboxLine) -> str:
    if line.last is None:
        return ""
    reason = DECLINE_REASONS.get(line.last.reason or "", "") if line.last.verb == Verb.DECLINE.value else ""
    said = f"{DONE[line.last.verb]}: {reason}" if reason else DONE[line.last.verb]
    return f"{said}, {weekday_words(line.last.at.date(), line.today)}"
