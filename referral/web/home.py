"""The first page: what waits for the actor, and where to go."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, url_for

from referral.queries import capacity, mails, referral_lists, waiting
from referral.rules.permissions import Actor, Permission, may
from referral.rules.referrals import State
from referral.web.access import current_actor, requires
from referral.web.today import today
from referral.wording.counts import counted
from referral.wording.referral_turns import ACTS

bp = Blueprint("home", __name__)


@dataclass(frozen=True)
class Task:
    """Something that waits: what, and the page where it is done."""

    text: str
    label: str
    url: str


@bp.get("/")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """Home of a signed-in user."""
    return render_template("home/index.html", tasks=tasks_of(current_actor()))


def tasks_of(actor: Actor) -> list[Task]:
    """What waits for the actor, the most pressing first."""
    return [task for permission, find in SOURCES if may(actor, permission) for task in find(actor)]


def district_tasks(actor: Actor) -> Iterator[Task]:
    """Intakes to finish, rankings to look at, or the first student to describe."""
    work = waiting.district_work(actor)
    if work.newest_draft:
        text = f"{counted(work.drafts, 'need profile')} begun and not finished."
        yield Task(text, "Go on with the latest", url_for("intake.overview", ref=work.newest_draft))
    if work.recent_rankings:
        text = f"{counted(work.recent_rankings, 'ranking')} made in the last 14 days."
        yield Task(text, "Look at the rankings", url_for("rankings.index"))
    if not work.students:
        text = "No student is described yet. It takes six short steps, without a name."
        yield Task(text, "Describe a student", url_for("students.new"))


def referral_tasks(actor: Actor) -> Iterator[Task]:
    """Referrals that wait for the actor: what of, and approvals apart."""
    work = dict(referral_lists.waiting_by_state(actor, today=today()))
    approvals = work.pop(State.AWAITING_APPROVAL, 0)
    if approvals:
        waits = "waits" if approvals == 1 else "wait"
        text = f"{counted(approvals, 'referral')} {waits} for your approval."
        yield Task(text, "Approve or send back", url_for("approvals.index"))
    if work:
        is_staff = may(actor, Permission.REFERRAL_ANSWER) and not may(actor, Permission.REFERRAL_WRITE)
        listed = url_for("inbox.index") if is_staff else url_for("referrals.index", turn="mine")
        yield Task(waiting_sentence(work), "Open them", listed)


def waiting_sentence(work: Mapping[State, int]) -> str:
    """How many referrals wait, and in which state: "2 referrals wait for you: 1 to send the packet"."""
    count = sum(work.values())
    what = ", ".join(f"{number} to {ACTS[state.value]}" for state, number in work.items())
    return f"{counted(count, 'referral')} {'waits' if count == 1 else 'wait'} for you: {what}."


def capacity_tasks(actor: Actor) -> Iterator[Task]:
    """Questions about capacity that nobody has answered."""
    asked = capacity.waiting_count(actor)
    if asked:
        text = f"{counted(asked, 'question')} about capacity to answer. One click each."
        yield Task(text, "Answer", url_for("capacity.index"))


def seat_tasks(actor: Actor) -> Iterator[Task]:
    """Rooms whose seats want confirming."""
    work = waiting.seat_work(actor, today())
    if work.to_confirm and "seats.mine" in current_app.view_functions:
        text = f"{counted(work.to_confirm, 'room')} of {work.rooms}: seats not confirmed in the last 14 days."
        yield Task(text, "Confirm the seats", url_for("seats.mine"))


def user_tasks(actor: Actor) -> Iterator[Task]:
    """Invited users who have not used their link."""
    waiting_users = waiting.users_without_password(actor)
    if waiting_users:
        text = f"{counted(waiting_users, 'invited user')} without a password yet. A link lasts three days."
        yield Task(text, "See the users", url_for("users.index"))


def mail_tasks(actor: Actor) -> Iterator[Task]:
    """Mails that were given up."""
    failed = mails.counts(actor).failed
    if failed:
        yield Task(f"{counted(failed, 'mail')} could not be sent.", "See the mails", url_for("mails.index"))


SOURCES: tuple[tuple[Permission, Callable[[Actor], Iterator[Task]]], ...] = (
    (Permission.REFERRAL_READ, referral_tasks),
    (Permission.CAPACITY_ANSWER, capacity_tasks),
    (Permission.STUDENT_READ, district_tasks),
    (Permission.SEATS_UPDATE, seat_tasks),
    (Permission.USERS_MANAGE, user_tasks),
    (Permission.USERS_MANAGE, mail_tasks),
)
